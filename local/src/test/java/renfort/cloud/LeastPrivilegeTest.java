package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import renfort.local.PlatformExtension;
import renfort.local.Template;

/** Each function may do what its code comes to, and nothing else. */
class LeastPrivilegeTest {
  private static final String MAIL_IDENTITIES = "identity/";

  /** A mail that names the configuration set needs the right to both. */
  private static final String MAIL_SETTINGS =
      "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${MailSettings}";

  private final Template template =
      Template.read(PlatformExtension.root().resolve("template.yaml"));

  @TestFactory
  Stream<DynamicTest> aFunctionMayDoWhatItsCodeComesToAndNothingElse() {
    return template.functions().stream()
        .map(
            function ->
                DynamicTest.dynamicTest(
                    function.id(),
                    () -> {
                      Map<String, Set<String>> needed = needed(function);
                      Map<String, Set<String>> granted = granted(function.id());
                      assertEquals(
                          needed,
                          granted,
                          () ->
                              "Policies of %s in template.yaml: to add %s, to take away %s"
                                  .formatted(
                                      function.id(), less(needed, granted), less(granted, needed)));
                    }));
  }

  @Test
  void mailsAreSentInTheNameOfTheSenderOnly() {
    List<Map<String, Object>> ofMails =
        template.functions().stream()
            .flatMap(function -> statements(function.id()).stream())
            .filter(statement -> list(statement.get("Action")).contains("ses:SendEmail"))
            .toList();
    assertFalse(ofMails.isEmpty());
    for (Map<String, Object> statement : ofMails) {
      assertEquals(
          Map.of("StringEquals", Map.of("ses:FromAddress", Map.of("Ref", "Sender"))),
          statement.get("Condition"));
    }
  }

  @Test
  void theCheckSeesWhatIsMissingAndWhatIsTooMuch() {
    Template.Function sessions =
        template.functions().stream()
            .filter(function -> function.id().equals("Sessions"))
            .findFirst()
            .orElseThrow();
    Map<String, Set<String>> needed = needed(sessions);
    assertEquals(Set.of("cognito-idp:AdminInitiateAuth"), needed.get("UserPool"));
    assertTrue(needed.get("JournalTable").contains("dynamodb:PutItem"), needed.toString());
    assertFalse(needed.containsKey("OutboxTable"), needed.toString());
    assertFalse(needed.containsKey("DocumentsBucket"), needed.toString());
    assertEquals(
        Set.of("dynamodb:Query"),
        granted("MatchCandidates").get("ProfessionalsTable/specialityPool"));
  }

  private static Map<String, Set<String>> less(
      Map<String, Set<String>> from, Map<String, Set<String>> what) {
    Map<String, Set<String>> rest = new TreeMap<>();
    from.forEach(
        (target, actions) -> {
          Set<String> left = new TreeSet<>(actions);
          left.removeAll(what.getOrDefault(target, Set.of()));
          if (!left.isEmpty()) {
            rest.put(target, left);
          }
        });
    return rest;
  }

  private Map<String, Set<String>> needed(Template.Function function) {
    Map<String, String> ids = new HashMap<>();
    function.variables().forEach((name, value) -> ids.put(name, reference(value)));
    Map<String, Set<String>> indexes = new HashMap<>();
    for (Map.Entry<String, String> variable : ids.entrySet()) {
      indexes.put(variable.getKey(), indexes(variable.getValue()));
    }
    Map<String, Set<String>> needed = new TreeMap<>();
    Needs.of(function.handler(), indexes)
        .forEach(
            (target, actions) -> {
              String[] parts = target.split("/", 2);
              String id =
                  switch (parts[0]) {
                    case "bucket" -> ids.get("DOCUMENTS_BUCKET");
                    case "accounts" -> ids.get("USER_POOL_ID");
                    case "mails" -> MAIL_IDENTITIES;
                    default -> ids.get(parts[0]);
                  };
              needed.put(parts.length == 1 ? id : id + "/" + parts[1], actions);
            });
    return needed;
  }

  private Set<String> indexes(String table) {
    Set<String> names = new TreeSet<>();
    template.tables().stream()
        .filter(each -> each.id().equals(table))
        .flatMap(each -> list(each.properties().get("GlobalSecondaryIndexes")).stream())
        .forEach(index -> names.add(text(map(index).get("IndexName"))));
    return names;
  }

  /** What the policies of a function name, by resource. */
  private Map<String, Set<String>> granted(String functionId) {
    Map<String, Set<String>> granted = new TreeMap<>();
    for (Map<String, Object> statement : statements(functionId)) {
      if ("Deny".equals(statement.get("Effect"))) {
        continue;
      }
      for (Object resource : list(statement.get("Resource"))) {
        for (Object action : list(statement.get("Action"))) {
          assertFalse(text(action).contains("*"), () -> functionId + " may " + action);
          boolean isNew =
              granted.computeIfAbsent(target(resource), each -> new TreeSet<>()).add(text(action))
                  || target(resource).equals(MAIL_IDENTITIES);
          assertTrue(isNew, () -> functionId + " is given " + action + " twice");
        }
      }
    }
    return granted;
  }

  /** SAM gives who has a stream a policy of AWS's that lets it read every stream. */
  @Test
  void whoHasAStreamReadsNoOther() {
    Map<String, Object> own = new TreeMap<>();
    for (Template.StreamMapping stream : template.streams()) {
      own.put(
          stream.functionId(),
          List.of(Map.of("Fn::GetAtt", List.of(stream.tableId(), "StreamArn"))));
    }
    Map<String, Object> denied = new TreeMap<>();
    for (Template.Function function : template.functions()) {
      List<Map<String, Object>> denials =
          statements(function.id()).stream()
              .filter(statement -> "Deny".equals(statement.get("Effect")))
              .toList();
      if (!denials.isEmpty()) {
        denied.put(
            function.id(), denials.stream().map(denial -> denial.get("NotResource")).toList());
        assertEquals(
            List.of("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
            denials.getFirst().get("Action"));
      }
    }
    assertEquals(own, denied);
  }

  private List<Map<String, Object>> statements(String functionId) {
    Map<String, Object> properties = template.resource(functionId).orElseThrow().properties();
    assertFalse(properties.containsKey("Role"), functionId);
    return list(properties.get("Policies")).stream()
        .flatMap(policy -> list(map(policy).get("Statement")).stream())
        .map(LeastPrivilegeTest::map)
        .toList();
  }

  /** A resource as {@code MissionsTable}, {@code MissionsTable/due}, {@code Bucket/uploads/*}. */
  private static String target(Object resource) {
    Map<String, Object> function = map(resource);
    if (function.get("Fn::GetAtt") instanceof List<?> path) {
      assertEquals("Arn", path.get(1));
      return text(path.getFirst());
    }
    Object sub = function.get("Fn::Sub");
    String text = text(sub instanceof List<?> withNames ? withNames.getFirst() : sub);
    if (text.equals(MAIL_SETTINGS)) {
      return MAIL_IDENTITIES;
    }
    String identities =
        "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:" + MAIL_IDENTITIES;
    // any of the account's: in the sandbox the recipient is looked at too, and the sender is fixed
    if (text.equals(identities + "*")) {
      return MAIL_IDENTITIES;
    }
    assertTrue(
        text.matches("\\$\\{\\w+\\.Arn}/(index/\\w+|uploads/\\*|professionals/\\*)"),
        () -> text + " is wider than a table, an index or a prefix");
    return text.replaceFirst("^\\$\\{(\\w+)\\.Arn}/(index/)?", "$1/");
  }

  private static String reference(Object value) {
    return map(value).get("Ref") instanceof String id ? id : "";
  }

  private static List<?> list(Object value) {
    return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }
}
