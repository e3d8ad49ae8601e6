package renfort.bench;

import static software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity.TOTAL;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import renfort.storage.Item;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Counts the write units of what succeeds, by function, by DynamoDB's own rules on the items before
 * and after: a unit for each KiB begun of the larger one, twice in a transaction, a check like a
 * write; in each index a unit for each KiB begun when an entry comes, goes or changes what it
 * projects, and two such when its key moves.
 */
final class WriteMeter implements ExecutionInterceptor {
  private static final ExecutionAttribute<List<Write>> WRITES =
      new ExecutionAttribute<>("renfort.bench.writes");

  private final DynamoDbClient reader;
  private final Map<String, TableDescription> tables = new ConcurrentHashMap<>();
  private final Map<String, Cost> byFunction = new TreeMap<>();

  /**
   * @param reader not metered itself
   */
  WriteMeter(DynamoDbClient reader) {
    this.reader = reader;
  }

  /**
   * Write units.
   *
   * @param table of the tables, doubled in transactions
   * @param indexes of the indexes, each once
   * @param inTransactions those of the indexes that transactions changed
   * @param reported what the engine says of all
   */
  record Cost(double table, double indexes, double inTransactions, double reported) {
    static final Cost NONE = new Cost(0, 0, 0, 0);

    Cost plus(Cost other) {
      return new Cost(
          table + other.table,
          indexes + other.indexes,
          inTransactions + other.inTransactions,
          reported + other.reported);
    }

    double total() {
      return table + indexes;
    }

    /** If transactions were charged twice in the indexes as well. */
    double atMost() {
      return total() + inTransactions;
    }
  }

  /** A write on its way, with the item before it. */
  private record Write(
      String table,
      Map<String, AttributeValue> key,
      @Nullable Map<String, AttributeValue> before,
      boolean transacted) {}

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    List<Write> writes = new ArrayList<>();
    switch (context.request()) {
      case TransactWriteItemsRequest all -> all.transactItems().forEach(one -> writes.add(of(one)));
      case PutItemRequest put -> writes.add(of(put.tableName(), put.item(), false));
      case UpdateItemRequest update -> writes.add(of(update.tableName(), update.key(), false));
      case DeleteItemRequest delete -> writes.add(of(delete.tableName(), delete.key(), false));
      case BatchWriteItemRequest batch ->
          throw new IllegalStateException("Writes by batches are not counted");
      default -> {}
    }
    attributes.putAttribute(WRITES, writes);
    return switch (context.request()) {
      case TransactWriteItemsRequest all -> all.toBuilder().returnConsumedCapacity(TOTAL).build();
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(TOTAL).build();
      case UpdateItemRequest update -> update.toBuilder().returnConsumedCapacity(TOTAL).build();
      case DeleteItemRequest delete -> delete.toBuilder().returnConsumedCapacity(TOTAL).build();
      default -> context.request();
    };
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    List<Write> writes = attributes.getAttribute(WRITES);
    if (writes == null || writes.isEmpty()) {
      return;
    }
    Cost cost =
        writes.stream()
            .map(this::cost)
            .reduce(new Cost(0, 0, 0, reported(context.response())), Cost::plus);
    synchronized (byFunction) {
      byFunction.merge(Thread.currentThread().getName(), cost, Cost::plus);
    }
  }

  /** What each function wrote since this was asked last. */
  Map<String, Cost> take() {
    synchronized (byFunction) {
      Map<String, Cost> taken = new TreeMap<>(byFunction);
      byFunction.clear();
      return taken;
    }
  }

  private static double reported(SdkResponse response) {
    return switch (response) {
      case TransactWriteItemsResponse all ->
          all.consumedCapacity().stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
      case PutItemResponse put -> put.consumedCapacity().capacityUnits();
      case UpdateItemResponse update -> update.consumedCapacity().capacityUnits();
      case DeleteItemResponse delete -> delete.consumedCapacity().capacityUnits();
      default -> 0;
    };
  }

  private Write of(TransactWriteItem one) {
    if (one.put() != null) {
      return of(one.put().tableName(), one.put().item(), true);
    }
    if (one.update() != null) {
      return of(one.update().tableName(), one.update().key(), true);
    }
    return one.delete() != null
        ? of(one.delete().tableName(), one.delete().key(), true)
        : of(one.conditionCheck().tableName(), one.conditionCheck().key(), true);
  }

  private Write of(String table, Map<String, AttributeValue> item, boolean transacted) {
    Map<String, AttributeValue> key = new HashMap<>();
    for (KeySchemaElement part : table(table).keySchema()) {
      AttributeValue value = item.get(part.attributeName());
      if (value != null) {
        key.put(part.attributeName(), value);
      }
    }
    return new Write(table, key, read(table, key), transacted);
  }

  private Cost cost(Write write) {
    Map<String, AttributeValue> after = read(write.table(), write.key());
    double factor = write.transacted() ? 2 : 1;
    double indexes = 0;
    for (GlobalSecondaryIndexDescription index : table(write.table()).globalSecondaryIndexes()) {
      indexes += cost(index, entry(write, index, write.before()), entry(write, index, after));
    }
    return new Cost(
        factor * Math.max(units(write.before()), units(after)),
        indexes,
        write.transacted() ? indexes : 0,
        0);
  }

  private static double cost(
      GlobalSecondaryIndexDescription index,
      @Nullable Map<String, AttributeValue> before,
      @Nullable Map<String, AttributeValue> after) {
    if (before == null && after == null) {
      return 0;
    }
    if (before == null || after == null) {
      return before == null ? units(after) : units(before);
    }
    if (before.equals(after)) {
      return 0;
    }
    boolean moved =
        index.keySchema().stream()
            .anyMatch(
                part ->
                    !String.valueOf(before.get(part.attributeName()))
                        .equals(String.valueOf(after.get(part.attributeName()))));
    return moved ? units(before) + units(after) : Math.max(units(before), units(after));
  }

  /** An item as an index has it; null when it has not. */
  private @Nullable Map<String, AttributeValue> entry(
      Write write,
      GlobalSecondaryIndexDescription index,
      @Nullable Map<String, AttributeValue> item) {
    if (item == null
        || index.keySchema().stream().anyMatch(part -> !item.containsKey(part.attributeName()))) {
      return null;
    }
    if (index.projection().projectionType() == ProjectionType.ALL) {
      return item;
    }
    Map<String, AttributeValue> entry = new HashMap<>(write.key());
    index.keySchema().stream()
        .map(KeySchemaElement::attributeName)
        .forEach(name -> entry.computeIfAbsent(name, item::get));
    index.projection().nonKeyAttributes().stream()
        .filter(item::containsKey)
        .forEach(name -> entry.computeIfAbsent(name, item::get));
    return entry;
  }

  private static double units(@Nullable Map<String, AttributeValue> item) {
    return item == null ? 1 : Math.max(1, Math.ceilDiv(Item.of(item).size(), 1024));
  }

  private @Nullable Map<String, AttributeValue> read(
      String table, Map<String, AttributeValue> key) {
    var answer = reader.getItem(get -> get.tableName(table).key(key).consistentRead(true));
    return answer.hasItem() ? answer.item() : null;
  }

  private TableDescription table(String name) {
    return tables.computeIfAbsent(
        name, wanted -> reader.describeTable(one -> one.tableName(wanted)).table());
  }
}
