package renfort.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Makes the indexes lag as the cloud's may: they are asked of a copy of each table that takes over
 * a write only when the lag is over. The laptop's engine itself changes them at once.
 */
final class LaggingIndexes implements ExecutionInterceptor, AutoCloseable {
  private static final String COPY = "Lagging-";

  /** When a write whose answer was lost, and so seems not to be there, is taken over. */
  private static final Duration LATEST = Duration.ofSeconds(5);

  private final DynamoDbClient client;
  private final Duration lag;
  private final Map<String, TableDescription> tables = new ConcurrentHashMap<>();
  private final DelayQueue<Change> changes = new DelayQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger behind = new AtomicInteger();
  private final Thread copier;
  private volatile boolean closed;

  /** A key of which the copy is behind until a time. */
  private record Change(String table, Map<String, AttributeValue> key, long due)
      implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  /**
   * Copies the tables; from then on it is to see every call.
   *
   * @param client of the same tables, with no faults before it
   */
  LaggingIndexes(DynamoDbClient client, Duration lag) {
    this.client = client;
    this.lag = lag;
    for (String name : client.listTables().tableNames()) {
      TableDescription table = client.describeTable(one -> one.tableName(name)).table();
      if (!table.globalSecondaryIndexes().isEmpty()) {
        tables.put(name, table);
        copy(table);
      }
    }
    copier = Thread.ofPlatform().daemon().name("lagging-indexes").start(this::copyOn);
  }

  /** How many times an index was asked. */
  int asked() {
    return asked.get();
  }

  /** How many times an index answered otherwise than its table's own would have. */
  int behind() {
    return behind.get();
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    if (context.request() instanceof QueryRequest query
        && query.indexName() != null
        && tables.containsKey(query.tableName())) {
      asked.incrementAndGet();
      return query.toBuilder().tableName(COPY + query.tableName()).build();
    }
    later(context.request(), LATEST);
    return context.request();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof QueryRequest query
        && context.response() instanceof QueryResponse answered
        && query.tableName().startsWith(COPY)) {
      String table = query.tableName().substring(COPY.length());
      var own = client.query(query.toBuilder().tableName(table).build());
      if (!own.items().equals(answered.items())) {
        behind.incrementAndGet();
      }
    }
    later(context.request(), lag);
  }

  private void later(SdkRequest request, Duration wait) {
    switch (request) {
      case TransactWriteItemsRequest all ->
          all.transactItems()
              .forEach(
                  one -> {
                    if (one.put() != null) {
                      later(one.put().tableName(), one.put().item(), wait);
                    } else if (one.update() != null) {
                      later(one.update().tableName(), one.update().key(), wait);
                    } else if (one.delete() != null) {
                      later(one.delete().tableName(), one.delete().key(), wait);
                    }
                  });
      case PutItemRequest put -> later(put.tableName(), put.item(), wait);
      case UpdateItemRequest update -> later(update.tableName(), update.key(), wait);
      case DeleteItemRequest delete -> later(delete.tableName(), delete.key(), wait);
      default -> {}
    }
  }

  private void later(String name, Map<String, AttributeValue> item, Duration wait) {
    TableDescription table = tables.get(name);
    if (table == null) {
      return;
    }
    Map<String, AttributeValue> key = new HashMap<>();
    for (KeySchemaElement part : table.keySchema()) {
      key.put(part.attributeName(), item.get(part.attributeName()));
    }
    changes.add(new Change(name, key, System.nanoTime() + wait.toNanos()));
  }

  private void copyOn() {
    while (!closed) {
      try {
        Change change = changes.poll(100, TimeUnit.MILLISECONDS);
        if (change != null) {
          // as it is by now: what was written since the change comes early, never late
          take(change.table(), change.key());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void take(String table, Map<String, AttributeValue> key) {
    var found = client.getItem(get -> get.tableName(table).key(key).consistentRead(true));
    if (found.hasItem()) {
      var _ = client.putItem(put -> put.tableName(COPY + table).item(found.item()));
    } else {
      var _ = client.deleteItem(delete -> delete.tableName(COPY + table).key(key));
    }
  }

  private void copy(TableDescription table) {
    List<GlobalSecondaryIndex> indexes =
        table.globalSecondaryIndexes().stream()
            .map(
                index ->
                    GlobalSecondaryIndex.builder()
                        .indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection())
                        .build())
            .toList();
    var _ =
        client.createTable(
            CreateTableRequest.builder()
                .tableName(COPY + table.tableName())
                .attributeDefinitions(table.attributeDefinitions())
                .keySchema(table.keySchema())
                .globalSecondaryIndexes(indexes)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build());
    client
        .scanPaginator(scan -> scan.tableName(table.tableName()).consistentRead(true))
        .items()
        .forEach(
            item -> {
              var _ = client.putItem(put -> put.tableName(COPY + table.tableName()).item(item));
            });
  }

  @Override
  public void close() {
    closed = true;
    try {
      copier.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
