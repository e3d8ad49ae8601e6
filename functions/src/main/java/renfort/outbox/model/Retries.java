package renfort.outbox.model;

import java.time.Duration;
import java.time.Instant;

/** When a mail is tried, and for how long (R26). */
public final class Retries {
  /** How long one try has a mail to itself; also the first wait after a failure. */
  public static final Duration LEASE = Duration.ofMinutes(1);

  /** The longest wait between two tries. */
  static final Duration LONGEST_WAIT = Duration.ofHours(6);

  /** How long a mail is tried before an operator is told. */
  static final Duration PATIENCE = Duration.ofDays(7);

  private Retries() {}

  /**
   * When a mail is due again if its try does not end well: after 1, 2, 4 … minutes, 6 hours at
   * most, and once more when its 7 days are over. No earlier than the try's lease ends, so that it
   * serves as one.
   *
   * @param createdAt when the mail was stored
   * @param tries how many tries there were, with this one; from 1
   * @param now when this try begins
   */
  public static Instant next(Instant createdAt, int tries, Instant now) {
    Duration doubled = LEASE.multipliedBy(1L << Math.min(tries - 1, 20));
    Instant next = now.plus(doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT);
    Instant end = createdAt.plus(PATIENCE);
    if (now.isBefore(end) && next.isAfter(end)) {
      Instant leased = now.plus(LEASE);
      return end.isBefore(leased) ? leased : end;
    }
    return next;
  }

  /** Whether a try that set this next one was the last: the next would be beyond the 7 days. */
  public static boolean wasLast(Instant createdAt, Instant next) {
    return next.isAfter(createdAt.plus(PATIENCE));
  }
}
