package renfort.matching.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static renfort.matching.model.Sight.FULL;
import static renfort.matching.model.Sight.NAME_AND_STATE;
import static renfort.matching.model.Sight.NOTHING;
import static renfort.matching.model.Sight.WITHOUT_CONTACT;
import static renfort.matching.model.Visibility.Reader.AGENCY_OF_MISSION;
import static renfort.matching.model.Visibility.Reader.AGENCY_OF_PERSON;
import static renfort.matching.model.Visibility.Reader.NATIONAL;
import static renfort.matching.model.Visibility.Reader.REQUESTER;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import renfort.candidacies.model.Candidacy;
import renfort.matching.model.Visibility.Look;
import renfort.matching.model.Visibility.Reader;
import renfort.missions.model.Mission;

/** R14: what is seen of a person, cell by cell. */
class VisibilityTest {
  private static Look by(Reader reader, Look look) {
    return new Look(
        reader,
        look.regulated(),
        look.mission(),
        look.candidacy(),
        look.proposed(),
        look.givenUp(),
        look.known(),
        look.matches(),
        look.heldByOther());
  }

  private static Look toVerify(
      boolean regulated,
      boolean proposed,
      boolean givenUp,
      boolean known,
      boolean matches,
      boolean heldByOther) {
    return new Look(
        REQUESTER,
        regulated,
        Mission.Status.OPEN,
        Candidacy.Status.TO_VERIFY,
        proposed,
        givenUp,
        known,
        matches,
        heldByOther);
  }

  @ParameterizedTest
  @CsvSource({
    // mission, candidacy, establishment or own agency, agency of another region
    "OPEN,      TO_VERIFY, FULL,           WITHOUT_CONTACT",
    "OPEN,      CONTACTED, FULL,           WITHOUT_CONTACT",
    "OPEN,      AFFECTED,  FULL,           WITHOUT_CONTACT",
    "OPEN,      REFUSED,   NAME_AND_STATE, NAME_AND_STATE",
    "OPEN,      DECLINED,  NAME_AND_STATE, NAME_AND_STATE",
    "FILLED,    TO_VERIFY, NAME_AND_STATE, NAME_AND_STATE",
    "FILLED,    CONTACTED, NAME_AND_STATE, NAME_AND_STATE",
    "FILLED,    AFFECTED,  FULL,           WITHOUT_CONTACT",
    "FILLED,    REFUSED,   NAME_AND_STATE, NAME_AND_STATE",
    "FILLED,    DECLINED,  NAME_AND_STATE, NAME_AND_STATE",
    "CANCELLED, TO_VERIFY, NAME_AND_STATE, NAME_AND_STATE",
    "CANCELLED, CONTACTED, NAME_AND_STATE, NAME_AND_STATE",
    "CANCELLED, AFFECTED,  NAME_AND_STATE, NAME_AND_STATE",
    "CANCELLED, REFUSED,   NAME_AND_STATE, NAME_AND_STATE",
    "CANCELLED, DECLINED,  NAME_AND_STATE, NAME_AND_STATE",
    "ENDED,     TO_VERIFY, NAME_AND_STATE, NAME_AND_STATE",
    "ENDED,     CONTACTED, NAME_AND_STATE, NAME_AND_STATE",
    "ENDED,     AFFECTED,  NAME_AND_STATE, NAME_AND_STATE",
    "ENDED,     REFUSED,   NAME_AND_STATE, NAME_AND_STATE",
    "ENDED,     DECLINED,  NAME_AND_STATE, NAME_AND_STATE"
  })
  void R14_whoIsKnownAndMatches(
      Mission.Status mission, Candidacy.Status candidacy, Sight near, Sight far) {
    Look look = new Look(REQUESTER, false, mission, candidacy, false, false, true, true, false);
    assertEquals(near, Visibility.of(look));
    assertEquals(near, Visibility.of(by(AGENCY_OF_PERSON, look)));
    assertEquals(near, Visibility.of(by(NATIONAL, look)));
    assertEquals(far, Visibility.of(by(AGENCY_OF_MISSION, look)));
  }

  @ParameterizedTest
  @EnumSource(Mission.Status.class)
  void R14_aStrangerIsSeenWhileTheMissionIsOpenOnly(Mission.Status mission) {
    Look look =
        new Look(
            REQUESTER,
            false,
            mission,
            Candidacy.Status.TO_VERIFY,
            false,
            false,
            false,
            true,
            false);
    Sight expected = mission == Mission.Status.OPEN ? FULL : NOTHING;
    assertEquals(expected, Visibility.of(look));
    assertEquals(expected, Visibility.of(by(NATIONAL, look)));
  }

  @ParameterizedTest
  @CsvSource({
    // regulated, proposed, givenUp, known, matches, held by another: establishment, own agency
    "false, false, false, false, true,  false, FULL,            FULL",
    "false, false, false, true,  true,  false, FULL,            FULL",
    "false, false, false, false, true,  true,  WITHOUT_CONTACT, WITHOUT_CONTACT",
    "false, false, false, true,  true,  true,  WITHOUT_CONTACT, WITHOUT_CONTACT",
    "false, false, false, false, false, false, NOTHING,         NOTHING",
    "false, false, false, true,  false, false, NAME_AND_STATE,  NAME_AND_STATE",
    "false, true,  false, true,  true,  false, FULL,            FULL",
    "false, true,  false, true,  true,  true,  WITHOUT_CONTACT, WITHOUT_CONTACT",
    "false, true,  false, true,  false, false, NAME_AND_STATE,  NAME_AND_STATE",
    "false, false, true,  true,  true,  false, NAME_AND_STATE,  NAME_AND_STATE",
    "false, true,  true,  true,  true,  false, FULL,            FULL",
    "false, true,  true,  true,  true,  true,  WITHOUT_CONTACT, WITHOUT_CONTACT",
    "false, false, true,  true,  true,  true,  NAME_AND_STATE,  NAME_AND_STATE",
    "true,  false, false, false, true,  false, NOTHING,         FULL",
    "true,  false, false, true,  true,  false, NAME_AND_STATE,  FULL",
    "true,  false, false, false, true,  true,  NOTHING,         WITHOUT_CONTACT",
    "true,  false, false, true,  true,  true,  NAME_AND_STATE,  WITHOUT_CONTACT",
    "true,  false, false, false, false, false, NOTHING,         NOTHING",
    "true,  true,  false, true,  true,  false, FULL,            FULL",
    "true,  true,  false, true,  true,  true,  WITHOUT_CONTACT, WITHOUT_CONTACT",
    "true,  true,  false, true,  false, false, NAME_AND_STATE,  NAME_AND_STATE"
  })
  void R14_R22_whoIsToBeVerified(
      boolean regulated,
      boolean proposed,
      boolean givenUp,
      boolean known,
      boolean matches,
      boolean heldByOther,
      Sight establishment,
      Sight agency) {
    Look look = toVerify(regulated, proposed, givenUp, known, matches, heldByOther);
    assertEquals(establishment, Visibility.of(look));
    assertEquals(agency, Visibility.of(by(AGENCY_OF_PERSON, look)));
    assertEquals(agency, Visibility.of(by(NATIONAL, look)));
    // L8: contact details of the people of its own region only
    assertEquals(
        agency == FULL ? WITHOUT_CONTACT : agency, Visibility.of(by(AGENCY_OF_MISSION, look)));
  }

  @Test
  void R22_aRegulationTakesNothingFromWhoWasContactedOrAffected() {
    for (Candidacy.Status status : List.of(Candidacy.Status.CONTACTED, Candidacy.Status.AFFECTED)) {
      Look look =
          new Look(REQUESTER, true, Mission.Status.OPEN, status, false, false, true, false, false);
      assertEquals(FULL, Visibility.of(look), status.name());
    }
  }

  @Test
  void R14_somebodyAffectedIsReachedThoughAnotherMissionHoldsThemForOtherDays() {
    Look look =
        new Look(
            REQUESTER,
            false,
            Mission.Status.FILLED,
            Candidacy.Status.AFFECTED,
            false,
            false,
            true,
            false,
            true);
    assertEquals(FULL, Visibility.of(look));
  }

  /** All that a look may be. */
  private static List<Look> looks() {
    boolean[] flag = {false, true};
    List<Look> looks = new ArrayList<>();
    for (Reader reader : Reader.values()) {
      for (Mission.Status mission : Mission.Status.values()) {
        for (Candidacy.Status candidacy : Candidacy.Status.values()) {
          for (int bits = 0; bits < 64; bits++) {
            looks.add(
                new Look(
                    reader,
                    flag[bits & 1],
                    mission,
                    candidacy,
                    flag[(bits >> 1) & 1],
                    flag[(bits >> 2) & 1],
                    flag[(bits >> 3) & 1],
                    flag[(bits >> 4) & 1],
                    flag[(bits >> 5) & 1]));
          }
        }
      }
    }
    return looks;
  }

  @Test
  void R14_whateverTheRestNoContactDetailLeavesItsStatuses() {
    looks().forEach(VisibilityTest::isWithinItsStatuses);
  }

  private static void isWithinItsStatuses(Look look) {
    boolean isOpen = look.mission() == Mission.Status.OPEN;
    boolean mayBeFull =
        switch (look.candidacy()) {
          case TO_VERIFY ->
              isOpen
                  && look.matches()
                  && (!look.givenUp() || look.proposed())
                  && !look.heldByOther()
                  && (look.reader() != REQUESTER || !look.regulated() || look.proposed());
          case CONTACTED -> isOpen;
          case AFFECTED -> isOpen || look.mission() == Mission.Status.FILLED;
          case REFUSED, DECLINED -> false;
        };
    assertEquals(
        mayBeFull && look.reader() != AGENCY_OF_MISSION,
        Visibility.of(look) == FULL,
        look.toString());
    if (look.candidacy() == Candidacy.Status.REFUSED
        || look.candidacy() == Candidacy.Status.DECLINED) {
      assertEquals(NAME_AND_STATE, Visibility.of(look), look.toString());
    }
  }
}
