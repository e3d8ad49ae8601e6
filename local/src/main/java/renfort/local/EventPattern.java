package renfort.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter of an event source mapping: every field of the pattern must match, a field by one of its
 * values or conditions. An unknown condition is a fault when the pattern is read.
 */
record EventPattern(JsonNode pattern) {

  /** Reads a pattern from its text. */
  static EventPattern parse(String text, String where) {
    JsonNode pattern = Trees.read(text);
    if (!pattern.isObject()) {
      throw new Template.TemplateFault(where + ": the filter's pattern is not a JSON object");
    }
    check(pattern, where);
    return new EventPattern(pattern);
  }

  boolean matches(JsonNode event) {
    return matches(pattern, event);
  }

  private static void check(JsonNode pattern, String where) {
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      JsonNode value = field.getValue();
      if (value.isObject()) {
        check(value, where);
        continue;
      }
      if (!value.isArray()) {
        throw new Template.TemplateFault(
            where + ": the filter's field " + field.getKey() + " is not a list");
      }
      for (JsonNode one : value) {
        if (one.isObject() && !isCondition(one)) {
          throw new Template.TemplateFault(
              where + ": the filter's condition " + one + " is not known on the laptop");
        }
      }
    }
  }

  private static boolean isCondition(JsonNode one) {
    if (one.size() != 1) {
      return false;
    }
    return switch (one.fieldNames().next()) {
      case "exists", "prefix", "suffix", "equals-ignore-case", "numeric" -> true;
      case "anything-but" -> !one.path("anything-but").isObject();
      default -> false;
    };
  }

  private static boolean matches(JsonNode pattern, @Nullable JsonNode event) {
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      JsonNode value = event == null ? null : event.get(field.getKey());
      boolean matches =
          field.getValue().isObject()
              ? matches(field.getValue(), value)
              : oneMatches(field.getValue(), value);
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  private static boolean oneMatches(JsonNode choices, @Nullable JsonNode value) {
    for (JsonNode choice : choices) {
      if (choice.isObject() ? holds(choice, value) : same(choice, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(JsonNode choice, @Nullable JsonNode value) {
    if (value == null) {
      return false;
    }
    if (value.isArray()) {
      for (JsonNode item : value) {
        if (same(choice, item)) {
          return true;
        }
      }
      return false;
    }
    return (choice.isNumber() && value.isNumber())
        ? choice.decimalValue().compareTo(value.decimalValue()) == 0
        : choice.equals(value);
  }

  private static boolean holds(JsonNode condition, @Nullable JsonNode value) {
    String name = condition.fieldNames().next();
    JsonNode argument = condition.path(name);
    if (name.equals("exists")) {
      return argument.asBoolean() == (value != null && !value.isContainerNode());
    }
    if (value == null) {
      return false;
    }
    String text = value.asText();
    return switch (name) {
      case "prefix" -> value.isTextual() && text.startsWith(argument.asText());
      case "suffix" -> value.isTextual() && text.endsWith(argument.asText());
      case "equals-ignore-case" ->
          text.toLowerCase(Locale.ROOT).equals(argument.asText().toLowerCase(Locale.ROOT));
      case "anything-but" ->
          argument.isArray() ? !oneMatches(argument, value) : !same(argument, value);
      default -> numeric(argument, text);
    };
  }

  private static boolean numeric(JsonNode argument, String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return false;
    }
    Iterator<JsonNode> parts = argument.iterator();
    while (parts.hasNext()) {
      String operator = parts.next().asText();
      int order = number.compareTo(parts.next().decimalValue());
      boolean holds =
          switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> order == 0;
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
