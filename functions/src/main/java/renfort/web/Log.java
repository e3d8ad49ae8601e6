package renfort.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One JSON line per event on standard output, where Lambda collects it. Only ids, routes, classes
 * and counts are ever given to it; an exception's message may hold people's data and is left out.
 */
public final class Log {
  private Log() {}

  /** An event worth counting, with ids and numbers only. */
  public static void info(String event, Map<String, ?> facts) {
    write("INFO", event, facts);
  }

  /** A request that was refused: what was asked for, and by which account if any. */
  static void refused(Request request, int status) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("route", request.route());
    facts.put("status", status);
    facts.put("requestId", request.requestId());
    if (request.user() != null) {
      facts.put("accountId", request.user());
    }
    info("refused", facts);
  }

  /** Something that an operator must act on. */
  public static void alarm(String event, Map<String, ?> facts) {
    write("ERROR", event, facts);
  }

  /** A fault, by its classes and the places in the code. */
  public static void error(String where, String requestId, Throwable fault) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("where", where);
    facts.put("requestId", requestId);
    StringBuilder trace = new StringBuilder();
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      trace.append(cause.getClass().getName());
      StackTraceElement[] places = cause.getStackTrace();
      for (int i = 0; i < Math.min(places.length, 8); i++) {
        trace.append(" < ").append(places[i].getClassName()).append('.');
        trace.append(places[i].getMethodName()).append(':').append(places[i].getLineNumber());
      }
      trace.append(" | ");
    }
    facts.put("fault", trace.toString());
    write("ERROR", "fault", facts);
  }

  private static void write(String level, String event, Map<String, ?> facts) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("level", level);
    line.put("event", event);
    line.putAll(facts);
    System.out.println(Json.write(line));
  }
}
