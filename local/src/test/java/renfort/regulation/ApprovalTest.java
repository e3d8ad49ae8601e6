package renfort.regulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
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
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.reference.model.Identifiers;

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
    Account other = people.requester(people.at(finess, "Autre", "35400", "Saint-Malo"), false);
    Account wrong = people.requester(people.at(finess, "Faux nom", "35700", "Rennes"), false);

    JsonNode item =
        agency
            .put(path(finess), Map.of("approved", true, "emails", List.of(first.email())))
            .expect(200)
            .json();

    assertEquals(
        Map.of(first.email(), "APPROVED", other.email(), "PENDING", wrong.email(), "PENDING"),
        RegionalListsTest.statuses(item));
    for (Account each : List.of(other, wrong)) {
      Requester listed = people.establishments.requester(finess, each.accountId()).orElseThrow();
      assertEquals(right, listed.establishment(), "listed in its region under its name");
      assertEquals(RequesterStatus.PENDING, listed.status());
    }
    Api loire = people.as(people.agency("52"));
    loire.put(path(finess), Map.of("approved", true)).expect(404).problem();

    agency.put(path(finess), Map.of("approved", true)).expect(200);
    assertEquals(right, now(other).establishment());
    assertTrue(now(other).approved());
    assertEquals(right, people.establishments.find(finess).orElseThrow());
  }

  @Test
  void M6_R8_twoRegionsThatClaimANumberLeaveItToTheNationalLevel() {
    String finess = People.finess();
    Establishment right = people.inRennes(finess);
    Account here = people.requester(right, false);
    Account elsewhere = people.requester(people.at(finess, "Autre", "44000", "Nantes"), false);
    Api loire = people.as(people.agency("52"));
    Api national = people.as(people.national());

    for (Api each : List.of(agency, loire)) {
      JsonNode problem = each.put(path(finess), Map.of("approved", true)).expect(403).problem();
      assertTrue(problem.path("detail").asText().contains("le niveau national"));
    }
    JsonNode unsaid = national.put(path(finess), Map.of("approved", true)).expect(422).problem();
    assertEquals("emails", unsaid.at("/errors/0/field").asText());
    assertFalse(now(here).approved() || now(elsewhere).approved());
    // each sees its own claim, and that there is another one
    for (String region : List.of("53", "52")) {
      JsonNode item = listed(region, finess);
      Account own = region.equals("53") ? here : elsewhere;
      assertEquals(Map.of(own.email(), "PENDING"), RegionalListsTest.statuses(item));
      assertTrue(
          item.path("claimedElsewhere").asBoolean() && item.path("nationalDecides").asBoolean());
    }

    JsonNode item = national.put(path(finess), approve(here)).expect(200).json();
    assertEquals(
        Map.of(here.email(), "APPROVED", elsewhere.email(), "PENDING"),
        RegionalListsTest.statuses(item));
    assertEquals(right, people.establishments.find(finess).orElseThrow());
    // what is known is its agency's again; the other claim stays where it was made
    Account colleague = people.requester(people.inRennes(finess), false);
    agency.put(path(finess), approve(colleague)).expect(200);
    loire.put(path(finess), approve(elsewhere)).expect(403).problem();
    loire.put("/api/establishments/" + finess + "/limits", limits()).expect(404).problem();
    assertTrue(listed("53", finess).path("claimedElsewhere").asBoolean());
    assertFalse(listed("53", finess).has("nationalDecides"));
    assertEquals("Autre", listed("52", finess).path("name").asText());
    loire
        .put(path(finess), Map.of("approved", false, "emails", List.of(elsewhere.email())))
        .expect(200);
    assertFalse(listed("53", finess).has("claimedElsewhere"));
  }

  @Test
  void M6_R8_theNationalLevelGivesANumberToTheRegionThatItBelongsTo() {
    String finess = People.finess();
    Establishment wrong = people.at(finess, "Autre", "44000", "Nantes");
    Account squatter = people.requester(wrong, true);
    Account right = people.requester(people.inRennes(finess), false);
    Api national = people.as(people.national());
    Mission mission = people.mission(right, Status.OPEN);
    String sheet = "/api/missions/" + mission.missionId();
    people.as(squatter).get(sheet).expect(404).problem();
    assertEquals(
        "NO_REQUESTER",
        World.outcome(agency, "pushes", mission.missionId(), people.nurse()),
        "who is approved in another region receives nothing");

    agency.put(path(finess), approve(right)).expect(403).problem();
    national
        .put(path(finess), Map.of("approved", false, "emails", List.of(squatter.email())))
        .expect(200);
    national.put(path(finess), Map.of("approved", true)).expect(200);
    assertTrue(now(right).approved());
    assertEquals(right.establishment(), people.establishments.find(finess).orElseThrow());
    assertEquals(right.establishment(), now(right).establishment());
    people.as(right).get(sheet).expect(200);
    people.as(people.agency("52")).put(path(finess), approve(squatter)).expect(403).problem();
  }

  @Test
  void M6_R8_aNeedFromAnotherRegionKeepsItsClaimBesideAKnownEstablishment(
      LocalPlatform local, Api api) {
    World world = new World(local, api);
    String finess = number("99");
    World.Requester known = world.approved(finess);
    String email = "autre.region." + finess + "@exemple.org";
    Map<String, Object> need = world.need(email, finess, List.of(world.terms()));
    need.put(
        "establishment",
        Map.of(
            "finess", finess,
            "name", "Clinique de la Loire",
            "address", "1 quai de la Fosse",
            "postalCode", "44000",
            "city", "Nantes",
            "region", "52"));
    api.post("/api/needs", need).expect(202);
    world.volunteers().activate(email);
    JsonNode item = listed("52", finess);
    assertEquals("Clinique de la Loire", item.path("name").asText());
    assertEquals("UNKNOWN", item.path("finessMark").asText());
    assertTrue(item.path("nationalDecides").asBoolean());
    assertEquals(Map.of(email, "PENDING"), RegionalListsTest.statuses(item));
    assertEquals(
        Map.of(known.email(), "APPROVED"), RegionalListsTest.statuses(listed("53", finess)));
    // a mission that they submit is their region's, and nobody of the other one acts on it
    Api claimant = world.volunteers().signIn(email);
    String mission = new World.Requester(email, finess, claimant).submit(world.terms());
    known.api().get("/api/missions/" + mission).expect(404);
    assertTrue(
        People.each(
                People.all(people.as(people.agency("52")), "/api/regions/52/missions?limit=100"),
                "id")
            .contains(mission));
  }

  @Test
  void M6_R8_aNumberWhoseBeginningIsUnknownOrElsewhereIsMarked() {
    String unknown = number("99");
    people.requester(people.inRennes(unknown), false);
    assertEquals("UNKNOWN", listed("53", unknown).path("finessMark").asText());
    String elsewhere = number("44");
    people.requester(people.inRennes(elsewhere), false);
    assertEquals("OTHER_DEPARTEMENT", listed("53", elsewhere).path("finessMark").asText());
    String right = People.finess();
    people.requester(people.inRennes(right), false);
    assertFalse(listed("53", right).has("finessMark"));
  }

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A FINESS number with a beginning. */
  private static String number(String beginning) {
    String body = beginning + "177%03d".formatted(COUNT.incrementAndGet());
    for (int key = 0; key < 10; key++) {
      Optional<String> number = Identifiers.finess(body + key);
      if (number.isPresent()) {
        return number.get();
      }
    }
    throw new IllegalStateException("no key");
  }

  private JsonNode listed(String region, String finess) {
    return People.all(
            people.as(people.agency(region)),
            "/api/regions/" + region + "/establishments?limit=100")
        .stream()
        .filter(item -> item.path("finess").asText().equals(finess))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> approve(Account requester) {
    return Map.of("approved", true, "emails", List.of(requester.email()));
  }

  private static Map<String, Object> limits() {
    return Map.of("holds", 100, "contactsPerDay", 300);
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
