package renfort.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** How a transaction ends by what the tables answer. */
class DatabaseTest {
  private final DynamoDbClient client = mock(DynamoDbClient.class);
  private final Database database = new Database(client);

  private static TransactionCanceledException cancelled(String... codes) {
    return TransactionCanceledException.builder()
        .cancellationReasons(
            Arrays.stream(codes)
                .map(code -> CancellationReason.builder().code(code).build())
                .toList())
        .build();
  }

  private static Writes oneWrite() {
    Writes writes = new Writes();
    writes.put("row", "table", Database.key("id", "1"), Writes.isNew("id"));
    writes.put("other", "table", Database.key("id", "2"), Writes.isNew("id"));
    return writes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ThrottlingError", "ProvisionedThroughputExceeded"})
  void aThrottledTransactionIsTriedAgain(String code) {
    when(client.transactWriteItems(any(TransactWriteItemsRequest.class)))
        .thenThrow(cancelled("None", code))
        .thenThrow(cancelled(code, "TransactionConflict"))
        .thenReturn(TransactWriteItemsResponse.builder().build());

    assertInstanceOf(Commit.Done.class, database.commit(oneWrite()));
  }

  @Test
  void aTransactionThatStaysThrottledIsAnOutageAndNoLostRace() {
    when(client.transactWriteItems(any(TransactWriteItemsRequest.class)))
        .thenThrow(cancelled("ThrottlingError"));

    assertThrows(Outage.class, () -> database.commit(oneWrite()));
    verify(client, times(Database.TRIES)).transactWriteItems(any(TransactWriteItemsRequest.class));
  }

  @Test
  void aConditionThatFailedWinsOverAThrottle() {
    when(client.transactWriteItems(any(TransactWriteItemsRequest.class)))
        .thenThrow(cancelled("ConditionalCheckFailed", "ThrottlingError"));

    Commit.Refused refused = assertInstanceOf(Commit.Refused.class, database.commit(oneWrite()));
    assertEquals(Set.of("row"), refused.labels());
  }

  @Test
  void aTransactionThatOthersHoldUpIsBusy() {
    when(client.transactWriteItems(any(TransactWriteItemsRequest.class)))
        .thenThrow(cancelled("TransactionConflict"));

    assertInstanceOf(Commit.Busy.class, database.commit(oneWrite()));
  }

  @Test
  void anyOtherReasonIsAnOutageAtOnce() {
    when(client.transactWriteItems(any(TransactWriteItemsRequest.class)))
        .thenThrow(cancelled("ItemCollectionSizeLimitExceeded"));

    assertThrows(Outage.class, () -> database.commit(oneWrite()));
    verify(client, times(1)).transactWriteItems(any(TransactWriteItemsRequest.class));
  }
}
