package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TinyPlatform.class)
@ResourceLock("Listener")
class StreamsTest {
  private final LocalPlatform platform;

  StreamsTest(LocalPlatform platform) {
    this.platform = platform;
  }

  @BeforeEach
  void forget() {
    platform.awaitStreams();
    Listener.forget();
  }

  @Test
  void aRecordComesAsLambdaGivesIt() {
    put("shape", "wanted", Map.of("n", AttributeValue.fromN("7")));
    platform.awaitStreams();
    JsonNode record = Listener.TAKEN.getFirst();
    assertEquals("INSERT", record.path("eventName").asText());
    assertEquals("aws:dynamodb", record.path("eventSource").asText());
    assertEquals("shape", record.at("/dynamodb/Keys/id/S").asText());
    assertEquals("7", record.at("/dynamodb/NewImage/n/N").asText());
    assertEquals("NEW_AND_OLD_IMAGES", record.at("/dynamodb/StreamViewType").asText());
    assertTrue(record.at("/dynamodb/SequenceNumber").asText().matches("\\d+"));
  }

  @Test
  void onlyWhatTheFilterWantsIsDelivered() {
    put("filter-1", "wanted-a", Map.of());
    put("filter-2", "other", Map.of());
    put("filter-1", "wanted-b", Map.of());
    platform.awaitStreams();
    assertEquals(List.of("filter-1"), Listener.takenIds());
  }

  @Test
  void recordsComeInOrderInBatchesOfTheDeclaredSize() {
    List<String> ids = IntStream.range(0, 10).mapToObj(i -> "batch-" + i).toList();
    ids.forEach(id -> put(id, "wanted", Map.of()));
    platform.awaitStreams();
    assertEquals(ids, Listener.takenIds());
    assertTrue(Listener.EVENTS.stream().allMatch(event -> event.path("Records").size() <= 4));
  }

  @Test
  void aRefusedRecordComesAgainAndThoseBeforeItDoNot() {
    Listener.REFUSED.add("retry-1");
    List<String> ids = List.of("retry-0", "retry-1", "retry-2");
    ids.forEach(id -> put(id, "wanted", Map.of()));
    while (Listener.EVENTS.stream().filter(event -> event.toString().contains("retry-1")).count()
        < 2) {
      Thread.onSpinWait();
    }
    Listener.REFUSED.clear();
    platform.awaitStreams();
    assertEquals(ids, Listener.takenIds());
  }

  @Test
  void aBatchWhoseFunctionBreaksComesAgain() {
    Listener.BROKEN.set(2);
    put("broken", "wanted", Map.of());
    platform.awaitStreams();
    assertEquals(List.of("broken"), Listener.takenIds());
  }

  @Test
  void aRecordThatIsAlwaysRefusedIsGivenUpAfterItsTries() {
    Listener.REFUSED.add("never");
    put("never", "wanted", Map.of());
    // alone in its batch: what is given up is the whole batch, in the cloud too
    while (Listener.EVENTS.stream().noneMatch(event -> event.toString().contains("never"))) {
      Thread.onSpinWait();
    }
    put("after", "wanted", Map.of());
    platform.awaitStreams(Duration.ofSeconds(30));
    long tries =
        Listener.EVENTS.stream().filter(event -> event.toString().contains("never")).count();
    assertEquals(6, tries);
    assertEquals("after", Listener.takenIds().getLast());
  }

  @Test
  void aTestMayHaveARecordGivenUpAtOnce() {
    platform.faults().giveStreamsUpAfter(1);
    Listener.REFUSED.add("hasty");
    put("hasty", "wanted", Map.of());
    platform.awaitStreams();
    put("after-hasty", "wanted", Map.of());
    platform.awaitStreams();

    assertEquals(
        1, Listener.EVENTS.stream().filter(event -> event.toString().contains("\"hasty")).count());
    assertEquals(List.of("after-hasty"), Listener.takenIds());
  }

  @Test
  void aWriteIsDeliveredSoon() {
    put("soon-warm", "wanted", Map.of());
    platform.awaitStreams();
    long start = System.nanoTime();
    put("soon", "wanted", Map.of());
    while (!Listener.takenIds().contains("soon")) {
      Thread.onSpinWait();
    }
    long milliseconds = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertTrue(milliseconds < 1000, milliseconds + " ms");
  }

  @Test
  void aScheduledFunctionGetsItsEvent() {
    var _ = platform.runSchedule("Listener");
    assertEquals("aws.events", Listener.EVENTS.getLast().path("source").asText());
  }

  @Test
  void aFunctionCanBeCalledByHand() {
    JsonNode answer = platform.invoke("Listener", Map.of("Records", List.of()));
    assertEquals(0, answer.path("batchItemFailures").size());
  }

  @Test
  void schedulesRunByThePlatformsClock() {
    try (LocalPlatform scheduled =
        LocalPlatform.start(
            LocalPlatform.Options.inMemory(TinyPlatform.TEMPLATE).withSchedules())) {
      scheduled.clock().advance(Duration.ofMinutes(6));
      while (Listener.EVENTS.stream()
          .noneMatch(event -> event.path("source").asText().equals("aws.events"))) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void consumedCapacityIsReported() {
    put("capacity", "capacity-kind", Map.of());
    var answer =
        platform
            .clients()
            .dynamoDb()
            .query(
                query ->
                    query
                        .tableName("ThingsTable")
                        .indexName("byKind")
                        .keyConditionExpression("kind = :kind")
                        .expressionAttributeValues(
                            Map.of(":kind", AttributeValue.fromS("capacity-kind")))
                        .returnConsumedCapacity("TOTAL"));
    assertEquals(1, answer.count());
    assertEquals(0.5, answer.consumedCapacity().capacityUnits());
    assertTrue(new HashSet<>(platform.faults().calls().keySet()).contains("TABLES Query"));
  }

  private void put(String id, String kind, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> item = new HashMap<>(more);
    item.put("id", AttributeValue.fromS(id));
    item.put("kind", AttributeValue.fromS(kind));
    var _ = platform.clients().dynamoDb().putItem(one -> one.tableName("ThingsTable").item(item));
  }
}
