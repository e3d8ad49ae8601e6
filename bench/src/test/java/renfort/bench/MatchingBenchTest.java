package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import renfort.bench.MatchingBench.Report;
import renfort.matching.CandidateSearch;

/** The short form of bin/bench-matching. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatchingBenchTest {
  private static final int MISSIONS = 60;

  @SuppressWarnings("NullAway.Init")
  private Report report;

  @BeforeAll
  void run() {
    // surefire names the module's directory
    Path home = Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize();
    report = MatchingBench.run(home, 10_000, MISSIONS, false);
  }

  @Test
  void everyListIsTheOraclesByR12AndR13() {
    assertEquals(List.of(), report.firstFaults());
    assertEquals(0, report.wrongAnswers());
    assertTrue(report.pages() > 2 * MISSIONS, report::text);
  }

  @Test
  void aPageCostsAtMost10ReadUnitsOfThePoolAtThe99thPercentile() {
    assertTrue(report.unitsAt99() <= CandidateSearch.BUDGET, report::text);
    assertTrue(report.unitsAt99() > 1, report::text);
  }

  @Test
  void nothingIsScanned() {
    Set<String> others = new HashSet<>(report.calls().keySet());
    others.removeAll(Set.of("Query", "GetItem", "BatchGetItem", "PutItem"));
    assertEquals(Set.of(), others);
    assertTrue(report.calls().containsKey("Query"));
  }
}
