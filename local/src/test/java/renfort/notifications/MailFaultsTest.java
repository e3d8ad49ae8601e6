package renfort.notifications;

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
import renfort.professionals.Volunteers;

/** Mails that come back: whose address is marked, what lists show, which mails still go there. */
@ExtendWith(PlatformExtension.class)
class MailFaultsTest {
  private static final String AFFECTATION = "Affectation sur une mission de renfort";

  private LocalPlatform platform;
  private Api api;
  private World world;

  @BeforeEach
  void open(LocalPlatform thePlatform, Api theApi) {
    platform = thePlatform;
    api = theApi;
    world = new World(platform, api);
  }

  @Test
  void whoseMailCameBackIsShownAsSuchAndGetsNoFurtherMail() {
    Requester requester = world.approved();
    Volunteer volunteer = world.volunteer();
    String mission = requester.submit(world.terms());
    assertFalse(candidate(requester, mission, volunteer).has("emailUndeliverable"));

    bounce("Anne Durand <" + volunteer.email().toUpperCase(java.util.Locale.ROOT) + ">");

    assertTrue(candidate(requester, mission, volunteer).path("emailUndeliverable").asBoolean());
    requester.contact(mission, volunteer.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, volunteer.id()));
    platform.awaitStreams();
    assertFalse(world.volunteers().subjects(volunteer.email()).contains(AFFECTATION));
  }

  @Test
  void theLinkThatTheOwnerAsksForIsStillTriedAndTakesTheMarkAway() {
    Requester requester = world.approved();
    Volunteer volunteer = world.volunteer();
    String mission = requester.submit(world.terms());
    bounce(volunteer.email());

    api.post("/api/password-links", Map.of("email", volunteer.email())).expect(202);
    platform.awaitStreams();
    world.volunteers().activate(volunteer.email());

    assertFalse(candidate(requester, mission, volunteer).has("emailUndeliverable"));
    Volunteers volunteers = world.volunteers();
    assertFalse(volunteers.account(volunteer.email()).orElseThrow().has("undeliverable"));
  }

  @Test
  void anEditedSheetKeepsTheMark() {
    Volunteer volunteer = world.volunteer();
    Api own = world.as(volunteer);
    bounce(volunteer.email());

    own.put("/api/professionals/me/availability", Map.of("available", false)).expect(204);

    assertTrue(world.volunteers().flags(volunteer.id()).contains("B"));
  }

  @Test
  void aMailThatMayStillArriveMarksNothing() {
    Volunteer volunteer = world.volunteer();
    event("bounce", Map.of("bounceType", "Transient", "bouncedRecipients", to(volunteer.email())));

    assertFalse(world.volunteers().flags(volunteer.id()).contains("B"));
  }

  @Test
  void aComplaintMarksAsABounceDoes() {
    Volunteer volunteer = world.volunteer();
    event("complaint", Map.of("complainedRecipients", to(volunteer.email())));

    assertTrue(world.volunteers().flags(volunteer.id()).contains("B"));
    assertEquals(
        "COMPLAINED",
        world.volunteers().account(volunteer.email()).orElseThrow().text("undeliverable"));
  }

  @Test
  void anotherOfTheEstablishmentIsToldInTheirPlace() {
    Requester requester = world.approved();
    Requester colleague = world.approved(requester.finess());
    Volunteer volunteer = world.volunteer();
    String mission = requester.submit(world.terms());
    bounce(requester.email());

    assertEquals("PUSHED", World.outcome(world.agency("53"), "pushes", mission, volunteer.id()));
    platform.awaitStreams();

    String subject = "Nouvelles propositions de renfort pour votre mission";
    assertTrue(world.volunteers().subjects(colleague.email()).contains(subject));
    assertFalse(world.volunteers().subjects(requester.email()).contains(subject));
  }

  private JsonNode candidate(Requester requester, String mission, Volunteer volunteer) {
    return world.candidate(requester.api(), mission, volunteer.id()).orElseThrow();
  }

  private void bounce(String address) {
    event("bounce", Map.of("bounceType", "Permanent", "bouncedRecipients", to(address)));
  }

  private static List<Map<String, String>> to(String address) {
    return List.of(Map.of("emailAddress", address));
  }

  private void event(String kind, Map<String, Object> fault) {
    assertTrue(
        platform
            .invoke("MarkUndeliverable", Map.of("source", "aws.ses", "detail", Map.of(kind, fault)))
            .isObject());
  }
}
