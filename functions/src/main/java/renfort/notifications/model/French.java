package renfort.notifications.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates and times as French readers write them. */
public final class French {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.FRENCH);

  // a no-break space on both sides of the h
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("H'\u00a0h\u00a0'mm", Locale.FRENCH);

  private French() {}

  /** A date as {@code 22/11/2026}. */
  public static String date(LocalDate date) {
    return DATE.format(date);
  }

  /** The date of an instant in a zone. */
  public static String date(Instant instant, ZoneId zone) {
    return DATE.format(instant.atZone(zone));
  }

  /** The time of an instant in a zone, as {@code 19 h 40}. */
  public static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }
}
