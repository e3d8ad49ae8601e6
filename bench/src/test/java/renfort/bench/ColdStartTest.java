package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import renfort.bench.ColdStart.Plan;

/** The short form of bin/bench-cold: a page, a function without tables, a stream's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColdStartTest {
  private static final List<String> FUNCTIONS =
      List.of("MatchCandidates", "ShowReference", "SendMail");

  @SuppressWarnings("NullAway.Init")
  private ColdStartReport report;

  @BeforeAll
  void run() throws IOException {
    // surefire names the module's directory
    Path home = Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize();
    report = ColdStart.run(new Plan(home, FUNCTIONS, 1, List.of(), 1, 5));
  }

  @Test
  void everyFunctionAnswersInAProcessOfItsOwnWhatThePlatformAnswers() {
    assertEquals(List.of(), report.faults());
    Map<String, String> statuses =
        FUNCTIONS.stream().collect(Collectors.toMap(name -> name, name -> report.of(name).status));
    assertEquals(
        Map.of("MatchCandidates", "200", "ShowReference", "200", "SendMail", "ok"), statuses);
    assertEquals(5, report.warm().count());
  }

  @Test
  void theBarsThatNoStallOfTheMachineMissesAreMet() {
    ColdStartReport.Figures ours = report.of("MatchCandidates");
    assertTrue(ours.usedRatio.percentile(0.5) <= 12, report::text);
    assertTrue(ours.resident.percentile(0.5) <= 160, report::text);
  }

  @Test
  void aPeerThatIsFasterMissesItsBarAndATimeOnlyWarns() {
    ColdStartReport other = ofRatio(5);
    other.of("MatchCandidates").restored.add(61);
    assertTrue(other.isGood());
    assertTrue(other.text().contains("61.0   ≤ 60.0  aim 40.0  missed (a time: warns only)"));

    other.of("peer").overOurs.add(0.9);
    assertFalse(other.isGood());
  }

  @Test
  void aRatioAboveItsBarAndAWrongAnswerAreMissed() {
    assertFalse(ofRatio(12.1).isGood());

    ColdStartReport wrong = new ColdStartReport("");
    wrong.fault("answered something else");
    assertFalse(wrong.isGood());
  }

  private static ColdStartReport ofRatio(double ratio) {
    ColdStartReport made = new ColdStartReport("");
    ColdStartReport.Figures ours = made.of("MatchCandidates");
    ours.cold.add(1000);
    ours.ratio.add(ratio);
    ours.usedRatio.add(5);
    return made;
  }

  @Test
  void theReportTellsEachInEveryColumn() {
    String text = report.text();
    for (String column : ColdStartReport.COLUMNS) {
      assertTrue(text.contains(column), text);
    }
    for (String function : FUNCTIONS) {
      String row =
          text.lines().filter(line -> line.startsWith(function + " ")).findFirst().orElse("");
      String[] cells = row.strip().split("\\s+", -1);
      assertEquals(ColdStartReport.COLUMNS.size(), cells.length, text);
      for (int i = 2; i < 7; i++) {
        assertTrue(Double.parseDouble(cells[i]) > 0, text);
      }
    }
    assertTrue(text.contains("MatchCandidates, cold, × no-op"), text);
  }
}
