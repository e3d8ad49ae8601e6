package renfort.missions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.journal.Journal.Subject;
import renfort.local.Api;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;

/** Needs without an account (R8). */
@ExtendWith(PlatformExtension.class)
class NeedTest {
  private LocalPlatform platform;
  private Api api;
  private People people;

  @BeforeEach
  void people(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    people = new People(platform, api);
  }

  private void submit(String email, Establishment establishment) {
    assertEquals(
        "{}", api.post("/api/needs", people.need(email, establishment)).expect(202).text());
  }

  @Test
  void R8_theMissionsOfANewAddressOpenWithTheFirstPassword() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());

    submit(email.toUpperCase(java.util.Locale.ROOT), ehpad);

    Account account = people.account(email);
    assertFalse(account.isConfirmed());
    assertFalse(account.approved());
    assertEquals(ehpad, account.establishment());
    assertEquals("+33199001234", account.phone());
    Requester requester =
        people.establishments.requester(ehpad.finess(), account.accountId()).orElseThrow();
    assertEquals(RequesterStatus.PENDING, requester.status());
    Mission draft = people.ofFiness(ehpad.finess()).getFirst();
    assertEquals(Status.DRAFT, draft.status());
    assertEquals(List.of("ACTIVATION"), people.mails(account.accountId()));
    assertEquals(List.of("NEED_SUBMITTED"), people.journal(Subject.account(account.accountId())));
    assertEquals(List.of("MISSION_CREATED"), people.journal(Subject.mission(draft.missionId())));
    assertTrue(people.establishments.find(ehpad.finess()).isEmpty(), "stored with its approval");

    people.setPassword(email);

    JsonNode mission =
        people.signIn(email).get("/api/missions").expect(200).json().path("items").path(0);
    assertEquals("OPEN", mission.path("status").asText());
    assertEquals(draft.missionId(), mission.path("id").asText());
    assertEquals(ehpad.name(), mission.path("establishment").asText());
    assertEquals(
        List.of("MISSION_CREATED", "MISSION_OPENED"),
        people.journal(Subject.mission(draft.missionId())));
  }

  @Test
  void R8_allSubmissionsForOneFinessOpenTogether() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    Map<String, Object> need = people.need(email, ehpad);
    need.put("missions", List.of(people.terms(), people.terms(), people.terms()));
    api.post("/api/needs", need).expect(202);
    submit(email, ehpad);

    people.setPassword(email);

    assertEquals(
        List.of("OPEN", "OPEN", "OPEN", "OPEN"),
        People.each(People.all(people.signIn(email), "/api/missions"), "status"));
  }

  @Test
  void R8_aNeedOfFortyMissionsIsStoredWhole() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    Map<String, Object> need = people.need(email, ehpad);
    List<Object> forty = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      forty.add(people.terms());
    }
    need.put("missions", forty);
    api.post("/api/needs", need).expect(202);
    // and once more, now that the requester is known
    api.post("/api/needs", need).expect(202);

    people.setPassword(email);

    assertEquals(80, People.all(people.signIn(email), "/api/missions?status=OPEN").size());
  }

  @Test
  void R8_oneWhoNeverSetAPasswordIsANewAddressAgain() {
    String email = People.address();
    Establishment first = people.inRennes(People.finess());
    Establishment last = people.at(People.finess(), "Clinique des Ajoncs", "35700", "Rennes");
    submit(email, first);
    String accountId = people.account(email).accountId();
    String dying = people.ofFiness(first.finess()).getFirst().missionId();
    Map<String, Object> again = people.need(email, last);
    again.put(
        "requester",
        Map.of(
            "lastName",
            "Le Roux",
            "firstName",
            "Camille",
            "email",
            email,
            "phone",
            "+262262901234"));
    api.post("/api/needs", again).expect(202);

    Account account = people.account(email);
    assertEquals(accountId, account.accountId());
    assertEquals(last, account.establishment());
    assertEquals("Le Roux", account.lastName());
    assertEquals("+262262901234", account.phone());
    assertTrue(people.establishments.requester(first.finess(), accountId).isEmpty());
    assertEquals(
        "Le Roux",
        people.establishments.requester(last.finess(), accountId).orElseThrow().lastName());
    assertEquals(List.of("ACTIVATION", "ACTIVATION"), people.mails(accountId));

    people.setPassword(email);

    Api me = people.signIn(email);
    List<JsonNode> missions = People.all(me, "/api/missions");
    assertEquals(List.of(last.finess()), People.each(missions, "finess"));
    assertEquals(List.of("OPEN"), People.each(missions, "status"));
    assertEquals(Status.DRAFT, people.stored(dying).status());
    me.get("/api/missions/" + dying).expect(404).problem();
    me.post("/api/missions/" + dying + "/confirmation").expect(404).problem();
  }

  @Test
  void R8_anApprovalIsForOneFinessNumber() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    submit(email, ehpad);
    Api agency = people.as(people.agency("53"));
    agency
        .put("/api/establishments/" + ehpad.finess() + "/approval", Map.of("approved", true))
        .expect(200);
    submit(email, ehpad);
    assertTrue(people.account(email).approved(), "what the agency decided stays");

    submit(email, people.inRennes(People.finess()));
    assertFalse(people.account(email).approved());
  }

  @Test
  void R8_theDraftsOfAKnownRequesterJoinTheirOwnEstablishmentUntilConfirmed() {
    Account requester = people.requester(people.inRennes(People.finess()), true);
    people.as(requester);
    Establishment other = people.at(People.finess(), "Clinique", "35700", "Rennes");

    submit(requester.email(), other);

    assertEquals(requester.establishment(), people.account(requester.email()).establishment());
    assertTrue(people.ofFiness(other.finess()).isEmpty());
    String finess = requester.finess().orElseThrow();
    Mission draft = people.ofFiness(finess).getFirst();
    assertEquals(Status.DRAFT, draft.status());
    assertEquals(requester.establishment(), draft.establishment());
    assertEquals(List.of("DRAFTS_TO_CONFIRM"), people.mails(requester.accountId()));

    people.setPassword(requester.email());
    assertEquals(Status.DRAFT, people.stored(draft.missionId()).status(), "confirmed by hand only");

    Api again = people.signIn(requester.email());
    String confirmation = "/api/missions/" + draft.missionId() + "/confirmation";
    assertEquals("OPEN", again.post(confirmation).expect(200).json().path("status").asText());
    assertEquals("OPEN", again.post(confirmation).expect(200).json().path("status").asText());
    assertEquals(
        List.of("MISSION_CREATED", "MISSION_OPENED"),
        people.journal(Subject.mission(draft.missionId())));
  }

  @Test
  void R8_nothingIsStoredForAnAddressOfAnotherRole() {
    Account agency = people.agency("53");
    Establishment ehpad = people.inRennes(People.finess());

    submit(agency.email(), ehpad);

    assertEquals(agency, people.account(agency.email()));
    assertTrue(people.ofFiness(ehpad.finess()).isEmpty());
    assertTrue(people.establishments.known(ehpad.finess(), 0).requesters().isEmpty());
    assertEquals(List.of("OTHER_ROLE"), people.mails(agency.accountId()));
    assertEquals(List.of(), people.journal(Subject.account(agency.accountId())));
  }

  @Test
  void R8_aPublicFormNeverChangesAKnownEstablishment() {
    Account approved = people.requester(people.inRennes(People.finess()), true);
    String finess = approved.finess().orElseThrow();
    String email = People.address();

    submit(email, people.at(finess, "Un autre nom", "35300", "Fougères"));

    Account account = people.account(email);
    assertEquals(approved.establishment(), account.establishment());
    assertEquals(
        approved.establishment(),
        people.establishments.requester(finess, account.accountId()).orElseThrow().establishment());
    assertEquals(approved.establishment(), people.ofFiness(finess).getFirst().establishment());
    assertEquals(approved.establishment(), people.establishments.find(finess).orElseThrow());
  }

  @Test
  void R8_draftsDieAfterSevenDays() {
    Account requester = people.requester(people.inRennes(People.finess()), true);
    Mission draft = people.mission(requester, Status.DRAFT);
    String path = "/api/missions/" + draft.missionId();
    platform.advance(Duration.ofDays(7).minusMinutes(10));
    Api me = people.as(requester);
    me.get(path).expect(200);
    platform.runSchedule("SweepDays");
    me.get(path).expect(200);

    platform.advance(Duration.ofMinutes(10));
    me.get(path).expect(404).problem();
    me.post(path + "/confirmation").expect(404).problem();
    assertEquals(List.of(), People.all(me, "/api/missions"));
    platform.runSchedule("SweepDays");
    assertTrue(people.missions.find(draft.missionId()).isEmpty());
    assertEquals(List.of("DRAFT_EXPIRED"), people.journal(Subject.mission(draft.missionId())));
    platform.runSchedule("SweepDays");
  }

  @Test
  void R1_aKnownAndAnUnknownAddressAndOneOfAnotherRoleTakeTheSameWork() {
    Map<String, Map<String, Long>> work = new HashMap<>();
    Establishment ehpad = people.inRennes(People.finess());
    Account known = people.requester(people.inRennes(People.finess()), true);
    Account agency = people.agency("53");
    String pending = People.address();
    submit(pending, ehpad);
    for (String email : List.of(People.address(), known.email(), agency.email(), pending)) {
      platform.awaitStreams();
      Map<String, Long> calls = new ConcurrentHashMap<>();
      // the mail's worker is kept from beginning, so that only the request's own calls are counted
      String outbox = platform.tableName("OutboxTable");
      Injection counting =
          platform
              .faults()
              .inject(
                  Service.TABLES,
                  Fault.OUTAGE,
                  call -> {
                    boolean worker = call.operation().equals("GetItem") && call.names(outbox);
                    if (!worker && call.operation().matches("GetItem|BatchGetItem|Transact.*")) {
                      // the writes of a transaction are counted, too
                      int tables = call.body().split("\"TableName\"", -1).length - 1;
                      calls.merge(call.operation() + " " + tables, 1L, Long::sum);
                    }
                    return worker;
                  });
      submit(email, ehpad);
      counting.close();
      assertFalse(calls.isEmpty());
      work.put(email, calls);
    }
    assertEquals(1, work.values().stream().distinct().count(), work.toString());
  }

  @Test
  void R27_eachNeedPostsItsMailHoweverManyThereAre() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    for (int i = 0; i < 11; i++) {
      submit(email, ehpad);
    }
    assertEquals(11, people.mails(people.account(email).accountId()).size());
    assertEquals(11, people.ofFiness(ehpad.finess()).size());
  }

  @Test
  void oneEffectPerIdempotencyKey() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    Map<String, Object> need = people.need(email, ehpad);
    Api once = api.with("Idempotency-Key", "need-" + email);
    once.post("/api/needs", need).expect(202);
    assertEquals("{}", once.post("/api/needs", need).expect(202).text());
    assertEquals(1, people.ofFiness(ehpad.finess()).size());
    assertEquals(1, people.mails(people.account(email).accountId()).size());
  }

  @Test
  void oneEffectThoughNothingTellsThatItIsThere() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    Map<String, Object> need = people.need(email, ehpad);
    Api once = api.with("Idempotency-Key", "need-" + email);
    try (Injection _ =
        platform
            .faults()
            .inject(
                Service.TABLES,
                Fault.LOST_ANSWER,
                call -> call.operation().equals("TransactWriteItems"))) {
      once.post("/api/needs", need).expect(503);
    }
    once.post("/api/needs", need).expect(202);
    assertEquals(1, people.ofFiness(ehpad.finess()).size());
  }

  @Test
  void nothingIsStoredDuringAnOutage() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    try (Injection _ = platform.faults().failTable(platform.tableName("OutboxTable"))) {
      api.post("/api/needs", people.need(email, ehpad)).expect(503).problem();
    }
    assertTrue(people.accounts.findByEmail(email).isEmpty());
    assertTrue(people.ofFiness(ehpad.finess()).isEmpty());
    submit(email, ehpad);
  }

  @Test
  void aDraftWhoseEndIsPastIsNotConfirmed() {
    Account requester = people.requester(people.inRennes(People.finess()), false);
    Mission draft =
        people.mission(requester, Status.DRAFT, people.today().minusDays(3), people.today());
    people.as(requester);
    platform.advance(Duration.ofDays(1));
    assertEquals(
        "ended",
        people
            .signIn(requester.email())
            .post("/api/missions/" + draft.missionId() + "/confirmation")
            .expect(409)
            .problemType());
  }
}
