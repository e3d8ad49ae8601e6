package renfort.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renfort.World;
import renfort.World.Volunteer;
import renfort.contract.OpenApi.Operation;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;
import renfort.local.OwnPlatform;
import renfort.professionals.Volunteers;

/** What is wrong is refused whole, in French, without an echo, and stores nothing. */
@ExtendWith(OwnPlatform.class)
class BadInputTest {
  private static final String MARK = "<script>MARK";

  /** Words that a French sentence has one of. */
  private static final Pattern FRENCH =
      Pattern.compile(
          "(?i)(^|[ '’«(])(est|sont|n'est|pas|ce|cette|un|une|le|la|les|des?|au|votre|vous|doit)["
              + " ,.]");

  /** Operations that write nothing to the tables when all is as the scene has it. */
  private static final Set<String> READ_ONLY =
      Set.of(
          "showReference",
          "listCommunes",
          "showOwnProfessional",
          "listOwnCandidacies",
          "showOwnAccount",
          "listMissions",
          "showMission",
          "listRegionMissions",
          "listRegionEstablishments",
          "showRegulation",
          "closeSession",
          "refreshSession",
          "setPassword",
          "confirmMission");

  private static @Nullable Scene shared;

  private LocalPlatform platform;
  private Scene scene;

  @BeforeEach
  void scene(LocalPlatform platform, Api api) {
    this.platform = platform;
    if (shared == null) {
      shared = new Scene(platform, api.seenBy(new Witness()));
    }
    scene = shared;
  }

  @AfterAll
  static void leave() {
    shared = null;
  }

  static List<Operation> operations() {
    return OpenApi.DOCUMENT.operations();
  }

  /** All but those that ask the tables nothing; a link's token names its row. */
  static List<Operation> withTables() {
    return operations().stream()
        .filter(
            operation ->
                !Set.of(
                        "showReference",
                        "listCommunes",
                        "closeSession",
                        "refreshSession",
                        "setPassword")
                    .contains(operation.id()))
        .toList();
  }

  static List<Operation> withBodies() {
    return operations().stream().filter(Operation::hasBody).toList();
  }

  static List<Operation> lists() {
    return taking("Limit");
  }

  static List<Operation> repeatable() {
    return taking("IdempotencyKey");
  }

  private static List<Operation> taking(String parameter) {
    return operations().stream()
        .filter(
            operation ->
                operation
                    .tree()
                    .path("parameters")
                    .valueStream()
                    .anyMatch(one -> one.path("$ref").asText().endsWith("/" + parameter)))
        .toList();
  }

  private Answer send(Operation operation, String path, @Nullable String type, String body) {
    Api as = scene.actor(operation);
    return (type == null ? as : as.with("Content-Type", type)).send(operation.method(), path, body);
  }

  private Answer send(Operation operation, String path, Object tree) {
    return send(operation, path, "application/json", Scene.json(tree));
  }

  private String path(Operation operation) {
    String mission =
        operation.path().contains("{id}") ? scene.approved.submit(scene.world.terms()) : "";
    return scene.path(operation, mission, scene.volunteer.id());
  }

  /** Holds an answer to what every refusal is; answers the fields that it names. */
  private static Set<String> refused(int status, String type, Answer answer) {
    JsonNode problem = answer.expect(status).problem();
    assertEquals(type, answer.problemType());
    assertFalse(answer.text().contains("<"), answer.text());
    assertTrue(isFrench(problem.path("title").asText()), answer.text());
    assertEquals(
        answer.header("apigw-requestid").orElseThrow(), problem.path("requestId").asText());
    Set<String> fields = new TreeSet<>();
    problem
        .path("errors")
        .forEach(
            error -> {
              fields.add(error.path("field").asText());
              assertTrue(isFrench(error.path("message").asText()), answer.text());
            });
    return fields;
  }

  private static boolean isFrench(String text) {
    return FRENCH.matcher(text).find() && text.endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void aBodyThatIsNoJsonObjectIsRefused(Operation operation) {
    String path = path(operation);
    Map<String, Set<String>> before = Rows.all(platform);
    for (String body :
        List.of(
            "",
            " ",
            "{",
            "[]",
            "[{}]",
            "null",
            "true",
            "12",
            "\"" + MARK + "\"",
            MARK,
            "{} {}",
            "{}]",
            "{\"email\": 1, \"email\": 2}",
            "{\"" + MARK + "\": nope}",
            "{'email': 'x'}",
            "[".repeat(20_000),
            "{\"a\":".repeat(10_000))) {
      Answer answer = send(operation, path, "application/json", body);
      assertEquals(Set.of(), refused(400, "not-json", answer));
      assertFalse(answer.text().contains("MARK"));
    }
    assertEquals(before, Rows.all(platform));
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void aBodyThatIsNotDeclaredAsJsonIsRefused(Operation operation) {
    String path = path(operation);
    String body = Scene.json(scene.body(operation.id(), scene.volunteer.id()));
    Map<String, Set<String>> before = Rows.all(platform);
    assertEquals(
        Set.of(), refused(415, "unsupported-media-type", send(operation, path, null, body)));
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            "application/problem+json",
            "text/plain; application/json",
            MARK)) {
      refused(415, "unsupported-media-type", send(operation, path, type, body));
    }
    assertEquals(before, Rows.all(platform));
    for (String type : List.of("application/json; charset=utf-8", "APPLICATION/JSON")) {
      refused(422, "invalid", send(operation, path, type, "{}"));
    }
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void aBodyOver64KibIsRefused(Operation operation) {
    String path = path(operation);
    Map<String, Set<String>> before = Rows.all(platform);
    // é weighs two bytes
    refused(413, "too-large", send(operation, path, "application/json", padded("é", 65_537)));
    refused(413, "too-large", send(operation, path, "application/json", padded("x", 200_000)));
    assertTrue(
        refused(422, "invalid", send(operation, path, "application/json", padded("x", 65_536)))
            .contains("padding"));
    assertEquals(before, Rows.all(platform));
  }

  private static String padded(String with, int bytes) {
    String empty = "{\"padding\":\"\"}";
    int weight = with.getBytes(StandardCharsets.UTF_8).length;
    int left = bytes - empty.length();
    return "{\"padding\":\"" + with.repeat(left / weight) + "x".repeat(left % weight) + "\"}";
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void anUnknownFieldIsNamedEscaped(Operation operation) {
    String path = path(operation);
    Map<String, Object> body =
        new LinkedHashMap<>(scene.body(operation.id(), scene.volunteer.id()));
    body.put("role" + MARK + "\"é", MARK);
    Map<String, Set<String>> before = Rows.all(platform);
    assertEquals(
        Set.of("role?script?MARK??"), refused(422, "invalid", send(operation, path, body)));
    assertEquals(before, Rows.all(platform));
  }

  @Test
  void anUnknownFieldOfANestedObjectIsNamedByItsPath() {
    Map<String, Object> mission = scene.world.terms("id", "x");
    Map<String, Object> need =
        new LinkedHashMap<>(scene.world.need(Volunteers.address(), "350000014", List.of(mission)));
    need.put("requester", with(need.get("requester"), "role", "AGENCY"));
    need.put("establishment", with(need.get("establishment"), "approved", true));
    assertEquals(
        Set.of("establishment.approved", "missions[0].id", "requester.role"),
        refused(422, "invalid", scene.nobody.post("/api/needs", need)));
    Map<String, Object> sheet = scene.world.volunteers().sheet();
    sheet.put(
        "availabilities",
        List.of(with(((List<?>) sheet.get("availabilities")).getFirst(), "x", 1)));
    assertEquals(
        Set.of("availabilities[0].x"),
        refused(422, "invalid", scene.professional.put("/api/professionals/me", sheet)));
  }

  private static Map<String, Object> with(@Nullable Object map, String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(map)).forEach((key, one) -> more.put((String) key, one));
    more.put(name, value);
    return more;
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void allThatIsMissingIsToldAtOnce(Operation operation) {
    String path = path(operation);
    Map<String, Set<String>> before = Rows.all(platform);
    Set<String> required = OpenApi.DOCUMENT.required(operation);
    assertFalse(required.isEmpty());
    assertEquals(required, refused(422, "invalid", send(operation, path, Map.of())));
    Map<String, Object> nulls = new LinkedHashMap<>();
    required.forEach(name -> nulls.put(name, null));
    assertEquals(required, refused(422, "invalid", send(operation, path, nulls)));
    assertEquals(before, Rows.all(platform));
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void valuesOfTheWrongKindAreRefusedWithoutAnEcho(Operation operation) {
    String path = path(operation);
    Map<String, Set<String>> before = Rows.all(platform);
    List<Object> values = new ArrayList<>();
    values.add(MARK);
    values.add(Map.of(MARK, MARK));
    values.add(List.of(Map.of(MARK, List.of(MARK))));
    values.add(-1);
    values.add(12.5);
    values.add(new BigInteger("9".repeat(400)));
    values.add("x".repeat(1000));
    values.add("\u0000" + MARK);
    values.add("\ud800");
    for (Object value : values) {
      Map<String, Object> body = new LinkedHashMap<>();
      OpenApi.DOCUMENT.properties(operation).forEach(name -> body.put(name, value));
      Set<String> fields = refused(422, "invalid", send(operation, path, body));
      assertFalse(fields.isEmpty());
    }
    assertEquals(before, Rows.all(platform));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aPageThatCannotBeIsRefused(Operation operation) {
    String path = path(operation);
    for (String limit :
        List.of("0", "101", "-1", "1e1", "x", "", "99999999999", "%3Cscript%3E", "5,5")) {
      assertEquals(
          Set.of("limit"),
          refused(422, "invalid", scene.actor(operation).get(path + "?limit=" + limit)));
    }
    for (String cursor :
        List.of(
            "", "x", "e30", "W10", "bnVsbA", "%3Cscript%3E", "eyJxIjoieCJ9", another(operation))) {
      assertEquals(
          Set.of("cursor"),
          refused(422, "invalid", scene.actor(operation).get(path + "?cursor=" + cursor)),
          cursor);
    }
  }

  /** A cursor that another list gave. */
  private String another(Operation operation) {
    scene.approved.submit(scene.world.terms());
    scene.approved.submit(scene.world.terms());
    String list =
        operation.id().equals("listMissions")
            ? "/api/missions?status=OPEN&limit=1"
            : "/api/missions?limit=1";
    String cursor = scene.approved.api().get(list).expect(200).json().path("next").asText();
    assertFalse(cursor.isEmpty());
    return cursor;
  }

  @Test
  void aFilterThatIsNoneIsRefused() {
    Api agency = scene.agency;
    String mission = "/api/missions/" + scene.approved.submit(scene.world.terms());
    Map<String, Answer> answers = new LinkedHashMap<>();
    answers.put("postalCode", scene.nobody.get("/api/communes"));
    answers.put("postalCode ", scene.nobody.get("/api/communes?postalCode=%3Cscript%3E"));
    answers.put(
        "postalCode  ", scene.nobody.get("/api/communes?postalCode=35000&postalCode=35000"));
    answers.put("status", scene.approved.api().get("/api/missions?status=open"));
    answers.put("status ", agency.get("/api/regions/53/missions?status=%3Cscript%3E"));
    answers.put("status  ", agency.get("/api/regions/53/establishments?status=REFUSED"));
    answers.put("profession", agency.get("/api/regions/53/professionals?profession=%3Cscript%3E"));
    answers.put("available", agency.get("/api/regions/53/professionals?available=1"));
    for (String number : List.of("x", "-1", "501", "1.0", "")) {
      answers.put(
          "confirmAffected" + " ".repeat(number.length()),
          scene.approved.api().delete(mission + "?confirmAffected=" + number));
    }
    answers.forEach(
        (field, answer) -> assertEquals(Set.of(field.strip()), refused(422, "invalid", answer)));
    assertEquals("OPEN", scene.approved.api().get(mission).json().path("status").asText());
  }

  @ParameterizedTest
  @MethodSource("repeatable")
  void aKeyThatIsNoneIsRefused(Operation operation) {
    String path = path(operation).replace("//", "/zzzzzzzzzzzzzzzzzzzz/");
    Map<String, Set<String>> before = Rows.all(platform);
    for (String key : List.of("a b", "x".repeat(101), "")) {
      Answer answer =
          scene.call(
              scene.actor(operation).with("Idempotency-Key", key),
              operation,
              path,
              scene.volunteer.id());
      assertEquals(Set.of("Idempotency-Key"), refused(422, "invalid", answer));
    }
    if (operation.id().equals("registerProfessional")) {
      return; // its body's upload has rows of its own
    }
    assertEquals(before, Rows.all(platform));
  }

  private static boolean writes(String operation) {
    return switch (operation) {
      case "PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem" -> true;
      default -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("operations")
  void tablesThatTakeNoWriteAre503AndNothingIsChanged(Operation operation) {
    Prepared prepared = prepared(operation);
    Map<String, Set<String>> before = Rows.all(platform);
    try (Injection broken =
        platform.faults().inject(Service.TABLES, Fault.OUTAGE, call -> writes(call.operation()))) {
      Answer answer =
          prepared
              .as()
              .with("Content-Type", "application/json")
              .send(operation.method(), prepared.path(), prepared.body());
      if (READ_ONLY.contains(operation.id())) {
        assertTrue(answer.status() < 500, answer.text());
        assertEquals(0, broken.hits());
      } else {
        refused(503, "unavailable", answer);
        assertTrue(answer.header("retry-after").isPresent());
        assertTrue(broken.hits() > 0);
      }
    }
    assertEquals(before, Rows.all(platform));
  }

  @ParameterizedTest
  @MethodSource("withTables")
  void tablesThatAreOutAre503(Operation operation) {
    Prepared prepared = prepared(operation);
    Map<String, Set<String>> before = Rows.all(platform);
    try (Injection broken = platform.faults().failTables()) {
      Answer answer =
          prepared
              .as()
              .with("Content-Type", "application/json")
              .send(operation.method(), prepared.path(), prepared.body());
      refused(503, "unavailable", answer);
      assertTrue(broken.hits() > 0);
    }
    assertEquals(before, Rows.all(platform));
  }

  private record Prepared(Api as, String path, @Nullable String body) {}

  /** A request that would be served, and change something if it is one that changes. */
  private Prepared prepared(Operation operation) {
    String mission =
        operation.path().contains("missions/{id}")
                || Set.of("declineCandidacy", "checkIdentity").contains(operation.id())
            ? scene.approved.submit(scene.world.terms())
            : "";
    String person =
        Set.of(
                    "contactCandidate",
                    "affectCandidates",
                    "refuseCandidates",
                    "releaseCandidates",
                    "pushCandidates",
                    "withdrawPushes",
                    "checkIdentity")
                .contains(operation.id())
            ? scene.world.volunteer().id()
            : scene.volunteer.id();
    if (Set.of("affectCandidates", "refuseCandidates", "releaseCandidates", "checkIdentity")
        .contains(operation.id())) {
      scene.approved.contact(mission, person).expect(200);
    }
    if (operation.id().equals("releaseCandidates")) {
      assertEquals("AFFECTED", scene.approved.affect(mission, person));
    }
    if (Set.of("declineCandidacy", "withdrawPushes").contains(operation.id())) {
      assertEquals("PUSHED", World.outcome(scene.agency, "pushes", mission, person));
    }
    String path = scene.path(operation, mission, person);
    if (operation.id().equals("listCommunes")) {
      path += "?postalCode=35000";
    }
    String body =
        switch (operation.id()) {
          case "setOwnAvailability" -> Scene.json(Map.of("available", false));
          case "setApproval" ->
              Scene.json(Map.of("approved", true, "emails", List.of(scene.unapproved.email())));
          default -> operation.hasBody() ? Scene.json(scene.body(operation.id(), person)) : null;
        };
    return new Prepared(scene.actor(operation), path, body);
  }

  @Test
  void R3_anObjectStoreThatIsOutRegistersNobody() {
    String email = Volunteers.address();
    Map<String, Object> form = scene.world.volunteers().form(email);
    Map<String, Set<String>> before = Rows.all(platform);
    int documents = scene.world.volunteers().allDocuments();
    try (Injection broken = platform.faults().failObjects()) {
      refused(503, "unavailable", scene.nobody.post("/api/professionals", form));
      assertTrue(broken.hits() > 0);
    }
    assertEquals(before, Rows.all(platform));
    assertEquals(documents, scene.world.volunteers().allDocuments());
    scene.nobody.post("/api/professionals", form).expect(202);
    assertTrue(scene.world.volunteers().professionalId(email).isPresent());
  }

  @Test
  void R4_anAccountServiceThatIsOutLeavesTheLinkAliveAndCountsNoFailure() {
    Volunteer volunteer = scene.world.volunteer();
    Map<String, Object> signIn =
        Map.of(
            "email",
            scene.approved.email(),
            "password",
            Volunteers.PASSWORD,
            "keepSignedIn",
            false);
    try (Injection broken = platform.faults().failAccounts()) {
      String token = scene.world.volunteers().lastToken(volunteer.email());
      refused(
          503,
          "unavailable",
          scene.nobody.post(
              "/api/passwords", Map.of("token", token, "password", Volunteers.PASSWORD)));
      for (int turn = 0; turn < 11; turn++) {
        refused(503, "unavailable", scene.nobody.post("/api/sessions", signIn));
      }
      assertTrue(broken.hits() > 0);
    }
    scene.nobody.post("/api/sessions", signIn).expect(200);
    scene.world.as(volunteer).get("/api/professionals/me").expect(200);
  }

  @Test
  void aPasswordThatCannotBeStoredLeavesTheLinkAlive() {
    Volunteer volunteer = scene.world.volunteer();
    String token = scene.world.volunteers().lastToken(volunteer.email());
    try (Injection broken = platform.faults().failTables()) {
      refused(
          503,
          "unavailable",
          scene.nobody.post(
              "/api/passwords", Map.of("token", token, "password", Volunteers.PASSWORD)));
      assertTrue(broken.hits() > 0);
    }
    scene.world.as(volunteer).get("/api/professionals/me").expect(200);
  }
}
