package renfort.regulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.journal.Journal.Subject;
import renfort.local.Api;
import renfort.local.Faults.Injection;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.People;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.pool.PoolStore;
import renfort.pool.model.Availability;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;
import renfort.storage.Item;
import renfort.storage.Writes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an agency sees of its region (R24, R25). */
@ExtendWith(PlatformExtension.class)
class RegionalListsTest {
  private static final String CORSE = "/api/regions/94";

  private LocalPlatform platform;
  private Api api;
  private People people;
  private Api agency;

  @BeforeEach
  void people(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    people = new People(platform, api);
    agency = people.as(people.agency("94"));
  }

  private Establishment inAjaccio(String finess, String name) {
    return people.at(finess, name, "20000", "Ajaccio");
  }

  private static List<JsonNode> ofFiness(List<JsonNode> items, String finess) {
    return items.stream().filter(item -> item.path("finess").asText().equals(finess)).toList();
  }

  @Test
  void R24_missionsByPriorityThenStartWithTheirRequesters() {
    Account requester = people.requester(inAjaccio(People.finess(), "Clinique"), true);
    Account pending = people.requester(inAjaccio(requester.finess().orElseThrow(), "C"), false);
    Mission late = people.mission(requester, Status.OPEN);
    Mission early = people.mission(pending, Status.OPEN, people.today(), people.today());
    Mission first = people.mission(requester, Status.OPEN);
    Mission draft = people.mission(requester, Status.DRAFT);
    Mission cancelled = people.mission(requester, Status.OPEN);
    people.save(cancelled.cancelled());
    Mission ended = people.mission(requester, Status.OPEN);
    people.save(ended.ended());
    Mission filled = people.mission(requester, Status.OPEN);
    people.save(filled.filledByHand());
    agency
        .put("/api/missions/" + first.missionId() + "/priority", Map.of("priority", 1))
        .expect(200);

    List<JsonNode> all =
        ofFiness(People.all(agency, CORSE + "/missions?limit=2"), requester.finess().orElseThrow());
    List<String> ids = People.each(all, "id");
    assertEquals(5, ids.size());
    assertEquals(List.of(first.missionId(), early.missionId()), ids.subList(0, 2));
    assertEquals(Set.of(late.missionId(), filled.missionId()), Set.copyOf(ids.subList(2, 4)));
    assertEquals(ended.missionId(), ids.get(4));
    assertFalse(ids.contains(draft.missionId()));
    assertEquals(requester.email(), all.get(0).at("/requester/email").asText());
    assertTrue(all.get(0).at("/requester/approved").asBoolean());
    assertEquals(pending.email(), all.get(1).at("/requester/email").asText());
    assertFalse(all.get(1).at("/requester/approved").asBoolean(true));

    assertEquals(List.of(cancelled.missionId()), only("CANCELLED", requester));
    assertEquals(List.of(ended.missionId()), only("ENDED", requester));
    assertEquals(List.of(filled.missionId()), only("FILLED", requester));
    assertEquals(List.of(), only("DRAFT", requester));
    assertEquals(3, only("OPEN", requester).size());

    // over by the date and not swept
    platform.advance(Duration.ofDays(2));
    agency = people.as(people.agency("94"));
    assertEquals(
        Set.of(ended.missionId(), early.missionId()), Set.copyOf(only("ENDED", requester)));
    assertFalse(only("OPEN", requester).contains(early.missionId()));
  }

  private List<String> only(String status, Account requester) {
    return People.each(
        ofFiness(
            People.all(agency, CORSE + "/missions?limit=3&status=" + status),
            requester.finess().orElseThrow()),
        "id");
  }

  @Test
  void anAgencySeesItsOwnRegionOnlyTheNationalLevelAll() {
    Api national = people.as(people.national());
    Api requester = people.as(people.requester(people.inRennes(People.finess()), true));
    for (String list : List.of("/missions", "/professionals", "/establishments", "/regulation")) {
      agency.get(CORSE + list).expect(200);
      national.get(CORSE + list).expect(200);
      agency.get("/api/regions/53" + list).expect(404).problem();
      national.get("/api/regions/99" + list).expect(404).problem();
      requester.get("/api/regions/53" + list).expect(403).problem();
      api.get("/api/regions/53" + list).expect(401);
    }
    agency.get(CORSE + "/missions?status=NONE").expect(422).problem();
    agency.get(CORSE + "/professionals?profession=0").expect(422).problem();
    agency.get(CORSE + "/professionals?available=yes").expect(422).problem();
    agency.get(CORSE + "/establishments?status=REFUSED").expect(422).problem();
    agency.get(CORSE + "/establishments?cursor=abc").expect(422).problem();
  }

  private String volunteer(String profession, boolean available, boolean held) {
    String id = people.environment.ids().next();
    Writes writes = new Writes();
    new PoolStore(people.environment)
        .create(
            writes,
            new PoolRow(
                id,
                "Casanova",
                "Ange",
                "20000",
                "Ajaccio",
                "2A",
                new Position(41.92, 8.73),
                profession,
                null,
                "94",
                IdentifierType.NONE,
                null,
                true,
                false,
                false,
                Set.of(Mobility.LOCAL, Mobility.DEPARTMENTAL),
                available,
                true,
                false,
                false,
                new Availability(
                    List.of(
                        new Period(people.today(), people.today().plusDays(9), true, false),
                        new Period(people.today().plusDays(20), null, false, false)),
                    List.of()),
                held ? new Hold("7h3k9m2p5q8r1s4t6v0w", people.now().plusSeconds(3600)) : null,
                people.now(),
                false,
                0));
    people.commit(writes);
    return id;
  }

  @Test
  void R25_aPageOfThePoolIsInTheJournalBeforeItIsShown() {
    String one = volunteer("26", true, true);
    String two = volunteer("26", false, false);
    String three = volunteer("26", true, false);
    Account viewer = people.agency("94");
    Api look = people.as(viewer);

    List<JsonNode> all = People.all(look, CORSE + "/professionals?profession=26&limit=2");
    assertEquals(Set.of(one, two, three), Set.copyOf(People.each(all, "professionalId")));
    Set<String> shown = Set.copyOf(shown(viewer));
    assertEquals(Set.of(one, two, three), shown);
    JsonNode held =
        all.stream()
            .filter(item -> item.path("professionalId").asText().equals(one))
            .findFirst()
            .orElseThrow();
    assertTrue(held.has("heldUntil"));
    assertEquals("[\"LOCAL\",\"DEPARTMENTAL\"]", held.path("mobility").toString());
    assertEquals(2, held.path("availabilities").size());
    assertFalse(held.path("availabilities").path(1).has("end"));

    assertEquals(
        List.of(two),
        People.each(
            People.all(look, CORSE + "/professionals?profession=26&available=false"),
            "professionalId"));
    assertEquals(
        List.of(), People.all(look, CORSE + "/professionals?profession=31&available=true"));

    try (Injection _ = platform.faults().failTable(platform.tableName("JournalTable"))) {
      look.get(CORSE + "/professionals?profession=26").expect(503).problem();
    }
  }

  /** The ids that the journal says somebody was shown. */
  private List<String> shown(Account viewer) {
    List<String> ids = new ArrayList<>();
    platform
        .clients()
        .dynamoDb()
        .query(
            query ->
                query
                    .tableName(platform.tableName("JournalTable"))
                    .keyConditionExpression("subject = :region")
                    .filterExpression("actor = :actor")
                    .expressionAttributeValues(
                        Map.of(
                            ":region",
                            AttributeValue.fromS("REGION#94"),
                            ":actor",
                            AttributeValue.fromS(viewer.accountId()))))
        .items()
        .stream()
        .map(Item::of)
        .forEach(
            entry -> {
              assertEquals("POOL_LISTED", entry.text("action"));
              ids.addAll(entry.texts("shown"));
            });
    return ids;
  }

  @Test
  void R24_establishmentsWithAPendingOrAnApprovedRequester() {
    String both = People.finess();
    Account approved = people.requester(inAjaccio(both, "Hôpital d'Ajaccio"), true);
    Account pending = people.requester(inAjaccio(both, "Hôpital d'Ajaccio"), false);
    String asked = People.finess();
    Account alone = people.requester(inAjaccio(asked, "Âge d'or"), false);

    JsonNode item = one("PENDING", both);
    assertEquals(
        List.of(
            "finess",
            "name",
            "address",
            "postalCode",
            "city",
            // the numbers of these tests begin like Rennes'
            "finessMark",
            "requesters",
            "holds",
            "contactsToday",
            "limits"),
        names(item));
    assertEquals(Map.of(approved.email(), "APPROVED", pending.email(), "PENDING"), statuses(item));
    assertEquals(item, one("APPROVED", both));
    assertEquals(item, one("", both));
    assertEquals(Map.of(alone.email(), "PENDING"), statuses(one("PENDING", asked)));
    assertEquals(List.of(), ofFiness(list("APPROVED"), asked));

    List<String> names = People.each(list("PENDING"), "name");
    assertTrue(names.indexOf("Âge d'or") < names.indexOf("Hôpital d'Ajaccio"), names.toString());
  }

  @Test
  void R8_untilTheApprovalEachSubmittedNameIsShownOnceThoughPagesAreSmall() {
    String finess = People.finess();
    for (int i = 0; i < 5; i++) {
      people.requester(inAjaccio(finess, i % 2 == 0 ? "Clinique A" : "Clinique B"), false);
    }
    List<JsonNode> items =
        ofFiness(People.all(agency, CORSE + "/establishments?status=PENDING&limit=1"), finess);
    assertEquals(List.of("Clinique A", "Clinique B"), People.each(items, "name"));
    items.forEach(item -> assertEquals(5, item.path("requesters").size()));
  }

  private List<JsonNode> list(String status) {
    return People.all(
        agency, CORSE + "/establishments?limit=3" + (status.isEmpty() ? "" : "&status=" + status));
  }

  private JsonNode one(String status, String finess) {
    List<JsonNode> items = ofFiness(list(status), finess);
    assertEquals(1, items.size(), items.toString());
    return items.getFirst();
  }

  static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Map<String, String> statuses(JsonNode item) {
    Map<String, String> statuses = new java.util.HashMap<>();
    item.path("requesters")
        .forEach(
            requester ->
                statuses.put(requester.path("email").asText(), requester.path("status").asText()));
    return statuses;
  }

  @Test
  void R24_aPriorityIsJournalledAndLiveMissionsOnlyHaveOne() {
    Account requester = people.requester(inAjaccio(People.finess(), "Clinique"), true);
    Mission mission = people.mission(requester, Status.OPEN);
    String path = "/api/missions/" + mission.missionId() + "/priority";

    assertEquals(
        2, agency.put(path, Map.of("priority", 2)).expect(200).json().path("priority").asInt());
    assertEquals(List.of("PRIORITY_SET"), people.journal(Subject.mission(mission.missionId())));
    agency.put(path, Map.of("priority", 6)).expect(422).problem();
    people.as(people.agency("53")).put(path, Map.of("priority", 1)).expect(404).problem();
    people.as(requester).put(path, Map.of("priority", 1)).expect(403).problem();
    Mission draft = people.mission(requester, Status.DRAFT);
    agency
        .put("/api/missions/" + draft.missionId() + "/priority", Map.of("priority", 1))
        .expect(404)
        .problem();
    people.save(people.stored(mission.missionId()).cancelled());
    assertEquals("ended", agency.put(path, Map.of("priority", 1)).expect(409).problemType());
  }
}
