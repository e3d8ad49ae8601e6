package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What storms and faults are held to sees what it is there for: each damage that a removed
 * condition, half a transaction or a dropped record would do, done by hand.
 */
@ExtendWith(PlatformExtension.class)
class InvariantsTest {
  private LocalPlatform platform;
  private DynamoDbClient tables;
  private Invariants invariants;
  private Requester requester;
  private Volunteer nurse;
  private String mission;
  private String other;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    tables = local.clients().dynamoDb();
    invariants = new Invariants(local);
    World world = new World(local, api);
    requester = world.approved();
    nurse = world.volunteer();
    mission = requester.submit(world.terms());
    other = requester.submit(world.terms());
    assertEquals(200, requester.contact(mission, nurse.id()).status());
    assertEquals(List.of(), broken());
  }

  @Test
  void aSecondHoldIsSeen() {
    changed("CandidaciesTable", candidacy(), row -> with(row, "missionId", text(other)));

    assertEquals(
        List.of(
            other + " holds 0, contacted 1",
            "%s is held by %s without its slot".formatted(nurse.id(), other),
            nurse.id() + " is held 2 times",
            "%s on %s changed 1 times, the journal tells 0 and the outbox 0"
                .formatted(nurse.id(), other)),
        broken());
  }

  @Test
  void aSlotForNoHoldAndAnEstablishmentAboveItsLimitAreSeen() {
    Map<String, AttributeValue> slot =
        tables
            .query(
                query ->
                    query
                        .tableName(platform.tableName("EstablishmentsTable"))
                        .keyConditionExpression("finess = :holds AND begins_with(sk, :slot)")
                        .expressionAttributeValues(
                            Map.of(
                                ":holds", text("HOLDS#" + requester.finess()),
                                ":slot", text("HOLD#"))))
            .items()
            .getFirst();
    for (int number = 100; number < 160; number++) {
      Map<String, AttributeValue> one = new HashMap<>(slot);
      one.put("sk", text("HOLD#" + number));
      one.put("mission", text(number == 100 ? mission : "another"));
      one.put("professional", text("person" + number));
      tables.putItem(put -> put.tableName(platform.tableName("EstablishmentsTable")).item(one));
    }
    assertEquals(
        List.of(
            requester.finess() + " holds 61, more than it may",
            "%s has a slot for no hold: %s person100".formatted(requester.finess(), mission)),
        broken());
  }

  @Test
  void aHoldThatThePoolHasLostIsSeen() {
    changed("ProfessionalsTable", poolRow(), row -> without(row, "h", "u"));

    assertEquals(
        List.of("%s is held by '%s', the pool says ''".formatted(nurse.id(), mission)), broken());
  }

  @Test
  void aPlaceThatNobodyHasIsSeen() {
    changed(
        "MissionsTable",
        Map.of("missionId", text(mission)),
        row -> with(row, "filled", AttributeValue.fromN("1")));

    assertTrue(broken().getFirst().startsWith(mission + " counts 1 of "), broken().toString());
  }

  @Test
  void anEngagementThatThePoolHasLostIsSeen() {
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    changed("ProfessionalsTable", poolRow(), row -> without(row, "E"));

    assertEquals(List.of(nurse.id() + " has days that the pool does not know"), broken());
  }

  @Test
  void aChangeThatTheJournalDoesNotTellIsSeen() {
    String journal = platform.tableName("JournalTable");
    tables
        .query(
            query ->
                query
                    .tableName(journal)
                    .keyConditionExpression("subject = :subject")
                    .expressionAttributeValues(
                        Map.of(":subject", text("PROFESSIONAL#" + nurse.id()))))
        .items()
        .forEach(
            entry ->
                tables.deleteItem(
                    delete -> delete.tableName(journal).key(only(entry, "subject", "at"))));

    assertEquals(
        List.of(
            "%s on %s changed 1 times, the journal tells 0 and the outbox 0"
                .formatted(nurse.id(), mission)),
        broken());
  }

  @Test
  void aMailThatWasDroppedOnItsWayIsSeen() {
    platform.awaitStreams();
    int unsent = invariants.mails().getOrDefault("UNSENT", 0);
    String outbox = platform.tableName("OutboxTable");
    Map<String, AttributeValue> sent =
        tables.scan(scan -> scan.tableName(outbox)).items().stream()
            .filter(row -> row.containsKey("state"))
            .findFirst()
            .orElseThrow();
    try {
      tables.putItem(put -> put.tableName(outbox).item(without(sent, "state")));
      assertEquals(unsent + 1, invariants.mails().get("UNSENT"));
    } finally {
      tables.putItem(put -> put.tableName(outbox).item(sent));
    }
  }

  private List<String> broken() {
    return invariants.broken(List.of(nurse.id()), List.of(mission, other));
  }

  private void changed(
      String table,
      Map<String, AttributeValue> key,
      UnaryOperator<Map<String, AttributeValue>> damage) {
    String name = platform.tableName(table);
    Map<String, AttributeValue> row =
        tables.getItem(get -> get.tableName(name).key(key).consistentRead(true)).item();
    tables.putItem(put -> put.tableName(name).item(damage.apply(row)));
  }

  private Map<String, AttributeValue> candidacy() {
    return Map.of("missionId", text(mission), "professionalId", text(nurse.id()));
  }

  private Map<String, AttributeValue> poolRow() {
    return Map.of("professionalId", text(nurse.id()), "sk", text("POOL"));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> row, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(row);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, AttributeValue> without(
      Map<String, AttributeValue> row, String... names) {
    Map<String, AttributeValue> changed = new HashMap<>(row);
    List.of(names).forEach(changed::remove);
    return changed;
  }

  private static Map<String, AttributeValue> only(
      Map<String, AttributeValue> row, String... names) {
    return List.of(names).stream().collect(Collectors.toMap(name -> name, row::get));
  }
}
