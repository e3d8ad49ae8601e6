package renfort.outbox.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetriesTest {
  private static final Instant CREATED = Instant.parse("2026-11-22T08:00:00Z");

  @Test
  void R26_waitsOneTwoFourMinutesAndSixHoursAtMost() {
    List<Duration> waits = new ArrayList<>();
    for (int tries = 1; tries <= 11; tries++) {
      waits.add(Duration.between(CREATED, Retries.next(CREATED, tries, CREATED)));
    }

    assertEquals(
        List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360),
        waits.stream().map(wait -> (int) wait.toMinutes()).toList());
    assertEquals(
        Duration.ofHours(6), Duration.between(CREATED, Retries.next(CREATED, 5_000, CREATED)));
  }

  @Test
  void R26_triesOnceMoreWhenSevenDaysAreOver() {
    Instant end = CREATED.plus(Duration.ofDays(7));
    Instant hourBefore = end.minus(Duration.ofHours(1));

    assertEquals(end, Retries.next(CREATED, 30, hourBefore));
    assertFalse(Retries.wasLast(CREATED, end));
    assertTrue(Retries.wasLast(CREATED, Retries.next(CREATED, 31, end)));
  }

  @Test
  void R26_theNextTryNeverBeginsWithinTheLeaseOfThisOne() {
    Instant end = CREATED.plus(Duration.ofDays(7));
    Instant now = end.minusSeconds(10);

    assertEquals(now.plus(Retries.LEASE), Retries.next(CREATED, 30, now));
  }

  @Test
  void R26_aMailThatWasNeverTriedInTimeIsTriedOnce() {
    Instant late = CREATED.plus(Duration.ofDays(9));

    assertTrue(Retries.wasLast(CREATED, Retries.next(CREATED, 1, late)));
  }
}
