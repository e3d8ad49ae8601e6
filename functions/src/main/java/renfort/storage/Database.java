package renfort.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The tables, over the low-level client: reads of base rows are consistent, every write is
 * conditional, and there is no way to scan. A fault of the service is an {@link Outage}.
 */
public final class Database {
  /** How often a transaction is tried when others hold its items (design: up to 4, with jitter). */
  public static final int TRIES = 4;

  /** Why a transaction is cancelled though nothing is wrong with it: to be tried again. */
  private static final Set<String> THROTTLES =
      Set.of("ThrottlingError", "ProvisionedThroughputExceeded");

  private final DynamoDbClient client;

  public Database(DynamoDbClient client) {
    this.client = client;
  }

  public static Database of(Environment environment) {
    return new Database(environment.clients().dynamoDb());
  }

  /** One item as it stands now. */
  public Optional<Item> get(String table, Item key) {
    var response =
        call(
            () ->
                client.getItem(
                    GetItemRequest.builder()
                        .tableName(table)
                        .key(key.attributes())
                        .consistentRead(true)
                        .build()));
    return response.hasItem() ? Optional.of(Item.of(response.item())) : Optional.empty();
  }

  /**
   * Items of one or more tables as they stand now, in one round trip; at most 100 keys.
   *
   * @return by table, in no order; what does not exist is left out
   */
  public Map<String, List<Item>> getAll(Map<String, ? extends Collection<Item>> keys) {
    Map<String, KeysAndAttributes> wanted = new HashMap<>();
    Map<String, List<Item>> found = new HashMap<>();
    keys.forEach(
        (table, some) -> {
          found.put(table, new ArrayList<>());
          if (!some.isEmpty()) {
            wanted.put(
                table,
                KeysAndAttributes.builder()
                    .keys(some.stream().map(Item::attributes).toList())
                    .consistentRead(true)
                    .build());
          }
        });
    for (int turn = 0; !wanted.isEmpty(); turn++) {
      if (turn > 0) {
        pause(turn);
      }
      BatchGetItemResponse response =
          call(
              () ->
                  client.batchGetItem(BatchGetItemRequest.builder().requestItems(wanted).build()));
      response
          .responses()
          .forEach(
              (table, items) ->
                  items.forEach(
                      item ->
                          found
                              .computeIfAbsent(table, name -> new ArrayList<>())
                              .add(Item.of(item))));
      wanted.clear();
      wanted.putAll(response.unprocessedKeys());
      if (turn == TRIES && !wanted.isEmpty()) {
        throw new Outage("table", new IllegalStateException("keys stay unprocessed"));
      }
    }
    return found;
  }

  /**
   * An item that is asked for together with another.
   *
   * @param table its table
   * @param key its key
   * @param read what it is read as
   */
  public record Wanted<T>(String table, Item key, Function<Item, T> read) {
    private Optional<T> in(Map<String, List<Item>> found) {
      return found.getOrDefault(table, List.of()).stream()
          .filter(item -> key.attributes().equals(item.only(names()).attributes()))
          .findFirst()
          .map(read);
    }

    private String[] names() {
      return key.attributes().keySet().toArray(String[]::new);
    }
  }

  /** Two items of different tables. */
  public record Both<A, B>(Optional<A> first, Optional<B> second) {}

  /** Two items of different tables as they stand now, in one round trip. */
  public <A, B> Both<A, B> both(Wanted<A> first, Wanted<B> second) {
    Map<String, List<Item>> found =
        getAll(Map.of(first.table(), List.of(first.key()), second.table(), List.of(second.key())));
    return new Both<>(first.in(found), second.in(found));
  }

  /**
   * What to look for in a table or an index.
   *
   * @param table the table
   * @param index the index, or null for the table itself, which is then read consistently
   * @param condition on the key; {@code #word} stands for an attribute
   * @param filter on what the key found, or null
   * @param values of condition and filter, by name without the colon
   * @param forward in the order of the sort key, or against it
   * @param limit how many rows to look at, or 0 for as many as a response holds
   * @param after the key after which to go on, or null to begin
   */
  public record Find(
      String table,
      @Nullable String index,
      String condition,
      @Nullable String filter,
      Item values,
      boolean forward,
      int limit,
      @Nullable Item after) {

    public static Find in(String table, @Nullable String index, String condition, Item values) {
      return new Find(table, index, condition, null, values, true, 0, null);
    }

    /**
     * The queries of an index that is spread over several values of its key, as a sweep takes them:
     * by part, {@code s0} and so on, names that stand in its stored place.
     */
    public static Map<String, Find> parts(int shards, IntFunction<Find> ofShard) {
      Map<String, Find> parts = new LinkedHashMap<>();
      for (int shard = 0; shard < shards; shard++) {
        parts.put("s" + shard, ofShard.apply(shard));
      }
      return parts;
    }

    public Find filtered(String expression) {
      return new Find(table, index, condition, expression, values, forward, limit, after);
    }

    public Find backwards() {
      return new Find(table, index, condition, filter, values, false, limit, after);
    }

    public Find limited(int rows) {
      return new Find(table, index, condition, filter, values, forward, rows, after);
    }

    public Find after(@Nullable Item key) {
      return new Find(table, index, condition, filter, values, forward, limit, key);
    }
  }

  /**
   * What one query found.
   *
   * @param items the rows
   * @param last the key after which there is more, or null at the end
   * @param units the read units that it took; the cloud charges half a unit for an empty answer,
   *     which the laptop's engine reports as nothing
   */
  public record Found(List<Item> items, @Nullable Item last, double units) {}

  /**
   * Asks once.
   *
   * @throws BadPlace when it cannot go on after the given key
   */
  public Found query(Find find) {
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(find.table())
            .keyConditionExpression(find.condition())
            .expressionAttributeNames(
                Writes.names(find.condition() + " " + (find.filter() == null ? "" : find.filter())))
            .expressionAttributeValues(Writes.values(find.values()))
            .scanIndexForward(find.forward())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    if (find.index() == null) {
      request.consistentRead(true);
    } else {
      request.indexName(find.index());
    }
    if (find.filter() != null) {
      request.filterExpression(find.filter());
    }
    if (find.limit() > 0) {
      request.limit(find.limit());
    }
    if (find.after() != null) {
      request.exclusiveStartKey(find.after().attributes());
    }
    QueryResponse response;
    try {
      response = client.query(request.build());
    } catch (DynamoDbException e) {
      if (find.after() != null && "ValidationException".equals(e.awsErrorDetails().errorCode())) {
        throw new BadPlace();
      }
      throw new Outage("table", e);
    } catch (SdkException e) {
      throw new Outage("table", e);
    }
    Double units =
        response.consumedCapacity() == null ? null : response.consumedCapacity().capacityUnits();
    return new Found(
        response.items().stream().map(Item::of).toList(),
        response.hasLastEvaluatedKey() && !response.lastEvaluatedKey().isEmpty()
            ? Item.of(response.lastEvaluatedKey())
            : null,
        Math.max(0.5, units == null ? 0 : units));
  }

  /** Asks until so many rows are read, or there are no more; of a query without a filter. */
  public Found upTo(Find find, int rows) {
    List<Item> some = new ArrayList<>();
    double units = 0;
    @Nullable Item after = find.after();
    do {
      Found found = query(find.limited(rows - some.size()).after(after));
      some.addAll(found.items());
      units += found.units();
      after = found.last();
    } while (after != null && some.size() < rows);
    return new Found(some, after, units);
  }

  /** Asks until the end; for what is bounded by its nature. */
  public List<Item> queryAll(Find find) {
    List<Item> all = new ArrayList<>();
    Find next = find;
    while (true) {
      Found found = query(next);
      all.addAll(found.items());
      if (found.last() == null) {
        return all;
      }
      next = next.after(found.last());
    }
  }

  /**
   * Changes one item when its condition holds.
   *
   * @return the item after the change, or nothing when the condition does not hold
   */
  public Optional<Item> update(
      String table, Item key, String update, String condition, Item values) {
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(key.attributes())
            .updateExpression(update)
            .conditionExpression(condition)
            .expressionAttributeNames(Writes.names(update + " " + condition))
            .expressionAttributeValues(Writes.values(values))
            .returnValues(ReturnValue.ALL_NEW)
            .build();
    return written(() -> Item.of(client.updateItem(request).attributes()));
  }

  /**
   * Stores one item that belongs with no other when its condition holds: half the price and time of
   * a transaction.
   *
   * @return whether the condition held
   */
  public boolean put(String table, Item item, String condition) {
    PutItemRequest request =
        PutItemRequest.builder()
            .tableName(table)
            .item(item.attributes())
            .conditionExpression(condition)
            .build();
    return written(() -> client.putItem(request)).isPresent();
  }

  /** Tries one write again when transactions hold its item; nothing when its condition fails. */
  private static <T> Optional<T> written(Supplier<T> write) {
    for (int turn = 1; ; turn++) {
      try {
        return Optional.of(write.get());
      } catch (ConditionalCheckFailedException e) {
        return Optional.empty();
      } catch (TransactionConflictException e) {
        if (turn == TRIES) {
          throw new Outage("table", e);
        }
        pause(turn);
      } catch (SdkException e) {
        throw new Outage("table", e);
      }
    }
  }

  /** Commits writes that belong together; tries again when other transactions hold their items. */
  public Commit commit(Writes writes) {
    if (writes.size() == 0) {
      return new Commit.Done();
    }
    for (int turn = 1; ; turn++) {
      try {
        client.transactWriteItems(
            TransactWriteItemsRequest.builder().transactItems(writes.items()).build());
        writes.committed();
        return new Commit.Done();
      } catch (TransactionCanceledException e) {
        Set<String> codes = new HashSet<>();
        Set<String> refused = new LinkedHashSet<>();
        List<CancellationReason> reasons = e.cancellationReasons();
        for (int i = 0; i < reasons.size(); i++) {
          String code = reasons.get(i).code();
          codes.add(code);
          if ("ConditionalCheckFailed".equals(code)) {
            refused.add(writes.labels().get(i));
          }
        }
        codes.remove("None");
        codes.remove("ConditionalCheckFailed");
        if (!refused.isEmpty()) {
          return new Commit.Refused(refused);
        }
        boolean throttled = codes.removeAll(THROTTLES);
        codes.remove("TransactionConflict");
        if (!codes.isEmpty() || (throttled && turn == TRIES)) {
          throw new Outage("table", e);
        }
        if (turn == TRIES) {
          return new Commit.Busy();
        }
        // a partition that is asked too much needs longer than two transactions that met
        pause(throttled ? turn + 2 : turn);
      } catch (SdkException e) {
        throw new Outage("table", e);
      }
    }
  }

  /** The key of an item whose table has a partition key only. */
  public static Item key(String name, String value) {
    return Item.of(new HashMap<>(Map.of(name, AttributeValue.fromS(value))));
  }

  /** The key of an item whose table has a partition and a sort key. */
  public static Item key(String name, String value, String sortName, String sortValue) {
    return Item.of(
        new HashMap<>(
            Map.of(name, AttributeValue.fromS(value), sortName, AttributeValue.fromS(sortValue))));
  }

  private static <T> T call(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new Outage("table", e);
    }
  }

  /**
   * Waits a random while that grows with each turn, so that those who met do not meet again; 400 ms
   * at most.
   */
  public static void pause(int turn) {
    try {
      Thread.sleep(
          Jitter.between(Duration.ofMillis(5), Duration.ofMillis(25L << Math.min(turn, 4))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Outage("table", e);
    }
  }
}
