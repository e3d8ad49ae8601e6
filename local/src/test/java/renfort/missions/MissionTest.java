package renfort.missions;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.journal.Journal.Subject;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.Faults.Call;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;

/** Missions of a requester who is signed in (R9, R10, R11, R20). */
@ExtendWith(PlatformExtension.class)
class MissionTest {
  private LocalPlatform platform;
  private Api api;
  private People people;
  private Account requester;
  private Api me;

  @BeforeEach
  void people(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    people = new People(platform, api);
    requester = people.requester(people.inRennes(People.finess()), true);
    me = people.as(requester);
  }

  private static String path(Mission mission) {
    return "/api/missions/" + mission.missionId();
  }

  private String status(Mission mission) {
    return me.get(path(mission)).expect(200).json().path("status").asText();
  }

  @Test
  void R9_missionsAreOfTheAccountsEstablishmentAndOpenAtOnce() {
    Map<String, Object> second = people.terms();
    second.put("speciality", "SI07");
    JsonNode made =
        me.post("/api/missions", Map.of("missions", List.of(people.terms(), second)))
            .expect(201)
            .json()
            .path("missions");

    assertEquals(2, made.size());
    JsonNode mission = made.path(1);
    assertEquals(
        List.of(
            "id",
            "start",
            "end",
            "profession",
            "speciality",
            "count",
            "vehicle",
            "weekend",
            "nursingHome",
            "intensiveCare",
            "filled",
            "held",
            "pushed",
            "status",
            "priority",
            "finess",
            "establishment",
            "city",
            "createdAt"),
        names(mission));
    assertEquals("OPEN", mission.path("status").asText());
    assertEquals(3, mission.path("priority").asInt());
    assertEquals(requester.finess().orElseThrow(), mission.path("finess").asText());
    String id = mission.path("id").asText();
    assertEquals(mission, me.get("/api/missions/" + id).expect(200).json());
    assertEquals(List.of("MISSION_CREATED"), people.journal(Subject.mission(id)));
    me.post("/api/missions", people.need(requester.email(), people.inRennes(People.finess())))
        .expect(422)
        .problem();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void oneEffectPerIdempotencyKey() {
    Api once = me.with("Idempotency-Key", "m-1");
    Map<String, Object> body = Map.of("missions", List.of(people.terms()));
    JsonNode first = once.post("/api/missions", body).expect(201).json();
    assertEquals(first, once.post("/api/missions", body).expect(201).json());
    assertEquals(1, people.ofFiness(requester.finess().orElseThrow()).size());
    once.post("/api/missions", Map.of("missions", List.of(people.terms(), people.terms())))
        .expect(422);
  }

  @Test
  void R10_theListIsPagedByStartWithoutTheCancelled() {
    List<String> ids = new ArrayList<>();
    for (int day : new int[] {5, 2, 4, 1, 3}) {
      ids.add(
          people
              .mission(
                  requester, Status.OPEN, people.today().plusDays(day), people.today().plusDays(9))
              .missionId());
    }
    people.save(people.stored(ids.get(2)).cancelled());
    List<String> byStart = List.of(ids.get(3), ids.get(1), ids.get(4), ids.get(0));

    assertEquals(byStart, People.each(People.all(me, "/api/missions?limit=2"), "id"));
    assertEquals(
        List.of(ids.get(2)), People.each(People.all(me, "/api/missions?status=CANCELLED"), "id"));
    assertEquals(List.of(), People.all(me, "/api/missions?status=FILLED"));
    JsonNode page = me.get("/api/missions?limit=2").expect(200).json();
    assertEquals(2, page.path("items").size());
    String next = page.path("next").asText();
    me.get("/api/missions?status=OPEN&cursor=" + next).expect(422).problem();
    me.get("/api/missions?status=NONE").expect(422).problem();
    me.get("/api/missions?limit=0").expect(422).problem();
  }

  @Test
  void R10_editedWhileNobodyIsAffectedOrHeld() {
    Mission mission = people.mission(requester, Status.OPEN);
    Map<String, Object> terms = people.terms();
    terms.put("count", 7);
    terms.put("speciality", "SI07");

    JsonNode edited = me.put(path(mission), terms).expect(200).json();
    assertEquals(7, edited.path("count").asInt());
    assertEquals("SI07", edited.path("speciality").asText());
    assertEquals(List.of("MISSION_EDITED"), people.journal(Subject.mission(mission.missionId())));

    Mission held =
        people
            .stored(mission.missionId())
            .holding("a", people.now().plusSeconds(3600))
            .holding("b", people.now().minusSeconds(1));
    people.save(held);
    Answer refused = me.put(path(mission), people.terms()).expect(409);
    assertEquals("people-affected", refused.problemType());
    assertEquals(0, refused.json().path("affected").asInt(-1));
    assertEquals(1, refused.json().path("held").asInt(-1));
    people.save(people.stored(mission.missionId()).affecting("a"));
    refused = me.put(path(mission), people.terms()).expect(409);
    assertEquals(1, refused.json().path("affected").asInt(-1));
    assertEquals(0, refused.json().path("held").asInt(-1));
    assertEquals(7, people.stored(mission.missionId()).terms().count());
  }

  @Test
  void R10_aPastEndIsNotTaken() {
    Mission mission = people.mission(requester, Status.OPEN);
    Map<String, Object> terms = people.terms();
    terms.put("start", people.today().minusDays(2).toString());
    terms.put("end", people.today().minusDays(1).toString());
    JsonNode problem = me.put(path(mission), terms).expect(422).problem();
    assertEquals(List.of("start", "end"), problem.path("errors").findValuesAsText("field"));
    terms.put("start", people.today().toString());
    terms.put("end", people.today().toString());
    me.put(path(mission), terms).expect(200);
  }

  @Test
  void R10_aMissionBeginsTodayOrLaterAndEndsWithinTwoYears() {
    LocalDate today = people.today();
    Mission mission = people.mission(requester, Status.OPEN);
    for (Map<String, Object> wrong :
        List.of(
            dates(today.minusDays(1), today.plusDays(1)),
            dates(today, today.plusYears(2).plusDays(1)),
            dates(today, LocalDate.of(2099, 12, 31)))) {
      me.post("/api/missions", Map.of("missions", List.of(wrong))).expect(422);
      me.put(path(mission), wrong).expect(422);
    }
    Map<String, Object> longest = dates(today, today.plusYears(2));
    me.post("/api/missions", Map.of("missions", List.of(longest))).expect(201);
    me.put(path(mission), longest).expect(200);
  }

  @Test
  void R10_aMissionThatHasBegunIsEditedWithTheStartItHas() {
    Mission mission = people.mission(requester, Status.OPEN);
    LocalDate begun = mission.terms().start();
    platform.advance(Duration.ofDays(2));
    Api again = people.signIn(requester.email());
    Map<String, Object> terms = dates(begun, begun.plusDays(20));
    assertTrue(begun.isBefore(people.today()));
    again.put(path(mission), terms).expect(200);
    again.put(path(mission), dates(begun.minusDays(1), begun.plusDays(20))).expect(422);
    again.post("/api/missions", Map.of("missions", List.of(terms))).expect(422);
  }

  private Map<String, Object> dates(LocalDate start, LocalDate end) {
    Map<String, Object> terms = people.terms();
    terms.put("start", start.toString());
    terms.put("end", end.toString());
    return terms;
  }

  @Test
  void R11_anotherEstablishmentsMissionDoesNotExist() {
    Mission mission = people.mission(requester, Status.OPEN);
    Api stranger = people.as(people.requester(people.inRennes(People.finess()), true));

    stranger.get(path(mission)).expect(404).problem();
    stranger.put(path(mission), people.terms()).expect(404).problem();
    stranger.delete(path(mission)).expect(404).problem();
    stranger.post(path(mission) + "/confirmation").expect(404).problem();
    stranger.put(path(mission) + "/status", Map.of("status", "FILLED")).expect(404).problem();
    assertEquals(List.of(), People.all(stranger, "/api/missions"));
    stranger.get("/api/missions/" + "x".repeat(20)).expect(404).problem();
    stranger.get("/api/missions/nothing").expect(404).problem();
  }

  @Test
  void R11_oneWhoIsNotApprovedActsOnTheirOwnSubmissionsOnly() {
    Establishment own = requireNonNull(requester.establishment());
    Account colleague = people.requester(own, false);
    Api them = people.as(colleague);
    Mission mine = people.mission(requester, Status.OPEN);
    Mission theirs = people.mission(colleague, Status.OPEN);

    assertEquals(List.of(theirs.missionId()), People.each(People.all(them, "/api/missions"), "id"));
    them.get(path(theirs)).expect(200);
    them.put(path(theirs), people.terms()).expect(200);
    them.get(path(mine)).expect(404).problem();
    them.delete(path(mine)).expect(404).problem();
    assertEquals(2, People.all(me, "/api/missions").size());
    me.get(path(theirs)).expect(200);

    // withdrawn, with the same token
    people
        .as(people.agency("53"))
        .put(
            "/api/establishments/" + own.finess() + "/approval",
            Map.of("approved", false, "emails", List.of(requester.email())))
        .expect(200);
    me.get(path(theirs)).expect(404).problem();
    me.get(path(mine)).expect(200);
  }

  @Test
  void otherRolesAreRefused() {
    Mission mission = people.mission(requester, Status.OPEN);
    Api agency = people.as(people.agency("53"));
    agency.get("/api/missions").expect(403).problem();
    agency.get(path(mission)).expect(403).problem();
    agency.delete(path(mission)).expect(403).problem();
    agency.post("/api/missions", Map.of("missions", List.of(people.terms()))).expect(403);
    api.get(path(mission)).expect(401);
  }

  @Test
  void R20_filledByHandAndOpenAgain() {
    Mission mission = people.mission(requester, Status.OPEN);
    String status = path(mission) + "/status";

    assertEquals(
        "FILLED",
        me.put(status, Map.of("status", "FILLED")).expect(200).json().path("status").asText());
    assertTrue(people.stored(mission.missionId()).byHand());
    me.put(status, Map.of("status", "FILLED")).expect(200);
    assertEquals(
        "OPEN",
        me.put(status, Map.of("status", "OPEN")).expect(200).json().path("status").asText());
    assertFalse(people.stored(mission.missionId()).byHand());
    assertEquals(
        List.of("MISSION_FILLED", "MISSION_REOPENED"),
        people.journal(Subject.mission(mission.missionId())));
    me.put(status, Map.of("status", "CANCELLED")).expect(422).problem();

    people.save(people.stored(mission.missionId()).affecting("a").affecting("b"));
    assertEquals("full", me.put(status, Map.of("status", "OPEN")).expect(409).problemType());
    Mission draft = people.mission(requester, Status.DRAFT);
    assertEquals(
        "ended",
        me.put(path(draft) + "/status", Map.of("status", "FILLED")).expect(409).problemType());
  }

  private void contact(Mission mission, String professionalId) {
    me.post(path(mission) + "/candidates/" + professionalId + "/contact").expect(200);
  }

  private void affect(Mission mission, String professionalId) {
    contact(mission, professionalId);
    JsonNode results =
        me.post(path(mission) + "/affectations", Map.of("professionalIds", List.of(professionalId)))
            .expect(200)
            .json();
    assertEquals("AFFECTED", results.at("/results/0/outcome").asText());
  }

  @Test
  void R20_fillingFreesTheHoldsAndKeepsThePeopleAffected() {
    Mission mission = people.mission(requester, Status.OPEN);
    affect(mission, people.nurse());
    contact(mission, people.nurse());
    assertEquals(1, me.get(path(mission)).expect(200).json().path("held").asInt());

    me.put(path(mission) + "/status", Map.of("status", "FILLED")).expect(200);
    platform.awaitStreams();
    JsonNode filled = me.get(path(mission)).expect(200).json();
    assertEquals(0, filled.path("held").asInt());
    assertEquals(1, filled.path("filled").asInt());
    assertFalse(people.stored(mission.missionId()).toRelease());
  }

  @Test
  void R20_cancelledOnceTheNumberOfPeopleIsConfirmed() {
    Mission mission = people.mission(requester, Status.OPEN);
    affect(mission, people.nurse());

    Answer refused = me.delete(path(mission)).expect(409);
    assertEquals("people-affected", refused.problemType());
    assertEquals(1, refused.json().path("affected").asInt(-1));
    me.delete(path(mission) + "?confirmAffected=2").expect(409);
    me.delete(path(mission) + "?confirmAffected=-1").expect(422).problem();
    me.delete(path(mission) + "?confirmAffected=some").expect(422).problem();
    assertEquals("OPEN", status(mission));
    me.delete(path(mission) + "?confirmAffected=1").expect(204);
    assertEquals("CANCELLED", status(mission));
    me.delete(path(mission)).expect(204);
    assertEquals("ended", me.put(path(mission), people.terms()).expect(409).problemType());
    assertEquals(
        List.of("MISSION_CANCELLED"), people.journal(Subject.mission(mission.missionId())));
    platform.awaitStreams();
    assertEquals(0, people.stored(mission.missionId()).filled(), "people are freed");
  }

  @Test
  void R20_aDraftIsThrownAway() {
    Mission draft = people.mission(requester, Status.DRAFT);
    me.delete(path(draft)).expect(204);
    me.get(path(draft)).expect(404);
    assertTrue(people.missions.find(draft.missionId()).isEmpty());
  }

  @Test
  void R20_aMissionEndsTheDayAfterItsLast() {
    Mission mission =
        people.mission(requester, Status.OPEN, people.today(), people.today().plusDays(1));
    contact(mission, people.nurse());
    platform.advance(Duration.ofDays(2));
    me = people.signIn(requester.email());

    assertEquals("ENDED", status(mission), "not swept yet");
    assertEquals(Status.OPEN, people.stored(mission.missionId()).status());
    assertEquals("ended", me.put(path(mission), people.terms()).expect(409).problemType());
    assertEquals("ended", me.delete(path(mission)).expect(409).problemType());
    assertEquals(
        "ended",
        me.put(path(mission) + "/status", Map.of("status", "FILLED")).expect(409).problemType());
    assertEquals(
        List.of(mission.missionId()),
        People.each(People.all(me, "/api/missions?status=ENDED"), "id"));

    platform.runSchedule("SweepDays");
    assertEquals(Status.ENDED, people.stored(mission.missionId()).status());
    platform.runSchedule("SweepDays");
    assertEquals(List.of("MISSION_ENDED"), people.journal(Subject.mission(mission.missionId())));
    platform.awaitStreams();
    assertEquals(Map.of(), people.stored(mission.missionId()).holds());
  }

  @Test
  void aChangeIsTriedAgainWhileOthersAreAtWorkAndAnsweredAsALostRaceInTheEnd() {
    Mission mission = people.mission(requester, Status.OPEN);
    AtomicInteger calls = new AtomicInteger();
    try (Injection others = conflicts(call -> calls.incrementAndGet() <= 3)) {
      me.put(path(mission) + "/status", Map.of("status", "FILLED")).expect(200);
      assertEquals(3, others.hits());
    }
    Map<String, Object> terms = people.terms();
    terms.put("count", 9);
    try (Injection _ = conflicts(call -> true)) {
      assertEquals("retry", me.put(path(mission), terms).expect(409).problemType());
      assertEquals("retry", me.delete(path(mission)).expect(409).problemType());
    }
    assertEquals(2, people.stored(mission.missionId()).terms().count());
  }

  private Injection conflicts(Predicate<Call> when) {
    return platform
        .faults()
        .inject(
            Service.TABLES,
            Fault.CONFLICT,
            call -> call.operation().equals("TransactWriteItems") && when.test(call));
  }
}
