package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import renfort.environment.Environment;
import renfort.local.PlatformExtension;
import renfort.local.Template;

/** What SAM's own checks do not see; the platform's start reads schedules and filters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudTemplateTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final Template template =
      Template.read(PlatformExtension.root().resolve("template.yaml"));
  private final Set<String> described = new TreeSet<>();
  private final Set<String> openToAll = new TreeSet<>();

  @BeforeAll
  void readTheDescription() throws IOException {
    Path file = PlatformExtension.root().resolve("openapi.yaml");
    try (Reader reader = Files.newBufferedReader(file)) {
      Object tree = new Load(LoadSettings.builder().build()).loadFromReader(reader);
      map(map(tree).get("paths"))
          .forEach(
              (path, operations) ->
                  map(operations)
                      .forEach(
                          (method, operation) -> {
                            if (METHODS.contains(method)) {
                              describe(method.toUpperCase(Locale.ROOT) + " " + path, operation);
                            }
                          }));
    }
  }

  private void describe(String route, Object operation) {
    described.add(route);
    boolean asksForToken =
        list(map(operation).get("security")).stream()
            .anyMatch(requirement -> map(requirement).containsKey("accessToken"));
    assertTrue(map(operation).get("security") != null, () -> route + " does not say who may");
    if (!asksForToken) {
      openToAll.add(route);
    }
  }

  @Test
  void theRoutesAreThoseOfTheDescription() {
    assertTrue(described.size() > 30);
    assertEquals(
        described,
        template.routes().stream()
            .map(Template.Route::key)
            .collect(Collectors.toCollection(TreeSet::new)));
    assertEquals(described.size(), template.routes().size());
  }

  @Test
  void aRouteIsOpenWhereTheDescriptionAsksForNoToken() {
    assertEquals(
        openToAll,
        template.routes().stream()
            .filter(route -> route.authorizer().isEmpty())
            .map(Template.Route::key)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyOtherRouteAsksForTheScopeThatOnlyAccessTokensHave() {
    for (Template.Route route : template.routes()) {
      if (route.authorizer().isPresent()) {
        assertEquals(List.of("aws.cognito.signin.user.admin"), route.scopes(), route.key());
      }
    }
  }

  @Test
  void everyFunctionIsAClassThatLambdaAndTheLaptopCanMake() throws Exception {
    Set<String> handlers = new HashSet<>();
    for (Template.Function function : template.functions()) {
      Class<?> handler = Class.forName(function.handler());
      assertTrue(RequestStreamHandler.class.isAssignableFrom(handler), function.id());
      assertNotNull(handler.getConstructor(), function.id());
      assertNotNull(handler.getConstructor(Environment.class), function.id());
      assertEquals(function.id(), handler.getSimpleName().replaceFirst("Handler$", ""));
      assertTrue(handlers.add(function.handler()), function.handler());
    }
  }

  @Test
  void everyFunctionIsDeployedFromTheOneJarAsItIs() {
    Map<String, Object> resources = map(template.tree().get("Resources"));
    for (Template.Function function : template.functions()) {
      Map<String, Object> declared = map(resources.get(function.id()));
      assertEquals(Map.of("SkipBuild", true), declared.get("Metadata"), function.id());
      assertEquals(
          "functions/target/functions.jar",
          map(declared.get("Properties")).get("CodeUri"),
          function.id());
    }
  }

  @Test
  void whatPeopleEnteredOutlivesTheStackAndIsEncrypted() {
    Map<String, Object> resources = map(template.tree().get("Resources"));
    for (Template.Resource table : template.tables()) {
      Map<String, Object> declared = map(resources.get(table.id()));
      assertEquals("Retain", declared.get("DeletionPolicy"), table.id());
      assertEquals("Retain", declared.get("UpdateReplacePolicy"), table.id());
      assertEquals(Map.of("SSEEnabled", true), table.properties().get("SSESpecification"));
      assertEquals(
          Map.of("PointInTimeRecoveryEnabled", true),
          table.properties().get("PointInTimeRecoverySpecification"));
    }
  }

  @Test
  void everyLogEnds() {
    List<Template.Resource> logs = template.resources("AWS::Logs::LogGroup");
    assertTrue(
        logs.stream().allMatch(log -> log.properties().get("RetentionInDays") instanceof Number));
    Set<String> known = logs.stream().map(Template.Resource::id).collect(Collectors.toSet());
    Map<String, Object> globals = map(map(template.tree().get("Globals")).get("Function"));
    assertTrue(known.contains(map(map(globals.get("LoggingConfig")).get("LogGroup")).get("Ref")));
    for (Template.Function function : template.functions()) {
      assertTrue(
          map(template.resource(function.id()).orElseThrow().properties()).get("LoggingConfig")
              == null,
          function.id());
    }
  }

  @Test
  void everyRoutedFunctionStartsFromASnapshotAndNoOther() {
    Map<String, Object> globals = map(map(template.tree().get("Globals")).get("Function"));
    assertEquals(Map.of("ApplyOn", "PublishedVersions"), globals.get("SnapStart"));
    assertEquals("live", globals.get("AutoPublishAlias"));
    // else a change of Timeout or of Description alone would publish nothing
    assertEquals(true, globals.get("AutoPublishAliasAllProperties"));
    assertEquals("Delete", globals.get("VersionDeletionPolicy"));
    for (Template.Function function : template.functions()) {
      assertEquals(
          routed().contains(function.id()) ? null : Map.of("ApplyOn", "None"),
          template.resource(function.id()).orElseThrow().properties().get("SnapStart"),
          function.id());
    }
  }

  /**
   * Else a deployment that changes parameters only would leave the running versions as they are.
   */
  @Test
  void everyFunctionIsPublishedAnewWithEachRelease() {
    for (Template.Function function : template.functions()) {
      assertEquals(
          Map.of("Ref", "Release"),
          template.resource(function.id()).orElseThrow().properties().get("AutoPublishCodeSha256"),
          function.id());
    }
  }

  @Test
  void everySnapshotIsUsedWeekly() {
    Map<String, Object> machine = template.resource("KeepSnapshots").orElseThrow().properties();
    Map<String, Object> each =
        map(map(map(machine.get("Definition")).get("States")).get("EachFunction"));
    Map<String, Object> allowed =
        map(list(map(list(machine.get("Policies")).getFirst()).get("Statement")).getFirst());
    List<?> aliases = routed().stream().map(id -> Map.of("Ref", id + ".Alias")).toList();
    assertEquals(aliases, each.get("Items"));
    assertEquals(aliases, allowed.get("Resource"));
    assertEquals("lambda:InvokeFunction", allowed.get("Action"));
    Map<String, Object> weekly =
        map(map(map(machine.get("Events")).get("Weekly")).get("Properties"));
    assertEquals(
        Map.of("Arn", Map.of("Fn::GetAtt", List.of("DeadLetters", "Arn"))),
        weekly.get("DeadLetterConfig"));
  }

  @Test
  void nothingThatFailsIsLost() {
    Object queue = Map.of("Fn::GetAtt", List.of("DeadLetters", "Arn"));
    Map<String, Object> onFailure =
        Map.of("OnFailure", Map.of("Type", "SQS", "Destination", queue));
    for (Template.Function function : template.functions()) {
      Map<String, Object> declared = template.resource(function.id()).orElseThrow().properties();
      for (Object event : function.events().values()) {
        Map<String, Object> properties = map(map(event).get("Properties"));
        switch (String.valueOf(map(event).get("Type"))) {
          case "DynamoDB" -> {
            assertEquals(onFailure, properties.get("DestinationConfig"), function.id());
            assertEquals(
                List.of("ReportBatchItemFailures"),
                properties.get("FunctionResponseTypes"),
                function.id());
          }
          case "ScheduleV2", "EventBridgeRule" -> {
            assertEquals(Map.of("Arn", queue), properties.get("DeadLetterConfig"), function.id());
            assertEquals(
                onFailure,
                map(declared.get("EventInvokeConfig")).get("DestinationConfig"),
                function.id());
          }
          default -> assertEquals("HttpApi", map(event).get("Type"), function.id());
        }
      }
    }
  }

  @Test
  void everyAlarmTellsSomebodyAndWhereToRead() throws IOException {
    String operations = Files.readString(PlatformExtension.root().resolve("docs/operations.md"));
    Template firewall = Template.read(PlatformExtension.root().resolve("firewall.yaml"));
    List<Template.Resource> alarms = new ArrayList<>(template.resources("AWS::CloudWatch::Alarm"));
    alarms.addAll(firewall.resources("AWS::CloudWatch::Alarm"));
    assertTrue(alarms.size() > 15);
    for (Template.Resource alarm : alarms) {
      assertEquals(List.of(Map.of("Ref", "Alarms")), alarm.properties().get("AlarmActions"));
      assertEquals(List.of(Map.of("Ref", "Alarms")), alarm.properties().get("OKActions"));
      String description = String.valueOf(alarm.properties().get("AlarmDescription"));
      String section = description.replaceFirst("^.*\\(docs/operations\\.md, (.*)\\)$", "$1");
      assertTrue(operations.contains("### " + section + "\n"), description);
    }
  }

  @Test
  void whatPeopleEnteredIsNotDeletedByMistake() {
    for (Template.Resource table : template.tables()) {
      assertEquals(true, table.properties().get("DeletionProtectionEnabled"), table.id());
    }
    assertEquals(
        "ACTIVE",
        template.resource("UserPool").orElseThrow().properties().get("DeletionProtection"));
  }

  @Test
  void theDistributionNamesItselfAndLeavesTheApisAnswersAsTheyAre() {
    Map<String, Object> distribution =
        map(template.resource("Distribution").orElseThrow().properties().get("DistributionConfig"));
    for (Object error : list(distribution.get("CustomErrorResponses"))) {
      // no page and no other status in its place
      assertEquals(Set.of("ErrorCode", "ErrorCachingMinTTL"), map(error).keySet());
      assertEquals(0L, map(error).get("ErrorCachingMinTTL"));
    }
    List<Map<String, Object>> behaviours =
        list(distribution.get("CacheBehaviors")).stream().map(CloudTemplateTest::map).toList();
    // only what says itself that it may be kept, and is the same for all
    assertEquals(
        List.of("/api/reference", "/api/communes", "/api/*"),
        behaviours.stream().map(behaviour -> behaviour.get("PathPattern")).toList());
    for (Map<String, Object> kept : behaviours.subList(0, 2)) {
      assertEquals(Map.of("Ref", "ReferenceCache"), kept.get("CachePolicyId"));
      assertEquals(List.of("GET", "HEAD"), kept.get("AllowedMethods"));
      assertEquals(Map.of("Ref", "SecurityHeaders"), kept.get("ResponseHeadersPolicyId"));
      assertTrue(openToAll.contains("GET " + kept.get("PathPattern")));
    }
    Map<String, Object> api = behaviours.getLast();
    assertEquals("api", api.get("TargetOriginId"));
    assertEquals(
        List.of(
            Map.of(
                "EventType",
                "viewer-request",
                "FunctionARN",
                Map.of("Fn::GetAtt", List.of("ViewerAddress", "FunctionMetadata.FunctionARN")))),
        api.get("FunctionAssociations"));
    assertEquals(
        Set.of("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"),
        Set.copyOf(list(api.get("AllowedMethods"))));
    // CachingDisabled and AllViewerExceptHostHeader: ids of AWS's own
    assertEquals("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", api.get("CachePolicyId"));
    assertEquals("b689b0a8-53d0-40ab-baf2-68738e2966ac", api.get("OriginRequestPolicyId"));
    Map<String, Object> site = map(distribution.get("DefaultCacheBehavior"));
    for (Map<String, Object> behaviour : List.of(api, site)) {
      assertEquals(Map.of("Ref", "SecurityHeaders"), behaviour.get("ResponseHeadersPolicyId"));
    }
    Map<String, Object> origin =
        list(distribution.get("Origins")).stream()
            .map(CloudTemplateTest::map)
            .filter(each -> "api".equals(each.get("Id")))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of(
            Map.of(
                "HeaderName",
                "x-origin-secret",
                "HeaderValue",
                Map.of("Fn::Select", List.of(0L, Map.of("Ref", "OriginSecret"))))),
        origin.get("OriginCustomHeaders"));
    // a secret that has a default is known to all
    assertEquals(
        Set.of("Type", "Description", "AllowedPattern", "NoEcho"),
        map(map(template.tree().get("Parameters")).get("OriginSecret")).keySet());
  }

  /** Else a flood of forms would use up the rate of who is signed in. */
  @Test
  void everyOpenPostHasALimitOfItsOwn() {
    Map<String, Object> api = template.resource("Api").orElseThrow().properties();
    long all = (long) map(api.get("DefaultRouteSettings")).get("ThrottlingRateLimit");
    Map<String, Object> own = map(api.get("RouteSettings"));
    for (Template.Route route : template.routes()) {
      if (route.method().equals("POST")
          && route.authorizer().isEmpty()
          && !route.path().endsWith("/refresh")) {
        long limit = (long) map(own.get(route.key())).getOrDefault("ThrottlingRateLimit", all);
        assertTrue(limit <= all / 10, route.key());
      }
    }
  }

  /** Two stacks of one account, in two regions, must not meet. */
  @Test
  void whatIsNamedForTheWholeAccountNamesItsRegion() {
    Map<String, Object> resources = map(template.tree().get("Resources"));
    Map<String, String> names =
        Map.of(
            "AWS::CloudFront::OriginAccessControl", "OriginAccessControlConfig",
            "AWS::CloudFront::ResponseHeadersPolicy", "ResponseHeadersPolicyConfig",
            "AWS::CloudFront::CachePolicy", "CachePolicyConfig",
            "AWS::CloudFront::Function", "");
    int named = 0;
    for (Object each : resources.values()) {
      String config = names.get(String.valueOf(map(each).get("Type")));
      if (config != null) {
        Map<String, Object> properties = map(map(each).get("Properties"));
        Object name =
            config.isEmpty() ? properties.get("Name") : map(properties.get(config)).get("Name");
        assertTrue(name.toString().contains("${AWS::Region}"), name.toString());
        named++;
      }
    }
    assertEquals(5, named);
  }

  @Test
  void R25_noEntryOfTheJournalIsChangedWhoeverMay() {
    Map<String, Object> policy =
        map(template.resource("JournalTable").orElseThrow().properties().get("ResourcePolicy"));
    Map<String, Object> statement =
        map(list(map(policy.get("PolicyDocument")).get("Statement")).getFirst());
    assertEquals("Deny", statement.get("Effect"));
    assertEquals("*", statement.get("Principal"));
    assertTrue(
        list(statement.get("Action"))
            .containsAll(
                List.of("dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem")));
  }

  @Test
  void onlyFunctionsBehindARouteAreGivenTheSecret() {
    assertEquals(
        routed(),
        template.functions().stream()
            .filter(function -> !"".equals(function.variables().get("ORIGIN_SECRETS")))
            .map(Template.Function::id)
            .sorted()
            .toList());
  }

  /** What is open and sent by POST is counted by one rule of the firewall, and only by one. */
  @Test
  void everyOpenPostIsCountedByOneRuleOfTheFirewall() {
    Template firewall = Template.read(PlatformExtension.root().resolve("firewall.yaml"));
    List<Pattern> paths = new ArrayList<>();
    for (Object rule :
        list(firewall.resource("Firewall").orElseThrow().properties().get("Rules"))) {
      Map<String, Object> rate = map(map(map(rule).get("Statement")).get("RateBasedStatement"));
      for (Object part :
          list(map(map(rate.get("ScopeDownStatement")).get("AndStatement")).get("Statements"))) {
        Object path = map(map(part).get("RegexMatchStatement")).get("RegexString");
        if (path != null) {
          paths.add(Pattern.compile(path.toString()));
        }
      }
    }
    for (Template.Route route : template.routes()) {
      if (route.method().equals("POST") && route.authorizer().isEmpty()) {
        assertEquals(
            1,
            paths.stream().filter(path -> path.matcher(route.path()).matches()).count(),
            route.key());
      }
    }
  }

  private List<String> routed() {
    return template.routes().stream().map(Template.Route::functionId).distinct().sorted().toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
