package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renfort.local.Template.TemplateFault;

class TemplateTest {
  @TempDir Path directory;

  @Test
  void readsRoutesWithTheirAuthorizers() {
    List<Template.Route> routes = Template.read(TinyPlatform.TEMPLATE).routes();
    assertEquals(6, routes.size());
    Template.Route open = route(routes, "GET /api/open");
    assertEquals(Optional.empty(), open.authorizer());
    Template.Route closed = route(routes, "GET /api/closed");
    assertEquals(Optional.of("AccessToken"), closed.authorizer());
    assertEquals(List.of("aws.cognito.signin.user.admin"), closed.scopes());
    assertEquals(List.of("another"), route(routes, "GET /api/scoped").scopes());
  }

  @Test
  void addsGlobalsToFunctions() {
    Template.Function echo = Template.read(TinyPlatform.TEMPLATE).functions().getFirst();
    assertEquals(1, echo.timeout());
    assertTrue(echo.variables().keySet().containsAll(List.of("THINGS_TABLE", "JOINED")));
    assertEquals(5, Template.read(TinyPlatform.TEMPLATE).functions().get(1).timeout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!Ref Nowhere",
        "!GetAtt ThingsTable.Colour",
        "!Ref Topic",
        "!Ref Secret",
        "!Sub 'a ${Nowhere}'",
        "!ImportValue other"
      })
  void aVariableThatCannotBeResolvedStopsTheStartAndIsNamed(String value) throws Exception {
    Path file = directory.resolve("template.yaml");
    String resources = "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n";
    Files.writeString(
        file,
        Files.readString(TinyPlatform.TEMPLATE)
            .replace("JOINED: !Join [\"-\", [a, !Ref Stage]]", "JOINED: " + value)
            .replace("Resources:\n", resources)
            .replace("Conditions:\n", "  Secret: {Type: String}\nConditions:\n"));
    TemplateFault fault =
        assertThrows(
            TemplateFault.class,
            () -> {
              try (var _ = LocalPlatform.start(LocalPlatform.Options.inMemory(file))) {
                throw new AssertionError("it started");
              }
            });
    assertTrue(
        String.valueOf(fault.getMessage()).startsWith("Echo.Environment.Variables.JOINED"),
        fault.getMessage());
  }

  @Test
  void aMissingClassStopsTheStartUnlessAllowed() throws Exception {
    Path file = directory.resolve("template.yaml");
    Files.writeString(
        file, Files.readString(TinyPlatform.TEMPLATE).replace("renfort.local.Echo", "not.There"));
    LocalPlatform.Options options = LocalPlatform.Options.inMemory(file);
    String message =
        String.valueOf(
            assertThrows(TemplateFault.class, () -> LocalPlatform.start(options)).getMessage());
    assertTrue(message.contains("Echo") && message.contains("not.There"), message);
    try (LocalPlatform platform = LocalPlatform.start(options.withMissingFunctions())) {
      var _ = new Api(platform.address()).get("/api/open").expect(500);
    }
  }

  @Test
  void theRealTemplateIsReadWhole() {
    Template template = Template.read(PlatformExtension.root().resolve("template.yaml"));
    assertTrue(template.routes().size() > 30);
    assertTrue(template.routes().stream().allMatch(route -> route.path().startsWith("/api/")));
    assertEquals(
        Set.of(
            "EndPushes",
            "FinishErasure",
            "FreeSubmissions",
            "NoteListViews",
            "ReleaseCandidates",
            "SendMail",
            "TakeSubmission"),
        template.streams().stream()
            .map(Template.StreamMapping::functionId)
            .collect(Collectors.toSet()));
    for (Template.Schedule schedule : template.schedules()) {
      assertTrue(
          Times.parse(schedule.expression(), schedule.zone(), schedule.functionId())
              .after(Instant.EPOCH)
              .isAfter(Instant.EPOCH));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate(5 minutes)           | 2026-11-22T10:00:30Z | 2026-11-22T10:05:30Z",
        "rate(1 hour)              | 2026-11-22T10:00:00Z | 2026-11-22T11:00:00Z",
        "cron(30 3 ? * MON-FRI *)  | 2026-11-20T03:30:00Z | 2026-11-23T03:30:00Z",
        "cron(0/15 8-9 * * ? *)    | 2026-11-22T09:45:10Z | 2026-11-23T08:00:00Z",
        "cron(0 0 1 JAN ? 2030)    | 2026-11-22T10:00:00Z | 2030-01-01T00:00:00Z",
        "cron(0 12 ? * 1 *)        | 2026-11-22T11:59:59Z | 2026-11-22T12:00:00Z"
      })
  void schedulesRunWhenEventBridgeWouldRunThem(String expression, Instant from, Instant next) {
    assertEquals(next, Times.parse(expression, Optional.empty(), "").after(from));
  }

  @Test
  void aScheduleKeepsToItsZone() {
    assertEquals(
        Instant.parse("2026-07-01T04:00:00Z"),
        Times.parse("cron(0 6 * * ? *)", Optional.of("Europe/Paris"), "")
            .after(Instant.parse("2026-07-01T00:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate(0 minutes)", "rate(5 weeks)", "cron(61 * * * ? *)", "cron(* * *)"})
  void aScheduleThatCannotBeReadIsAFault(String expression) {
    assertThrows(TemplateFault.class, () -> Times.parse(expression, Optional.empty(), "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':['x','y']}                       | true",
        "{'a':['z']}                           | false",
        "{'a':[{'prefix':'x'}]}                | true",
        "{'a':[{'anything-but':'x'}]}          | false",
        "{'a':[{'anything-but':['p','q']}]}    | true",
        "{'b':{'N':[{'numeric':['>',4,'<=',5]}]}} | true",
        "{'b':{'N':[{'numeric':['>',5]}]}}     | false",
        "{'c':[{'exists':false}]}              | true",
        "{'a':[{'exists':true}],'c':['x']}     | false",
        "{'d':{'BOOL':[true]}}                 | true"
      })
  void filtersChooseAsLambdaDoes(String pattern, boolean matches) {
    JsonNode event = Trees.read("{\"a\":\"x\",\"b\":{\"N\":\"5\"},\"d\":{\"BOOL\":true}}");
    assertEquals(
        matches, EventPattern.parse(pattern.replace('\'', '"'), "x").matches(event), pattern);
  }

  @Test
  void aFilterThatIsNotKnownIsAFault() {
    for (String pattern : List.of("{\"a\":[{\"wildcard\":\"x*\"}]}", "{\"a\":\"x\"}", "no")) {
      assertThrows(TemplateFault.class, () -> EventPattern.parse(pattern, "x"));
    }
    assertFalse(EventPattern.parse("{\"a\":[]}", "x").matches(Trees.object()));
  }

  private static Template.Route route(List<Template.Route> routes, String key) {
    return routes.stream().filter(route -> route.key().equals(key)).findFirst().orElseThrow();
  }
}
