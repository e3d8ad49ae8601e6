package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.local.Template;

/** The sample events: one for each function, of the form that Lambda gives, and answered. */
@ExtendWith(PlatformExtension.class)
class EventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EVENTS = PlatformExtension.root().resolve("events");

  private static final Template TEMPLATE =
      Template.read(PlatformExtension.root().resolve("template.yaml"));

  static Stream<String> functions() {
    return TEMPLATE.functions().stream().map(Template.Function::id);
  }

  @Test
  void thereIsOneForEachFunctionAndNoOther() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS)) {
      assertEquals(
          functions().map(each -> each + ".json").sorted().toList(),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionAnswersItsOwnWithoutAFault(String functionId, LocalPlatform platform)
      throws IOException {
    JsonNode event = read(functionId);
    JsonNode answer = platform.invoke(functionId, event);
    if (event.has("routeKey")) {
      int status = answer.path("statusCode").asInt();
      assertTrue(status >= 200 && status < 500, answer.toString());
      // a body that the function does not take would be refused before anything is looked up
      assertFalse(Set.of(400, 413, 415).contains(status), answer.toString());
    } else {
      assertTrue(answer.isObject(), answer.toString());
      assertTrue(answer.path("batchItemFailures").isEmpty(), answer.toString());
      assertFalse(answer.has("errors"), answer.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itComesFromWhatCallsTheFunction(String functionId) throws IOException {
    JsonNode event = read(functionId);
    Template.Function function =
        TEMPLATE.functions().stream()
            .filter(each -> each.id().equals(functionId))
            .findFirst()
            .orElseThrow();
    List<Object> types =
        function.events().values().stream().map(each -> map(each).get("Type")).distinct().toList();
    if (types.equals(List.of("HttpApi"))) {
      Optional<Template.Route> route =
          TEMPLATE.routes().stream()
              .filter(each -> each.functionId().equals(functionId))
              .filter(each -> each.key().equals(event.path("routeKey").asText()))
              .findFirst();
      assertTrue(route.isPresent(), event.path("routeKey").asText());
      isRequest(event, route.get());
    } else if (types.equals(List.of("DynamoDB"))) {
      for (Object declared : function.events().values()) {
        isStream(event, map(map(declared).get("Properties")));
      }
    } else if (types.equals(List.of("ScheduleV2"))) {
      assertEquals("aws.scheduler", event.path("source").asText());
      assertEquals("Scheduled Event", event.path("detail-type").asText());
    } else if (types.equals(List.of("EventBridgeRule"))) {
      for (Object declared : function.events().values()) {
        Map<String, Object> pattern = map(map(map(declared).get("Properties")).get("Pattern"));
        assertEquals(pattern.get("source"), List.of(event.path("source").asText()));
        assertTrue(
            ((List<?>) pattern.get("detail-type")).contains(event.path("detail-type").asText()));
      }
    } else {
      assertEquals(List.of(), types);
    }
  }

  private static void isRequest(JsonNode event, Template.Route route) {
    assertEquals("2.0", event.path("version").asText());
    String path = route.path();
    for (Map.Entry<String, JsonNode> parameter : event.path("pathParameters").properties()) {
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue().asText());
    }
    assertEquals(path, event.path("rawPath").asText());
    JsonNode context = event.path("requestContext");
    assertEquals(route.key(), context.path("routeKey").asText());
    assertEquals(route.method(), context.path("http").path("method").asText());
    assertEquals(path, context.path("http").path("path").asText());
    assertEquals(route.authorizer().isPresent(), context.has("authorizer"));
    if (route.authorizer().isPresent()) {
      JsonNode claims = context.path("authorizer").path("jwt").path("claims");
      assertEquals("access", claims.path("token_use").asText());
      assertTrue(claims.has("username"));
    }
  }

  private static void isStream(JsonNode event, Map<String, Object> declared) throws IOException {
    assertEquals(1, event.path("Records").size());
    JsonNode record = event.path("Records").path(0);
    assertEquals("aws:dynamodb", record.path("eventSource").asText());
    assertTrue(record.path("dynamodb").has("SequenceNumber"));
    List<?> filters = (List<?>) map(declared.get("FilterCriteria")).get("Filters");
    for (Object filter : filters) {
      matches(JSON.readTree((String) map(filter).get("Pattern")), record);
    }
  }

  /** The declared filters are lists of values, or ask that there be one. */
  private static void matches(JsonNode pattern, JsonNode value) {
    if (pattern.isArray()) {
      assertTrue(
          pattern
              .valueStream()
              .anyMatch(
                  wanted ->
                      wanted.equals(value)
                          || (wanted.path("exists").asBoolean() && !value.isMissingNode())),
          pattern + " against " + value);
    } else {
      pattern.properties().forEach(field -> matches(field.getValue(), value.path(field.getKey())));
    }
  }

  private static JsonNode read(String functionId) throws IOException {
    return JSON.readTree(Files.readString(EVENTS.resolve(functionId + ".json")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
