package renfort.pool.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A period that somebody is available in, or a part of one that is still free.
 *
 * @param start first day
 * @param end last day, or null when it is open
 * @param weekdays whether the days from Monday to Friday are meant
 * @param weekend whether Saturday and Sunday are meant; neither of the two means both
 */
public record Period(LocalDate start, @Nullable LocalDate end, boolean weekdays, boolean weekend) {

  /** Whether a day lies between start and end, whatever the day of the week (R12). */
  public boolean contains(LocalDate day) {
    return !day.isBefore(start) && (end == null || !day.isAfter(end));
  }

  /** Whether work on Saturday and Sunday is offered. */
  public boolean includesWeekend() {
    return weekend || !weekdays;
  }

  /** Whether work from Monday to Friday is offered. */
  public boolean includesWeekdays() {
    return weekdays || !weekend;
  }

  /** The earlier of a day and this period's end. */
  public LocalDate until(LocalDate day) {
    return end != null && end.isBefore(day) ? end : day;
  }

  /** How many days from the first to the last, both included, are in this period and offered. */
  public int covered(LocalDate first, LocalDate last) {
    LocalDate day = first.isBefore(start) ? start : first;
    LocalDate stop = until(last);
    int weeks = (int) Math.max(0, (stop.toEpochDay() - day.toEpochDay() + 1) / 7);
    int days = weeks * ((includesWeekdays() ? 5 : 0) + (includesWeekend() ? 2 : 0));
    for (day = day.plusWeeks(weeks); !day.isAfter(stop); day = day.plusDays(1)) {
      boolean isWeekend = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
      if (isWeekend ? includesWeekend() : includesWeekdays()) {
        days++;
      }
    }
    return days;
  }
}
