package renfort.environment;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long things are kept, in days (R7, R8, R28, R29). The days are parameters of template.yaml,
 * which gives them to the functions as {@code RETENTION}; GET /api/reference shows them to the page
 * on personal data, so that what the page promises is what the functions do.
 *
 * @param unconfirmedReminderDays after which an address that is not confirmed is reminded (R7)
 * @param unconfirmedHiddenDays after which such a profile leaves the pool
 * @param unconfirmedErasureDays after which it is erased
 * @param draftDays after which a need that nobody activated is erased (R8)
 * @param documentDays after which documents that nobody checked are deleted (R28)
 * @param dormantDays after the last contact, when a profile is erased (R29)
 * @param noticeDays between an announcement and what it announces (R28, R29)
 * @param mailDays after which the trace of a mail that came to its end is deleted (R29)
 */
public record Retention(
    int unconfirmedReminderDays,
    int unconfirmedHiddenDays,
    int unconfirmedErasureDays,
    int draftDays,
    int documentDays,
    int dormantDays,
    int noticeDays,
    int mailDays) {

  public Retention {
    if (unconfirmedReminderDays < 1
        || unconfirmedHiddenDays <= unconfirmedReminderDays
        || unconfirmedErasureDays <= unconfirmedHiddenDays
        || draftDays < 1
        || noticeDays < 1
        || mailDays < 1
        || documentDays <= noticeDays
        || dormantDays <= noticeDays) {
      throw new IllegalArgumentException("RETENTION: days that do not follow one another");
    }
  }

  /**
   * As template.yaml declares it: {@code name=days} for each, with commas between.
   *
   * @throws IllegalArgumentException when one is missing or unknown, or they do not follow one
   *     another
   */
  public static Retention of(Environment environment) {
    Map<String, Integer> days = new LinkedHashMap<>();
    for (String pair : environment.variable("RETENTION").split(",", -1)) {
      String[] parts = pair.split("=", 2);
      days.put(parts[0], Integer.valueOf(parts[1]));
    }
    Retention retention =
        new Retention(
            days.getOrDefault("unconfirmedReminderDays", 0),
            days.getOrDefault("unconfirmedHiddenDays", 0),
            days.getOrDefault("unconfirmedErasureDays", 0),
            days.getOrDefault("draftDays", 0),
            days.getOrDefault("documentDays", 0),
            days.getOrDefault("dormantDays", 0),
            days.getOrDefault("noticeDays", 0),
            days.getOrDefault("mailDays", 0));
    if (!retention.byName().equals(days)) {
      throw new IllegalArgumentException("RETENTION has other names: " + days.keySet());
    }
    return retention;
  }

  /** All of them by name, as GET /api/reference shows them. */
  public Map<String, Integer> byName() {
    Map<String, Integer> days = new LinkedHashMap<>();
    days.put("unconfirmedReminderDays", unconfirmedReminderDays);
    days.put("unconfirmedHiddenDays", unconfirmedHiddenDays);
    days.put("unconfirmedErasureDays", unconfirmedErasureDays);
    days.put("draftDays", draftDays);
    days.put("documentDays", documentDays);
    days.put("dormantDays", dormantDays);
    days.put("noticeDays", noticeDays);
    days.put("mailDays", mailDays);
    return days;
  }

  /** How long a draft lives (R8). */
  public Duration draftLife() {
    return Duration.ofDays(draftDays);
  }
}
