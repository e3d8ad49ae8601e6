package renfort.missions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    people.setPassword(email);

    Api me = people.signIn(email);
    assertEquals(40, People.all(me, "/api/missions?status=OPEN").size());

    // and once more, now that the requester is known
    api.post("/api/needs", need).expect(202);
    platform.awaitStreams();
    assertEquals(40, People.all(me, "/api/missions?status=DRAFT").size());
  }

  @Test
  void R8_anApprovalIsForAnAddressAndAFinessNumber() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    submit(email, ehpad);
    platform.awaitStreams();
    Api agency = people.as(people.agency("53"));
    agency
        .put("/api/establishments/" + ehpad.finess() + "/approval", Map.of("approved", true))
        .expect(200);
    assertTrue(people.establishments.find(ehpad.finess()).isEmpty(), "nobody has proved it");
    submit(email, ehpad);
    submit(email, people.inRennes(People.finess()));

    Account second = people.unproved(email).get(1);
    people.setPassword(second);

    assertEquals(second.accountId(), people.account(email).accountId());
    assertTrue(people.account(email).approved(), "what the agency decided stays");
    assertEquals(ehpad, people.establishments.find(ehpad.finess()).orElseThrow());
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
  void nothingIsStoredWhileTheInboxIsOut() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    try (Injection _ = platform.faults().failTable(platform.tableName("InboxTable"))) {
      api.post("/api/needs", people.need(email, ehpad)).expect(503).problem();
    }
    assertTrue(people.unproved(email).isEmpty());
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
