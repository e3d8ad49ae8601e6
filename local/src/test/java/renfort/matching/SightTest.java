package renfort.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/** R14: access to a person ends with the reason for it, over HTTP. */
@ExtendWith(PlatformExtension.class)
class SightTest {
  private static final List<String> CONTACT = List.of("email", "phone", "employer", "documents");

  private LocalPlatform platform;
  private World world;
  private Requester requester;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    requester = world.approved();
  }

  private static JsonNode sheet(Api as, String mission, String person) {
    return as.get("/api/missions/" + mission + "/candidates/" + person).expect(200).json();
  }

  private static void isFull(JsonNode sheet) {
    assertEquals("FULL", sheet.path("shown").asText(), sheet.toString());
    for (String detail : List.of("email", "phone", "documents")) {
      assertTrue(sheet.has(detail), detail);
    }
  }

  private static void isNameAndState(JsonNode sheet) {
    assertEquals("NAME_AND_STATE", sheet.path("shown").asText(), sheet.toString());
    for (String hidden : CONTACT) {
      assertFalse(sheet.has(hidden), hidden);
    }
    for (String hidden :
        List.of("identifier", "message", "availabilities", "activityType", "identityCheck")) {
      assertFalse(sheet.has(hidden), hidden);
    }
    assertEquals(1, sheet.path("reasons").size());
  }

  private Volunteer nurse() {
    return world.volunteer(
        Map.of("identifierType", "RPPS", "identifier", renfort.professionals.Volunteers.rpps()));
  }

  @Test
  void R14_H6_aRefusalEndsTheAccessWhateverWasSeenBefore() {
    Volunteer nurse = nurse();
    String mission = requester.submit(world.terms());
    isFull(sheet(requester.api(), mission, nurse.id()));
    requester.contact(mission, nurse.id()).expect(200);
    isFull(sheet(requester.api(), mission, nurse.id()));
    assertEquals("REFUSED", requester.refuse(mission, nurse.id()));
    isNameAndState(sheet(requester.api(), mission, nurse.id()));
    JsonNode row = world.candidate(requester.api(), mission, nurse.id()).orElseThrow();
    assertFalse(row.has("identifier"), row.toString());
    assertEquals("[\"Candidature refusée\"]", row.path("reasons").toString());
    isNameAndState(sheet(world.agency("53"), mission, nurse.id()));
  }

  @Test
  void R14_H6_aDeclineEndsTheAccess() {
    Volunteer nurse = nurse();
    Api own = world.as(nurse);
    String mission = requester.submit(world.terms());
    requester.contact(mission, nurse.id()).expect(200);
    own.post("/api/professionals/me/candidacies/" + mission + "/decline").expect(204);
    isNameAndState(sheet(requester.api(), mission, nurse.id()));
  }

  @Test
  void R14_H6_cancellingEndsTheAccess() {
    Volunteer contacted = nurse();
    Volunteer affected = nurse();
    String mission = requester.submit(world.terms("count", 2));
    requester.contact(mission, contacted.id()).expect(200);
    requester.contact(mission, affected.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, affected.id()));
    isFull(sheet(requester.api(), mission, affected.id()));
    requester.api().delete("/api/missions/" + mission + "?confirmAffected=1").expect(204);
    isNameAndState(sheet(requester.api(), mission, contacted.id()));
    isNameAndState(sheet(requester.api(), mission, affected.id()));
    platform.awaitStreams();
    isNameAndState(sheet(requester.api(), mission, contacted.id()));
    isNameAndState(sheet(requester.api(), mission, affected.id()));
  }

  @Test
  void R14_H6_releasingEndsTheAccessAndAFullMissionKeepsThatToItsOwnPeople() {
    Volunteer affected = nurse();
    Volunteer other = nurse();
    String mission = requester.submit(world.terms());
    requester.contact(mission, affected.id()).expect(200);
    requester.contact(mission, other.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, affected.id()));
    isFull(sheet(requester.api(), mission, affected.id()));
    isNameAndState(sheet(requester.api(), mission, other.id()));
    assertEquals("RELEASED", requester.release(mission, affected.id()));
    isNameAndState(sheet(requester.api(), mission, affected.id()));
    // the mission is open again: who is proposed to it is seen
    isFull(sheet(requester.api(), mission, other.id()));
  }

  @Test
  void R14_aPushThatIsTakenBackGivesBackNobodyWhomTheMissionGaveUp() {
    Api agency = world.agency("53");
    Volunteer released = nurse();
    Volunteer refused = nurse();
    String mission = requester.submit(world.terms("count", 2));
    requester.contact(mission, released.id()).expect(200);
    requester.contact(mission, refused.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, released.id()));
    assertEquals("RELEASED", requester.release(mission, released.id()));
    assertEquals("REFUSED", requester.refuse(mission, refused.id()));
    for (Volunteer each : List.of(released, refused)) {
      isNameAndState(sheet(requester.api(), mission, each.id()));
      assertEquals("PUSHED", World.outcome(agency, "pushes", mission, each.id()));
      isFull(sheet(requester.api(), mission, each.id()));
      assertEquals("WITHDRAWN", World.outcome(agency, "push-withdrawals", mission, each.id()));
      JsonNode after = sheet(requester.api(), mission, each.id());
      isNameAndState(after);
      assertEquals("[\"N'est plus proposé\"]", after.path("reasons").toString());
    }
  }

  @Test
  void R14_whoIsNoLongerProposedIsANameAndAStranger404() {
    Volunteer nurse = world.volunteer();
    Volunteer stranger = world.volunteer(Map.of("vehicle", false));
    Api own = world.as(nurse);
    String mission = requester.submit(world.terms());
    requester.contact(mission, nurse.id()).expect(200);
    own.put("/api/professionals/me/availability", Map.of("available", false)).expect(204);
    isNameAndState(sheet(requester.api(), mission, nurse.id()));
    requester.api().put("/api/missions/" + mission, world.terms("vehicle", true)).expect(200);
    requester.api().get("/api/missions/" + mission + "/candidates/" + stranger.id()).expect(404);
  }

  @Test
  void R14_R22_regulatingTakesAwayWhatNobodyPushed() {
    Api agency = world.agency("53");
    Volunteer seen = nurse();
    Volunteer pushed = nurse();
    Volunteer contacted = nurse();
    String mission = requester.submit(world.terms());
    isFull(sheet(requester.api(), mission, seen.id()));
    requester.contact(mission, contacted.id()).expect(200);
    agency.put("/api/regions/53/regulation", Map.of("mode", "REGIONAL")).expect(200);
    try {
      assertEquals("PUSHED", World.outcome(agency, "pushes", mission, pushed.id()));
      requester.api().get("/api/missions/" + mission + "/candidates/" + seen.id()).expect(404);
      isFull(sheet(requester.api(), mission, pushed.id()));
      isFull(sheet(requester.api(), mission, contacted.id()));
      platform.clock().advance(java.time.Duration.ofHours(37));
      Requester later = world.signedIn(requester);
      isNameAndState(sheet(later.api(), mission, contacted.id()));
    } finally {
      world.agency("53").put("/api/regions/53/regulation", Map.of("mode", "DIRECT")).expect(200);
    }
  }

  @Test
  void L8_anAgencyReadsContactDetailsOfThePeopleOfItsOwnRegionOnly() {
    Volunteer elsewhere =
        world.volunteer(
            Map.of(
                "profession",
                "91",
                "region",
                "52",
                "postalCode",
                "44000",
                "city",
                "Nantes",
                "mobility",
                List.of("NATIONAL")));
    String mission = requester.submit(world.terms("profession", "91"));
    JsonNode sheet = sheet(world.agency("53"), mission, elsewhere.id());
    assertEquals("WITHOUT_CONTACT", sheet.path("shown").asText());
    for (String hidden : CONTACT) {
      assertFalse(sheet.has(hidden), hidden);
    }
    isFull(sheet(world.national(), mission, elsewhere.id()));
    isFull(sheet(requester.api(), mission, elsewhere.id()));
  }
}
