package renfort.candidacies.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renfort.accounts.model.Establishment;
import renfort.candidacies.model.StateTable.Affect;
import renfort.candidacies.model.StateTable.Contact;
import renfort.candidacies.model.StateTable.Refusal;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
import renfort.pool.model.Availability;
import renfort.pool.model.Days;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.pool.model.Rows;

/** The state table of the rules, cell by cell. */
class StateTableTest {
  private static final String MISSION = "mission";
  private static final String OTHER = "other";
  private static final String PERSON = "person";
  private static final Instant NOW = Rows.NOW;
  private static final Instant LATER = NOW.plus(Duration.ofHours(36));
  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
  private static final Duration HOLD = Duration.ofHours(36);

  private static final Mission OPEN =
      Mission.submitted(
          MISSION,
          new Establishment("1", "CHU", "1 rue", "44000", "Nantes", "52", "44", 47.2, -1.5),
          "requester",
          new Terms(Rows.DAY, Rows.DAY.plusDays(4), "60", null, 2, false, false, false, false),
          Status.OPEN,
          NOW);

  /** A candidacy in a state by its name in the table below. */
  private static Situation in(String state) {
    Candidacy none = Candidacy.none(MISSION, PERSON, NOW);
    PoolRow row = Rows.nurse(PERSON);
    Candidacy contacted = none.contactedUntil(LATER, 0, NOW);
    Days days = new Days(Rows.DAY, Rows.DAY.plusDays(4));
    return switch (state) {
      case "TO_VERIFY" -> on(OPEN, row, none);
      case "PUSHED" -> on(OPEN, row, stored(none.pushed(NOW)));
      case "PUSHED_CONTACTED" ->
          on(
              OPEN.holding(PERSON, LATER),
              row.held(new Hold(MISSION, LATER)),
              stored(none.pushed(NOW).contactedUntil(LATER, 0, NOW)));
      case "PUSHED_OVER" -> on(OPEN, row, stored(none.pushed(NOW).contactedUntil(NOW, 0, NOW)));
      case "WITHDRAWN" -> on(OPEN, row, stored(none.pushed(NOW).pushEnded(PushEnd.WITHDRAWN, NOW)));
      case "CONTACTED" ->
          on(OPEN.holding(PERSON, LATER), row.held(new Hold(MISSION, LATER)), stored(contacted));
      case "OVER" -> on(OPEN, row, stored(none.contactedUntil(NOW, 0, NOW)));
      case "SWEPT" -> on(OPEN, row, stored(none.contactedUntil(NOW, 0, NOW).lapsed(NOW)));
      case "AFFECTED" ->
          on(
              OPEN.holding(PERSON, LATER).affecting(PERSON),
              row.with(row.availability().engaged("mission", days)),
              stored(contacted.affected(days, NOW)));
      case "REFUSED" -> on(OPEN, row, stored(contacted.refused(NOW)));
      case "DECLINED" -> on(OPEN, row, stored(none.declined(NOW)));
      case "LATE_CLOCK" ->
          on(OPEN.holding(PERSON, LATER), row.held(new Hold(OTHER, LATER)), stored(contacted));
      case "ELSEWHERE" -> on(OPEN, row.held(new Hold(OTHER, LATER)), none);
      case "ERASED" -> on(OPEN, null, none);
      default -> throw new IllegalArgumentException(state);
    };
  }

  private static Situation on(
      Mission mission, @org.jspecify.annotations.Nullable PoolRow row, Candidacy candidacy) {
    return new Situation(mission, row, candidacy, NOW, TODAY);
  }

  private static Candidacy stored(Candidacy candidacy) {
    return new Candidacy(
        candidacy.missionId(),
        candidacy.professionalId(),
        candidacy.status(),
        candidacy.pushed(),
        candidacy.heldUntil(),
        candidacy.contacted(),
        candidacy.engagement(),
        candidacy.reminded(),
        candidacy.slot(),
        candidacy.pushEnded(),
        candidacy.givenUp(),
        candidacy.changedAt(),
        1);
  }

  @ParameterizedTest(
      name =
          "{0}: contact {1}, affect {2}, refuse {3}, push {4}, withdraw {5}, release {6}, decline"
              + " {7}")
  @CsvSource({
    "TO_VERIFY, TAKE, NOT_CONTACTED, NOT_CONTACTED, PUSHED!, NOT_PUSHED, NOT_AFFECTED, NOTHING",
    "PUSHED, TAKE, NOT_CONTACTED, NOT_CONTACTED, PUSHED, WITHDRAWN!, NOT_AFFECTED, PUSH",
    "CONTACTED, SAME, AFFECTED!, REFUSED!, HELD, NOT_PUSHED, NOT_AFFECTED, CONTACT",
    "PUSHED_CONTACTED, SAME, AFFECTED!, REFUSED!, HELD, NOT_PUSHED, NOT_AFFECTED, CONTACT",
    "PUSHED_OVER, TAKE, EXPIRED, EXPIRED, PUSHED, WITHDRAWN!, NOT_AFFECTED, PUSH",
    "WITHDRAWN, TAKE, NOT_CONTACTED, NOT_CONTACTED, PUSHED!, NOT_PUSHED, NOT_AFFECTED, NOTHING",
    "OVER, TAKE, EXPIRED, EXPIRED, PUSHED!, NOT_PUSHED, NOT_AFFECTED, NOTHING",
    "SWEPT, TAKE, EXPIRED, EXPIRED, PUSHED!, NOT_PUSHED, NOT_AFFECTED, NOTHING",
    "AFFECTED, AFFECTED, AFFECTED, NOT_CONTACTED, NOT_MATCHING, NOT_PUSHED, RELEASED!, AFFECTATION",
    "REFUSED, TAKE, NOT_CONTACTED, REFUSED, PUSHED!, NOT_PUSHED, NOT_AFFECTED, OVER",
    "DECLINED, DECLINED, NOT_CONTACTED, NOT_CONTACTED, DECLINED, NOT_PUSHED, NOT_AFFECTED, SAME",
    "ELSEWHERE, HELD, NOT_CONTACTED, NOT_CONTACTED, HELD, NOT_PUSHED, NOT_AFFECTED, NOTHING",
    "LATE_CLOCK, HELD, EXPIRED, EXPIRED, HELD, NOT_PUSHED, NOT_AFFECTED, CONTACT",
    "ERASED, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, NOTHING",
  })
  void eachActionOnEachState(
      String state,
      String contact,
      String affect,
      String refuse,
      String push,
      String withdraw,
      String release,
      String decline) {
    Situation on = in(state);
    assertEquals(contact, word(StateTable.contact(on, null, false, HOLD)));
    assertEquals(affect, word(StateTable.affect(on)));
    assertEquals(refuse, word(StateTable.refuse(on)));
    assertEquals(push, word(StateTable.push(on, null, true)));
    assertEquals(withdraw, word(StateTable.withdraw(on)));
    assertEquals(release, word(StateTable.release(on)));
    assertEquals(decline, StateTable.decline(on).name());
  }

  @ParameterizedTest(name = "R23: a push of {0} to a mission {1}, of somebody {2}: {3}")
  @CsvSource({
    "PUSHED, OPEN, FREE, LASTS",
    "PUSHED, OPEN, ENGAGED, ENGAGED",
    "PUSHED, OPEN, ENGAGED_LATER, LASTS",
    "PUSHED, OPEN, UNAVAILABLE, NOT_MATCHING",
    "PUSHED, OPEN, GONE, LASTS",
    "PUSHED, FILLED, FREE, FULL",
    "PUSHED, CANCELLED, FREE, CLOSED",
    "PUSHED, OVER, FREE, CLOSED",
    "PUSHED_OVER, OPEN, UNAVAILABLE, NOT_MATCHING",
    "PUSHED_CONTACTED, OPEN, UNAVAILABLE, LASTS",
    "PUSHED_CONTACTED, CANCELLED, FREE, LASTS",
    "AFFECTED, CANCELLED, FREE, LASTS",
    "TO_VERIFY, FILLED, FREE, LASTS",
    "WITHDRAWN, FILLED, FREE, LASTS",
    "DECLINED, FILLED, FREE, LASTS",
  })
  void r23_aPushEndsByItself(String state, String mission, String person, String end) {
    Situation on = in(state);
    // from its last day on: who can begin is still proposed
    Days later = new Days(Rows.DAY.plusDays(4), Rows.DAY.plusDays(9));
    PoolRow free = Objects.requireNonNull(on.row());
    Situation changed =
        new Situation(
            switch (mission) {
              case "FILLED" -> on.mission().filledByHand();
              case "CANCELLED" -> on.mission().cancelled();
              default -> on.mission();
            },
            switch (person) {
              case "ENGAGED" ->
                  free.with(free.availability().engaged("mission", new Days(TODAY, Rows.DAY)));
              case "ENGAGED_LATER" -> free.with(free.availability().engaged("later", later));
              case "UNAVAILABLE" -> free.turned(false);
              case "GONE" -> null;
              default -> free;
            },
            on.candidacy(),
            NOW,
            mission.equals("OVER") ? Rows.DAY.plusDays(5) : TODAY);
    assertEquals(end, StateTable.pushEnd(changed).map(PushEnd::name).orElse("LASTS"));
  }

  @ParameterizedTest(name = "R14: somebody {0} is given up: {1}")
  @CsvSource({
    "released, true",
    "released > pushed, true",
    "released > pushed > withdrawn, true",
    "released > pushed > withdrawn > pushed > withdrawn, true",
    "released > pushed > contacted, false",
    "released > pushed > contacted > lapsed, false",
    "released > contacted > freed, false",
    "released > contacted > affected, false",
    "released > contacted > affected > released, true",
    "released > pushed > declined, false",
    "refused, false",
    "refused > pushed, true",
    "refused > pushed > withdrawn, true",
    "refused > pushed > contacted, false",
    "pushed > withdrawn, false",
  })
  void R14_aPushGivesBackNobodyWhomTheMissionGaveUp(String steps, boolean givenUp) {
    Candidacy candidacy = Candidacy.none(MISSION, PERSON, NOW);
    Days days = new Days(Rows.DAY, Rows.DAY.plusDays(4));
    for (String step : steps.split(" > ", -1)) {
      candidacy =
          switch (step) {
            case "contacted" -> candidacy.contactedUntil(LATER, 0, NOW);
            case "affected" -> candidacy.affected(days, NOW);
            case "released" -> candidacy.released(NOW);
            case "refused" -> candidacy.refused(NOW);
            case "declined" -> candidacy.declined(NOW);
            case "pushed" -> candidacy.pushed(NOW);
            case "withdrawn" -> candidacy.pushEnded(PushEnd.WITHDRAWN, NOW);
            case "freed" -> candidacy.freed(NOW);
            case "lapsed" -> candidacy.lapsed(NOW);
            default -> throw new IllegalArgumentException(step);
          };
    }
    assertEquals(givenUp, candidacy.givenUp());
  }

  private static String word(Contact contact) {
    return switch (contact) {
      case Contact.Take take -> "TAKE";
      case Contact.Same same -> "SAME";
      case Contact.No(Refusal reason) -> reason.name();
    };
  }

  private static String word(Affect affect) {
    return switch (affect) {
      case Affect.Take take -> "AFFECTED!";
      case Affect.No(Outcome outcome) -> outcome.name();
    };
  }

  /** An exclamation mark stands for a change. */
  private static String word(StateTable.Decision decision) {
    return decision.outcome() + (decision.changes() ? "!" : "");
  }

  private static Contact contact(UnaryOperator<Mission> mission) {
    Situation on = in("TO_VERIFY");
    return StateTable.contact(
        on(mission.apply(on.mission()), on.row(), on.candidacy()), null, false, HOLD);
  }

  @Test
  void r16_aContactHoldsForTheRegionsHours() {
    assertEquals(
        new Contact.Take(NOW.plus(HOLD)), StateTable.contact(in("TO_VERIFY"), null, false, HOLD));
  }

  @Test
  void r16_theSameContactIsNotExtended() {
    assertEquals(
        new Contact.Same(LATER),
        StateTable.contact(in("CONTACTED"), null, false, Duration.ofDays(3)));
  }

  @Test
  void r16_theEstablishmentWaitsUntilTheVeryInstant() {
    for (String state : List.of("TO_VERIFY", "OVER", "REFUSED")) {
      assertEquals(
          new Contact.No(Refusal.WAIT),
          StateTable.contact(in(state), NOW.plusSeconds(1), false, HOLD));
      assertInstanceOf(Contact.Take.class, StateTable.contact(in(state), NOW, false, HOLD), state);
    }
  }

  @Test
  void r16_aMissionHoldsAtMostThreeOrTwiceThePlacesLeft() {
    UnaryOperator<Mission> four =
        mission ->
            mission.holding("a", LATER).holding("b", LATER).holding("c", LATER).holding("d", LATER);
    assertEquals(new Contact.No(Refusal.TOO_MANY_HELD), contact(four));
    assertInstanceOf(Contact.Take.class, contact(mission -> four.apply(mission).letting("d")));
    assertInstanceOf(
        Contact.Take.class,
        contact(mission -> four.apply(mission).letting("d").holding("d", NOW)),
        "a hold that is over does not count");
    assertEquals(3, OPEN.holding("a", LATER).affecting("a").holdCap(), "one place left");
  }

  @Test
  void onlyAnOpenMissionContacts() {
    assertEquals(new Contact.No(Refusal.FULL), contact(Mission::filledByHand));
    assertEquals(new Contact.No(Refusal.ENDED), contact(Mission::cancelled));
    assertEquals(new Contact.No(Refusal.ENDED), contact(Mission::ended));
    Situation on = in("TO_VERIFY");
    assertEquals(
        new Contact.No(Refusal.ENDED),
        StateTable.contact(
            new Situation(on.mission(), on.row(), on.candidacy(), NOW, Rows.DAY.plusDays(5)),
            null,
            false,
            HOLD),
        "the end is past, swept or not");
  }

  @Test
  void r22_inARegulatedRegionOnlyPeoplePushedOrDealtWithAreContacted() {
    assertEquals(
        new Contact.No(Refusal.NOT_MATCHING),
        StateTable.contact(in("TO_VERIFY"), null, true, HOLD));
    assertInstanceOf(Contact.Take.class, StateTable.contact(in("PUSHED"), null, true, HOLD));
    assertInstanceOf(Contact.Take.class, StateTable.contact(in("OVER"), null, true, HOLD));
  }

  @Test
  void r17_aPersonWithNoCoveringPeriodAnyMoreIsNotAffected() {
    Situation on = in("CONTACTED");
    PoolRow busy =
        Rows.nurse(
            PERSON,
            new Availability(
                List.of(new Period(Rows.DAY.plusDays(1), null, false, false)), List.of()));
    assertEquals(
        new Affect.No(Outcome.NOT_MATCHING),
        StateTable.affect(on(on.mission(), busy.held(new Hold(MISSION, LATER)), on.candidacy())));
  }

  @Test
  void r18_theEngagementEndsWithThePeriodOrTheMissionWhicheverIsFirst() {
    Situation on = in("CONTACTED");
    assertEquals(new Affect.Take(new Days(Rows.DAY, Rows.DAY.plusDays(4))), StateTable.affect(on));
    PoolRow brief =
        Rows.nurse(
            PERSON,
            new Availability(
                List.of(new Period(TODAY, Rows.DAY.plusDays(1), false, false)), List.of()));
    assertEquals(
        new Affect.Take(new Days(Rows.DAY, Rows.DAY.plusDays(1))),
        StateTable.affect(on(on.mission(), brief.held(new Hold(MISSION, LATER)), on.candidacy())));
    Situation late =
        new Situation(on.mission(), on.row(), on.candidacy(), NOW, Rows.DAY.plusDays(2));
    assertEquals(
        new Affect.Take(new Days(Rows.DAY.plusDays(2), Rows.DAY.plusDays(4))),
        StateTable.affect(late),
        "from the effective start");
  }

  @Test
  void r18_filledNeverExceedsCount() {
    Situation on = in("CONTACTED");
    Mission full =
        on.mission().holding("a", LATER).holding("b", LATER).affecting("a").affecting("b");
    assertEquals(Status.FILLED, full.status());
    assertEquals(true, full.toRelease(), "its other holds are to be freed");
    assertEquals(
        new Affect.No(Outcome.FULL), StateTable.affect(on(full, on.row(), on.candidacy())));
    assertEquals(Status.OPEN, full.freeingPlace().status(), "reopens by itself");
    assertEquals(Status.FILLED, full.filledByHand().freeingPlace().status(), "unless set by hand");
  }

  @Test
  void r23_anAgencyPushesPeopleOfItsOwnRegionOnlyWhateverTheirState() {
    assertEquals("PUSHED!", word(StateTable.push(in("TO_VERIFY"), "52", true)));
    for (String state : List.of("TO_VERIFY", "PUSHED", "CONTACTED", "DECLINED")) {
      assertEquals("OTHER_REGION", word(StateTable.push(in(state), "11", true)), state);
    }
    assertEquals("UNKNOWN", word(StateTable.push(in("ERASED"), "11", true)));
  }

  @Test
  void r23_nobodyIsPushedWhereNobodyIsApprovedToReceiveIt() {
    for (String state : List.of("TO_VERIFY", "PUSHED", "CONTACTED", "DECLINED")) {
      assertEquals("NO_REQUESTER", word(StateTable.push(in(state), null, false)), state);
    }
    assertEquals("OTHER_REGION", word(StateTable.push(in("TO_VERIFY"), "11", false)));
  }

  @Test
  void r23_engagedOrNotMatchingPeopleAreNotPushed() {
    PoolRow row = Rows.nurse(PERSON);
    PoolRow engaged = row.with(row.availability().engaged("mission", new Days(Rows.DAY, Rows.DAY)));
    // pushed or not: a push that has ended, and is not yet stored as ended, is no push
    for (String state : List.of("TO_VERIFY", "PUSHED")) {
      Situation on = in(state);
      for (PoolRow changed : List.of(engaged, row.turned(false))) {
        assertEquals(
            "NOT_MATCHING",
            word(StateTable.push(on(on.mission(), changed, on.candidacy()), null, true)));
      }
      assertEquals(
          "NOT_MATCHING",
          word(StateTable.push(on(on.mission().cancelled(), row, on.candidacy()), null, true)));
      assertEquals(
          "FULL",
          word(StateTable.push(on(on.mission().filledByHand(), row, on.candidacy()), null, true)));
    }
  }

  @Test
  void r23_aMissionWithPushesIsToBeLookedAtWhenItIsFullOverOrEdited() {
    Mission pushed = OPEN.pushing();
    assertEquals(true, pushed.filledByHand().toRelease());
    assertEquals(true, pushed.cancelled().toRelease());
    assertEquals(true, pushed.ended().toRelease());
    assertEquals(true, pushed.edited(pushed.terms()).toRelease());
    Mission onePlace = pushed.edited(OPEN.terms()).released();
    assertEquals(true, onePlace.affecting("a").affecting("b").toRelease());
    assertEquals(false, onePlace.affecting("a").toRelease(), "a place is left");
    for (Mission none :
        List.of(OPEN.filledByHand(), OPEN.cancelled(), OPEN.ended(), OPEN.edited(OPEN.terms()))) {
      assertEquals(false, none.toRelease());
    }
  }

  @Test
  void r21_anAffectationOfAMissionThatIsOverCannotBeDeclined() {
    Situation on = in("AFFECTED");
    Situation over =
        new Situation(on.mission(), on.row(), on.candidacy(), NOW, Rows.DAY.plusDays(30));
    assertEquals(StateTable.Decline.OVER, StateTable.decline(over));
  }

  @Test
  void r21_anAffectationWhoseDaysAreOverCannotBeDeclinedThoughItsMissionGoesOn() {
    Situation on = in("AFFECTED");
    LocalDate last = Objects.requireNonNull(on.candidacy().engagement()).last();
    Mission longer = on.mission().edited(until(on.mission().terms(), last.plusDays(9)));
    for (Mission mission : List.of(longer, longer.cancelled(), longer.filledByHand())) {
      Situation over = new Situation(mission, on.row(), on.candidacy(), NOW, last.plusDays(1));
      assertEquals(StateTable.Decline.OVER, StateTable.decline(over));
      Situation lastDay = new Situation(mission, on.row(), on.candidacy(), NOW, last);
      assertEquals(StateTable.Decline.AFFECTATION, StateTable.decline(lastDay));
    }
  }

  private static Terms until(Terms terms, LocalDate end) {
    return new Terms(
        terms.start(),
        end,
        terms.profession(),
        terms.speciality(),
        terms.count(),
        terms.vehicle(),
        terms.weekend(),
        terms.nursingHome(),
        terms.intensiveCare());
  }

  @Test
  void theMissionCountsWhatItHoldsAndWhatHasLapsed() {
    Mission mission = OPEN.holding("a", LATER).holding("b", NOW);
    assertEquals(1, mission.held(NOW));
    assertEquals(List.of("b"), mission.lapsed(NOW));
    assertEquals(Map.of("a", LATER), mission.letting("b").holds());
  }
}
