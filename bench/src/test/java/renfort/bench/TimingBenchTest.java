package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renfort.bench.TimingBench.Report;

/** The short form of bin/bench-timing. */
class TimingBenchTest {
  @Test
  void R1_timeDoesNotTellWhomAnAddressBelongsTo() {
    Path home = Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize();
    // by chance alone an area of 25 calls is .08 away from .5
    Report report = TimingBench.run(home, 25, .2);
    assertEquals(List.of(), report.broken(), report::text);
  }

  @Test
  void aClassThatTakesLongerHasTheWholeArea() {
    assertEquals(
        Map.of("unknown", .5, "staff", 1., "requester", 0.),
        TimingBench.areas(
            Map.of(
                "unknown", List.of(4L, 5L, 6L),
                "staff", List.of(7L, 8L, 9L),
                "requester", List.of(1L, 2L, 3L))));
  }
}
