package renfort.pool.model;

import java.time.LocalDate;

/**
 * Days from the first to the last, both included.
 *
 * @param first first day
 * @param last last day, not before the first
 */
public record Days(LocalDate first, LocalDate last) {
  public Days {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException("last is before first");
    }
  }

  public boolean meets(Days other) {
    return !first.isAfter(other.last) && !other.first.isAfter(last);
  }
}
