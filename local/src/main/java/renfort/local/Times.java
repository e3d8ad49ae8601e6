package renfort.local;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule runs: {@code rate(5 minutes)} or {@code cron(minutes hours days months weekdays
 * years)} as EventBridge reads them (Sunday is weekday 1; L, W and # are not known here).
 */
sealed interface Times {
  Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");
  Pattern CRON = Pattern.compile("cron\\((\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+)\\)");

  /** The first time after the given moment. */
  Instant after(Instant moment);

  /**
   * Reads an expression.
   *
   * @throws Template.TemplateFault when it is neither form
   */
  static Times parse(String expression, Optional<String> zone, String where) {
    Matcher rate = RATE.matcher(expression);
    if (rate.matches()) {
      long amount = Long.parseLong(rate.group(1));
      Duration every =
          switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(amount);
            case "hour" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
          };
      if (amount > 0) {
        return new Rate(every);
      }
    }
    Matcher cron = CRON.matcher(expression);
    if (cron.matches()) {
      try {
        return new Cron(
            field(cron.group(1), 0, 59, List.of()),
            field(cron.group(2), 0, 23, List.of()),
            field(cron.group(3), 1, 31, List.of()),
            field(cron.group(4), 1, 12, names(Month.values())),
            field(cron.group(5), 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")),
            field(cron.group(6), 1970, 2199, List.of()),
            zone.map(ZoneId::of).orElse(ZoneOffset.UTC));
      } catch (IllegalArgumentException e) {
        throw new Template.TemplateFault(where + ": " + expression + " is not readable", e);
      }
    }
    throw new Template.TemplateFault(where + ": " + expression + " is neither rate nor cron");
  }

  /** Again and again after the same time. */
  record Rate(Duration every) implements Times {
    @Override
    public Instant after(Instant moment) {
      return moment.plus(every);
    }
  }

  /** At the minutes whose fields are all allowed. */
  record Cron(
      BitSet minutes,
      BitSet hours,
      BitSet days,
      BitSet months,
      BitSet weekdays,
      BitSet years,
      ZoneId zone)
      implements Times {
    @Override
    public Instant after(Instant moment) {
      ZonedDateTime from =
          moment.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
      LocalDate last = from.toLocalDate().plusYears(5);
      for (LocalDate day = from.toLocalDate(); day.isBefore(last); day = day.plusDays(1)) {
        @Nullable ZonedDateTime time = onDay(day, from);
        if (time != null) {
          return time.toInstant();
        }
      }
      return Instant.MAX;
    }

    private @Nullable ZonedDateTime onDay(LocalDate day, ZonedDateTime from) {
      DayOfWeek weekday = day.getDayOfWeek();
      if (!years.get(day.getYear())
          || !months.get(day.getMonthValue())
          || !days.get(day.getDayOfMonth())
          || !weekdays.get(weekday.getValue() % 7 + 1)) {
        return null;
      }
      for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
        for (int minute = minutes.nextSetBit(0);
            minute >= 0;
            minute = minutes.nextSetBit(minute + 1)) {
          ZonedDateTime time = day.atTime(hour, minute).atZone(zone);
          if (!time.isBefore(from)) {
            return time;
          }
        }
      }
      return null;
    }
  }

  private static List<String> names(Month[] months) {
    return java.util.Arrays.stream(months).map(month -> month.name().substring(0, 3)).toList();
  }

  private static BitSet field(String text, int least, int most, List<String> names) {
    BitSet set = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] step = part.split("/", 2);
      String[] range = step[0].split("-", 2);
      boolean any = step[0].equals("*") || step[0].equals("?");
      int from = any ? least : number(range[0], least, names);
      int to =
          any || (step.length == 2 && range.length == 1)
              ? most
              : number(range[range.length - 1], least, names);
      if (from < least || to > most || from > to) {
        throw new IllegalArgumentException(part);
      }
      int by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
      for (int value = from; value <= to; value += by) {
        set.set(value);
      }
    }
    return set;
  }

  private static int number(String text, int least, List<String> names) {
    int index = names.indexOf(text.toUpperCase(Locale.ROOT));
    return index >= 0 ? least + index : Integer.parseInt(text);
  }
}
