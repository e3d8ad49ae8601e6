package renfort.regulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/** R24: missions that an agency closes, and those that nobody is left to act for, over HTTP. */
@ExtendWith(PlatformExtension.class)
class ClosureTest {
  private static final String CLOSED = "Clôture de votre mission de renfort";
  private static final String CANCELLED = "Annulation d'une mission de renfort";
  private static final String ORPHANED = "Un établissement n'a plus de demandeur";

  private LocalPlatform platform;
  private World world;
  private Api agency;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    agency = world.agency("53");
  }

  private static Map<String, Object> duplicate() {
    return Map.of("reason", "DUPLICATE", "text", "Même besoin que celui du <3 décembre>.");
  }

  @Test
  void R24_anAgencyClosesAMissionAndAllAreToldWhy() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms("count", 2));
    Volunteer affected = world.volunteer();
    Volunteer held = world.volunteer();
    Volunteer pushed = world.volunteer();
    requester.contact(mission, affected.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, affected.id()));
    requester.contact(mission, held.id()).expect(200);
    assertEquals("PUSHED", World.outcome(agency, "pushes", mission, pushed.id()));
    String path = "/api/missions/" + mission + "/closure";

    JsonNode closed = agency.put(path, duplicate()).expect(200).json();
    assertEquals("CANCELLED", closed.path("status").asText());
    assertEquals("DUPLICATE", closed.at("/closure/reason").asText());
    String told = world.volunteers().mail(requester.email(), CLOSED);
    assertTrue(told.contains("L'Agence Régionale de Santé a clôturé la mission"), told);
    for (String mail : List.of(told, world.volunteers().mail(affected.email(), CANCELLED))) {
      assertTrue(mail.contains("cette mission fait double emploi avec une autre"), mail);
      assertTrue(mail.contains("Même besoin que celui du <3 décembre>."), mail);
    }
    platform.awaitStreams();
    JsonNode after = requester.mission(mission);
    assertEquals(0, after.path("filled").asInt());
    assertEquals(0, after.path("held").asInt());
    assertEquals(0, after.path("pushed").asInt());
    assertEquals("DUPLICATE", after.at("/closure/reason").asText());
    assertEquals(Optional.empty(), world.holder(held.id()));
    requester
        .contact(requester.submit(world.terms()), held.id())
        .expect(200); // no wait: the establishment did not end the hold

    JsonNode again = agency.put(path, Map.of("reason", "OTHER")).expect(200).json();
    assertEquals("DUPLICATE", again.at("/closure/reason").asText(), "the first reason stays");
    world.national().put(path, Map.of("reason", "OTHER")).expect(200);
    assertEquals(1, mails(requester.email(), CLOSED));
    assertEquals(1, mails(affected.email(), CANCELLED));
  }

  @Test
  void R24_whatIsOverIsNotClosedNorByOthers() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    String path = "/api/missions/" + mission + "/closure";
    requester.api().put(path, duplicate()).expect(403);
    world.agency("52").put(path, duplicate()).expect(404);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("reason", "BECAUSE"),
            Map.of("reason", "OTHER", "text", "x".repeat(501)),
            Map.of("reason", "OTHER", "other", 1))) {
      agency.put(path, wrong).expect(422);
    }
    requester.api().delete("/api/missions/" + mission).expect(204);
    assertEquals("ended", agency.put(path, duplicate()).expect(409).problemType());
  }

  @Test
  void R41_theAgencyIsToldWhenTheLastRequesterErasesTheAccount() {
    Requester first = world.approved();
    Requester last = world.approved(first.finess());
    String mission = first.submit(world.terms());
    long before = orphaned();
    first.api().delete("/api/me").expect(204);
    assertEquals(before, orphaned(), "a colleague is left");
    assertFalse(listed(mission).has("orphan"));
    last.api().delete("/api/me").expect(204);
    assertEquals(before + 1, orphaned());
    assertTrue(listed(mission).path("orphan").asBoolean());
    assertEquals("NO_REQUESTER", World.outcome(agency, "pushes", mission, world.volunteer().id()));
    JsonNode establishment = establishment(first.finess()).orElseThrow();
    assertEquals(0, establishment.path("requesters").size());

    assertEquals(
        "CANCELLED",
        agency
            .put("/api/missions/" + mission + "/closure", Map.of("reason", "ORPHAN"))
            .expect(200)
            .json()
            .path("status")
            .asText());

    Requester next = world.unapproved(first.finess());
    assertEquals(
        List.of(next.email()),
        establishment(first.finess()).orElseThrow().path("requesters").findValuesAsText("email"));
  }

  @Test
  void R41_theAgencyIsToldWhenTheLastApprovalIsWithdrawn() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    long before = orphaned();
    withdraw(requester);
    assertEquals(before + 1, orphaned());
    assertTrue(listed(mission).path("orphan").asBoolean());
    withdraw(requester);
    assertEquals(before + 1, orphaned(), "told once");
  }

  @Test
  void R24_orphansAreListedByThemselves() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    assertFalse(ids("?orphan=true").contains(mission));
    assertTrue(ids("?orphan=false").contains(mission));
    withdraw(requester);
    assertTrue(ids("?orphan=true").contains(mission));
    assertTrue(ids("?orphan=true&status=OPEN").contains(mission));
    assertFalse(ids("?orphan=true&status=FILLED").contains(mission));
    assertFalse(ids("?orphan=false").contains(mission));
    all("/api/regions/53/missions?orphan=true&limit=1")
        .forEach(one -> assertTrue(one.path("orphan").asBoolean()));
    agency.get("/api/regions/53/missions?orphan=perhaps").expect(422);
  }

  private List<String> ids(String query) {
    return all("/api/regions/53/missions" + query).stream()
        .map(one -> one.path("id").asText())
        .toList();
  }

  @Test
  void R24_theAgencySeesTheTelephoneOfTheEstablishment() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    assertEquals("+33261911240", listed(mission).at("/requester/phone").asText());
    assertEquals(
        "+33261911240",
        establishment(requester.finess()).orElseThrow().at("/requesters/0/phone").asText());
  }

  private void withdraw(Requester requester) {
    agency
        .put(
            "/api/establishments/" + requester.finess() + "/approval",
            Map.of("approved", false, "emails", List.of(requester.email())))
        .expect(200);
  }

  private JsonNode listed(String mission) {
    return all("/api/regions/53/missions").stream()
        .filter(one -> one.path("id").asText().equals(mission))
        .findFirst()
        .orElseThrow();
  }

  private Optional<JsonNode> establishment(String finess) {
    return all("/api/regions/53/establishments").stream()
        .filter(one -> one.path("finess").asText().equals(finess))
        .findFirst();
  }

  private List<JsonNode> all(String path) {
    String asked =
        path + (path.contains("?") ? "&" : "?") + (path.contains("limit") ? "" : "limit=100");
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = agency.get(asked + cursor).expect(200).json();
      page.path("items").forEach(all::add);
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  private long mails(String email, String subject) {
    return world.volunteers().subjects(email).stream().filter(subject::equals).count();
  }

  /** How many mails of that kind the agency has got; a region may have several accounts. */
  private long orphaned() {
    return mails(agency.get("/api/me").expect(200).json().path("email").asText(), ORPHANED);
  }
}
