package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import renfort.bench.MailsBench.Report;

/** The short form of bin/bench-mails. */
class MailsBenchTest {
  @Test
  void R26_R27_whatAnOutageLeftIsSentUnderTheLimits() {
    Path home = Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize();
    Report report = MailsBench.run(home, 8);
    assertEquals(List.of(), report.broken(), report::text);
  }
}
