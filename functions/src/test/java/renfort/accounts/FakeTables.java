package renfort.accounts;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import renfort.storage.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Tables in memory that keep to the expressions of the accounts: conditions, transactions that are
 * all or nothing. The real engine is asked the same by the tests of the laptop's platform.
 */
final class FakeTables implements DynamoDbClient {
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "accounts", List.of("accountId"),
          "guards", List.of("guard"),
          "outbox", List.of("id"),
          "journal", List.of("subject", "at"));

  private final Map<String, Map<List<AttributeValue>, Map<String, AttributeValue>>> tables =
      new HashMap<>();

  /** The kinds of calls so far. */
  final List<String> calls = new ArrayList<>();

  /** Done once, before the next transaction is looked at. */
  @Nullable Runnable beforeTransaction;

  boolean out;

  List<Item> rows(String table) {
    return rowsOf(table).values().stream().map(row -> Item.of(new LinkedHashMap<>(row))).toList();
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    called("get");
    Map<String, AttributeValue> row =
        rowsOf(request.tableName()).get(key(request.tableName(), request.key()));
    return row == null
        ? GetItemResponse.builder().build()
        : GetItemResponse.builder().item(row).build();
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    called("batchGet");
    Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
    request
        .requestItems()
        .forEach(
            (table, wanted) ->
                found.put(
                    table,
                    wanted.keys().stream()
                        .map(key -> row(table, key))
                        .filter(row -> !row.isEmpty())
                        .toList()));
    return BatchGetItemResponse.builder().responses(found).build();
  }

  /** Of an index whose rows are all on one page. */
  @Override
  public QueryResponse query(QueryRequest request) {
    called("query");
    Expression expression =
        new Expression(request.expressionAttributeNames(), request.expressionAttributeValues());
    return QueryResponse.builder()
        .items(
            rowsOf(request.tableName()).values().stream()
                .filter(row -> expression.holds(request.keyConditionExpression(), row))
                .toList())
        .build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    called("update");
    Map<String, AttributeValue> before = row(request.tableName(), request.key());
    Expression expression =
        new Expression(request.expressionAttributeNames(), request.expressionAttributeValues());
    if (!expression.holds(request.conditionExpression(), before)) {
      throw ConditionalCheckFailedException.builder().message("no").build();
    }
    Map<String, AttributeValue> after =
        expression.update(request.updateExpression(), request.key(), before);
    rowsOf(request.tableName()).put(key(request.tableName(), request.key()), after);
    return UpdateItemResponse.builder().attributes(after).build();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    called("transact");
    Runnable first = beforeTransaction;
    beforeTransaction = null;
    if (first != null) {
      first.run();
    }
    List<CancellationReason> reasons = new ArrayList<>();
    List<Runnable> writes = new ArrayList<>();
    for (TransactWriteItem item : request.transactItems()) {
      boolean holds = check(item, writes);
      reasons.add(
          CancellationReason.builder().code(holds ? "None" : "ConditionalCheckFailed").build());
    }
    if (writes.size() < reasons.size()) {
      throw TransactionCanceledException.builder().cancellationReasons(reasons).build();
    }
    writes.forEach(Runnable::run);
    return TransactWriteItemsResponse.builder().build();
  }

  private boolean check(TransactWriteItem item, List<Runnable> writes) {
    if (item.put() != null) {
      String table = item.put().tableName();
      List<AttributeValue> key = key(table, item.put().item());
      if (new Expression(
              item.put().expressionAttributeNames(), item.put().expressionAttributeValues())
          .holds(item.put().conditionExpression(), row(table, item.put().item()))) {
        writes.add(() -> rowsOf(table).put(key, item.put().item()));
        return true;
      }
      return false;
    }
    if (item.delete() != null) {
      String table = item.delete().tableName();
      if (new Expression(
              item.delete().expressionAttributeNames(), item.delete().expressionAttributeValues())
          .holds(item.delete().conditionExpression(), row(table, item.delete().key()))) {
        writes.add(() -> rowsOf(table).remove(key(table, item.delete().key())));
        return true;
      }
      return false;
    }
    if (item.conditionCheck() != null) {
      String table = item.conditionCheck().tableName();
      if (new Expression(
              item.conditionCheck().expressionAttributeNames(),
              item.conditionCheck().expressionAttributeValues())
          .holds(
              item.conditionCheck().conditionExpression(),
              row(table, item.conditionCheck().key()))) {
        writes.add(() -> {});
        return true;
      }
      return false;
    }
    String table = item.update().tableName();
    Map<String, AttributeValue> before = row(table, item.update().key());
    Expression expression =
        new Expression(
            item.update().expressionAttributeNames(), item.update().expressionAttributeValues());
    if (expression.holds(item.update().conditionExpression(), before)) {
      writes.add(
          () ->
              rowsOf(table)
                  .put(
                      key(table, item.update().key()),
                      expression.update(
                          item.update().updateExpression(), item.update().key(), before)));
      return true;
    }
    return false;
  }

  private void called(String kind) {
    if (out) {
      throw DynamoDbException.builder().message("out").build();
    }
    calls.add(kind);
  }

  private Map<List<AttributeValue>, Map<String, AttributeValue>> rowsOf(String table) {
    return tables.computeIfAbsent(table, name -> new LinkedHashMap<>());
  }

  private Map<String, AttributeValue> row(String table, Map<String, AttributeValue> of) {
    return rowsOf(table).getOrDefault(key(table, of), Map.of());
  }

  private static List<AttributeValue> key(String table, Map<String, AttributeValue> of) {
    return requireNonNull(KEYS.get(table), table).stream()
        .map(name -> requireNonNull(of.get(name), name))
        .toList();
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}

  /** Expressions of one request. */
  private static final class Expression {
    private static final Pattern WORD =
        Pattern.compile(":\\w+|#?\\w+(?:\\.#?\\w+)*|<=|>=|[=<>(),]");

    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Deque<String> words = new ArrayDeque<>();

    Expression(Map<String, String> names, Map<String, AttributeValue> values) {
      this.names = names;
      this.values = values;
    }

    boolean holds(String condition, Map<String, AttributeValue> row) {
      read(condition);
      return either(row);
    }

    Map<String, AttributeValue> update(
        String update, Map<String, AttributeValue> key, Map<String, AttributeValue> row) {
      Map<String, AttributeValue> after = new LinkedHashMap<>(row);
      after.putAll(key);
      read(update);
      String clause = "";
      while (!words.isEmpty()) {
        String word = words.pop();
        switch (word) {
          case "SET", "REMOVE", "ADD" -> clause = word;
          case "," -> {}
          default -> {
            List<String> path = path(word);
            switch (clause) {
              case "SET" -> {
                expect("=");
                put(after, path, operand(row));
              }
              case "REMOVE" -> put(after, path, null);
              default -> {
                AttributeValue before = get(row, path);
                BigDecimal sum =
                    new BigDecimal(before == null ? "0" : before.n())
                        .add(new BigDecimal(requireNonNull(operand(row)).n()));
                put(after, path, AttributeValue.fromN(sum.toString()));
              }
            }
          }
        }
      }
      return after;
    }

    private void read(String text) {
      words.clear();
      Matcher matcher = WORD.matcher(text);
      while (matcher.find()) {
        words.add(matcher.group());
      }
    }

    private boolean either(Map<String, AttributeValue> row) {
      boolean holds = both(row);
      while ("OR".equals(words.peek())) {
        words.pop();
        holds |= both(row);
      }
      return holds;
    }

    private boolean both(Map<String, AttributeValue> row) {
      boolean holds = one(row);
      while ("AND".equals(words.peek())) {
        words.pop();
        holds &= one(row);
      }
      return holds;
    }

    private boolean one(Map<String, AttributeValue> row) {
      if ("(".equals(words.peek())) {
        words.pop();
        boolean holds = either(row);
        expect(")");
        return holds;
      }
      if (words.element().startsWith("attribute_")) {
        boolean wanted = words.pop().equals("attribute_exists");
        expect("(");
        boolean there = get(row, path(words.pop())) != null;
        expect(")");
        return wanted == there;
      }
      AttributeValue left = operand(row);
      String operator = words.pop();
      AttributeValue right = operand(row);
      if (left == null || right == null || left.type() != right.type()) {
        return false;
      }
      int order =
          left.n() != null
              ? new BigDecimal(left.n()).compareTo(new BigDecimal(right.n()))
              : left.s() != null ? left.s().compareTo(right.s()) : left.equals(right) ? 0 : 1;
      return switch (operator) {
        case "=" -> order == 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        default -> throw new IllegalArgumentException(operator);
      };
    }

    private @Nullable AttributeValue operand(Map<String, AttributeValue> row) {
      String word = words.pop();
      if (word.equals("if_not_exists")) {
        expect("(");
        AttributeValue there = get(row, path(words.pop()));
        expect(",");
        AttributeValue otherwise = operand(row);
        expect(")");
        return there == null ? otherwise : there;
      }
      return word.startsWith(":") ? requireNonNull(values.get(word), word) : get(row, path(word));
    }

    private void expect(String word) {
      if (!word.equals(words.pop())) {
        throw new IllegalArgumentException("expected " + word);
      }
    }

    private List<String> path(String word) {
      List<String> path = new ArrayList<>();
      for (String part : word.split("\\.", -1)) {
        path.add(part.startsWith("#") ? requireNonNull(names.get(part), part) : part);
      }
      return path;
    }

    private static @Nullable AttributeValue get(
        Map<String, AttributeValue> row, List<String> path) {
      AttributeValue value = row.get(path.getFirst());
      return path.size() == 1 || value == null
          ? value
          : get(value.m(), path.subList(1, path.size()));
    }

    private static void put(
        Map<String, AttributeValue> row, List<String> path, @Nullable AttributeValue value) {
      String name = path.getFirst();
      if (path.size() > 1) {
        Map<String, AttributeValue> nested =
            new LinkedHashMap<>(requireNonNull(row.get(name), name).m());
        put(nested, path.subList(1, path.size()), value);
        row.put(name, AttributeValue.fromM(nested));
      } else if (value == null) {
        row.remove(name);
      } else {
        row.put(name, value);
      }
    }
  }
}
