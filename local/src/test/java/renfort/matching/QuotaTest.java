package renfort.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.Mailbox;
import renfort.local.PlatformExtension;
import renfort.missions.People;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** R27: how much one account and one establishment look at a day; how many missions are open. */
@ExtendWith(PlatformExtension.class)
class QuotaTest {
  private LocalPlatform platform;
  private World world;
  private People people;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    people = new People(local, api);
  }

  private static List<Answer> together(List<Callable<Answer>> calls) throws Exception {
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Answer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  @Test
  void R27_H5_anAccountReadsContactDetailsOfAHundredPeopleADay() throws Exception {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms("profession", "26"));
    List<String> people =
        world.volunteers(105, Map.of("profession", "26")).stream().map(Volunteer::id).toList();
    List<Callable<Answer>> calls = new ArrayList<>();
    for (String person : people) {
      calls.add(() -> requester.api().get("/api/missions/" + mission + "/candidates/" + person));
    }
    Set<String> seen = new HashSet<>();
    int documents = 0;
    int refused = 0;
    for (Answer answer : together(calls)) {
      if (answer.status() == 429) {
        refused++;
        assertEquals("too-many-requests", answer.problemType());
        int wait = Integer.parseInt(answer.header("retry-after").orElseThrow());
        assertTrue(wait > 0 && wait <= 24 * 3600 + 3600, "until midnight: " + wait);
      } else {
        JsonNode sheet = answer.expect(200).json();
        assertTrue(sheet.has("phone"));
        seen.add(sheet.path("professionalId").asText());
        documents += sheet.path("documents").size();
      }
    }
    assertEquals(100, seen.size());
    assertEquals(5, refused);
    assertEquals(60, documents);

    // somebody seen today is seen again, somebody new tomorrow
    String again = seen.iterator().next();
    String other =
        people.stream().filter(person -> !seen.contains(person)).findFirst().orElseThrow();
    requester.api().get("/api/missions/" + mission + "/candidates/" + again).expect(200);
    requester.api().get("/api/missions/" + mission + "/candidates/" + other).expect(429);
    platform.clock().advance(java.time.Duration.ofHours(25));
    Requester tomorrow = world.signedIn(requester);
    JsonNode sheet =
        tomorrow.api().get("/api/missions/" + mission + "/candidates/" + other).expect(200).json();
    assertEquals(1, sheet.path("documents").size());
    assertFalse(sheet.has("documentsWithheld"));
  }

  @Test
  void R27_theAgencyIsToldOnceADayOfAnAccountThatHasReachedItsLimit() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    String nurse = world.volunteer().id();
    String me = account(requester.api());
    looked("SHEETS", me, 100);
    looked("PAGES", me, 500);
    String list = "/api/missions/" + mission + "/candidates";
    world.agency("53");
    requester.api().get(list + "/" + nurse).expect(429);
    requester.api().get(list + "/" + nurse).expect(429);
    requester.api().get(list).expect(429);
    List<Mailbox.Mail> told = told(requester.email());
    assertFalse(told.isEmpty());
    assertEquals(
        told.size(), told.stream().map(Mailbox.Mail::to).distinct().count(), "one for each");
    String text = told.getFirst().text();
    assertTrue(text.contains("Anne Le Goff (" + requester.email() + "), de l'établissement"), text);
    assertTrue(text.contains("fiches avec coordonnées"), text);

    platform.clock().advance(java.time.Duration.ofHours(25));
    Requester tomorrow = world.signedIn(requester);
    looked("PAGES", me, 500);
    tomorrow.api().get(list).expect(429);
    assertEquals(2 * told.size(), told(requester.email()).size());
  }

  @Test
  void R27_theColleaguesOfAnEstablishmentTogetherAreTold() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    world.agency("53");
    looked("SHEETS", "F" + requester.finess(), 300);
    String sheet = "/api/missions/" + mission + "/candidates/" + world.volunteer().id();
    requester.api().get(sheet).expect(429);
    assertFalse(told(requester.email()).isEmpty());
  }

  @Test
  void R27_pagesOfThePoolCountLikeThoseOfCandidates() {
    Api agency = people.as(people.agency("53"));
    String mission = world.approved().submit(world.terms());
    String me = account(agency);
    looked("PAGES", me, 2498);
    agency.get("/api/regions/53/professionals?available=perhaps").expect(422);
    agency.get("/api/regions/53/professionals").expect(200);
    agency.get("/api/missions/" + mission + "/candidates").expect(200);
    Answer over = agency.get("/api/regions/53/professionals").expect(429);
    assertEquals("too-many-requests", over.problemType());
    assertTrue(Integer.parseInt(over.header("retry-after").orElseThrow()) > 0);
    agency.get("/api/regions/53/missions").expect(200);
  }

  private static String account(Api api) {
    return api.get("/api/me").expect(200).json().path("accountId").asText();
  }

  private List<Mailbox.Mail> told(String email) {
    platform.awaitStreams();
    return platform.mailbox().all().stream()
        .filter(mail -> mail.subject().equals("Un compte a atteint sa limite de consultations"))
        .filter(mail -> mail.text().contains(email))
        .toList();
  }

  /** As if an account had looked that often today; of sheets, at as many people. */
  private void looked(String kind, String who, int times) {
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("guard", AttributeValue.fromS("QUOTA#" + kind + "#" + world.today() + "#" + who));
    if (kind.equals("PAGES")) {
      row.put("count", AttributeValue.fromN(String.valueOf(times)));
    } else {
      List<String> people = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        people.add("p" + i);
      }
      row.put("members", AttributeValue.fromSs(people));
    }
    platform
        .clients()
        .dynamoDb()
        .putItem(put -> put.tableName(platform.tableName("GuardsTable")).item(row));
  }

  @Test
  void R27_fiveHundredPagesADayAlsoOfTheCountBeforeTheApproval() throws Exception {
    Requester requester = world.unapproved();
    String mission = requester.submit(world.terms("profession", "21"));
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 505; i++) {
      calls.add(() -> requester.api().get("/api/missions/" + mission + "/candidates"));
    }
    List<Answer> answers = together(calls);
    assertEquals(500, answers.stream().filter(answer -> answer.status() == 200).count());
    assertEquals(5, answers.stream().filter(answer -> answer.status() == 429).count());
  }

  @Test
  void L5_theNumberToldBeforeTheApprovalIsCoarse() {
    Requester requester = world.unapproved();
    String mission = requester.submit(world.terms("profession", "31"));
    String list = "/api/missions/" + mission + "/candidates";
    for (int there = 0; there <= 5; there++) {
      assertEquals(
          there == 0 ? 0 : there < 5 ? 1 : 5,
          requester.api().get(list).expect(200).json().at("/matching/atLeast").asInt());
      world.volunteer(Map.of("profession", "31"));
    }
  }

  @Test
  void R27_fortyMissionsAreOpenUntilTheApprovalWhoeverOpensThemAtOnce() throws Exception {
    Requester requester = world.unapproved();
    // the need of the registration holds one
    List<Map<String, Object>> ten = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ten.add(world.terms());
    }
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> requester.api().post("/api/missions", Map.of("missions", ten)));
    }
    for (Answer answer : together(calls)) {
      if (answer.status() != 201) {
        assertTrue(
            Set.of("too-many", "retry").contains(answer.expect(409).problemType()), answer.text());
      }
    }
    while (requester.api().post("/api/missions", Map.of("missions", ten)).status() == 201) {
      // what lost its race is sent again until there is no room
    }
    long open =
        requester
            .api()
            .get("/api/missions?limit=100")
            .expect(200)
            .json()
            .path("items")
            .findValuesAsText("status")
            .stream()
            .filter("OPEN"::equals)
            .count();
    assertEquals(31, open);
    List<Map<String, Object>> nine = ten.subList(0, 9);
    requester.api().post("/api/missions", Map.of("missions", nine)).expect(201);
    Answer full = requester.api().post("/api/missions", Map.of("missions", ten.subList(0, 1)));
    assertEquals("too-many", full.expect(409).problemType());

    world
        .agency("53")
        .put(
            "/api/establishments/" + requester.finess() + "/approval",
            Map.of("approved", true, "emails", List.of(requester.email())))
        .expect(200);
    requester.api().post("/api/missions", Map.of("missions", ten)).expect(201);
  }

  @Test
  void R27_draftsThatAPasswordOpensCountAndStayDraftsAboveTheLimit() {
    List<Map<String, Object>> forty = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      forty.add(world.terms());
    }
    // not approved: forty, and none beside them
    String finess = World.finess();
    Requester waiting = submitted("structure.quota.a@exemple.org", finess, forty);
    assertEquals(40, statuses(waiting.api()).get("OPEN"));
    Answer full = waiting.api().post("/api/missions", Map.of("missions", forty.subList(0, 1)));
    assertEquals("too-many", full.expect(409).problemType());

    // approved beforehand, for an establishment that has 190 missions open
    Requester known = world.approved();
    for (int i = 0; i < 189 / 21; i++) {
      known.api().post("/api/missions", Map.of("missions", forty.subList(0, 21))).expect(201);
    }
    assertEquals(190, statuses(known.api()).get("OPEN"));
    Api open = new Api(platform.address());
    String email = "structure.quota.b@exemple.org";
    open.post("/api/needs", world.need(email, known.finess(), forty)).expect(202);
    platform.awaitStreams();
    world
        .agency("53")
        .put(
            "/api/establishments/" + known.finess() + "/approval",
            Map.of("approved", true, "emails", List.of(email)))
        .expect(200);
    world.volunteers().activate(email);
    Api colleague = world.volunteers().signIn(email);
    assertEquals(Map.of("OPEN", 200, "DRAFT", 30), statuses(colleague));
    Answer more = known.api().post("/api/missions", Map.of("missions", forty.subList(0, 1)));
    assertEquals("too-many", more.expect(409).problemType());
  }

  private Requester submitted(String email, String finess, List<Map<String, Object>> missions) {
    new Api(platform.address()).post("/api/needs", world.need(email, finess, missions)).expect(202);
    world.volunteers().activate(email);
    return new Requester(email, finess, world.volunteers().signIn(email));
  }

  private static Map<String, Integer> statuses(Api api) {
    Map<String, Integer> statuses = new HashMap<>();
    People.each(People.all(api, "/api/missions?limit=100"), "status")
        .forEach(status -> statuses.merge(status, 1, Integer::sum));
    return statuses;
  }

  @Test
  void L4_aRefusedRequesterReadsTheirMissionsAndChangesNone() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    world
        .agency("53")
        .put(
            "/api/establishments/" + requester.finess() + "/approval",
            Map.of("approved", false, "emails", List.of(requester.email())))
        .expect(200);
    Api api = requester.api();
    String path = "/api/missions/" + mission;
    List<Answer> acts =
        List.of(
            api.post("/api/missions", Map.of("missions", List.of(world.terms()))),
            api.put(path, world.terms("count", 3)),
            api.post(path + "/confirmation"),
            api.put(path + "/status", Map.of("status", "FILLED")),
            api.delete(path));
    for (Answer act : acts) {
      assertEquals("forbidden", act.expect(403).problemType());
      assertTrue(act.json().path("detail").asText().contains("retiré"), act.text());
    }
    assertEquals("OPEN", requester.mission(mission).path("status").asText());
    assertEquals(1, requester.mission(mission).path("count").asInt());
  }
}
