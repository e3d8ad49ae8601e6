package renfort.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One stored item, read and written by attribute name: texts, whole numbers, booleans, instants
 * (epoch seconds), dates (ISO text), bytes, lists and nested items. An absent attribute and a null
 * value are the same thing.
 */
public final class Item {
  private final Map<String, AttributeValue> attributes;

  private Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  /** An empty item to be filled. */
  public static Item empty() {
    return new Item(new LinkedHashMap<>());
  }

  /** An item over attributes as the SDK answers them. */
  public static Item of(Map<String, AttributeValue> attributes) {
    return new Item(attributes);
  }

  /** The attributes as the SDK wants them. */
  public Map<String, AttributeValue> attributes() {
    return attributes;
  }

  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  /** A text that every such item has. */
  public String text(String name) {
    return requireNonNull(requireNonNull(attributes.get(name), name).s(), name);
  }

  public @Nullable String textOrNull(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? null : value.s();
  }

  /** A number; 0 when absent. */
  public long number(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? 0 : Long.parseLong(value.n());
  }

  /** A boolean; false when absent. */
  public boolean flag(String name) {
    AttributeValue value = attributes.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }

  public Optional<Instant> instant(String name) {
    AttributeValue value = attributes.get(name);
    return value == null
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(Long.parseLong(value.n())));
  }

  public LocalDate date(String name) {
    return LocalDate.parse(text(name));
  }

  public Optional<LocalDate> dateIfAny(String name) {
    return Optional.ofNullable(textOrNull(name)).map(LocalDate::parse);
  }

  /** Bytes; none when absent. */
  public byte[] bytesOf(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? new byte[0] : value.b().asByteArray();
  }

  /** A list of texts; empty when absent. */
  public List<String> texts(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? List.of() : value.l().stream().map(AttributeValue::s).toList();
  }

  /** A list of nested items; empty when absent. */
  public List<Item> items(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? List.of() : value.l().stream().map(v -> Item.of(v.m())).toList();
  }

  public Optional<Item> item(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? Optional.empty() : Optional.of(Item.of(value.m()));
  }

  public Item with(String name, @Nullable String value) {
    if (value != null) {
      attributes.put(name, text(value, name));
    }
    return this;
  }

  public Item with(String name, long value) {
    attributes.put(name, AttributeValue.fromN(Long.toString(value)));
    return this;
  }

  public Item with(String name, boolean value) {
    attributes.put(name, AttributeValue.fromBool(value));
    return this;
  }

  public Item with(String name, @Nullable Instant value) {
    return value == null ? this : with(name, value.getEpochSecond());
  }

  public Item with(String name, @Nullable LocalDate value) {
    return value == null ? this : with(name, value.toString());
  }

  public Item with(String name, @Nullable Item value) {
    if (value != null) {
      attributes.put(name, AttributeValue.fromM(value.attributes));
    }
    return this;
  }

  /** With bytes; none at all are left out. */
  public Item with(String name, byte[] value) {
    if (value.length > 0) {
      attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
    }
    return this;
  }

  public Item withTexts(String name, Collection<String> values) {
    attributes.put(name, AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
    return this;
  }

  /** A set of texts, for {@code ADD} and {@code contains}; not empty. */
  public Item withSet(String name, Collection<String> values) {
    attributes.put(name, AttributeValue.fromSs(List.copyOf(values)));
    return this;
  }

  public Item withItems(String name, Collection<Item> values) {
    attributes.put(
        name,
        AttributeValue.fromL(
            values.stream().map(item -> AttributeValue.fromM(item.attributes)).toList()));
    return this;
  }

  /** The item without an attribute, if it had it. */
  public Item without(String name) {
    attributes.remove(name);
    return this;
  }

  /** Only the named attributes of this item: a key, say. */
  public Item only(String... names) {
    Item part = empty();
    for (String name : names) {
      AttributeValue value = attributes.get(name);
      if (value != null) {
        part.attributes.put(name, value);
      }
    }
    return part;
  }

  /**
   * The size that DynamoDB counts for this item, in bytes: names and texts in UTF-8, bytes as they
   * are, a number as half its digits and one, a boolean as one, a list or map as three and one for
   * each element (developer guide, "item sizes").
   */
  public int size() {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += bytes(attribute.getKey()) + size(attribute.getValue());
    }
    return size;
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> bytes(value.s());
      case N -> (value.n().length() + 1) / 2 + 1;
      case L -> 3 + value.l().stream().mapToInt(element -> 1 + size(element)).sum();
      case M ->
          3
              + value.m().entrySet().stream()
                  .mapToInt(entry -> 1 + bytes(entry.getKey()) + size(entry.getValue()))
                  .sum();
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL, SS, NS, BS, UNKNOWN_TO_SDK_VERSION -> 1;
    };
  }

  private static int bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }

  private static AttributeValue text(String value, String name) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is empty: leave it out");
    }
    return AttributeValue.fromS(value);
  }
}
