package renfort.candidacies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/** R22, R23: agencies push, establishments of a regulated region see those pushed, over HTTP. */
@ExtendWith(PlatformExtension.class)
class PushTest {
  private static final String PUSHED = "Nouvelles propositions de renfort pour votre mission";
  private static final String SUBMITTED = "Votre candidature a été soumise à un établissement";

  private static final String WITHDRAWN =
      "Votre candidature n'est plus proposée à un établissement";

  private LocalPlatform platform;
  private World world;
  private Api agency;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    agency = world.agency("53");
  }

  @AfterEach
  void backToDirect() {
    world.national().put("/api/regions/53/regulation", Map.of("mode", "DIRECT")).expect(200);
  }

  private void regulate(Api by, String mode) {
    by.put("/api/regions/53/regulation", Map.of("mode", mode)).expect(200);
  }

  private long mails(String email, String subject) {
    return world.volunteers().subjects(email).stream().filter(subject::equals).count();
  }

  @Test
  void r23_onePushIsOneMailToTheRequesterAndOneToEachProfessional() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer first = world.volunteer();
    Volunteer second = world.volunteer();
    JsonNode results =
        agency
            .post(
                "/api/missions/" + mission + "/pushes",
                Map.of("professionalIds", List.of(first.id(), second.id())))
            .expect(200)
            .json()
            .path("results");
    assertEquals(List.of("PUSHED", "PUSHED"), results.findValuesAsText("outcome"));
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, first.id()), "again");
    assertEquals(1, mails(requester.email(), PUSHED));
    assertEquals(1, mails(first.email(), SUBMITTED));
    assertTrue(
        world.volunteers().mail(first.email(), SUBMITTED).contains("Agence Régionale de Santé"));
    assertEquals(2, requester.mission(mission).path("pushed").asInt());
    List<String> shown =
        world.candidates(requester.api(), mission).stream()
            .limit(2)
            .map(candidate -> candidate.path("professionalId").asText())
            .sorted()
            .toList();
    assertEquals(List.of(first.id(), second.id()).stream().sorted().toList(), shown);
  }

  @Test
  void r23_heldEngagedOrNotMatchingPeopleAreNotPushed() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    String other = requester.submit(world.terms());
    Volunteer held = world.volunteer();
    requester.contact(other, held.id()).expect(200);
    assertEquals("HELD", World.outcome(agency, "pushes", mission, held.id()));
    assertEquals("AFFECTED", requester.affect(other, held.id()));
    assertEquals("NOT_MATCHING", World.outcome(agency, "pushes", mission, held.id()));
    Volunteer midwife = world.volunteer(Map.of("profession", "50"));
    assertEquals("NOT_MATCHING", World.outcome(agency, "pushes", mission, midwife.id()));
  }

  @Test
  void r22_aRegulatedRegionShowsEstablishmentsOnlyPeoplePushedOrDealtWith() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer dealtWith = world.volunteer();
    Volunteer pushed = world.volunteer();
    Volunteer unseen = world.volunteer();
    requester.contact(mission, dealtWith.id()).expect(200);
    regulate(agency, "REGIONAL");
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, pushed.id()));
    List<String> seen =
        world.candidates(requester.api(), mission).stream()
            .map(candidate -> candidate.path("professionalId").asText())
            .toList();
    assertEquals(List.of(dealtWith.id(), pushed.id()), seen);
    requester.api().get("/api/missions/" + mission + "/candidates/" + unseen.id()).expect(404);
    assertEquals("not-matching", requester.contact(mission, unseen.id()).expect(409).problemType());
    requester.contact(mission, pushed.id()).expect(200);
    assertTrue(
        world.candidate(agency, mission, unseen.id()).isPresent(), "agencies see all that match");
  }

  @Test
  void R23_anAgencyPushesPeopleOfItsOwnRegionOnlyInEveryMode() {
    Requester requester = world.approved();
    Volunteer elsewhere = world.volunteer(Map.of("region", "52", "mobility", List.of("NATIONAL")));
    Api national = world.national();
    for (String mode : List.of("DIRECT", "REGIONAL", "NATIONAL")) {
      regulate(national, mode);
      String mission = requester.submit(world.terms());
      Volunteer here = world.volunteer();
      assertEquals("OTHER_REGION", World.outcome(agency, "pushes", mission, elsewhere.id()), mode);
      assertEquals("PUSHED", World.outcome(agency, "pushes", mission, here.id()), mode);
      assertFalse(pushable(agency, mission, elsewhere), mode);
      assertTrue(pushable(agency, mission, here), mode);
      assertTrue(pushable(national, mission, elsewhere), mode);
      assertEquals("PUSHED", World.outcome(national, "pushes", mission, elsewhere.id()), mode);
      assertEquals(2, requester.mission(mission).path("pushed").asInt(), mode);
    }
    assertTrue(
        world.candidates(requester.api(), requester.submit(world.terms())).stream()
            .noneMatch(candidate -> candidate.has("pushable")),
        "of staff only");
  }

  private boolean pushable(Api by, String mission, Volunteer person) {
    return world.candidate(by, mission, person.id()).orElseThrow().path("pushable").asBoolean();
  }

  @Test
  void R22_onlyTheNationalLevelSetsOrLiftsNational() {
    agency.put("/api/regions/53/regulation", Map.of("mode", "NATIONAL")).expect(403);
    regulate(world.national(), "NATIONAL");
    agency.put("/api/regions/53/regulation", Map.of("mode", "DIRECT")).expect(403);
  }

  @Test
  void R23_nobodyIsPushedToAMissionThatNobodyIsApprovedToReceive() {
    Requester waiting = world.unapproved();
    String mission = waiting.submit(world.terms());
    // the same mail of the same mission leaves once an hour (R27)
    String another = waiting.submit(world.terms());
    Volunteer nurse = world.volunteer();
    assertEquals("NO_REQUESTER", World.outcome(agency, "pushes", mission, nurse.id()));
    assertEquals("NO_REQUESTER", World.outcome(world.national(), "pushes", mission, nurse.id()));
    approve(waiting, true);
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, nurse.id()));
    assertEquals(1, mails(waiting.email(), PUSHED));
    approve(waiting, false);
    Volunteer other = world.volunteer();
    assertEquals("NO_REQUESTER", World.outcome(agency, "pushes", mission, other.id()));
    assertEquals(0, mails(other.email(), SUBMITTED));
    Requester colleague = world.approved(waiting.finess());
    assertEquals("PUSHED", World.outcome(agency, "pushes", another, other.id()));
    assertEquals(1, mails(waiting.email(), PUSHED), "who can't look is told nothing");
    assertEquals(1, mails(colleague.email(), PUSHED));
  }

  private void approve(Requester requester, boolean approved) {
    agency
        .put(
            "/api/establishments/" + requester.finess() + "/approval",
            Map.of("approved", approved, "emails", List.of(requester.email())))
        .expect(200);
  }

  @Test
  void R23_anAgencyReadsOnHowManyOtherMissionsSomebodyIsPushed() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    String second = requester.submit(world.terms());
    String third = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    String sheet = "/api/missions/" + mission + "/candidates/" + nurse.id();
    assertEquals("", pushedElsewhere(agency, mission, nurse));
    assertEquals("PUSHED", World.outcome(agency, "pushes", second, nurse.id()));
    assertEquals("Poussé sur une autre mission", pushedElsewhere(agency, mission, nurse));
    assertEquals("", pushedElsewhere(agency, second, nurse));
    assertEquals("PUSHED", World.outcome(agency, "pushes", third, nurse.id()));
    assertEquals("Poussé sur 2 autres missions", pushedElsewhere(agency, mission, nurse));
    assertEquals("Poussé sur 2 autres missions", pushedElsewhere(world.national(), mission, nurse));
    assertEquals(
        "Poussé sur 2 autres missions",
        pushedElsewhere(agency.get(sheet).expect(200).json().path("reasons")));
    // no business of an establishment
    assertEquals("", pushedElsewhere(requester.api(), mission, nurse));
    assertEquals(
        "", pushedElsewhere(requester.api().get(sheet).expect(200).json().path("reasons")));
    assertEquals("WITHDRAWN", World.outcome(agency, "push-withdrawals", second, nurse.id()));
    requester.contact(third, nurse.id()).expect(200);
    // what came of a push, or was taken back, is none any more
    assertEquals("", pushedElsewhere(agency, mission, nurse));
  }

  private String pushedElsewhere(Api as, String mission, Volunteer person) {
    return pushedElsewhere(world.candidate(as, mission, person.id()).orElseThrow().path("reasons"));
  }

  private static String pushedElsewhere(JsonNode reasons) {
    for (JsonNode reason : reasons) {
      if (reason.asText().startsWith("Poussé sur ")) {
        return reason.asText();
      }
    }
    return "";
  }

  @Test
  void R13_aReasonWarnsOfWhoWouldGoBeyondTheirMobility() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Map<String, Object> brest =
        Map.of("postalCode", "29200", "city", "Brest", "mobility", List.of("LOCAL"));
    Volunteer far = world.volunteer(brest);
    Volunteer unsaid = world.volunteer(changed(brest, List.of()));
    Volunteer elsewhere = world.volunteer(changed(brest, List.of("LOCAL", "DEPARTMENTAL")));
    Volunteer anywhere = world.volunteer(changed(brest, List.of("LOCAL", "NATIONAL")));
    Volunteer here = world.volunteer(Map.of("mobility", List.of("DEPARTMENTAL")));
    for (Api as : List.of(agency, requester.api())) {
      for (Volunteer person : List.of(far, unsaid, elsewhere)) {
        assertTrue(isBeyond(as, mission, person), person.email());
      }
      for (Volunteer person : List.of(anywhere, here)) {
        assertFalse(isBeyond(as, mission, person), person.email());
      }
    }
  }

  private static Map<String, Object> changed(Map<String, Object> form, List<String> mobility) {
    Map<String, Object> changed = new HashMap<>(form);
    changed.put("mobility", mobility);
    return changed;
  }

  private boolean isBeyond(Api as, String mission, Volunteer person) {
    for (JsonNode reason :
        world.candidate(as, mission, person.id()).orElseThrow().path("reasons")) {
      if (reason.asText().equals("Au-delà de sa mobilité")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void R23_aPushEndsWhenThePersonIsAffectedElsewhereOnThoseDays() {
    Requester requester = world.approved();
    String won = requester.submit(world.terms());
    String lost = requester.submit(world.terms());
    String later = requester.submit(later());
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    for (String mission : List.of(won, lost, later)) {
      assertEquals("PUSHED", World.outcome(agency, "pushes", mission, nurse.id()));
    }
    requester.contact(won, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(won, nurse.id()));
    // read so at once, counted so as soon as the stream has told
    assertEquals("Vous êtes affecté à une autre mission à ces dates.", ended(own, lost));
    assertEquals("", ended(own, later));
    assertEquals(0, pushedOnceTold(requester, lost));
    assertEquals(1, requester.mission(later).path("pushed").asInt());
    assertEquals(1, requester.mission(won).path("pushed").asInt());
    assertEquals("Vous êtes affecté à une autre mission à ces dates.", ended(own, lost));
    assertEquals("NOT_MATCHING", World.outcome(agency, "pushes", lost, nurse.id()));
    assertEquals("RELEASED", requester.release(won, nurse.id()));
    assertEquals(0, requester.mission(lost).path("pushed").asInt(), "it does not begin again");
    assertEquals("PUSHED", World.outcome(agency, "pushes", lost, nurse.id()));
    assertEquals("", ended(own, lost));
  }

  private Map<String, Object> later() {
    Map<String, Object> terms = world.terms("start", world.today().plusDays(40).toString());
    terms.put("end", world.today().plusDays(44).toString());
    return terms;
  }

  @Test
  void R23_aPushEndsWhenThePersonBecomesUnavailable() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, nurse.id()));
    own.put("/api/professionals/me/availability", Map.of("available", false)).expect(204);
    assertEquals(0, pushedOnceTold(requester, mission));
    own.put("/api/professionals/me/availability", Map.of("available", true)).expect(204);
    assertEquals(
        "Votre fiche ou vos disponibilités ne correspondent plus à cette mission.",
        ended(own, mission));
  }

  @Test
  void R23_pushesEndWhenTheMissionIsFullCancelledOrEdited() {
    Requester requester = world.approved();
    String full = requester.submit(world.terms());
    String cancelled = requester.submit(world.terms());
    String edited = requester.submit(world.terms());
    Volunteer taken = world.volunteer();
    Volunteer other = world.volunteer(Map.of("vehicle", false));
    Api own = world.as(other);
    for (String mission : List.of(full, cancelled, edited)) {
      assertEquals("PUSHED", World.outcome(agency, "pushes", mission, other.id()));
    }
    requester.contact(full, taken.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(full, taken.id()));
    requester.api().delete("/api/missions/" + cancelled).expect(204);
    requester.api().put("/api/missions/" + edited, world.terms("vehicle", true)).expect(200);
    for (String mission : List.of(full, cancelled, edited)) {
      assertEquals(0, pushedOnceTold(requester, mission));
    }
    assertEquals("Cette mission est pourvue.", ended(own, full));
    assertEquals("Cette mission est annulée ou terminée.", ended(own, cancelled));
    assertEquals(
        "Votre fiche ou vos disponibilités ne correspondent plus à cette mission.",
        ended(own, edited));
    assertEquals(1, mails(other.email(), SUBMITTED) / 3, "nobody is mailed for an end");
  }

  private int pushedOnceTold(Requester requester, String mission) {
    platform.awaitStreams();
    return requester.mission(mission).path("pushed").asInt();
  }

  /** Why a push has ended, as the professional is told; empty while it lasts. */
  private static String ended(Api own, String mission) {
    for (JsonNode item :
        own.get("/api/professionals/me/candidacies").expect(200).json().path("items")) {
      if (item.path("missionId").asText().equals(mission)) {
        assertEquals(item.path("pushed").asBoolean(), !item.has("endedReason"));
        return item.path("endedReason").asText();
      }
    }
    throw new AssertionError("not listed");
  }

  @Test
  void R23_aPushIsWithdrawnUntilThePersonIsContactedAndTheyAreTold() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer withdrawn = world.volunteer();
    Volunteer contacted = world.volunteer();
    Volunteer notPushed = world.volunteer();
    Api own = world.as(withdrawn);
    for (Volunteer each : List.of(withdrawn, contacted)) {
      assertEquals("PUSHED", World.outcome(agency, "pushes", mission, each.id()));
    }
    requester.contact(mission, contacted.id()).expect(200);
    JsonNode results =
        agency
            .post(
                "/api/missions/" + mission + "/push-withdrawals",
                Map.of(
                    "professionalIds",
                    List.of(
                        withdrawn.id(), contacted.id(), notPushed.id(), "zzzzzzzzzzzzzzzzzzzz")))
            .expect(200)
            .json()
            .path("results");
    assertEquals(
        List.of("WITHDRAWN", "NOT_PUSHED", "NOT_PUSHED", "UNKNOWN"),
        results.findValuesAsText("outcome"));
    assertEquals("NOT_PUSHED", World.outcome(agency, "push-withdrawals", mission, withdrawn.id()));
    assertEquals(1, mails(withdrawn.email(), WITHDRAWN));
    assertEquals(0, mails(contacted.email(), WITHDRAWN));
    assertEquals(1, requester.mission(mission).path("pushed").asInt());
    assertEquals(
        "CONTACTED",
        world
            .candidate(requester.api(), mission, contacted.id())
            .orElseThrow()
            .path("status")
            .asText());
    assertFalse(
        world
            .candidate(requester.api(), mission, withdrawn.id())
            .orElseThrow()
            .path("pushed")
            .asBoolean());
    assertEquals("Votre candidature n'est plus proposée à cet établissement.", ended(own, mission));
    regulate(agency, "REGIONAL");
    assertTrue(world.candidate(requester.api(), mission, withdrawn.id()).isEmpty());
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, withdrawn.id()));
    assertEquals(
        "WITHDRAWN", World.outcome(world.national(), "push-withdrawals", mission, withdrawn.id()));
  }

  @Test
  void aProfessionalDeclinesAPushAndIsNotPushedAgain() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, nurse.id()));
    assertTrue(
        own.get("/api/professionals/me/candidacies")
            .expect(200)
            .json()
            .at("/items/0/pushed")
            .asBoolean());
    own.post("/api/professionals/me/candidacies/" + mission + "/decline").expect(204);
    assertEquals("DECLINED", World.outcome(agency, "pushes", mission, nurse.id()));
    assertEquals(0, requester.mission(mission).path("pushed").asInt());
  }

  @Test
  void somebodyRefusedMayBePushedAgain() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    requester.contact(mission, nurse.id()).expect(200);
    assertEquals("REFUSED", requester.refuse(mission, nurse.id()));
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, nurse.id()));
    assertEquals(
        "TO_VERIFY",
        world
            .candidate(requester.api(), mission, nurse.id())
            .orElseThrow()
            .path("status")
            .asText());
  }

  @Test
  void r10_peoplePushedWhoNoLongerMatchAreNoLongerListed() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer onFoot = world.volunteer(Map.of("vehicle", false));
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, onFoot.id()));
    requester.api().put("/api/missions/" + mission, world.terms("vehicle", true)).expect(200);
    assertTrue(world.candidate(requester.api(), mission, onFoot.id()).isEmpty());
    String sheet = "/api/missions/" + mission + "/candidates/" + onFoot.id();
    String name = "NAME_AND_STATE";
    assertEquals(name, requester.api().get(sheet).expect(200).json().path("shown").asText());
    requester.api().delete("/api/missions/" + mission).expect(204);
    assertEquals(name, requester.api().get(sheet).expect(200).json().path("shown").asText());
  }
}
