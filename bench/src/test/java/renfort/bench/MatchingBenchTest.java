package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import renfort.bench.MatchingBench.Report;
import renfort.bench.Population.Spread;
import renfort.matching.CandidateSearch;

/** The short form of bin/bench-matching. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatchingBenchTest {
  private static final int MISSIONS = 60;

  private final Map<Spread, Report> reports = new EnumMap<>(Spread.class);

  @BeforeAll
  void run() {
    // surefire names the module's directory
    Path home = Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize();
    for (Spread spread : Spread.values()) {
      reports.put(spread, MatchingBench.run(home, 10_000, MISSIONS, spread, false));
    }
  }

  @Test
  void everyListIsTheOraclesByR12AndR13() {
    for (Report report : reports.values()) {
      assertEquals(List.of(), report.firstFaults());
      assertEquals(0, report.wrongAnswers());
      assertTrue(report.pages() > 2 * MISSIONS, report::text);
    }
  }

  @Test
  void aPageCostsAtMost10ReadUnitsOfThePoolAtThe99thPercentile() {
    for (Report report : reports.values()) {
      assertTrue(report.unitsAt99() <= CandidateSearch.BUDGET, report::text);
      assertTrue(report.unitsAt99() > 1, report::text);
    }
  }

  @Test
  void R13_fewerThan2PagesOf100AreEmptyThoughMorePeopleFollow() {
    for (Report report : reports.values()) {
      assertTrue(report.emptyShare() < 0.02, report::text);
    }
  }

  @Test
  void nothingIsScanned() {
    for (Report report : reports.values()) {
      Set<String> others = new HashSet<>(report.calls().keySet());
      others.removeAll(Set.of("Query", "GetItem", "BatchGetItem", "PutItem", "UpdateItem"));
      assertEquals(Set.of(), others);
      assertTrue(report.calls().containsKey("Query"));
    }
  }
}
