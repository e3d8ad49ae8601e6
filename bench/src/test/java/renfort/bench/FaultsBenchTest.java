package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import renfort.bench.FaultsBench.Part;

/** The short form of bin/bench-faults. */
class FaultsBenchTest {
  private final Path home =
      Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize();

  private static void holds(Part part) {
    assertEquals(List.of(), part.broken(), part::text);
  }

  @Test
  void faultyTablesAndLaggingIndexesLeaveTheInvariantsWhole() {
    holds(FaultsBench.tables(home, Duration.ofSeconds(6), 4));
  }

  @Test
  void everyMailComesThoughTheServiceFailsAndTheSenderDies() {
    holds(FaultsBench.mails(home, 15));
  }

  @Test
  void holdsAndLinksKeepTheirTimeThoughTheClockJumps() {
    holds(FaultsBench.clock(home));
  }

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() {
    holds(FaultsBench.kill(home, 1, Duration.ofSeconds(3)));
  }
}
