package renfort.missions.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import renfort.accounts.model.Establishment;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;

/** What a wish makes of a mission in each of its states. */
class ChangeTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final Terms TERMS =
      new Terms(TODAY.minusDays(2), TODAY.plusDays(20), "60", null, 2, false, false, false, false);

  static Mission mission(Status status) {
    return Mission.submitted(
        "7h3k9m2p5q8r1s4t6v0w",
        new Establishment("350000014", "EHPAD", "1 rue", "35000", "Rennes", "53", "35", 48.1, -1.7),
        "2b4d6f8h0k1m3p5r7t9w",
        TERMS,
        status,
        NOW.minus(Duration.ofDays(1)));
  }

  private static Mission over(Status status) {
    return mission(status)
        .edited(
            new Terms(
                TODAY.minusDays(9), TODAY.minusDays(1), "60", null, 2, false, false, false, false));
  }

  private static Mission becomes(Change change) {
    return assertInstanceOf(Change.To.class, change).mission();
  }

  private static Terms longer() {
    return new Terms(
        TERMS.start(), TERMS.end().plusDays(7), "60", "SI07", 3, true, true, true, true);
  }

  @ParameterizedTest
  @EnumSource(names = {"DRAFT", "OPEN", "FILLED"})
  void R10_editedWhileNobodyIsAffectedOrHeld(Status status) {
    Mission edited = becomes(Change.edit(mission(status), longer(), TODAY, NOW));
    assertEquals(longer(), edited.terms());
    assertEquals(status, edited.status());
  }

  @Test
  void R10_notEditedWhileSomebodyIsAffectedOrHeld() {
    Mission held =
        mission(Status.OPEN)
            .holding("a", NOW.plusSeconds(1))
            .holding("b", NOW)
            .holding("c", NOW.minusSeconds(1));
    assertEquals(
        new Change.PeopleAffected(0, 1), Change.edit(held, longer(), TODAY, NOW), "one hold lives");
    Mission affected = mission(Status.OPEN).holding("a", NOW.plusSeconds(9)).affecting("a");
    assertEquals(new Change.PeopleAffected(1, 0), Change.edit(affected, longer(), TODAY, NOW));
    Mission lapsed = mission(Status.OPEN).holding("a", NOW);
    assertInstanceOf(Change.To.class, Change.edit(lapsed, longer(), TODAY, NOW));
  }

  @Test
  void R10_notEditedOnceCancelledOrOver() {
    assertInstanceOf(
        Change.Ended.class, Change.edit(mission(Status.CANCELLED), longer(), TODAY, NOW));
    assertInstanceOf(Change.Ended.class, Change.edit(mission(Status.ENDED), longer(), TODAY, NOW));
    assertInstanceOf(Change.Ended.class, Change.edit(over(Status.OPEN), longer(), TODAY, NOW));
  }

  @Test
  void editingToTheSameTermsChangesNothing() {
    assertInstanceOf(Change.Same.class, Change.edit(mission(Status.OPEN), TERMS, TODAY, NOW));
  }

  @Test
  void R8_aDraftIsConfirmedUnlessItsEndIsPast() {
    assertEquals(Status.OPEN, becomes(Change.confirm(mission(Status.DRAFT), TODAY)).status());
    assertInstanceOf(Change.Ended.class, Change.confirm(over(Status.DRAFT), TODAY));
    LocalDate lastDay = TERMS.end();
    assertInstanceOf(Change.To.class, Change.confirm(mission(Status.DRAFT), lastDay));
    assertInstanceOf(Change.Same.class, Change.confirm(mission(Status.OPEN), TODAY));
    assertInstanceOf(Change.Same.class, Change.confirm(mission(Status.FILLED), TODAY));
    assertInstanceOf(Change.Ended.class, Change.confirm(mission(Status.CANCELLED), TODAY));
    assertInstanceOf(Change.Ended.class, Change.confirm(over(Status.OPEN), TODAY));
  }

  @Test
  void R20_filledByHandAlsoBelowTheCountAndHoldsAreToBeFreed() {
    Mission filled =
        becomes(Change.fill(mission(Status.OPEN).holding("a", NOW.plusSeconds(9)), TODAY));
    assertEquals(Status.FILLED, filled.status());
    assertEquals(true, filled.byHand());
    assertEquals(true, filled.toRelease());
    assertInstanceOf(Change.Same.class, Change.fill(filled, TODAY));
  }

  @Test
  void R18_oneThatWasFullByItselfDoesNotReopenByItselfOnceSetByHand() {
    Mission full =
        mission(Status.OPEN)
            .holding("a", NOW.plusSeconds(9))
            .affecting("a")
            .holding("b", NOW.plusSeconds(9))
            .affecting("b");
    assertEquals(Status.OPEN, full.freeingPlace().status());
    assertEquals(Status.FILLED, becomes(Change.fill(full, TODAY)).freeingPlace().status());
  }

  @Test
  void R18_whoIsHeldForAMissionThatIsOpenAgainIsNotFreed() {
    Mission full =
        mission(Status.OPEN)
            .holding("a", NOW.plusSeconds(9))
            .holding("b", NOW.plusSeconds(9))
            .holding("c", NOW.plusSeconds(9))
            .affecting("a")
            .affecting("b");
    assertEquals(true, full.toRelease());
    assertEquals(false, full.freeingPlace().toRelease());
    Mission byHand = becomes(Change.fill(full, TODAY));
    assertEquals(true, byHand.freeingPlace().toRelease());
    assertEquals(false, becomes(Change.reopen(byHand.freeingPlace(), TODAY)).toRelease());
    assertEquals(true, full.cancelled().freeingPlace().toRelease());
  }

  @ParameterizedTest
  @EnumSource(names = {"DRAFT", "CANCELLED", "ENDED"})
  void R20_neitherFilledNorReopenedWhenNotLive(Status status) {
    assertInstanceOf(Change.Ended.class, Change.fill(mission(status), TODAY));
    assertInstanceOf(Change.Ended.class, Change.reopen(mission(status), TODAY));
  }

  @Test
  void R20_reopenedWhileAPlaceIsLeft() {
    Mission filled = mission(Status.OPEN).filledByHand();
    Mission open = becomes(Change.reopen(filled, TODAY));
    assertEquals(Status.OPEN, open.status());
    assertEquals(false, open.byHand());
    assertInstanceOf(Change.Same.class, Change.reopen(open, TODAY));
    Mission full = mission(Status.OPEN).affecting("a").affecting("b").filledByHand();
    assertInstanceOf(Change.Full.class, Change.reopen(full, TODAY));
    assertInstanceOf(Change.Ended.class, Change.reopen(over(Status.FILLED), TODAY));
  }

  @Test
  void R20_cancelledAfterTheNumberOfPeopleWasConfirmed() {
    Mission two = mission(Status.OPEN).affecting("a").affecting("b");
    assertEquals(new Change.PeopleAffected(2, null), Change.cancel(two, null, TODAY));
    assertEquals(new Change.PeopleAffected(2, null), Change.cancel(two, 1, TODAY));
    Mission cancelled = becomes(Change.cancel(two, 2, TODAY));
    assertEquals(Status.CANCELLED, cancelled.status());
    assertEquals(true, cancelled.toRelease());
    assertInstanceOf(Change.Same.class, Change.cancel(cancelled, null, TODAY));
    assertInstanceOf(Change.To.class, Change.cancel(mission(Status.OPEN), null, TODAY));
    assertInstanceOf(Change.Gone.class, Change.cancel(mission(Status.DRAFT), null, TODAY));
    assertInstanceOf(Change.Ended.class, Change.cancel(over(Status.OPEN), null, TODAY));
  }

  @Test
  void R24_orderedWhileLive() {
    assertEquals(1, becomes(Change.order(mission(Status.OPEN), 1, TODAY)).priority());
    assertEquals(5, becomes(Change.order(mission(Status.FILLED), 5, TODAY)).priority());
    assertInstanceOf(Change.Same.class, Change.order(mission(Status.OPEN), 3, TODAY));
    assertInstanceOf(Change.Ended.class, Change.order(mission(Status.CANCELLED), 1, TODAY));
    assertInstanceOf(Change.Ended.class, Change.order(over(Status.OPEN), 1, TODAY));
  }

  @Test
  void R20_endsTheDayAfterItsLast() {
    assertInstanceOf(Change.Same.class, Change.end(mission(Status.OPEN), TERMS.end()));
    assertEquals(
        Status.ENDED,
        becomes(Change.end(mission(Status.FILLED), TERMS.end().plusDays(1))).status());
    assertInstanceOf(Change.Same.class, Change.end(over(Status.CANCELLED), TODAY));
    assertInstanceOf(Change.Same.class, Change.end(over(Status.ENDED), TODAY));
    assertInstanceOf(Change.Same.class, Change.end(over(Status.DRAFT), TODAY));
  }
}
