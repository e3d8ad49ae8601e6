package renfort.candidacies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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

  private World world;
  private Api agency;

  @BeforeEach
  void open(LocalPlatform platform, Api api) {
    world = new World(platform, api);
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
  void r22_underNationalAnAgencyPushesPeopleOfItsRegionOnly() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer here = world.volunteer();
    Volunteer elsewhere = world.volunteer(Map.of("region", "52", "mobility", List.of("NATIONAL")));
    agency.put("/api/regions/53/regulation", Map.of("mode", "NATIONAL")).expect(403);
    Api national = world.national();
    regulate(national, "NATIONAL");
    agency.put("/api/regions/53/regulation", Map.of("mode", "DIRECT")).expect(403);
    assertEquals("NOT_MATCHING", World.outcome(agency, "pushes", mission, elsewhere.id()));
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, here.id()));
    assertEquals("PUSHED", World.outcome(national, "pushes", mission, elsewhere.id()));
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
    requester.api().get(sheet).expect(404);
    requester.api().delete("/api/missions/" + mission).expect(204);
    requester.api().get(sheet).expect(404);
  }
}
