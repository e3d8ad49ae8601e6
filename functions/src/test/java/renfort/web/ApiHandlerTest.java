package renfort.web;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.storage.Outage;

class ApiHandlerTest {
  private static final String FIRST = "first-secret-of-thirty-two-characters";
  private static final String NEXT = "next-secret-of-thirty-two-characters-";

  private final List<Request> seen = new ArrayList<>();

  private static Environment environment(String secrets) {
    return new Environment(
        Map.of("ORIGIN_SECRETS", secrets),
        Clock.systemUTC(),
        Ids.random(),
        Clients.ofDefaultChain());
  }

  /** Answers with the client's address. */
  private final class Echo extends ApiHandler {
    Echo(String secrets) {
      super(environment(secrets));
    }

    @Override
    protected Response handle(Request request) {
      seen.add(request);
      return Response.ok(Map.of("from", request.sourceIp()));
    }
  }

  @Test
  void whereNoSecretIsConfiguredEverybodyIsRefused() throws Throwable {
    assertEquals(403, call(new Echo(""), Map.of()).get("statusCode"));
    assertEquals(403, call(new Echo(","), Map.of("x-origin-secret", "")).get("statusCode"));
    assertEquals(403, call(new Echo(""), Map.of("x-origin-secret", "open")).get("statusCode"));
    assertEquals(200, call(new Echo("open"), Map.of()).get("statusCode"));
  }

  @Test
  void aServiceThatIsOutKeepsNoFunctionFromBeingRehearsed() throws Throwable {
    ApiHandler handler =
        new ApiHandler(environment(FIRST)) {
          @Override
          protected Response handle(Request request) {
            throw new Outage("table", new IllegalStateException("no role yet"));
          }
        };
    String log = Logged.by(() -> handler.beforeCheckpoint(Core.getGlobalContext()));
    assertTrue(log.contains("\"event\":\"not-primed\""), log);
    assertTrue(log.contains("\"step\":\"services\""), log);
    assertFalse(log.contains("\"step\":\"rehearsal\""), log);
  }

  @Test
  void whoComesPastTheSiteIsRefusedBeforeAnythingIsDone() throws Throwable {
    Map<String, Object> answer = new HashMap<>();
    String log = Logged.by(() -> answer.putAll(call(new Echo(FIRST), Map.of())));

    assertEquals(403, answer.get("statusCode"));
    // an alarm counts it (template.yaml)
    assertTrue(log.contains("\"event\":\"not-through-site\""), log);
    assertTrue(String.valueOf(answer.get("body")).contains("/problems/not-through-site"));
    assertEquals(List.of(), seen);
    assertEquals(403, call(new Echo(FIRST), Map.of(Origin.HEADER, FIRST + "x")).get("statusCode"));
  }

  @Test
  void bothSecretsAreTakenWhileOneGivesWayToTheNext() throws IOException {
    Echo echo = new Echo(NEXT + "," + FIRST);

    assertEquals(200, call(echo, Map.of(Origin.HEADER, FIRST)).get("statusCode"));
    assertEquals(200, call(echo, Map.of(Origin.HEADER, NEXT)).get("statusCode"));
    assertEquals(403, call(echo, Map.of(Origin.HEADER, "")).get("statusCode"));
    assertEquals(403, call(echo, Map.of(Origin.HEADER, NEXT + "," + FIRST)).get("statusCode"));
  }

  @ParameterizedTest
  @CsvSource({
    "198.51.100.7:46532, 198.51.100.7",
    "2001:db8:85a3::8a2e:370:7334:443, 2001:db8:85a3::8a2e:370:7334",
    "'', 192.0.2.17"
  })
  void theClientsAddressIsTheOneThatTheDistributionSaw(String header, String address)
      throws IOException {
    var _ =
        call(new Echo(FIRST), Map.of(Origin.HEADER, FIRST, "cloudfront-viewer-address", header));

    assertEquals(address, seen.getFirst().sourceIp());
  }

  @Test
  void whatTheDistributionWritesIsBelievedBeforeWhatTheClientMaySay() throws IOException {
    var _ =
        call(
            new Echo(FIRST),
            Map.of(
                Origin.HEADER,
                FIRST,
                "x-viewer-address",
                "198.51.100.7",
                "cloudfront-viewer-address",
                "203.0.113.9:1"));

    assertEquals("198.51.100.7", seen.getFirst().sourceIp());
  }

  @Test
  void withoutADistributionNobodySaysWhereTheyComeFrom() throws IOException {
    var _ = call(new Echo("open"), Map.of("cloudfront-viewer-address", "198.51.100.7:1"));

    assertEquals("192.0.2.17", seen.getFirst().sourceIp());
  }

  @Test
  void aCallWithoutARouteDoesNothing() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new Echo(FIRST)
        .handleRequest(
            new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
            output,
            mock(Context.class));

    assertEquals("{}", output.toString(StandardCharsets.UTF_8));
    assertEquals(List.of(), seen);
  }

  @Test
  void aRefusalIsLoggedWithWhoAndOfWhatOnly() throws Throwable {
    ApiHandler refusing =
        new ApiHandler(environment("open")) {
          @Override
          protected Response handle(Request request) {
            throw new Refusal(Problem.forbidden().withDetail("jeanne@exemple.fr"));
          }
        };

    String log = Logged.by(() -> call(refusing, Map.of("referer", "https://exemple.fr")));

    assertEquals(
        "{\"level\":\"INFO\",\"event\":\"refused\",\"route\":\"GET /api/any\",\"status\":403,"
            + "\"requestId\":\"request1\",\"accountId\":\"3c5e7g9j1m2p4r6t8w0y\"}",
        log.strip());
    assertEquals("", Logged.by(() -> call(new Echo("open"), Map.of())), "what is answered is not");
    assertTrue(
        Logged.by(() -> call(new Echo(FIRST), Map.of())).contains("\"status\":403"),
        "nor is who comes past the site forgotten");
  }

  @Test
  void primingNeedsNoSecretAndIsInNobodysName() {
    new Echo(FIRST).beforeCheckpoint(mock());

    // the form of an id, else no table would be asked
    assertEquals("00000000000000000000", seen.getFirst().user());
  }

  @Test
  void aFailingPrimeFailsNoPublication() {
    Environment environment = environment(FIRST);
    for (RuntimeException fault :
        List.of(new Outage("table", new IllegalStateException()), new IllegalStateException())) {
      ApiHandler failing =
          new ApiHandler(environment) {
            @Override
            protected Response handle(Request request) {
              throw fault;
            }
          };
      assertDoesNotThrow(() -> failing.beforeCheckpoint(mock()));
    }
    ApiHandler unlinked =
        new ApiHandler(environment) {
          @Override
          protected Response handle(Request request) {
            return Response.accepted();
          }

          @Override
          protected void prime() {
            throw new NoClassDefFoundError();
          }
        };
    assertDoesNotThrow(() -> unlinked.beforeCheckpoint(mock()));
  }

  private static Map<String, Object> call(ApiHandler handler, Map<String, String> headers)
      throws IOException {
    Map<String, Object> event =
        Map.of(
            "routeKey",
            "GET /api/any",
            "headers",
            headers,
            "requestContext",
            Map.of(
                "requestId",
                "request1",
                "http",
                Map.of("sourceIp", "192.0.2.17"),
                "authorizer",
                Map.of("jwt", Map.of("claims", Map.of("username", "3c5e7g9j1m2p4r6t8w0y")))));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8)),
        output,
        mock(Context.class));
    return Json.readEvent(new ByteArrayInputStream(output.toByteArray()));
  }
}
