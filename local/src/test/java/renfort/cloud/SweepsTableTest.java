package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.local.Template;

/** The table of scheduled functions in docs/operations.md says what template.yaml does. */
@ExtendWith(PlatformExtension.class)
class SweepsTableTest {
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(\\w+)` \\| (\\d+ minutes?) \\| (\\d+) s \\| [^|]+ \\| [^|]+ \\| `(\\w+)` \\|");

  /**
   * A scheduled function.
   *
   * @param rate how often it is called
   * @param seconds after which it is ended
   * @param alarm that calls when its heartbeat is missing
   */
  private record Scheduled(String rate, int seconds, String alarm) {}

  private Template template;

  @BeforeEach
  void template(LocalPlatform platform) {
    template = platform.template();
  }

  @Test
  void everyScheduledFunctionIsInTheTableAsTheTemplateHasIt() throws IOException {
    Map<String, Scheduled> told = new TreeMap<>();
    Matcher row =
        ROW.matcher(Files.readString(PlatformExtension.root().resolve("docs/operations.md")));
    while (row.find()) {
      told.put(
          row.group(1), new Scheduled(row.group(2), Integer.parseInt(row.group(3)), row.group(4)));
    }
    Map<String, Scheduled> declared = new TreeMap<>();
    Map<String, String> alarms = heartbeatAlarms();
    for (Template.Schedule schedule : template.schedules()) {
      String id = schedule.functionId();
      declared.put(id, new Scheduled(rate(id), timeout(id), alarms.getOrDefault(id, "no alarm")));
    }
    assertEquals(declared, told);
  }

  @Test
  void aHeartbeatIsMissedForTwoCallsAtLeastBeforeAnAlarmCalls() {
    Set<String> watched = new TreeSet<>(heartbeatAlarms().keySet());
    assertEquals(
        watched,
        template.schedules().stream()
            .map(Template.Schedule::functionId)
            .collect(Collectors.toCollection(TreeSet::new)));
    for (Template.Resource alarm : template.resources("AWS::CloudWatch::Alarm")) {
      if ("Heartbeats".equals(alarm.properties().get("MetricName"))) {
        int quiet =
            number(alarm.properties().get("Period"))
                * number(alarm.properties().get("EvaluationPeriods"));
        String id = function(alarm);
        assertTrue(quiet >= 120 * Integer.parseInt(rate(id).split(" ", 2)[0]), id);
        assertEquals("breaching", alarm.properties().get("TreatMissingData"), id);
      }
    }
  }

  private Map<String, String> heartbeatAlarms() {
    Map<String, String> alarms = new TreeMap<>();
    for (Template.Resource alarm : template.resources("AWS::CloudWatch::Alarm")) {
      if ("Heartbeats".equals(alarm.properties().get("MetricName"))) {
        alarms.put(function(alarm), alarm.id());
      }
    }
    return alarms;
  }

  private static String function(Template.Resource alarm) {
    Matcher value =
        Pattern.compile("Value=(\\w+)")
            .matcher(String.valueOf(alarm.properties().get("Dimensions")));
    assertTrue(value.find(), alarm.id());
    return value.group(1);
  }

  private String rate(String functionId) {
    Matcher rate =
        Pattern.compile("rate\\((\\d+ minutes?)\\)").matcher(properties(functionId).toString());
    assertTrue(rate.find(), functionId);
    return rate.group(1);
  }

  private int timeout(String functionId) {
    return number(properties(functionId).get("Timeout"));
  }

  private static int number(@Nullable Object value) {
    return Integer.parseInt(String.valueOf(value));
  }

  private Map<String, Object> properties(String functionId) {
    return template.resources("AWS::Serverless::Function").stream()
        .filter(function -> function.id().equals(functionId))
        .findFirst()
        .orElseThrow()
        .properties();
  }
}
