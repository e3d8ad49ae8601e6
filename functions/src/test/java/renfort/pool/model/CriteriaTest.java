package renfort.pool.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renfort.pool.model.Criteria.Miss;
import renfort.reference.model.Mobility;

/** R12. */
class CriteriaTest {
  private static final LocalDate DAY = Rows.DAY;
  private static final Availability FREE =
      new Availability(List.of(new Period(DAY, DAY.plusDays(10), false, false)), List.of());

  private static Criteria criteria() {
    return new Criteria(
        "52", "60", null, false, false, false, false, DAY.plusDays(2), DAY.plusDays(6));
  }

  private static PoolRow row() {
    return Rows.nurse("a", FREE);
  }

  @Test
  void theRightPersonMatches() {
    assertEquals(Set.of(), criteria().misses(row()));
    assertTrue(criteria().match(row()));
  }

  @Test
  void anotherProfessionDoesNot() {
    Criteria other =
        new Criteria("52", "70", null, false, false, false, false, DAY, DAY.plusDays(6));
    assertEquals(EnumSet.of(Miss.PROFESSION), other.misses(row()));
  }

  @Test
  void theSpecialityCountsOnlyWhenItIsAskedFor() {
    PoolRow surgeon = Rows.row("a", "60", "SI06", "52", "44", FREE, Set.of(), true, false, false);
    assertTrue(criteria().match(surgeon));
    Criteria asked =
        new Criteria("52", "60", "SI06", false, false, false, false, DAY, DAY.plusDays(6));
    assertTrue(asked.match(surgeon));
    assertEquals(EnumSet.of(Miss.SPECIALITY), asked.misses(row()));
  }

  @Test
  void vehicleAndNursingHomeExcludeWhenAskedFor() {
    Criteria asked = new Criteria("52", "60", null, true, true, false, false, DAY, DAY);
    assertEquals(EnumSet.of(Miss.VEHICLE, Miss.NURSING_HOME), asked.misses(row()));
    assertTrue(
        asked.match(Rows.row("a", "60", null, "52", "44", FREE, Set.of(), true, true, true)));
  }

  @Test
  void weekendAndIntensiveCareRankAndDoNotExclude() {
    Criteria wished = new Criteria("52", "60", null, false, false, true, true, DAY, DAY);
    PoolRow weekdaysOnly =
        Rows.nurse("a", new Availability(List.of(new Period(DAY, null, true, false)), List.of()));
    assertTrue(wished.match(weekdaysOnly));
    assertEquals(0, wished.wishesMet(weekdaysOnly));
    assertEquals(1, wished.wishesMet(row()));
  }

  @Test
  void anotherRegionMatchesOnlyThoseWhoAcceptTheNationalLevel() {
    PoolRow local =
        Rows.row("a", "60", null, "11", "75", FREE, Set.of(Mobility.LOCAL), true, false, false);
    PoolRow national =
        Rows.row("a", "60", null, "11", "75", FREE, Set.of(Mobility.NATIONAL), true, false, false);
    assertEquals(EnumSet.of(Miss.REGION), criteria().misses(local));
    assertTrue(criteria().match(national));
  }

  @Test
  void somebodyUnavailableDoesNotMatch() {
    assertEquals(EnumSet.of(Miss.UNAVAILABLE), criteria().misses(row().turned(false)));
  }

  @Test
  void freeTimeMustCoverTheEffectiveStart() {
    Criteria before =
        new Criteria(
            "52", "60", null, false, false, false, false, DAY.minusDays(1), DAY.plusDays(6));
    assertEquals(EnumSet.of(Miss.DATES), before.misses(row()));
    Criteria lastDay =
        new Criteria(
            "52", "60", null, false, false, false, false, DAY.plusDays(10), DAY.plusDays(30));
    assertTrue(lastDay.match(row()));
    Criteria after =
        new Criteria(
            "52", "60", null, false, false, false, false, DAY.plusDays(11), DAY.plusDays(30));
    assertEquals(EnumSet.of(Miss.DATES), after.misses(row()));
  }

  @Test
  void engagedDaysAreNotFree() {
    PoolRow engaged =
        row().with(FREE.engaged("mission", new Days(DAY.plusDays(1), DAY.plusDays(3))));
    assertEquals(EnumSet.of(Miss.DATES), criteria().misses(engaged));
  }

  @Test
  void nobodyMatchesAMissionThatIsOver() {
    Criteria over =
        new Criteria("52", "60", null, false, false, false, false, DAY.plusDays(7), DAY);
    assertEquals(EnumSet.of(Miss.DATES), over.misses(row()));
  }
}
