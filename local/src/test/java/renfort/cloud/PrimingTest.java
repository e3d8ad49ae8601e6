package renfort.cloud;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import renfort.accounts.ShowAccount;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.local.Template;
import renfort.matching.MatchCandidates;
import renfort.missions.ShowMissions;
import renfort.web.ApiHandler;
import renfort.web.Rehearsal;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** What each routed function does before Lambda takes its snapshot. */
@ExtendWith(PlatformExtension.class)
class PrimingTest {
  /** These read nothing but their own jar. */
  private static final Set<String> WITHOUT_TABLES = Set.of("FindCommunes", "ShowReference");

  private static final Set<String> READS = Set.of("getItem", "batchGetItem", "query");

  static Stream<String> routed() {
    return Template.read(PlatformExtension.root().resolve("template.yaml")).routes().stream()
        .map(Template.Route::functionId)
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("routed")
  void itReadsWritesNothingAndKeepsNothingTimed(String functionId, LocalPlatform platform)
      throws Throwable {
    DynamoDbClient tables = mock(DynamoDbClient.class);
    when(tables.getItem(any(GetItemRequest.class))).thenReturn(GetItemResponse.builder().build());
    when(tables.batchGetItem(any(BatchGetItemRequest.class)))
        .thenReturn(
            BatchGetItemResponse.builder().responses(Map.of()).unprocessedKeys(Map.of()).build());
    when(tables.query(any(QueryRequest.class))).thenReturn(QueryResponse.builder().build());
    Environment environment =
        new Environment(
            platform.variables(functionId),
            Clock.systemUTC(),
            Ids.random(),
            new Clients(() -> tables, Mockito::mock, Mockito::mock, Mockito::mock, Mockito::mock));
    ApiHandler handler = handler(functionId, environment);

    String log = logged(() -> handler.beforeCheckpoint(mock()));

    assertFalse(log.contains("not-primed"), log);
    Set<String> calls =
        Mockito.mockingDetails(tables).getInvocations().stream()
            .map(call -> call.getMethod().getName())
            .collect(Collectors.toSet());
    assertEquals(WITHOUT_TABLES.contains(functionId), calls.isEmpty(), calls.toString());
    assertTrue(READS.containsAll(calls), calls.toString());
    timed(handler);
  }

  /** What was recorded must fit the code: else record it again, {@code bin/bench-cold --record}. */
  @ParameterizedTest
  @MethodSource("routed")
  void itRehearsesItsWorkAsItWasRecorded(String functionId) throws Exception {
    Class<? extends ApiHandler> function = type(functionId);
    Rehearsal rehearsal = requireNonNull(Rehearsal.of(function), functionId);
    // a refusal comes before the work
    assertEquals(2, rehearsal.status() / 100, () -> "it answers " + rehearsal.status());
    rehearsal.play(function);
  }

  @Test
  void aRehearsalThatDoesNotFitIsTold() throws Exception {
    Rehearsal candidates = requireNonNull(Rehearsal.of(MatchCandidates.class));
    assertThrows(IllegalStateException.class, () -> candidates.play(ShowAccount.class));
    assertThrows(IllegalStateException.class, () -> candidates.play(ShowMissions.class));
  }

  /** What is printed meanwhile. */
  private static String logged(Executable act) throws Throwable {
    PrintStream before = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
      act.execute();
    } finally {
      System.setOut(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  private static Class<? extends ApiHandler> type(String functionId) throws Exception {
    Template.Function function =
        Template.read(PlatformExtension.root().resolve("template.yaml")).functions().stream()
            .filter(each -> each.id().equals(functionId))
            .findFirst()
            .orElseThrow();
    return Class.forName(function.handler()).asSubclass(ApiHandler.class);
  }

  private static ApiHandler handler(String functionId, Environment environment) throws Exception {
    return type(functionId).getConstructor(Environment.class).newInstance(environment);
  }

  /** Looks at all that the function holds of our own classes, and at what those hold. */
  private static void timed(Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> todo = new ArrayDeque<>();
    todo.push(root);
    while (!todo.isEmpty()) {
      Object object = todo.pop();
      if (!seen.add(object)) {
        continue;
      }
      assertFalse(object instanceof TemporalAccessor || object instanceof Date, object.toString());
      // seeded before the snapshot, it would repeat itself in every copy; SecureRandom asks the
      // system
      assertTrue(
          !(object instanceof Random) || object instanceof java.security.SecureRandom,
          object.toString());
      if (object instanceof Collection<?> items) {
        todo.addAll(items.stream().filter(item -> item != null).toList());
      } else if (object instanceof Map<?, ?> map) {
        todo.addAll(map.values());
      } else if (object.getClass().getName().startsWith("renfort.")) {
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
          for (Field field : type.getDeclaredFields()) {
            if (field.accessFlags().contains(AccessFlag.STATIC) || !field.trySetAccessible()) {
              continue;
            }
            Object value = field.get(object);
            if (value != null) {
              todo.push(value);
            }
          }
        }
      }
    }
    assertTrue(seen.size() > 2);
  }
}
