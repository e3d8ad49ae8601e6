package renfort.web;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.storage.Item;
import renfort.storage.Outage;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A function behind a table's stream: hands the changes over one by one and reports those that
 * failed, so that Lambda brings them again ({@code ReportBatchItemFailures}). Lambda brings again
 * all that follows the first failure as well: a subclass does its work idempotently.
 */
public abstract class StreamHandler implements RequestStreamHandler {

  /**
   * One change of a table.
   *
   * @param eventName INSERT, MODIFY or REMOVE
   * @param keys the key of the item
   * @param image the item after the change; empty when it was removed
   */
  public record Change(String eventName, Item keys, Optional<Item> image) {}

  /**
   * Does what follows from one change; may see a change twice.
   *
   * @throws Outage when a service is out: the change comes again
   */
  protected abstract void handle(Change change);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    List<Map<String, Object>> failures = new ArrayList<>();
    for (Object element : (List<?>) Json.readEvent(input).getOrDefault("Records", List.of())) {
      Map<String, Object> record = object(element);
      Map<String, Object> data = object(record.get("dynamodb"));
      try {
        handle(
            new Change(
                text(record.get("eventName")),
                Item.of(attributes(data.get("Keys"))),
                Optional.ofNullable(data.get("NewImage")).map(i -> Item.of(attributes(i)))));
      } catch (RuntimeException fault) {
        // the rest is done all the same: one mail that fails does not hold up the others
        Log.error(getClass().getSimpleName(), text(record.get("eventID")), fault);
        failures.add(Map.of("itemIdentifier", text(data.get("SequenceNumber"))));
      }
    }
    Json.write(Map.of("batchItemFailures", failures), output);
  }

  private static Map<String, AttributeValue> attributes(@Nullable Object image) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    object(image).forEach((name, value) -> attributes.put(name, attribute(value)));
    return attributes;
  }

  private static AttributeValue attribute(Object value) {
    Map.Entry<String, Object> typed = object(value).entrySet().iterator().next();
    Object content = typed.getValue();
    return switch (typed.getKey()) {
      case "S" -> AttributeValue.fromS(text(content));
      case "N" -> AttributeValue.fromN(text(content));
      case "BOOL" -> AttributeValue.fromBool((Boolean) content);
      case "NULL" -> AttributeValue.fromNul(true);
      case "M" -> AttributeValue.fromM(attributes(content));
      case "L" ->
          AttributeValue.fromL(((List<?>) content).stream().map(e -> attribute(e)).toList());
      case "SS" ->
          AttributeValue.fromSs(((List<?>) content).stream().map(String::valueOf).toList());
      case "NS" ->
          AttributeValue.fromNs(((List<?>) content).stream().map(String::valueOf).toList());
      case "B" ->
          AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(text(content))));
      default -> throw new IllegalArgumentException("attribute of type " + typed.getKey());
    };
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}
