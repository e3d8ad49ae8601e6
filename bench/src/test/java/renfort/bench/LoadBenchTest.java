package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of bin/bench-load. */
class LoadBenchTest {
  @Test
  void aLoadAndARaceLeaveTheInvariantsWholeAndNoFault() {
    Path home = Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize();
    LoadBench.Report report = LoadBench.run(home, Duration.ofSeconds(4), 4, 60);
    assertEquals(List.of(), report.broken());
    assertEquals(0, report.faults(), report::text);
    assertTrue(report.calls() > 20, report::text);
  }
}
