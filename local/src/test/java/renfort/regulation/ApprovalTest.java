package renfort.regulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import renfort.local.Faults.Injection;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.People;

/** Requesters are approved, theirs and not the FINESS number's (R11). */
@ExtendWith(PlatformExtension.class)
class ApprovalTest {
  private LocalPlatform platform;
  private People people;
  private Api agency;

  @BeforeEach
  void people(LocalPlatform platform, Api api) {
    this.platform = platform;
    people = new People(platform, api);
    agency = people.as(people.agency("53"));
  }

  private static String path(String finess) {
    return "/api/establishments/" + finess + "/approval";
  }

  private Account now(Account account) {
    return people.account(account.email());
  }

  @Test
  void R11_approvingStoresTheEstablishmentAndTellsTheRequester() {
    Account requester = people.requester(people.inRennes(People.finess()), false);
    String finess = requester.finess().orElseThrow();

    JsonNode item = agency.put(path(finess), Map.of("approved", true)).expect(200).json();

    assertEquals(
        List.of("finess", "name", "address", "postalCode", "city", "requesters"),
        RegionalListsTest.names(item));
    assertEquals(Map.of(requester.email(), "APPROVED"), RegionalListsTest.statuses(item));
    assertTrue(now(requester).approved());
    assertEquals(requester.establishment(), people.establishments.find(finess).orElseThrow());
    assertEquals(List.of("ESTABLISHMENT_APPROVED"), people.mails(requester.accountId()));
    assertEquals(
        List.of("REQUESTER_APPROVED"), people.journal(Subject.account(requester.accountId())));

    // again: nothing new
    agency.put(path(finess), Map.of("approved", true)).expect(200);
    agency
        .put(path(finess), Map.of("approved", true, "emails", List.of(requester.email())))
        .expect(200);
    assertEquals(List.of("ESTABLISHMENT_APPROVED"), people.mails(requester.accountId()));
  }

  @Test
  void R8_theFirstApprovalDecidesWhatTheEstablishmentIs() {
    String finess = People.finess();
    Establishment right = people.inRennes(finess);
    Account first = people.requester(right, false);
    Account elsewhere = people.requester(people.at(finess, "Autre", "44000", "Nantes"), false);
    Account wrong = people.requester(people.at(finess, "Faux nom", "35700", "Rennes"), false);

    JsonNode item =
        agency
            .put(path(finess), Map.of("approved", true, "emails", List.of(first.email())))
            .expect(200)
            .json();

    assertEquals(
        Map.of(first.email(), "APPROVED", elsewhere.email(), "PENDING", wrong.email(), "PENDING"),
        RegionalListsTest.statuses(item));
    for (Account other : List.of(elsewhere, wrong)) {
      Requester listed = people.establishments.requester(finess, other.accountId()).orElseThrow();
      assertEquals(right, listed.establishment(), "listed in its region under its name");
      assertEquals(RequesterStatus.PENDING, listed.status());
    }
    Api loire = people.as(people.agency("52"));
    loire.put(path(finess), Map.of("approved", true)).expect(404).problem();

    agency.put(path(finess), Map.of("approved", true)).expect(200);
    assertEquals(right, now(elsewhere).establishment());
    assertTrue(now(elsewhere).approved());
    assertEquals(right, people.establishments.find(finess).orElseThrow());
  }

  @Test
  void R11_anAgencyDecidesOnThoseOfItsRegionOnly() {
    String finess = People.finess();
    Account here = people.requester(people.inRennes(finess), false);
    Account elsewhere = people.requester(people.at(finess, "Autre", "44000", "Nantes"), false);

    JsonNode problem =
        agency
            .put(path(finess), Map.of("approved", true, "emails", List.of(elsewhere.email())))
            .expect(422)
            .problem();
    assertEquals("emails[0]", problem.at("/errors/0/field").asText());
    people
        .as(people.agency("94"))
        .put(path(finess), Map.of("approved", true))
        .expect(404)
        .problem();
    assertFalse(now(here).approved());
    people
        .as(people.national())
        .put(path(finess), Map.of("approved", true, "emails", List.of(elsewhere.email())))
        .expect(200);
    assertTrue(now(elsewhere).approved());
  }

  @Test
  void R11_withdrawingCutsAccessAtOnce() {
    Account requester = people.requester(people.inRennes(People.finess()), true);
    String finess = requester.finess().orElseThrow();
    Account colleague = people.requester(people.inRennes(finess), true);
    Api them = people.as(requester);
    assertTrue(them.get("/api/me").expect(200).json().at("/establishment/approved").asBoolean());

    JsonNode problem = agency.put(path(finess), Map.of("approved", false)).expect(422).problem();
    assertEquals("emails", problem.at("/errors/0/field").asText());
    JsonNode item =
        agency
            .put(
                path(finess),
                Map.of(
                    "approved",
                    false,
                    "emails",
                    List.of(requester.email().toUpperCase(java.util.Locale.ROOT))))
            .expect(200)
            .json();

    assertEquals(
        Map.of(requester.email(), "REFUSED", colleague.email(), "APPROVED"),
        RegionalListsTest.statuses(item));
    assertFalse(
        them.get("/api/me").expect(200).json().at("/establishment/approved").asBoolean(true));
    assertTrue(now(colleague).approved());
    assertEquals(
        List.of("REQUESTER_REFUSED"), people.journal(Subject.account(requester.accountId())));
    assertEquals(List.of(), people.mails(requester.accountId()));

    // not among the pending ones, but approved again by name
    agency.put(path(finess), Map.of("approved", true)).expect(200);
    assertFalse(now(requester).approved());
    agency
        .put(path(finess), Map.of("approved", true, "emails", List.of(requester.email())))
        .expect(200);
    assertTrue(now(requester).approved());
  }

  @Test
  void aCallTakesTheTwentyThatWaitLongest() {
    String finess = People.finess();
    List<Account> waiting = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      waiting.add(people.requester(people.inRennes(finess), false));
      platform.advance(java.time.Duration.ofSeconds(1));
    }
    agency.put(path(finess), Map.of("approved", true)).expect(200);
    assertEquals(20, waiting.stream().filter(one -> now(one).approved()).count());
    assertFalse(now(waiting.getLast()).approved());
    agency.put(path(finess), Map.of("approved", true)).expect(200);
    assertTrue(now(waiting.getLast()).approved());
  }

  @Test
  void unknownAddressesAndNumbersAreTold() {
    Account requester = people.requester(people.inRennes(People.finess()), false);
    String finess = requester.finess().orElseThrow();
    JsonNode problem =
        agency
            .put(
                path(finess),
                Map.of(
                    "approved", true, "emails", List.of(requester.email(), "personne@exemple.org")))
            .expect(422)
            .problem();
    assertEquals(1, problem.path("errors").size());
    assertEquals("emails[1]", problem.at("/errors/0/field").asText());
    assertFalse(now(requester).approved(), "all or none");
    agency.put(path(People.finess()), Map.of("approved", true)).expect(404).problem();
    agency.put(path("350000015"), Map.of("approved", true)).expect(404).problem();
    agency.put(path(finess), Map.of("emails", List.of(requester.email()))).expect(422).problem();
    people.as(requester).put(path(finess), Map.of("approved", true)).expect(403).problem();
  }

  @Test
  void anApprovalIsWholeOrNothing() {
    Account requester = people.requester(people.inRennes(People.finess()), false);
    String finess = requester.finess().orElseThrow();
    try (Injection _ = platform.faults().failTable(platform.tableName("OutboxTable"))) {
      agency.put(path(finess), Map.of("approved", true)).expect(503).problem();
    }
    assertFalse(now(requester).approved());
    assertTrue(people.establishments.find(finess).isEmpty());
    agency.put(path(finess), Map.of("approved", true)).expect(200);
    assertTrue(now(requester).approved());
  }
}
