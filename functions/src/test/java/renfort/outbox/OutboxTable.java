package renfort.outbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.outbox.model.Mail;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The outbox table and that of its limits in memory, at the SDK's port: evaluates the conditions
 * and updates that the outbox sends ({@code AND}, {@code OR}, comparisons, attribute_exists,
 * attribute_not_exists; SET, ADD and REMOVE), and fails on any other. Its index lags when told so.
 */
public final class OutboxTable implements DynamoDbClient {
  private static final String MAILS = "outbox";
  private static final Pattern EXISTS = Pattern.compile("attribute_(not_)?exists\\(#?(\\w+)\\)");
  private static final Pattern COMPARED = Pattern.compile("#(\\w+) (=|<=|<) :(\\w+)");
  private static final Pattern BOTH = Pattern.compile("\\((.*)\\) AND \\((.*)\\)");
  private static final Pattern UPDATE =
      Pattern.compile("(?:SET (.*?))?(?: ?ADD (.*?))?(?: REMOVE (.*))?");

  private final Map<String, Map<String, AttributeValue>> rows = new LinkedHashMap<>();
  private final Map<String, Map<String, AttributeValue>> guards = new LinkedHashMap<>();
  private Optional<List<Map<String, AttributeValue>>> staleIndex = Optional.empty();
  private Optional<Runnable> intruder = Optional.empty();
  private boolean out;

  /** An environment over this table; other services are not there. */
  public Environment environment(Clock clock, Ids ids) {
    return new Environment(
        Map.of("OUTBOX_TABLE", MAILS, "GUARDS_TABLE", "guards", "MAILS_KEPT_DAYS", "90"),
        clock,
        ids,
        new Clients(
            () -> this,
            () -> {
              throw new AssertionError("no S3");
            },
            () -> {
              throw new AssertionError("no presigner");
            },
            () -> {
              throw new AssertionError("no SES");
            },
            () -> {
              throw new AssertionError("no Cognito");
            }));
  }

  /** Posts a mail as a room does; answers its id. */
  public String post(Environment environment, Mail mail) {
    List<String> before = List.copyOf(rows.keySet());
    Writes writes = new Writes();
    new Outbox(environment).post(writes, mail);
    new Database(this).commit(writes);
    return rows.keySet().stream().filter(id -> !before.contains(id)).findFirst().orElseThrow();
  }

  /** The row of a mail. */
  public Item row(String id) {
    return Item.of(Map.copyOf(rows.get(id)));
  }

  /** From now on the index shows what it shows now. */
  public void holdIndex() {
    staleIndex = Optional.of(rows.values().stream().map(Map::copyOf).toList());
  }

  /** The table stops or starts to answer. */
  public void out(boolean isOut) {
    out = isOut;
  }

  /** Somebody else gets in right before the next update. */
  public void beforeNextUpdate(Runnable other) {
    intruder = Optional.of(other);
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}

  @Override
  public synchronized GetItemResponse getItem(GetItemRequest request) {
    answers();
    if (!request.consistentRead()) {
      throw new AssertionError("a base row is read consistently");
    }
    Map<String, AttributeValue> row = table(request.tableName()).get(key(request.key()));
    return row == null
        ? GetItemResponse.builder().build()
        : GetItemResponse.builder().item(new HashMap<>(row)).build();
  }

  @Override
  public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
    answers();
    Optional<Runnable> other = intruder;
    intruder = Optional.empty();
    other.ifPresent(Runnable::run);
    Map<String, Map<String, AttributeValue>> table = table(request.tableName());
    String key = key(request.key());
    Map<String, AttributeValue> row = table.getOrDefault(key, request.key());
    Map<String, AttributeValue> values = request.expressionAttributeValues();
    if (!holds(request.conditionExpression(), row, values)) {
      throw ConditionalCheckFailedException.builder().build();
    }
    Map<String, AttributeValue> after = new HashMap<>(row);
    Matcher update = UPDATE.matcher(request.updateExpression());
    if (!update.matches()) {
      throw new AssertionError(request.updateExpression());
    }
    for (String set : parts(update.group(1))) {
      String[] sides = set.split(" = ", -1);
      after.put(sides[0].substring(1), values.get(sides[1]));
    }
    for (String add : parts(update.group(2))) {
      String[] sides = add.split(" ", -1);
      String name = sides[0].substring(1);
      long sum = Item.of(after).number(name) + Item.of(values).number(sides[1]);
      after.put(name, AttributeValue.fromN(Long.toString(sum)));
    }
    for (String name : parts(update.group(3))) {
      after.remove(name.substring(1));
    }
    table.put(key, after);
    return UpdateItemResponse.builder().attributes(after).build();
  }

  private static List<String> parts(@Nullable String list) {
    return list == null ? List.of() : List.of(list.split(", ", -1));
  }

  private Map<String, Map<String, AttributeValue>> table(String name) {
    return name.equals(MAILS) ? rows : guards;
  }

  private static String key(Map<String, AttributeValue> key) {
    return key.values().iterator().next().s();
  }

  @Override
  public synchronized QueryResponse query(QueryRequest request) {
    answers();
    if (!"unsent".equals(request.indexName())) {
      throw new AssertionError("only the index is queried");
    }
    List<Map<String, AttributeValue>> found =
        staleIndex.orElseGet(() -> List.copyOf(rows.values())).stream()
            .filter(
                row ->
                    holds(
                        request.keyConditionExpression(), row, request.expressionAttributeValues()))
            .sorted(
                Comparator.<Map<String, AttributeValue>>comparingLong(
                        row -> Item.of(row).number("dueAt"))
                    .thenComparing(row -> id(row)))
            .toList();
    List<Map<String, AttributeValue>> rest =
        request.hasExclusiveStartKey()
            ? found.stream()
                .dropWhile(row -> !id(row).equals(id(request.exclusiveStartKey())))
                .skip(1)
                .toList()
            : found;
    List<Map<String, AttributeValue>> page =
        rest.stream().limit(request.limit()).map(OutboxTable::keys).toList();
    QueryResponse.Builder response = QueryResponse.builder().items(page);
    if (page.size() == request.limit()) {
      response.lastEvaluatedKey(page.getLast());
    }
    return response.build();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    answers();
    List<TransactWriteItem> items = new ArrayList<>(request.transactItems());
    items.forEach(item -> rows.put(id(item.put().item()), item.put().item()));
    return TransactWriteItemsResponse.builder().build();
  }

  private void answers() {
    if (out) {
      throw SdkClientException.create("the table is out");
    }
  }

  private static String id(Map<String, AttributeValue> row) {
    return Item.of(row).text("id");
  }

  /** What an index of keys shows of a row. */
  private static Map<String, AttributeValue> keys(Map<String, AttributeValue> row) {
    return Item.of(row).only("id", "unsent", "dueAt").attributes();
  }

  private static boolean holds(
      String condition, Map<String, AttributeValue> row, Map<String, AttributeValue> values) {
    Matcher both = BOTH.matcher(condition);
    if (both.matches()) {
      return holds(both.group(1), row, values) && holds(both.group(2), row, values);
    }
    if (condition.contains(" OR ")) {
      return Arrays.stream(condition.split(" OR ", -1)).anyMatch(part -> holds(part, row, values));
    }
    return Arrays.stream(condition.split(" AND ", -1)).allMatch(part -> isTrue(part, row, values));
  }

  private static boolean isTrue(
      String part, Map<String, AttributeValue> row, Map<String, AttributeValue> values) {
    Matcher exists = EXISTS.matcher(part);
    if (exists.matches()) {
      return row.containsKey(exists.group(2)) == (exists.group(1) == null);
    }
    Matcher compared = COMPARED.matcher(part);
    if (!compared.matches()) {
      throw new AssertionError(part);
    }
    AttributeValue left = row.get(compared.group(1));
    AttributeValue right = values.get(":" + compared.group(3));
    if (left == null || right == null) {
      return false;
    }
    return switch (compared.group(2)) {
      case "=" -> left.equals(right);
      case "<" -> Long.parseLong(left.n()) < Long.parseLong(right.n());
      default -> Long.parseLong(left.n()) <= Long.parseLong(right.n());
    };
  }
}
