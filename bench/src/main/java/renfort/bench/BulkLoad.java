package renfort.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import renfort.storage.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Stores what the stores write in transactions by batches, which is faster: for new items of a
 * table that nobody else writes. Measures the items on the way.
 */
final class BulkLoad implements DynamoDbClient {
  private static final int BATCH = 25;

  private final DynamoDbClient client;
  private final AtomicInteger items = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger largest = new AtomicInteger();

  BulkLoad(DynamoDbClient client) {
    this.client = client;
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    List<TransactWriteItem> writes = request.transactItems();
    for (int from = 0; from < writes.size(); from += BATCH) {
      List<TransactWriteItem> some = writes.subList(from, Math.min(writes.size(), from + BATCH));
      Map<String, List<WriteRequest>> rest = new java.util.HashMap<>();
      for (TransactWriteItem write : some) {
        int size = Item.of(write.put().item()).size();
        items.incrementAndGet();
        bytes.addAndGet(size);
        largest.accumulateAndGet(size, Math::max);
        rest.computeIfAbsent(write.put().tableName(), table -> new ArrayList<>())
            .add(WriteRequest.builder().putRequest(put -> put.item(write.put().item())).build());
      }
      while (!rest.isEmpty()) {
        rest =
            client
                .batchWriteItem(BatchWriteItemRequest.builder().requestItems(rest).build())
                .unprocessedItems();
      }
    }
    return TransactWriteItemsResponse.builder().build();
  }

  /** The mean size of the items stored, in bytes. */
  double meanSize() {
    return items.get() == 0 ? 0 : (double) bytes.get() / items.get();
  }

  /** The size of the largest item stored, in bytes. */
  int largestSize() {
    return largest.get();
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {
    client.close();
  }
}
