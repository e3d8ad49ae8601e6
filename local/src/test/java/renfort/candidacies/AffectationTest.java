package renfort.candidacies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.Faults;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.MissionStore;

/** R17, R18, R20, R21, R29: affectation and what ends it, over HTTP. */
@ExtendWith(PlatformExtension.class)
class AffectationTest {
  private static final String AFFECTATION = "Affectation sur une mission de renfort";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

  private LocalPlatform platform;
  private World world;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
  }

  private String affected(Requester requester, Volunteer nurse) {
    String mission = requester.submit(world.terms());
    requester.contact(mission, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    return mission;
  }

  @Test
  void r17_onlySomebodyContactedIsAffected() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    assertEquals("NOT_CONTACTED", requester.affect(mission, nurse.id()));
    assertEquals("UNKNOWN", requester.affect(mission, "00000000000000000000"));
    assertEquals("UNKNOWN", requester.affect(mission, "nobody"));
  }

  @Test
  void r18_anAffectationIsConfirmedByMailWithDatesEstablishmentAndAddress() {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    String mission = affected(requester, nurse);
    String mail = world.volunteers().mail(nurse.email(), AFFECTATION);
    assertTrue(mail.contains(world.today().plusDays(7).format(DAY)), mail);
    assertTrue(mail.contains(world.today().plusDays(16).format(DAY)), mail);
    assertTrue(mail.contains("Centre hospitalier " + requester.finess()), mail);
    assertTrue(mail.contains(requester.email()), mail);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()), "again: the same");
    assertEquals(
        1, world.volunteers().subjects(nurse.email()).stream().filter(AFFECTATION::equals).count());
  }

  @Test
  void r18_aFullMissionIsFilledAndFreesItsOtherHolds() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer taken = world.volunteer();
    Volunteer spare = world.volunteer();
    requester.contact(mission, taken.id()).expect(200);
    requester.contact(mission, spare.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, taken.id()));
    platform.awaitStreams();
    JsonNode full = requester.mission(mission);
    assertEquals("FILLED", full.path("status").asText());
    assertEquals(1, full.path("filled").asInt());
    assertEquals(0, full.path("held").asInt());
    assertTrue(world.holder(spare.id()).isEmpty());
    assertEquals("full", requester.contact(mission, spare.id()).expect(409).problemType());
    Requester another = world.approved();
    another.contact(another.submit(world.terms()), spare.id()).expect(200);
  }

  @Test
  void r18_engagedDaysAreNotFreeForOthersAndTheRestIs() {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    affected(requester, nurse);
    String same = requester.submit(world.terms());
    assertEquals("not-matching", requester.contact(same, nurse.id()).expect(409).problemType());
    Map<String, Object> after = world.terms();
    after.put("start", world.today().plusDays(17).toString());
    after.put("end", world.today().plusDays(20).toString());
    String later = requester.submit(after);
    requester.contact(later, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(later, nurse.id()));
  }

  @Test
  void r21_aReleaseGivesPlaceAndDaysBackAndIsTold() {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    String mission = affected(requester, nurse);
    int mails = world.volunteers().subjects(nurse.email()).size();
    assertEquals("RELEASED", requester.release(mission, nurse.id()));
    assertEquals("NOT_AFFECTED", requester.release(mission, nurse.id()), "again");
    assertEquals(mails + 1, world.volunteers().subjects(nurse.email()).size());
    JsonNode open = requester.mission(mission);
    assertEquals("OPEN", open.path("status").asText());
    assertEquals(0, open.path("filled").asInt());
    Requester another = world.approved();
    String same = another.submit(world.terms());
    another.contact(same, nurse.id()).expect(200);
    assertEquals("AFFECTED", another.affect(same, nurse.id()), "the days are free again");
  }

  @Test
  void r18_aMissionSetPourvueByHandDoesNotReopenByItself() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms("count", 2));
    Volunteer nurse = world.volunteer();
    Volunteer spare = world.volunteer();
    requester.contact(mission, nurse.id()).expect(200);
    requester.contact(mission, spare.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    requester
        .api()
        .put("/api/missions/" + mission + "/status", Map.of("status", "FILLED"))
        .expect(200);
    platform.awaitStreams();
    assertTrue(world.holder(spare.id()).isEmpty(), "R20: holds are freed");
    assertEquals("RELEASED", requester.release(mission, nurse.id()));
    assertEquals("FILLED", requester.mission(mission).path("status").asText());
    requester
        .api()
        .put("/api/missions/" + mission + "/status", Map.of("status", "OPEN"))
        .expect(200);
    requester.contact(mission, world.volunteer().id()).expect(200);
  }

  @Test
  void r21_aProfessionalDeclinesAContactAndAnAffectationAndTheRequesterIsTold() {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    String mission = requester.submit(world.terms());
    String decline = "/api/professionals/me/candidacies/" + mission + "/decline";
    own.post(decline).expect(404);
    requester.contact(mission, nurse.id()).expect(200);
    JsonNode told =
        own.get("/api/professionals/me/candidacies").expect(200).json().path("items").path(0);
    assertEquals("CONTACTED", told.path("status").asText());
    assertTrue(told.has("heldUntil"));
    int mails = world.volunteers().subjects(requester.email()).size();
    own.post(decline).expect(204);
    own.post(decline).expect(204);
    assertEquals(mails + 1, world.volunteers().subjects(requester.email()).size());
    assertEquals(0, requester.mission(mission).path("held").asInt());
    assertEquals("declined", requester.contact(mission, nurse.id()).expect(409).problemType());
    String second = affected(requester, nurse);
    own.post("/api/professionals/me/candidacies/" + second + "/decline").expect(204);
    JsonNode open = requester.mission(second);
    assertEquals(0, open.path("filled").asInt());
    assertEquals("OPEN", open.path("status").asText());
  }

  @Test
  void r20_cancellingTellsThoseAffectedOnlyOnceItsNumberIsConfirmed() {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    String mission = affected(requester, nurse);
    JsonNode refused = requester.api().delete("/api/missions/" + mission).expect(409).problem();
    assertTrue(refused.path("type").asText().endsWith("people-affected"));
    assertEquals(1, refused.path("affected").asInt());
    requester.api().delete("/api/missions/" + mission + "?confirmAffected=2").expect(409);
    int mails = world.volunteers().subjects(nurse.email()).size();
    requester.api().delete("/api/missions/" + mission + "?confirmAffected=1").expect(204);
    platform.awaitStreams();
    assertEquals(mails + 1, world.volunteers().subjects(nurse.email()).size());
    Requester another = world.approved();
    String other = another.submit(world.terms());
    another.contact(other, nurse.id()).expect(200);
    assertEquals("AFFECTED", another.affect(other, nurse.id()), "the days are given back");
    List<String> listed = ids(requester.api().get("/api/missions").expect(200).json());
    assertFalse(listed.contains(mission));
    assertTrue(
        ids(requester.api().get("/api/missions?status=CANCELLED").expect(200).json())
            .contains(mission));
  }

  @Test
  void r20_whoseDaysAreOverKeepsThemWhenTheMissionIsCancelledAndTheOthersLearnWhomToTurnTo() {
    Requester before = world.approved();
    LocalDate today = world.today();
    Volunteer done = world.volunteer(Map.of("availabilities", List.of(days(today, 1))));
    Volunteer nurse = world.volunteer(Map.of("availabilities", List.of(days(today, 30))));
    Map<String, Object> terms = world.terms("count", 3);
    terms.put("start", today.toString());
    String mission = before.submit(terms);
    for (Volunteer each : List.of(done, nurse)) {
      before.contact(mission, each.id()).expect(200);
      assertEquals("AFFECTED", before.affect(mission, each.id()));
    }
    world.volunteers().activate(done.email());
    platform.advance(Duration.ofDays(3));
    Requester requester = world.signedIn(before);
    int mails = world.volunteers().subjects(done.email()).size();
    requester.api().delete("/api/missions/" + mission + "?confirmAffected=2").expect(204);
    platform.awaitStreams();
    assertEquals(mails, world.volunteers().subjects(done.email()).size());
    assertEquals(1, requester.mission(mission).path("filled").asInt());
    assertEquals(
        List.of("AFFECTED"),
        world
            .volunteers()
            .signIn(done.email())
            .get("/api/professionals/me/candidacies")
            .expect(200)
            .json()
            .findValuesAsText("status"));
    String mail = world.volunteers().mail(nurse.email(), "Annulation d'une mission de renfort");
    assertTrue(mail.contains(requester.email()), mail);
    MissionStore missions =
        new MissionStore(platform.environment(platform.variables("SweepHolds")));
    assertFalse(missions.find(mission).orElseThrow().toRelease(), "nothing is left to do");
  }

  private static Map<String, Object> days(LocalDate first, int more) {
    return Map.of(
        "start",
        first.toString(),
        "end",
        first.plusDays(more).toString(),
        "weekdays",
        true,
        "weekend",
        true);
  }

  @Test
  void whenATableGoesOutWithinABatchWhatWasDoneIsToldAndTheRestIsToBeAskedAgain() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms("count", 3));
    List<String> people = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Volunteer nurse = world.volunteer();
      requester.contact(mission, nurse.id()).expect(200);
      people.add(nurse.id());
    }
    String path = "/api/missions/" + mission + "/affectations";
    Api keyed = requester.api().with("Idempotency-Key", "affectations-" + mission);
    try (var _ = outageOfWritesWith("\"professionalId\":{\"S\":\"" + people.get(1) + "\"}")) {
      JsonNode results = keyed.post(path, Map.of("professionalIds", people)).expect(200).json();
      assertEquals(List.of("AFFECTED", "RETRY", "RETRY"), results.findValuesAsText("outcome"));
      requester
          .api()
          .post(path, Map.of("professionalIds", people.subList(1, 3)))
          .expect(503)
          .problem();
    }
    // what was not whole is not kept for its key
    JsonNode again = keyed.post(path, Map.of("professionalIds", people)).expect(200).json();
    assertEquals(List.of("AFFECTED", "AFFECTED", "AFFECTED"), again.findValuesAsText("outcome"));
    assertEquals(3, requester.mission(mission).path("filled").asInt());
  }

  private Faults.Injection outageOfWritesWith(String text) {
    return platform
        .faults()
        .inject(
            Service.TABLES,
            Fault.OUTAGE,
            call -> call.operation().equals("TransactWriteItems") && call.body().contains(text));
  }

  @Test
  void anAnswerThatCannotBeKeptForItsKeyIsRightAllTheSame() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    requester.contact(mission, nurse.id()).expect(200);
    Api keyed = requester.api().with("Idempotency-Key", "affectation-1");
    Map<String, Object> body = Map.of("professionalIds", List.of(nurse.id()));
    String path = "/api/missions/" + mission + "/affectations";
    try (var _ = outageOfWritesWith("DONE")) {
      assertEquals(
          "AFFECTED", keyed.post(path, body).expect(200).json().at("/results/0/outcome").asText());
    }
    assertEquals(
        "AFFECTED", keyed.post(path, body).expect(200).json().at("/results/0/outcome").asText());
    assertEquals(1, requester.mission(mission).path("filled").asInt());
  }

  @Test
  void r29_erasureFreesHoldAndPlacesAtOnceAndTellsTheRequesters() {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    String affected = affected(requester, nurse);
    Map<String, Object> after = world.terms();
    after.put("start", LocalDate.now(platform.clock()).plusDays(30).toString());
    after.put("end", LocalDate.now(platform.clock()).plusDays(31).toString());
    String held = requester.submit(after);
    requester.contact(held, nurse.id()).expect(200);
    int mails = world.volunteers().subjects(requester.email()).size();
    own.delete("/api/professionals/me").expect(204);
    assertEquals(mails + 2, world.volunteers().subjects(requester.email()).size());
    assertEquals(0, requester.mission(affected).path("filled").asInt());
    assertEquals("OPEN", requester.mission(affected).path("status").asText());
    assertEquals(0, requester.mission(held).path("held").asInt());
    requester.contact(held, nurse.id()).expect(404);
    own.get("/api/me").expect(401);
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").findValuesAsText("id");
  }
}
