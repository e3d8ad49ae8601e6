package renfort.local;

import static renfort.local.Template.list;
import static renfort.local.Template.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import renfort.local.Template.TemplateFault;

/**
 * Gives CloudFormation's functions (Ref, GetAtt, Sub, Join, If, Select, Split and the conditions)
 * their value on this machine. What it cannot resolve is a fault that names the place.
 */
final class Resolver {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");

  private final Template template;
  private final Map<String, String> parameters;
  private final Values values;

  /** What the resources of the template are called here. */
  interface Values {
    /** The value of a reference to a resource, null when it has none here. */
    @Nullable String reference(Template.Resource resource);

    /** The value of a resource's attribute, null when it has none here. */
    @Nullable String attribute(Template.Resource resource, String attribute);
  }

  /**
   * @param parameters the values given to the template's parameters and to the pseudo parameters,
   *     over the defaults
   */
  Resolver(Template template, Map<String, String> parameters, Values values) {
    this.template = template;
    this.parameters = parameters;
    this.values = values;
  }

  /** The text that a value comes to. */
  String text(@Nullable Object value, String where) {
    Object resolved = resolve(value, where);
    if (resolved == null || resolved instanceof Map || resolved instanceof List) {
      throw new TemplateFault(where + " is not a text");
    }
    return resolved.toString();
  }

  /** A tree with every function replaced by its value; parts that come to AWS::NoValue are gone. */
  @Nullable Object resolve(@Nullable Object value, String where) {
    return switch (value) {
      case null -> null;
      case List<?> items -> {
        List<Object> resolved = new ArrayList<>();
        for (Object item : items) {
          Object one = resolve(item, where);
          if (one != null) {
            resolved.add(one);
          }
        }
        yield resolved;
      }
      case Map<?, ?> map when map.size() == 1 && isFunction(map) -> {
        Map.Entry<String, Object> call = object(map).entrySet().iterator().next();
        yield call(call.getKey(), call.getValue(), where);
      }
      case Map<?, ?> map -> {
        Map<String, Object> resolved = new LinkedHashMap<>();
        object(map)
            .forEach(
                (key, item) -> {
                  Object one = resolve(item, where + "." + key);
                  if (one != null) {
                    resolved.put(key, one);
                  }
                });
        yield resolved;
      }
      default -> value;
    };
  }

  private static boolean isFunction(Map<?, ?> map) {
    String key = map.keySet().iterator().next().toString();
    return key.equals("Ref") || key.startsWith("Fn::") || key.equals("Condition");
  }

  private @Nullable Object call(String name, Object argument, String where) {
    return switch (name) {
      case "Ref" -> reference(argument.toString(), where);
      case "Fn::GetAtt" -> {
        List<?> path = list(argument);
        yield attribute(path.get(0).toString(), path.get(1).toString(), where);
      }
      case "Fn::Sub" -> substitute(argument, where);
      case "Fn::Join" -> {
        List<?> arguments = list(argument);
        List<String> parts = new ArrayList<>();
        for (Object part : list(resolve(arguments.get(1), where))) {
          parts.add(part.toString());
        }
        yield String.join(arguments.get(0).toString(), parts);
      }
      case "Fn::Split" -> {
        List<?> arguments = list(argument);
        yield List.of(
            text(arguments.get(1), where).split(Pattern.quote(arguments.get(0).toString()), -1));
      }
      case "Fn::Select" -> {
        List<?> arguments = list(argument);
        int index = Integer.parseInt(text(arguments.get(0), where));
        yield list(resolve(arguments.get(1), where)).get(index);
      }
      case "Fn::If" -> {
        List<?> arguments = list(argument);
        boolean yes = condition(arguments.get(0).toString(), where);
        yield resolve(arguments.get(yes ? 1 : 2), where);
      }
      case "Condition" -> condition(argument.toString(), where);
      case "Fn::Equals" -> {
        List<?> sides = list(argument);
        yield text(sides.get(0), where).equals(text(sides.get(1), where));
      }
      case "Fn::Not" -> !truth(list(argument).get(0), where);
      case "Fn::And" -> list(argument).stream().allMatch(one -> truth(one, where));
      case "Fn::Or" -> list(argument).stream().anyMatch(one -> truth(one, where));
      default -> throw new TemplateFault(where + ": " + name + " is not known on the laptop");
    };
  }

  private boolean truth(Object value, String where) {
    return Objects.equals(resolve(value, where), true);
  }

  private boolean condition(String name, String where) {
    Object declared = object(template.tree().get("Conditions")).get(name);
    if (declared == null) {
      throw new TemplateFault(where + ": no condition " + name);
    }
    return truth(declared, where + " (condition " + name + ")");
  }

  private @Nullable String reference(String id, String where) {
    if (id.equals("AWS::NoValue")) {
      return null;
    }
    String given = parameters.get(id);
    if (given != null) {
      return given;
    }
    Map<String, Object> parameter = object(object(template.tree().get("Parameters")).get(id));
    if (!parameter.isEmpty()) {
      Object otherwise = parameter.get("Default");
      if (otherwise == null) {
        throw new TemplateFault(
            where + ": the parameter " + id + " has no default and no value for the laptop");
      }
      return otherwise.toString();
    }
    Template.Resource resource = resource(id, where);
    String value = values.reference(resource);
    if (value == null) {
      throw new TemplateFault(
          where + ": !Ref " + id + " (" + resource.type() + ") has no value on the laptop");
    }
    return value;
  }

  private String attribute(String id, String attribute, String where) {
    Template.Resource resource = resource(id, where);
    String value = values.attribute(resource, attribute);
    if (value == null) {
      throw new TemplateFault(
          "%s: !GetAtt %s.%s (%s) has no value on the laptop"
              .formatted(where, id, attribute, resource.type()));
    }
    return value;
  }

  private Template.Resource resource(String id, String where) {
    return template
        .resource(id)
        .orElseThrow(() -> new TemplateFault(where + ": nothing is called " + id));
  }

  private String substitute(Object argument, String where) {
    String pattern;
    Map<String, Object> names;
    if (argument instanceof List<?> pair) {
      pattern = pair.get(0).toString();
      names = object(pair.get(1));
    } else {
      pattern = argument.toString();
      names = Map.of();
    }
    Matcher matcher = PLACEHOLDER.matcher(pattern);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(
          text,
          Matcher.quoteReplacement(placeholder(matcher.group(1), matcher.group(2), names, where)));
    }
    return matcher.appendTail(text).toString();
  }

  private String placeholder(String literal, String name, Map<String, Object> names, String where) {
    if (!literal.isEmpty()) {
      return "${" + name + "}";
    }
    Object named = names.get(name);
    if (named != null) {
      return text(named, where);
    }
    int dot = name.indexOf('.');
    if (dot > 0) {
      return attribute(name.substring(0, dot), name.substring(dot + 1), where);
    }
    String value = reference(name, where);
    return value == null ? "" : value;
  }
}
