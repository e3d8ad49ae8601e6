package renfort.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the route of a request; a fixed segment goes before a parameter. */
final class Routes {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}+]+)(\\+?)}");

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Template.Route route, Pattern pattern, List<String> names) {}

  /** A route with what the path gives its parameters, decoded. */
  record Match(Template.Route route, Map<String, String> parameters) {}

  Routes(List<Template.Route> routes) {
    for (Template.Route route : routes) {
      List<String> names = new ArrayList<>();
      StringBuilder pattern = new StringBuilder();
      Matcher parameter = PARAMETER.matcher(route.path());
      int end = 0;
      while (parameter.find()) {
        pattern.append(Pattern.quote(route.path().substring(end, parameter.start())));
        pattern.append(parameter.group(2).isEmpty() ? "([^/]+)" : "(.+)");
        names.add(parameter.group(1));
        end = parameter.end();
      }
      pattern.append(Pattern.quote(route.path().substring(end)));
      entries.add(new Entry(route, Pattern.compile(pattern.toString()), names));
    }
    // among paths that match, the one with a fixed segment where the other has a parameter
    entries.sort(
        (one, other) -> weight(one.route().path()).compareTo(weight(other.route().path())));
  }

  Optional<Match> find(String method, String rawPath) {
    for (Entry entry : entries) {
      boolean fits = entry.route().method().equals("ANY") || entry.route().method().equals(method);
      Matcher matcher = entry.pattern().matcher(rawPath);
      if (fits && matcher.matches()) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int index = 0; index < entry.names().size(); index++) {
          parameters.put(entry.names().get(index), decode(matcher.group(index + 1)));
        }
        return Optional.of(new Match(entry.route(), parameters));
      }
    }
    return Optional.empty();
  }

  /** Percent-decodes as UTF-8; a plus stays, a broken escape stays as it is. */
  static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[bytes.length];
    int length = 0;
    for (int index = 0; index < bytes.length; index++) {
      int high = index + 2 < bytes.length ? Character.digit(bytes[index + 1], 16) : -1;
      int low = index + 2 < bytes.length ? Character.digit(bytes[index + 2], 16) : -1;
      if (bytes[index] == '%' && high >= 0 && low >= 0) {
        decoded[length++] = (byte) (high << 4 | low);
        index += 2;
      } else {
        decoded[length++] = bytes[index];
      }
    }
    return new String(decoded, 0, length, StandardCharsets.UTF_8);
  }

  private static String weight(String path) {
    StringBuilder weight = new StringBuilder();
    for (String segment : path.split("/", -1)) {
      weight.append(segment.startsWith("{") ? (segment.endsWith("+}") ? '2' : '1') : '0');
    }
    return weight.toString();
  }
}
