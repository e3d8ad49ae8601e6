package renfort.storage;

import java.security.SecureRandom;
import java.time.Duration;

/** Random waits, so that those who were held back together do not come back together. */
public final class Jitter {
  /** Of this source alone the copies of one snapshot do not all draw the same. */
  private static final SecureRandom RANDOM = new SecureRandom();

  private Jitter() {}

  /** A wait of at least {@code from} and less than {@code to}. */
  public static Duration between(Duration from, Duration to) {
    return Duration.ofMillis(RANDOM.nextLong(from.toMillis(), to.toMillis()));
  }
}
