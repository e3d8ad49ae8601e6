package renfort.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Writes that belong together, each with a label and a condition; at most 100. Stores add to it,
 * the room of the use case commits it. In expressions {@code #word} stands for the attribute {@code
 * word}; values are given as {@code :name}.
 */
public final class Writes {
  /** The condition of an item that must be new, for a table whose partition key is given. */
  public static String isNew(String partitionKey) {
    return "attribute_not_exists(" + partitionKey + ")";
  }

  /** What DynamoDB takes in one transaction. */
  public static final int LIMIT = 100;

  private static final Pattern NAME = Pattern.compile("#([A-Za-z]\\w*)");

  private final List<TransactWriteItem> items = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private boolean isCommitted;

  /** Whether they are stored. */
  public boolean isCommitted() {
    return isCommitted;
  }

  void committed() {
    isCommitted = true;
  }

  public Writes put(String label, String table, Item item, String condition) {
    return put(label, table, item, condition, Item.empty());
  }

  /**
   * Puts a whole item; {@code values} hold the condition's values under their names without the
   * colon.
   */
  public Writes put(String label, String table, Item item, String condition, Item values) {
    return add(
        label,
        TransactWriteItem.builder()
            .put(
                Put.builder()
                    .tableName(table)
                    .item(item.attributes())
                    .conditionExpression(condition)
                    .expressionAttributeNames(names(condition))
                    .expressionAttributeValues(values(values))
                    .build())
            .build());
  }

  public Writes update(
      String label, String table, Item key, String update, String condition, Item values) {
    return add(
        label,
        TransactWriteItem.builder()
            .update(
                Update.builder()
                    .tableName(table)
                    .key(key.attributes())
                    .updateExpression(update)
                    .conditionExpression(condition)
                    .expressionAttributeNames(names(update + " " + condition))
                    .expressionAttributeValues(values(values))
                    .build())
            .build());
  }

  public Writes delete(String label, String table, Item key, String condition, Item values) {
    return add(
        label,
        TransactWriteItem.builder()
            .delete(
                Delete.builder()
                    .tableName(table)
                    .key(key.attributes())
                    .conditionExpression(condition)
                    .expressionAttributeNames(names(condition))
                    .expressionAttributeValues(values(values))
                    .build())
            .build());
  }

  /** Asks that an item be as said, and leaves it alone. */
  public Writes check(String label, String table, Item key, String condition, Item values) {
    return add(
        label,
        TransactWriteItem.builder()
            .conditionCheck(
                ConditionCheck.builder()
                    .tableName(table)
                    .key(key.attributes())
                    .conditionExpression(condition)
                    .expressionAttributeNames(names(condition))
                    .expressionAttributeValues(values(values))
                    .build())
            .build());
  }

  public int size() {
    return items.size();
  }

  List<TransactWriteItem> items() {
    return items;
  }

  List<String> labels() {
    return labels;
  }

  private Writes add(String label, TransactWriteItem item) {
    labels.add(label);
    items.add(item);
    return this;
  }

  static @Nullable Map<String, String> names(String expressions) {
    Map<String, String> names = new HashMap<>();
    Matcher matcher = NAME.matcher(expressions);
    while (matcher.find()) {
      names.put(matcher.group(), matcher.group(1));
    }
    return names.isEmpty() ? null : names;
  }

  static @Nullable Map<String, AttributeValue> values(Item values) {
    if (values.attributes().isEmpty()) {
      return null;
    }
    Map<String, AttributeValue> named = new HashMap<>();
    values.attributes().forEach((name, value) -> named.put(":" + name, value));
    return named;
  }
}
