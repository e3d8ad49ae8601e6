package renfort.pool.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  private static final LocalDate DAY = LocalDate.of(2026, 12, 7); // a Monday

  private static Period period(int from, int to) {
    return new Period(DAY.plusDays(from), DAY.plusDays(to), false, false);
  }

  private static Days days(int from, int to) {
    return new Days(DAY.plusDays(from), DAY.plusDays(to));
  }

  @Test
  void anEngagementInTheMiddleCutsAPeriodInTwo() {
    Availability availability = new Availability(List.of(period(0, 20)), List.of(taken(5, 8)));
    assertEquals(List.of(period(0, 4), period(9, 20)), availability.free());
  }

  @Test
  void anEngagementAtTheEdgeLeavesTheRest() {
    assertEquals(
        List.of(period(3, 20)),
        new Availability(List.of(period(0, 20)), List.of(taken(0, 2))).free());
    assertEquals(
        List.of(period(0, 17)),
        new Availability(List.of(period(0, 20)), List.of(taken(18, 20))).free());
  }

  @Test
  void anEngagementOverTheWholePeriodLeavesNothing() {
    Availability availability = new Availability(List.of(period(0, 5)), List.of(taken(-3, 9)));
    assertEquals(List.of(), availability.free());
    assertFalse(availability.isFreeFrom(DAY));
  }

  @Test
  void anOpenPeriodStaysOpenBehindAnEngagement() {
    Availability availability =
        new Availability(List.of(new Period(DAY, null, true, false)), List.of(taken(2, 3)));
    assertEquals(
        List.of(
            new Period(DAY, DAY.plusDays(1), true, false),
            new Period(DAY.plusDays(4), null, true, false)),
        availability.free());
    assertEquals(Optional.empty(), availability.lastFreeDay());
  }

  @Test
  void daysAreInclusiveAtBothEnds() {
    Availability availability = new Availability(List.of(period(0, 5)), List.of());
    assertTrue(availability.covering(DAY, DAY.plusDays(9)).isPresent());
    assertTrue(availability.covering(DAY.plusDays(5), DAY.plusDays(9)).isPresent());
    assertFalse(availability.covering(DAY.plusDays(6), DAY.plusDays(9)).isPresent());
    assertFalse(availability.covering(DAY.minusDays(1), DAY.plusDays(9)).isPresent());
  }

  @Test
  void thePeriodThatCoversMostIsChosen() {
    Availability availability =
        new Availability(List.of(period(0, 3), period(0, 9), period(0, 6)), List.of());
    assertEquals(Optional.of(period(0, 9)), availability.covering(DAY, DAY.plusDays(30)));
  }

  @Test
  void onlyOfferedDaysOfTheWeekAreCovered() {
    LocalDate sunday = DAY.plusDays(6);
    assertEquals(5, new Period(DAY, null, true, false).covered(DAY, sunday));
    assertEquals(2, new Period(DAY, null, false, true).covered(DAY, sunday));
    assertEquals(7, new Period(DAY, null, true, true).covered(DAY, sunday));
    assertEquals(7, new Period(DAY, null, false, false).covered(DAY, sunday));
  }

  @Test
  void theDaysCoveredAreThoseThatACalendarCounts() {
    for (int kind = 0; kind < 4; kind++) {
      boolean weekdays = (kind & 1) != 0;
      boolean weekend = (kind & 2) != 0;
      for (int first = 0; first < 7; first++) {
        for (int last = -2; last < 24; last++) {
          Period period = new Period(DAY.plusDays(2), DAY.plusDays(20), weekdays, weekend);
          LocalDate from = DAY.plusDays(first);
          LocalDate to = DAY.plusDays(last);
          long counted =
              from.isAfter(to)
                  ? 0
                  : from.datesUntil(to.plusDays(1))
                      .filter(period::contains)
                      .filter(
                          day ->
                              day.getDayOfWeek().getValue() > 5
                                  ? period.includesWeekend()
                                  : period.includesWeekdays())
                      .count();
          assertEquals(counted, period.covered(from, to), period + " " + from + " " + to);
        }
      }
    }
  }

  @Test
  void aReleaseGivesBackExactlyTheDaysTaken() {
    Availability before = new Availability(List.of(period(0, 20)), List.of(taken(15, 16)));
    assertEquals(before, before.engaged("mission", days(3, 4)).released("mission", days(3, 4)));
  }

  @Test
  void engagementsThatAreOverAreDropped() {
    Availability availability =
        new Availability(List.of(period(0, 20)), List.of(taken(0, 2), taken(3, 4)));
    assertEquals(List.of(taken(3, 4)), availability.from(DAY.plusDays(3)).engagements());
  }

  @Test
  void R18_daysAreGivenBackByTheirMission() {
    Availability before =
        new Availability(List.of(period(0, 50)), List.of()).engaged("mission1", days(0, 3));
    Availability both = before.engaged("another2", days(5, 8));
    assertEquals(before, both.released("another2", days(5, 8)));
    // though the candidacy says other days
    assertEquals(before, both.released("another2", days(5, 70_000)));
    assertEquals(both, both.released("nothing", days(5, 8)));
  }

  @Test
  void R18_missionsWithOneTagAreToldApartByTheirDays() {
    Availability first =
        new Availability(List.of(period(0, 50)), List.of()).engaged("missionAa", days(0, 3));
    Availability both = first.engaged("missionBB", days(5, 8));
    assertEquals(first, both.released("missionBB", days(5, 8)));
    assertEquals(
        List.of(days(5, 8)),
        both.released("missionAa", days(0, 3)).engagements().stream()
            .map(Engagement::days)
            .toList());
  }

  @Test
  void R18_anEngagementOfBeforeIsGivenBackByItsDaysAlsoWhenItsEndWasClamped() {
    LocalDate clamped = LocalDate.of(2097, 9, 26);
    Engagement old = Engagement.unnamed(days(0, 3));
    Engagement far = Engagement.unnamed(new Days(DAY.plusDays(5), clamped));
    Availability both = new Availability(List.of(period(0, 50)), List.of(old, far));
    assertEquals(List.of(far), both.released("mission", days(0, 3)).engagements());
    assertEquals(
        List.of(old),
        both.released("mission", new Days(DAY.plusDays(5), LocalDate.of(2099, 12, 31)))
            .engagements());
    assertEquals(both, both.released("mission", days(5, 8)));
  }

  private static Engagement taken(int first, int last) {
    return Engagement.of("mission", days(first, last));
  }
}
