package renfort.professionals.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renfort.pool.model.Availability;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.model.ActivityType;
import renfort.reference.model.Commune;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;

class DetailsTest {
  private static final Instant MONDAY = Instant.parse("2027-01-04T08:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2027-01-05T08:00:00Z");
  private static final Commune RENNES =
      new Commune("35238", "Rennes", "35", "53", new Position(48.11, -1.68));

  @Test
  void somebodyNewIsAvailableNotConfirmedAndFree() {
    PoolRow row = details("53", "2027-02-28").row("p1", RENNES, false, MONDAY);

    assertTrue(row.available());
    assertFalse(row.confirmed());
    assertEquals(MONDAY, row.freshness());
    assertEquals(List.of(), row.availability().engagements());
    assertEquals(RENNES.position(), row.position());
    assertTrue(row.liveHold(MONDAY).isEmpty());
  }

  @Test
  void R13_theZoneIsTheDepartementInsideTheChosenRegionOnly() {
    assertEquals("35", details("53", "2027-02-28").row("p1", RENNES, false, MONDAY).zone());
    assertEquals(
        PoolRow.ELSEWHERE, details("11", "2027-02-28").row("p1", RENNES, false, MONDAY).zone());
  }

  @Test
  void R1_R6_aNewSheetKeepsHoldEngagementsSwitchAndConfirmation() {
    Days taken = new Days(LocalDate.parse("2027-01-11"), LocalDate.parse("2027-01-17"));
    Hold hold = new Hold("m1", TUESDAY.plusSeconds(60));
    PoolRow first = details("53", "2027-02-28").row("p1", RENNES, false, MONDAY);
    PoolRow before =
        first
            .with(first.availability().engaged("mission", taken))
            .held(hold)
            .nowConfirmed()
            .turned(false);

    Details again = details("11", "2027-03-31");
    PoolRow after = again.row(before, RENNES, true, TUESDAY);

    assertEquals("p1", after.professionalId());
    assertEquals("11", after.region());
    assertEquals(
        new Availability(again.availabilities(), List.of(Engagement.of("mission", taken))),
        after.availability());
    assertEquals(hold, after.hold());
    assertTrue(after.confirmed());
    assertFalse(after.available());
    assertTrue(after.duplicate());
    assertEquals(TUESDAY, after.freshness());
    assertEquals(before.version(), after.version());
  }

  @Test
  void theReferenceCanBeSaidOnTheTelephone() {
    Sheet sheet =
        new Sheet(
            "7k3m9qzzzzzzzzzzzzzz",
            "a1",
            "a@example.org",
            details("53", "2027-02-28"),
            List.of(),
            MONDAY,
            1);

    assertEquals("RF-7K3M9Q", sheet.reference());
  }

  private static Details details(String region, String end) {
    return new Details(
        "Kerbrat",
        "Solène",
        "+33261911234",
        region,
        "60",
        null,
        IdentifierType.RPPS,
        "10102030409",
        ActivityType.SALARIED,
        null,
        "35000",
        "Rennes",
        true,
        false,
        true,
        false,
        null,
        List.of(new Period(LocalDate.parse("2027-01-04"), LocalDate.parse(end), true, true)),
        Set.of(Mobility.LOCAL));
  }
}
