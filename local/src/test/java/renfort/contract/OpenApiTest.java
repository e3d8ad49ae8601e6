package renfort.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.contract.OpenApi.Operation;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.professionals.Volunteers;

/** Real answers are as openapi.yaml says, and what it says is accepted. */
@ExtendWith(PlatformExtension.class)
class OpenApiTest {
  private final Witness witness = new Witness();
  private LocalPlatform platform;
  private Api api;
  private World world;

  @BeforeEach
  void witnessed(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api.seenBy(witness);
    world = new World(platform, this.api);
  }

  static List<Operation> operations() {
    return OpenApi.DOCUMENT.operations();
  }

  private static List<String> outcomes(Answer answer) {
    return answer
        .expect(200)
        .json()
        .path("results")
        .valueStream()
        .map(result -> result.path("outcome").asText())
        .toList();
  }

  @Test
  void everyOperationAnswersAsDescribed() {
    publicOnes();
    Volunteer volunteer =
        world.volunteer(
            Map.of(
                "identifierType",
                "RPPS",
                "identifier",
                Volunteers.rpps(),
                "employer",
                "Clinique des Ajoncs",
                "message",
                "Disponible la nuit.",
                "diplomaId",
                world.volunteers().upload("diplome.pdf"),
                "mobility",
                List.of("LOCAL", "NATIONAL")));
    Api professional = world.as(volunteer);
    ownSheet(professional);
    Requester requester = world.approved();
    Requester unapproved = world.unapproved(requester.finess());
    Api agency = world.agency("53");
    accounts(requester, agency);
    String mission = missions(requester, unapproved);
    candidates(requester, agency, mission, volunteer, professional);
    regions(requester, agency);
    erasures();
    assertEquals(
        operations().stream().map(Operation::id).collect(Collectors.toCollection(TreeSet::new)),
        witness.succeeded());
  }

  private void publicOnes() {
    api.get("/api/reference").expect(200);
    assertTrue(
        api.get("/api/communes?postalCode=33220").expect(200).json().path("items").size() > 1);
    assertEquals(
        0, api.get("/api/communes?postalCode=00000").expect(200).json().path("items").size());
    api.post("/api/password-links", Map.of("email", Volunteers.address())).expect(202);
    api.post("/api/passwords", Map.of("token", "none", "password", Volunteers.PASSWORD))
        .expect(410);
    api.get("/api/me").expect(401);
  }

  private void ownSheet(Api professional) {
    professional.get("/api/professionals/me").expect(200);
    Map<String, Object> sheet = world.volunteers().sheet();
    sheet.put("version", 99);
    assertEquals(
        "stale", professional.put("/api/professionals/me", sheet).expect(409).problemType());
    professional.put("/api/professionals/me/availability", Map.of("available", false)).expect(204);
    professional.put("/api/professionals/me/availability", Map.of("available", true)).expect(204);
    sheet.remove("version");
    sheet.put("phone", "+33 2 61 91 12 34");
    sheet.put("speciality", "SI07");
    professional.put("/api/professionals/me", sheet).expect(200);
    professional.get("/api/me").expect(200);
    professional.get("/api/me/export").expect(403);
  }

  private void accounts(Requester requester, Api agency) {
    requester.api().get("/api/me").expect(200);
    requester.api().get("/api/me/export").expect(200);
    agency.get("/api/me").expect(200);
    world.national().get("/api/me").expect(200);
    Map<String, Object> signIn =
        Map.of("email", requester.email(), "password", Volunteers.PASSWORD, "keepSignedIn", true);
    Answer session = api.post("/api/sessions", signIn).expect(200);
    Api keeper = api.with("Cookie", session.cookies().getFirst().split(";", 2)[0]);
    Answer fresh = keeper.post("/api/sessions/refresh").expect(200);
    Api later =
        fresh.cookies().isEmpty()
            ? keeper
            : api.with("Cookie", fresh.cookies().getFirst().split(";", 2)[0]);
    later.delete("/api/sessions").expect(204);
    later.post("/api/sessions/refresh").expect(401);
    api.post("/api/sessions/refresh").expect(401);
    Map<String, Object> wrong =
        Map.of("email", Volunteers.address(), "password", "Faux-Mot-2027", "keepSignedIn", false);
    for (int failure = 0; failure < 10; failure++) {
      api.post("/api/sessions", wrong).expect(401);
    }
    assertTrue(api.post("/api/sessions", wrong).expect(429).header("retry-after").isPresent());
  }

  private String missions(Requester requester, Requester unapproved) {
    String mission = requester.submit(world.terms());
    requester.mission(mission);
    requester.api().put("/api/missions/" + mission, world.terms("count", 3)).expect(200);
    String path = "/api/missions/" + mission;
    requester.api().put(path + "/status", Map.of("status", "FILLED")).expect(200);
    requester.api().put(path + "/status", Map.of("status", "OPEN")).expect(200);
    String away = requester.submit(world.terms("speciality", "SI07"));
    requester.api().delete("/api/missions/" + away).expect(204);
    requester.api().put("/api/missions/" + away, world.terms()).expect(409);
    api.post(
            "/api/needs", world.need(requester.email(), requester.finess(), List.of(world.terms())))
        .expect(202);
    platform.awaitStreams();
    String draft =
        requester
            .api()
            .get("/api/missions?status=DRAFT")
            .expect(200)
            .json()
            .at("/items/0/id")
            .asText();
    requester.api().post("/api/missions/" + draft + "/confirmation").expect(200);
    requester.api().get("/api/missions?status=CANCELLED").expect(200);
    JsonNode first = requester.api().get("/api/missions?limit=1").expect(200).json();
    requester.api().get("/api/missions?limit=1&cursor=" + first.path("next").asText()).expect(200);
    String own = unapproved.submit(world.terms());
    assertTrue(
        unapproved
            .api()
            .get("/api/missions/" + own + "/candidates")
            .expect(200)
            .json()
            .has("matching"));
    return mission;
  }

  private void candidates(
      Requester requester, Api agency, String mission, Volunteer volunteer, Api professional) {
    String path = "/api/missions/" + mission;
    Volunteer second = world.volunteer();
    Volunteer third = world.volunteer();
    assertFalse(world.candidates(requester.api(), mission).isEmpty());
    assertEquals(
        List.of("PUSHED", "PUSHED", "UNKNOWN"),
        outcomes(
            agency.post(
                path + "/pushes",
                Map.of("professionalIds", List.of(volunteer.id(), third.id(), "nobody")))));
    assertEquals(
        List.of("WITHDRAWN", "NOT_PUSHED", "UNKNOWN"),
        outcomes(
            agency.post(
                path + "/push-withdrawals",
                Map.of("professionalIds", List.of(third.id(), second.id(), "nobody")))));
    requester.contact(mission, volunteer.id()).expect(200);
    requester.contact(mission, second.id()).expect(200);
    requester.contact(mission, "zzzzzzzzzzzzzzzzzzzz").expect(404);
    String check = "/api/professionals/" + second.id() + "/identity-check";
    requester.api().post(check, Map.of("result", "REJECTED")).expect(204);
    requester.api().get("/api/missions/" + mission + "/candidates/" + second.id()).expect(200);
    requester.api().post(check, Map.of("result", "MAYBE")).expect(422);
    professional.get("/api/professionals/me/candidacies").expect(200);
    String other = requester.submit(world.terms());
    assertEquals("held", requester.contact(other, volunteer.id()).expect(409).problemType());
    JsonNode held =
        requester
            .api()
            .get("/api/missions/" + other + "/candidates/" + volunteer.id())
            .expect(200)
            .json();
    assertTrue(held.path("heldByOther").asBoolean());
    JsonNode sheet = requester.api().get(path + "/candidates/" + volunteer.id()).expect(200).json();
    assertEquals(2, sheet.path("documents").size());
    assertEquals("REFUSED", requester.refuse(mission, second.id()));
    assertEquals("wait", requester.contact(mission, second.id()).expect(409).problemType());
    assertEquals("AFFECTED", requester.affect(mission, volunteer.id()));
    assertEquals("affected", requester.contact(mission, volunteer.id()).expect(409).problemType());
    assertEquals(1, requester.api().delete(path).expect(409).problem().path("affected").asInt());
    assertEquals(
        "people-affected", requester.api().put(path, world.terms()).expect(409).problemType());
    world.candidates(requester.api(), mission);
    world.candidates(agency, mission);
    professional.get("/api/professionals/me/candidacies").expect(200);
    professional.get("/api/professionals/me/export").expect(200);
    assertEquals("RELEASED", requester.release(mission, volunteer.id()));
    agency.get(path + "/candidates/" + third.id()).expect(200);
    professional.post("/api/professionals/me/candidacies/" + mission + "/decline").expect(204);
    assertEquals("declined", requester.contact(mission, volunteer.id()).expect(409).problemType());
    requester.api().get(path + "/candidates/" + volunteer.id()).expect(200);
    String rare = requester.submit(world.terms("profession", "70"));
    requester.api().get("/api/missions/" + rare + "/candidates").expect(200);
    String early = requester.submit(world.terms("vehicle", true));
    requester.api().get("/api/missions/" + early + "/candidates?limit=1").expect(200);
    platform.awaitStreams();
    requester.api().get("/api/me/export").expect(200);
  }

  private void regions(Requester requester, Api agency) {
    String region = "/api/regions/53";
    for (String list :
        List.of(
            "/missions",
            "/missions?status=CANCELLED",
            "/professionals",
            "/professionals?profession=60&available=true",
            "/establishments",
            "/establishments?status=PENDING",
            "/establishments?status=APPROVED")) {
      pages(agency, region + list);
    }
    agency.get(region + "/regulation").expect(200);
    agency.put(region + "/regulation", Map.of("mode", "REGIONAL", "holdHours", 24)).expect(200);
    agency.put(region + "/regulation", Map.of("mode", "DIRECT", "holdHours", 36)).expect(200);
    world.national().get("/api/regions/06/regulation").expect(200);
    String mission = requester.submit(world.terms());
    agency.put("/api/missions/" + mission + "/priority", Map.of("priority", 1)).expect(200);
    String closed = requester.submit(world.terms());
    agency
        .put("/api/missions/" + closed + "/closure", Map.of("reason", "OTHER", "text", "Essai"))
        .expect(200);
    world.unapproved(requester.finess());
    agency
        .put(
            "/api/establishments/" + requester.finess() + "/limits",
            Map.of("holds", 60, "contactsPerDay", 200))
        .expect(200);
    String approval = "/api/establishments/" + requester.finess() + "/approval";
    agency.put(approval, Map.of("approved", true)).expect(200);
    agency
        .put(approval, Map.of("approved", false, "emails", List.of(requester.email())))
        .expect(200);
    requester.contact(mission, "zzzzzzzzzzzzzzzzzzzz").expect(403);
  }

  private static void pages(Api as, String list) {
    String more = list.contains("?") ? "&" : "?";
    String cursor = "";
    for (int page = 0; page < 3; page++) {
      JsonNode answer = as.get(list + more + "limit=7" + cursor).expect(200).json();
      if (!answer.has("next")) {
        return;
      }
      cursor = "&cursor=" + answer.path("next").asText();
    }
  }

  private void erasures() {
    world.as(world.volunteer()).delete("/api/professionals/me").expect(204);
    Api requester = world.unapproved().api();
    requester.delete("/api/me").expect(204);
    requester.get("/api/me").expect(401);
  }

  @Test
  void whatADocumentedExampleAsksForIsDone() {
    platform.clock().set(Instant.parse("2026-11-22T09:00:00Z"));
    for (Map.Entry<String, JsonNode> example : examples("registerProfessional").entrySet()) {
      ObjectNode form = (ObjectNode) example.getValue();
      for (String document : List.of("identityDocumentId", "diplomaId")) {
        if (form.has(document)) {
          form.put(document, world.volunteers().upload("diplome.pdf"));
        }
      }
      api.post("/api/professionals", form).expect(202);
    }
    Api professional = registered("solene.kerbrat@example.org");
    ObjectNode sheet = (ObjectNode) example("updateOwnProfessional");
    sheet.set("version", professional.get("/api/professionals/me").json().path("version"));
    professional.put("/api/professionals/me", sheet).expect(200);
    professional
        .put("/api/professionals/me/availability", example("setOwnAvailability"))
        .expect(204);

    api.post("/api/needs", example("submitNeed")).expect(202);
    world.volunteers().activate("camille.leroux@example.org");
    Api requester =
        api.as(
            api.post("/api/sessions", example("openSession"))
                .expect(200)
                .json()
                .path("accessToken")
                .asText());
    Api agency = world.agency("53");
    String approval = "/api/establishments/350000014/approval";
    agency.put(approval, examples("setApproval").get("approve")).expect(200);
    String mission =
        requester
            .post("/api/missions", example("createMissions"))
            .expect(201)
            .json()
            .at("/missions/0/id")
            .asText();
    String path = "/api/missions/" + mission;
    requester.put(path, example("updateMission")).expect(200);
    Map.of("affectations", "affect", "refusals", "refuse", "releases", "release")
        .forEach(
            (route, action) ->
                assertEquals(
                    List.of("UNKNOWN", "UNKNOWN"),
                    outcomes(requester.post(path + "/" + route, example(action + "Candidates")))));
    assertEquals(
        List.of("UNKNOWN", "UNKNOWN"),
        outcomes(agency.post(path + "/pushes", example("pushCandidates"))));
    assertEquals(
        List.of("UNKNOWN", "UNKNOWN"),
        outcomes(agency.post(path + "/push-withdrawals", example("withdrawPushes"))));
    agency.put(path + "/priority", example("setMissionPriority")).expect(200);
    String closed =
        requester
            .post("/api/missions", example("createMissions"))
            .expect(201)
            .json()
            .at("/missions/0/id")
            .asText();
    agency.put("/api/missions/" + closed + "/closure", example("closeMission")).expect(200);
    agency.put("/api/establishments/350000014/limits", example("setLimits")).expect(200);
    agency.put("/api/regions/53/regulation", example("setRegulation")).expect(200);
    agency.put("/api/regions/53/regulation", Map.of("mode", "DIRECT", "holdHours", 36)).expect(200);
    requester.put(path + "/status", example("setMissionStatus")).expect(200);
    agency.put(approval, examples("setApproval").get("withdraw")).expect(200);
    api.post("/api/documents", example("createDocumentSlot")).expect(201);
    api.post("/api/password-links", example("requestPasswordLink")).expect(202);
    api.post("/api/passwords", example("setPassword")).expect(410);
  }

  @Test
  void aProfessionalsCandidaciesArePagedTheNewestFirst() {
    Volunteer volunteer = world.volunteer();
    Api professional = world.as(volunteer);
    Requester requester = world.approved();
    Api agency = world.agency("53");
    List<String> missions = new ArrayList<>();
    for (int push = 0; push < 5; push++) {
      String mission = requester.submit(world.terms());
      assertEquals("PUSHED", World.outcome(agency, "pushes", mission, volunteer.id()));
      missions.addFirst(mission);
      // kept to the second
      platform.advance(Duration.ofSeconds(2));
    }
    List<String> listed = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          professional.get("/api/professionals/me/candidacies?limit=2" + cursor).expect(200).json();
      page.path("items").forEach(item -> listed.add(item.path("missionId").asText()));
      sizes.add(page.path("items").size());
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals(missions, listed);
    assertEquals(List.of(2, 2, 1), sizes);
  }

  private Api registered(String email) {
    world.volunteers().activate(email);
    return world.volunteers().signIn(email);
  }

  private static Map<String, JsonNode> examples(String operation) {
    return OpenApi.DOCUMENT.examples(OpenApi.DOCUMENT.operation(operation));
  }

  private static JsonNode example(String operation) {
    return examples(operation).get("example");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void examplesAreAsTheirSchemasSay(Operation operation) {
    assertEquals(Map.of(), OpenApi.DOCUMENT.faultsOfExamples(operation));
  }

  @Test
  void bodiesThatAreAcceptedAreDescribed() {
    Scene scene = new Scene(platform, api);
    for (Operation operation : operations()) {
      if (operation.hasBody()) {
        JsonNode body =
            new ObjectMapper().valueToTree(scene.body(operation.id(), scene.volunteer.id()));
        assertEquals(List.of(), OpenApi.DOCUMENT.faults(operation, body), operation.id());
      }
    }
  }

  @Test
  void aWrongAnswerIsSeen() {
    Map<String, List<String>> json = Map.of("content-type", List.of("application/json"));
    assertThrows(
        AssertionError.class,
        () -> witness.accept(new Answer("GET /api/me", 200, json, "{\"accountId\": \"x\"}")));
    assertThrows(
        AssertionError.class, () -> witness.accept(new Answer("GET /api/me", 418, json, "{}")));
    assertThrows(
        AssertionError.class,
        () -> witness.accept(new Answer("POST /api/needs", 202, json, "{\"known\": true}")));
    assertThrows(
        AssertionError.class,
        () -> witness.accept(new Answer("POST /api/needs", 202, Map.of(), "{}")));
    assertThrows(
        AssertionError.class,
        () -> witness.accept(new Answer("GET /api/nothing", 200, json, "{}")));
    assertThrows(
        AssertionError.class, () -> witness.accept(new Answer("DELETE /api/me", 204, json, "{}")));
    String hold = "{\"status\": \"CONTACTED\", \"heldUntil\": \"%s\"}";
    String contact = "POST /api/missions/x/candidates/y/contact";
    witness.accept(new Answer(contact, 200, json, hold.formatted("2026-11-24T21:00:00Z")));
    assertThrows(
        AssertionError.class,
        () ->
            witness.accept(new Answer(contact, 200, json, hold.formatted("2026-13-24T21:00:00Z"))));
    assertEquals(Set.of("contactCandidate"), witness.succeeded());
  }
}
