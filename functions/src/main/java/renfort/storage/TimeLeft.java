package renfort.storage;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a call may still work. A function that is ended by its timeout stores nothing of where
 * it was, so work stops before that.
 *
 * @param millis how long the call has until it is ended, in milliseconds
 * @param reserve how much of it is left to the end
 */
public record TimeLeft(LongSupplier millis, long reserve) {
  /** What a row that has begun and the last note of the place may take. */
  static final Duration RESERVE = Duration.ofSeconds(20);

  /** The time of a call that ends when the given milliseconds reach zero. */
  public static TimeLeft of(LongSupplier millis) {
    return new TimeLeft(millis, RESERVE.toMillis());
  }

  /** For work that nothing ends. */
  public static TimeLeft unlimited() {
    return new TimeLeft(() -> Long.MAX_VALUE, 0);
  }

  /** Whether nothing more is to be begun. */
  public boolean isOver() {
    return millis.getAsLong() <= reserve;
  }

  /**
   * An equal share of what is left, beginning now.
   *
   * @param ways how many share it, at least 1
   */
  public TimeLeft share(int ways) {
    long now = millis.getAsLong();
    return new TimeLeft(millis, Math.max(reserve, now - (now - reserve) / ways));
  }
}
