package renfort.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * template.yaml as a tree, and the parts of it that the laptop runs: functions, routes, tables,
 * streams, schedules. Short tags become their long form ({@code !Ref X} is {@code {Ref: X}}).
 * Values are as written; {@link Resolver} gives them their value on this machine.
 */
public final class Template {
  private final Map<String, Object> tree;

  private Template(Map<String, Object> tree) {
    this.tree = tree;
  }

  /**
   * Reads a template.
   *
   * @throws TemplateFault when the file is missing or is not a template
   */
  public static Template read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new TemplateFault("Cannot read the template " + file, e);
    }
  }

  /**
   * Reads a template from its text.
   *
   * @throws TemplateFault when the text is not a template
   */
  public static Template parse(String text) {
    try {
      Optional<Node> root =
          new Compose(LoadSettings.builder().setSchema(new CoreSchema()).build())
              .composeString(text);
      Object tree = root.map(Template::value).orElse(null);
      if (tree instanceof Map<?, ?> && object(tree).containsKey("Resources")) {
        return new Template(object(tree));
      }
      throw new TemplateFault("The template has no Resources");
    } catch (YamlEngineException e) {
      throw new TemplateFault("The template is not YAML: " + e.getMessage(), e);
    }
  }

  /** A declared resource; {@code properties} as written. */
  public record Resource(String id, String type, Map<String, Object> properties) {}

  /**
   * A Lambda function with what Globals add to it.
   *
   * @param handler the class name
   * @param timeout in seconds
   * @param memory in MB
   * @param variables as written
   * @param events by their name, each with Type and Properties as written
   */
  public record Function(
      String id,
      String handler,
      int timeout,
      int memory,
      Map<String, Object> variables,
      Map<String, Object> events) {}

  /**
   * A route of the HTTP API.
   *
   * @param method upper case; ANY for all
   * @param path with parameters in braces
   * @param authorizer the name of the JWT authorizer, absent for an open route
   * @param scopes of which a token needs one; empty when none is asked
   */
  public record Route(
      String functionId, String method, String path, Optional<String> authorizer, List<?> scopes) {

    /** As API Gateway names it: {@code POST /api/needs}. */
    public String key() {
      return method + " " + path;
    }
  }

  /** A table's stream given to a function; {@code properties} as written. */
  public record StreamMapping(
      String functionId, String eventId, String tableId, Map<String, Object> properties) {}

  /**
   * A function run at given times.
   *
   * @param expression {@code rate(…)} or {@code cron(…)}
   * @param input what the function is called with, absent for the service's own event
   */
  public record Schedule(
      String functionId,
      String eventId,
      String expression,
      Optional<String> zone,
      Optional<String> input) {}

  /** The whole tree, as written. */
  public Map<String, Object> tree() {
    return tree;
  }

  /** Every resource, in the order of the file. */
  public List<Resource> resources() {
    List<Resource> all = new ArrayList<>();
    object(tree.get("Resources"))
        .forEach(
            (id, declaration) ->
                all.add(
                    new Resource(
                        id,
                        text(object(declaration).get("Type"), id + ".Type"),
                        object(object(declaration).get("Properties")))));
    return all;
  }

  /** The resources of a type, as {@code AWS::DynamoDB::Table}. */
  public List<Resource> resources(String type) {
    return resources().stream().filter(resource -> resource.type().equals(type)).toList();
  }

  /** A resource by its logical id. */
  public Optional<Resource> resource(String id) {
    return resources().stream().filter(resource -> resource.id().equals(id)).findFirst();
  }

  /** The tables. */
  public List<Resource> tables() {
    return resources("AWS::DynamoDB::Table");
  }

  /** The functions, each with the defaults of Globals. */
  public List<Function> functions() {
    Map<String, Object> globals = object(object(tree.get("Globals")).get("Function"));
    return resources("AWS::Serverless::Function").stream()
        .map(
            resource -> {
              Map<String, Object> own = resource.properties();
              Map<String, Object> variables = new LinkedHashMap<>(variables(globals));
              variables.putAll(variables(own));
              return new Function(
                  resource.id(),
                  text(
                      own.getOrDefault("Handler", globals.get("Handler")),
                      resource.id() + ".Handler"),
                  number(own.getOrDefault("Timeout", globals.get("Timeout")), 3),
                  number(own.getOrDefault("MemorySize", globals.get("MemorySize")), 128),
                  variables,
                  object(own.get("Events")));
            })
        .toList();
  }

  /** The routes of every function. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Function function : functions()) {
      function
          .events()
          .forEach(
              (eventId, event) -> {
                if ("HttpApi".equals(object(event).get("Type"))) {
                  routes.add(route(function.id(), object(object(event).get("Properties"))));
                }
              });
    }
    return routes;
  }

  /** The properties of the HTTP API: those of Globals, overridden by the resource's own. */
  public Map<String, Object> httpApi() {
    Map<String, Object> properties =
        new LinkedHashMap<>(object(object(tree.get("Globals")).get("HttpApi")));
    resources("AWS::Serverless::HttpApi").forEach(api -> properties.putAll(api.properties()));
    return properties;
  }

  /** The streams that functions listen to. */
  public List<StreamMapping> streams() {
    List<StreamMapping> mappings = new ArrayList<>();
    for (Function function : functions()) {
      function
          .events()
          .forEach(
              (eventId, event) -> {
                if ("DynamoDB".equals(object(event).get("Type"))) {
                  Map<String, Object> properties = object(object(event).get("Properties"));
                  mappings.add(
                      new StreamMapping(
                          function.id(),
                          eventId,
                          tableOf(properties.get("Stream"), function.id() + "." + eventId),
                          properties));
                }
              });
    }
    return mappings;
  }

  /** The schedules of every function; disabled ones are left out. */
  public List<Schedule> schedules() {
    List<Schedule> schedules = new ArrayList<>();
    for (Function function : functions()) {
      function
          .events()
          .forEach(
              (eventId, event) -> {
                Object type = object(event).get("Type");
                Map<String, Object> properties = object(object(event).get("Properties"));
                boolean off =
                    "DISABLED".equals(properties.get("State"))
                        || Boolean.FALSE.equals(properties.get("Enabled"));
                if (!off && ("Schedule".equals(type) || "ScheduleV2".equals(type))) {
                  schedules.add(
                      new Schedule(
                          function.id(),
                          eventId,
                          text(
                              properties.get(
                                  "Schedule".equals(type) ? "Schedule" : "ScheduleExpression"),
                              function.id() + "." + eventId),
                          optionalText(properties.get("ScheduleExpressionTimezone")),
                          optionalText(properties.get("Input"))));
                }
              });
    }
    return schedules;
  }

  private Route route(String functionId, Map<String, Object> properties) {
    Map<String, Object> apiAuth = object(httpApi().get("Auth"));
    Map<String, Object> auth = object(properties.get("Auth"));
    String authorizer =
        String.valueOf(
            auth.getOrDefault("Authorizer", apiAuth.getOrDefault("DefaultAuthorizer", "NONE")));
    boolean open = authorizer.equals("NONE");
    Map<String, Object> declared = object(object(apiAuth.get("Authorizers")).get(authorizer));
    Object scopes =
        auth.getOrDefault(
            "AuthorizationScopes", declared.getOrDefault("AuthorizationScopes", List.of()));
    return new Route(
        functionId,
        text(properties.get("Method"), functionId).toUpperCase(Locale.ROOT),
        text(properties.get("Path"), functionId),
        open ? Optional.empty() : Optional.of(authorizer),
        open ? List.of() : list(scopes));
  }

  private static Map<String, Object> variables(Map<String, Object> properties) {
    return object(object(properties.get("Environment")).get("Variables"));
  }

  private static String tableOf(@Nullable Object stream, String where) {
    if (object(stream).get("Fn::GetAtt") instanceof List<?> path
        && path.size() == 2
        && "StreamArn".equals(path.get(1))) {
      return path.get(0).toString();
    }
    throw new TemplateFault(where + ": Stream is not !GetAtt <table>.StreamArn");
  }

  private static Optional<String> optionalText(@Nullable Object value) {
    return Optional.ofNullable(value).map(Object::toString);
  }

  private static int number(@Nullable Object value, int otherwise) {
    return value instanceof Number number ? number.intValue() : otherwise;
  }

  private static String text(@Nullable Object value, String where) {
    if (value == null) {
      throw new TemplateFault(where + " is missing");
    }
    return value.toString();
  }

  /** A value as a map; empty when it is absent or something else. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** A value as a list; empty when it is absent, itself alone when it is no list. */
  static List<?> list(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static @Nullable Object value(Node node) {
    @Nullable Object plain =
        switch (node) {
          case MappingNode mapping -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
              map.put(((ScalarNode) tuple.getKeyNode()).getValue(), value(tuple.getValueNode()));
            }
            yield map;
          }
          case SequenceNode sequence -> {
            List<@Nullable Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(value(item)));
            yield list;
          }
          case ScalarNode scalar -> scalar(scalar);
          default -> throw new TemplateFault("Unexpected YAML at " + node.getStartMark());
        };
    String tag = node.getTag().getValue();
    if (!tag.startsWith("!")) {
      return plain;
    }
    String name = tag.substring(1);
    if (name.equals("Ref") || name.equals("Condition")) {
      return entry(name, plain);
    }
    if (name.equals("GetAtt") && plain instanceof String path) {
      return entry("Fn::GetAtt", List.of(path.split("\\.", 2)));
    }
    return entry("Fn::" + name, plain);
  }

  private static Map<String, @Nullable Object> entry(String key, @Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  private static @Nullable Object scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (tag.equals(Tag.INT)) {
      return Long.decode(text);
    }
    if (tag.equals(Tag.FLOAT)) {
      return Double.valueOf(text);
    }
    return text;
  }

  /** A template that the laptop cannot run; the message says where and why. */
  public static final class TemplateFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateFault(String message) {
      super(message);
    }

    TemplateFault(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
