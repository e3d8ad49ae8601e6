package renfort.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import renfort.local.Api.Answer;
import renfort.local.PlatformExtension;

/** openapi.yaml as tests read it: its operations, and whether an answer is as it says. */
final class OpenApi {
  static final OpenApi DOCUMENT = load();

  private static final String ADDRESS = "https://openapi.invalid/openapi.json";

  private final JsonNode root;
  private final JsonSchemaFactory schemas;
  private final List<Operation> operations = new ArrayList<>();

  private OpenApi(JsonNode root) {
    this.root = root;
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            factory ->
                factory.schemaLoaders(
                    loaders -> loaders.schemas(Map.of(ADDRESS, root.toString()))));
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        entry -> {
                          if (Set.of("get", "put", "post", "delete").contains(entry.getKey())) {
                            operations.add(
                                new Operation(
                                    entry.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    pointer("paths", path.getKey(), entry.getKey()),
                                    entry.getValue()));
                          }
                        }));
  }

  private static OpenApi load() {
    try {
      String text = Files.readString(PlatformExtension.root().resolve("openapi.yaml"));
      Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
      return new OpenApi(new ObjectMapper().valueToTree(tree));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An operation.
   *
   * @param pointer where it stands in the document
   */
  record Operation(String method, String path, String pointer, JsonNode tree) {

    String id() {
      return tree.path("operationId").asText();
    }

    /** Whom it is for; empty when no access token is needed. */
    List<String> roles() {
      List<String> roles = new ArrayList<>();
      tree.path("x-roles").forEach(role -> roles.add(role.asText()));
      return roles;
    }

    boolean hasBody() {
      return tree.has("requestBody");
    }

    /** The one status of success. */
    int success() {
      return tree.path("responses")
          .propertyStream()
          .map(Map.Entry::getKey)
          .filter(status -> status.startsWith("2"))
          .map(Integer::valueOf)
          .findFirst()
          .orElseThrow();
    }

    /** The path with its parameters filled in, in order. */
    String at(String... parameters) {
      String filled = path;
      for (String parameter : parameters) {
        filled = filled.replaceFirst("\\{\\w+}", Matcher.quoteReplacement(parameter));
      }
      return filled;
    }

    private boolean isOf(String requestMethod, String requestPath) {
      return method.equals(requestMethod)
          && requestPath.matches(Pattern.compile("\\{\\w+}").matcher(path).replaceAll("[^/]+"));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  List<Operation> operations() {
    return operations;
  }

  Operation operation(String id) {
    return operations.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /** The operation that a request such as {@code GET /api/me?x=y} is for. */
  Optional<Operation> of(String request) {
    String[] parts = request.split(" ", 2);
    String path = parts[1].split("\\?", 2)[0];
    return operations.stream().filter(one -> one.isOf(parts[0], path)).findFirst();
  }

  /** The examples of an operation's body, by name. */
  Map<String, JsonNode> examples(Operation operation) {
    JsonNode body = resolve(operation.pointer() + "/requestBody").at("/content/application~1json");
    Map<String, JsonNode> examples = new LinkedHashMap<>();
    if (body.has("example")) {
      examples.put("example", body.path("example"));
    }
    body.path("examples")
        .properties()
        .forEach(example -> examples.put(example.getKey(), example.getValue().path("value")));
    return examples;
  }

  /** The fields that an operation's body must have. */
  Set<String> required(Operation operation) {
    Set<String> required = new TreeSet<>();
    schema(operation).path("required").forEach(name -> required.add(name.asText()));
    return required;
  }

  /** The fields that an operation's body may have. */
  Set<String> properties(Operation operation) {
    Set<String> properties = new TreeSet<>();
    schema(operation).path("properties").fieldNames().forEachRemaining(properties::add);
    return properties;
  }

  private JsonNode schema(Operation operation) {
    return resolve(
        pointerOf(operation.pointer() + "/requestBody") + "/content/application~1json/schema");
  }

  /** What is wrong with an answer, by the document; nothing when all is as it says. */
  List<String> faults(Answer answer) {
    Optional<Operation> operation = of(answer.request());
    if (operation.isEmpty()) {
      return List.of("no such operation");
    }
    String response = operation.get().pointer() + "/responses/" + answer.status();
    if (root.at(response).isMissingNode()) {
      return List.of("this status is not described");
    }
    List<String> faults = new ArrayList<>();
    JsonNode described = resolve(response);
    headers(answer, described, faults);
    JsonNode content = described.path("content");
    if (content.isMissingNode()) {
      if (!answer.text().isEmpty() || !answer.type().isEmpty()) {
        faults.add("no body is described");
      }
      return faults;
    }
    if (!content.has(answer.type())) {
      faults.add("the type " + answer.type() + " is not described");
      return faults;
    }
    if (answer.json().isMissingNode()) {
      faults.add("the body is not JSON");
      return faults;
    }
    String schema = pointerOf(response) + "/content/" + escaped(answer.type()) + "/schema";
    validate(schema, answer.json()).forEach(message -> faults.add(message.toString()));
    return faults;
  }

  /** What is wrong with a body that is sent, by the document. */
  List<String> faults(Operation operation, JsonNode body) {
    return validate(
            pointerOf(operation.pointer() + "/requestBody") + "/content/application~1json/schema",
            body)
        .stream()
        .map(ValidationMessage::toString)
        .toList();
  }

  /** What is wrong with the examples of an operation, by where they stand. */
  Map<String, List<String>> faultsOfExamples(Operation operation) {
    Map<String, List<String>> faults = new LinkedHashMap<>();
    List<String> places = new ArrayList<>();
    if (operation.hasBody()) {
      places.add(pointerOf(operation.pointer() + "/requestBody"));
    }
    operation
        .tree()
        .path("responses")
        .fieldNames()
        .forEachRemaining(
            status -> places.add(pointerOf(operation.pointer() + "/responses/" + status)));
    for (String place : places) {
      root.at(place)
          .path("content")
          .properties()
          .forEach(
              content -> {
                Map<String, JsonNode> examples = new LinkedHashMap<>();
                content
                    .getValue()
                    .path("examples")
                    .properties()
                    .forEach(one -> examples.put(one.getKey(), one.getValue().path("value")));
                if (content.getValue().has("example")) {
                  examples.put("example", content.getValue().path("example"));
                }
                examples.forEach(
                    (name, example) -> {
                      String schema = place + "/content/" + escaped(content.getKey()) + "/schema";
                      Set<ValidationMessage> found = validate(schema, example);
                      if (!found.isEmpty()) {
                        faults.put(
                            place + " " + name,
                            found.stream().map(ValidationMessage::toString).toList());
                      }
                    });
              });
    }
    return faults;
  }

  private void headers(Answer answer, JsonNode described, List<String> faults) {
    // Retry-After is always there on our own 429, never on the gateway's
    if (answer.status() == 429
        && answer.type().equals("application/problem+json")
        && answer.header("retry-after").isEmpty()) {
      faults.add("no Retry-After");
    }
    JsonNode cookie = described.path("headers").path("Set-Cookie");
    if (cookie.isMissingNode() && !answer.cookies().isEmpty()) {
      faults.add("a cookie that is not described");
    }
    JsonNode header =
        cookie.has("$ref") ? root.at(cookie.path("$ref").asText().substring(1)) : cookie;
    if (header.path("required").asBoolean() && answer.cookies().isEmpty()) {
      faults.add("no Set-Cookie");
    }
  }

  private Set<ValidationMessage> validate(String pointer, JsonNode body) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return schemas
        .getSchema(SchemaLocation.of(ADDRESS + "#" + percent(pointer)), config)
        .validate(body);
  }

  /** Where a part stands once its reference is followed. */
  private String pointerOf(String pointer) {
    JsonNode reference = root.at(pointer).path("$ref");
    return reference.isTextual() ? reference.asText().substring(1) : pointer;
  }

  private JsonNode resolve(String pointer) {
    return root.at(pointerOf(pointer));
  }

  private static String pointer(String... names) {
    StringBuilder pointer = new StringBuilder();
    for (String name : names) {
      pointer.append('/').append(escaped(name));
    }
    return pointer.toString();
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** A pointer as a fragment of an address: the braces of paths are not allowed there. */
  private static String percent(String pointer) {
    return pointer.replace("{", "%7B").replace("}", "%7D");
  }
}
