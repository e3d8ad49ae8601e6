package renfort.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renfort.World;
import renfort.contract.OpenApi.Operation;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.OwnPlatform;

/** Who may call what: every operation of openapi.yaml by everybody (R11, R22, R24). */
@ExtendWith(OwnPlatform.class)
class AuthorisationMatrixTest {
  private static final String UNKNOWN = "zzzzzzzzzzzzzzzzzzzz";

  /** What an operation acts on. */
  private enum What {
    /** Nothing that has an owner. */
    NOTHING,
    /** The account that calls. */
    ONESELF,
    /** The account that calls, which is gone after it. */
    ONESELF_FOR_GOOD,
    /** A candidacy of the professional who calls. */
    OWN_CANDIDACY,
    /** A mission of the scene's establishment. */
    MISSION,
    /** Somebody proposed for that mission. */
    CANDIDATE,
    /** Somebody of the region whom the scene's establishment holds. */
    HELD_PERSON,
    /** The region of the scene. */
    REGION,
    /** The scene's establishment. */
    ESTABLISHMENT
  }

  private static final Map<String, What> ROWS =
      Map.ofEntries(
          Map.entry("showReference", What.NOTHING),
          Map.entry("listCommunes", What.NOTHING),
          Map.entry("createDocumentSlot", What.NOTHING),
          Map.entry("registerProfessional", What.NOTHING),
          Map.entry("showOwnProfessional", What.ONESELF),
          Map.entry("updateOwnProfessional", What.ONESELF),
          Map.entry("eraseOwnProfessional", What.ONESELF_FOR_GOOD),
          Map.entry("exportOwnProfessional", What.ONESELF),
          Map.entry("setOwnAvailability", What.ONESELF),
          Map.entry("listOwnCandidacies", What.ONESELF),
          Map.entry("declineCandidacy", What.OWN_CANDIDACY),
          Map.entry("checkIdentity", What.HELD_PERSON),
          Map.entry("requestPasswordLink", What.NOTHING),
          Map.entry("setPassword", What.NOTHING),
          Map.entry("openSession", What.NOTHING),
          Map.entry("closeSession", What.NOTHING),
          Map.entry("refreshSession", What.NOTHING),
          Map.entry("showOwnAccount", What.ONESELF),
          Map.entry("eraseOwnAccount", What.ONESELF_FOR_GOOD),
          Map.entry("exportOwnAccount", What.ONESELF),
          Map.entry("submitNeed", What.NOTHING),
          Map.entry("createMissions", What.ONESELF),
          Map.entry("listMissions", What.ONESELF),
          Map.entry("showMission", What.MISSION),
          Map.entry("updateMission", What.MISSION),
          Map.entry("cancelMission", What.MISSION),
          Map.entry("confirmMission", What.MISSION),
          Map.entry("setMissionStatus", What.MISSION),
          Map.entry("matchCandidates", What.MISSION),
          Map.entry("showCandidate", What.CANDIDATE),
          Map.entry("contactCandidate", What.CANDIDATE),
          Map.entry("affectCandidates", What.MISSION),
          Map.entry("refuseCandidates", What.MISSION),
          Map.entry("releaseCandidates", What.MISSION),
          Map.entry("pushCandidates", What.MISSION),
          Map.entry("withdrawPushes", What.MISSION),
          Map.entry("closeMission", What.MISSION),
          Map.entry("setMissionPriority", What.MISSION),
          Map.entry("listRegionMissions", What.REGION),
          Map.entry("listRegionProfessionals", What.REGION),
          Map.entry("listRegionEstablishments", What.REGION),
          Map.entry("showRegulation", What.REGION),
          Map.entry("setRegulation", What.REGION),
          Map.entry("setApproval", What.ESTABLISHMENT),
          Map.entry("setLimits", What.ESTABLISHMENT));

  /** Who calls. */
  private enum Caller {
    PROFESSIONAL,
    APPROVED,
    /** Of the same establishment, who did not submit the mission. */
    UNAPPROVED,
    /** An approved requester of another establishment. */
    STRANGER,
    OTHER_AGENCY,
    AGENCY,
    NATIONAL;

    boolean isIn(List<String> roles) {
      return switch (this) {
        case PROFESSIONAL -> roles.contains("PROFESSIONAL");
        case APPROVED, STRANGER ->
            roles.contains("REQUESTER") || roles.contains("APPROVED_REQUESTER");
        case UNAPPROVED -> roles.contains("REQUESTER");
        case OTHER_AGENCY, AGENCY -> roles.contains("AGENCY");
        case NATIONAL -> roles.contains("NATIONAL");
      };
    }

    boolean owns(What object) {
      return switch (object) {
        case NOTHING, ONESELF, ONESELF_FOR_GOOD -> true;
        case OWN_CANDIDACY -> this == PROFESSIONAL;
        case MISSION, CANDIDATE, HELD_PERSON ->
            this == APPROVED || this == AGENCY || this == NATIONAL;
        case REGION, ESTABLISHMENT -> this == AGENCY || this == NATIONAL;
      };
    }

    Api of(Scene scene) {
      return switch (this) {
        case PROFESSIONAL -> scene.professional;
        case APPROVED -> scene.approved.api();
        case UNAPPROVED -> scene.unapproved.api();
        case STRANGER -> scene.stranger.api();
        case OTHER_AGENCY -> scene.otherAgency;
        case AGENCY -> scene.agency;
        case NATIONAL -> scene.national;
      };
    }

    /** Somebody of the same role whom nobody needs any more. */
    Api again(Scene scene) {
      return switch (this) {
        case PROFESSIONAL -> scene.newProfessional();
        case APPROVED, STRANGER -> scene.world.approved().api();
        case UNAPPROVED -> scene.world.unapproved().api();
        case OTHER_AGENCY, AGENCY, NATIONAL -> throw new IllegalStateException("staff stay");
      };
    }
  }

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

  static List<Operation> closed() {
    return operations().stream().filter(operation -> !operation.roles().isEmpty()).toList();
  }

  static List<Operation> open() {
    return operations().stream().filter(operation -> operation.roles().isEmpty()).toList();
  }

  static List<Operation> withIds() {
    return closed().stream().filter(operation -> operation.path().contains("{")).toList();
  }

  @Test
  void everyOperationHasItsRow() {
    assertEquals(
        operations().stream().map(Operation::id).collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(ROWS.keySet()));
  }

  @Test
  void theGatewaysRoutesAreTheOperations() {
    Set<String> routes =
        platform.template().routes().stream().map(route -> route.key()).collect(Collectors.toSet());
    assertEquals(
        operations().stream()
            .map(Operation::toString)
            .collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(routes));
  }

  private static What row(Operation operation) {
    return Objects.requireNonNull(ROWS.get(operation.id()), operation.id());
  }

  @ParameterizedTest
  @MethodSource("closed")
  void whoMayNotIsRefusedAndNothingIsStored(Operation operation) {
    String mission = scene.approved.submit(scene.world.terms());
    String person = scene.volunteer.id();
    String path = scene.path(operation, mission, person);
    Map<String, Set<String>> before = Rows.all(platform);

    for (Api api : List.of(scene.nobody, scene.nobody.as("a.b.c"), scene.nobody.as(""))) {
      Answer answer = scene.call(api, operation, path, person).expect(401);
      assertEquals("application/json", answer.type());
      assertEquals(Map.of("message", "Unauthorized"), map(answer.json()));
    }
    for (Caller caller : Caller.values()) {
      if (!caller.isIn(operation.roles())) {
        Answer answer = scene.call(caller.of(scene), operation, path, person).expect(403);
        assertEquals("forbidden", answer.problemType(), caller.name());
      } else if (!caller.owns(row(operation))) {
        Answer answer = scene.call(caller.of(scene), operation, path, person).expect(404);
        assertEquals("not-found", answer.problemType(), caller.name());
      }
    }
    assertEquals(before, Rows.all(platform));
  }

  @ParameterizedTest
  @MethodSource("closed")
  void whoMayIsServed(Operation operation) {
    What object = row(operation);
    for (Caller caller : Caller.values()) {
      if (!caller.isIn(operation.roles()) || !caller.owns(object)) {
        continue;
      }
      String mission = scene.approved.submit(scene.world.terms());
      String person =
          object == What.CANDIDATE || object == What.HELD_PERSON
              ? scene.world.volunteer().id()
              : scene.volunteer.id();
      if (object == What.OWN_CANDIDACY) {
        assertEquals("PUSHED", World.outcome(scene.agency, "pushes", mission, person));
      }
      if (object == What.HELD_PERSON) {
        scene.approved.contact(mission, person).expect(200);
      }
      Api as = object == What.ONESELF_FOR_GOOD ? caller.again(scene) : caller.of(scene);
      Answer answer = scene.call(as, operation, scene.path(operation, mission, person), person);
      assertEquals(operation.success(), answer.status(), caller + " got " + answer.text());
    }
  }

  @ParameterizedTest
  @MethodSource("closed")
  void anAccountThatIsGoneIsNobodyThoughItsTokenLives(Operation operation) {
    String mission = scene.approved.submit(scene.world.terms());
    String person = scene.volunteer.id();
    Api gone = gone();
    Answer answer =
        scene.call(gone, operation, scene.path(operation, mission, person), person).expect(401);
    assertEquals("unauthorized", answer.problemType());
  }

  private static @Nullable Api erased;

  private Api gone() {
    if (erased == null) {
      Api requester = scene.world.unapproved().api();
      requester.delete("/api/me").expect(204);
      erased = requester;
    }
    return erased;
  }

  @ParameterizedTest
  @MethodSource("open")
  void anybodyIsServedWithoutATokenWhereNoneIsNeeded(Operation operation) {
    String path =
        operation.id().equals("listCommunes") ? "/api/communes?postalCode=35000" : operation.path();
    Answer answer = scene.call(scene.nobody, operation, path, "");
    int expected =
        switch (operation.id()) {
          case "setPassword" -> 410;
          case "refreshSession" -> 401;
          default -> operation.success();
        };
    assertEquals(expected, answer.status(), answer.text());
    if (expected == 401) {
      assertEquals("unauthorized", answer.problemType());
    }
  }

  @ParameterizedTest
  @MethodSource("withIds")
  void anIdThatNamesNothingOrCannotBeOneIsNotFound(Operation operation) {
    String mission = scene.approved.submit(scene.world.terms());
    String person = scene.volunteer.id();
    List<Caller> owners =
        Stream.of(Caller.values())
            .filter(caller -> caller.isIn(operation.roles()) && caller.owns(row(operation)))
            .toList();
    owners.forEach(caller -> caller.of(scene));
    Map<String, Set<String>> before = Rows.all(platform);
    for (Caller caller : owners) {
      for (String wrong :
          List.of(
              UNKNOWN,
              "x",
              UNKNOWN.toUpperCase(Locale.ROOT),
              "uuuuuuuuuuuuuuuuuuuu",
              UNKNOWN + "z",
              "EMAIL%23a@exemple.org",
              "53%20",
              "%C3%A9",
              "350000015",
              "99")) {
        notFound(caller, operation, operation.at(wrong, person), person);
        if (row(operation) == What.CANDIDATE) {
          notFound(caller, operation, operation.at(mission, wrong), person);
        }
      }
    }
    assertEquals(before, Rows.all(platform));
  }

  private void notFound(Caller caller, Operation operation, String path, String person) {
    Answer answer = scene.call(caller.of(scene), operation, path, person).expect(404);
    assertEquals("not-found", answer.problemType());
  }

  @Test
  void R11_aRequesterWhoIsNotApprovedActsOnWhatTheySubmittedThemselves() {
    String own = scene.unapproved.submit(scene.world.terms());
    String colleagues = scene.approved.submit(scene.world.terms());
    assertEquals("OPEN", scene.unapproved.mission(own).path("status").asText());
    assertEquals("OPEN", scene.approved.mission(own).path("status").asText());
    scene.stranger.api().get("/api/missions/" + own).expect(404);

    assertTrue(ids(scene.approved.api()).containsAll(Set.of(own, colleagues)));
    assertTrue(ids(scene.unapproved.api()).contains(own));
    assertFalse(ids(scene.unapproved.api()).contains(colleagues));
    assertFalse(ids(scene.stranger.api()).contains(own));

    JsonNode page =
        scene.unapproved.api().get("/api/missions/" + own + "/candidates").expect(200).json();
    assertEquals(0, page.path("items").size());
    assertTrue(page.path("matching").path("atLeast").asInt() > 0);
    for (String action : List.of("affectations", "refusals", "releases")) {
      scene
          .unapproved
          .api()
          .post(
              "/api/missions/" + own + "/" + action,
              scene.body("affectCandidates", scene.volunteer.id()))
          .expect(403);
    }
    scene.unapproved.contact(own, scene.volunteer.id()).expect(403);
    assertNotEquals(
        "CONTACTED",
        scene
            .world
            .candidate(scene.approved.api(), own, scene.volunteer.id())
            .orElseThrow()
            .path("status")
            .asText());
  }

  @Test
  void R22_anAgencyNeitherSetsNorLiftsTheNationalMode() {
    String path = "/api/regions/94/regulation";
    scene.otherAgency.put(path, Map.of("mode", "NATIONAL")).expect(403);
    assertEquals("DIRECT", scene.otherAgency.get(path).expect(200).json().path("mode").asText());
    scene.national.put(path, Map.of("mode", "NATIONAL")).expect(200);
    scene.otherAgency.put(path, Map.of("mode", "DIRECT")).expect(403);
    assertEquals("NATIONAL", scene.otherAgency.get(path).expect(200).json().path("mode").asText());
    scene.national.put(path, Map.of("mode", "DIRECT")).expect(200);
  }

  private static Set<String> ids(Api api) {
    Set<String> ids = new TreeSet<>();
    String cursor = "";
    do {
      JsonNode page = api.get("/api/missions?limit=100" + cursor).expect(200).json();
      page.path("items").forEach(mission -> ids.add(mission.path("id").asText()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  private static Map<String, String> map(JsonNode node) {
    return node.propertyStream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
  }
}
