package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WriteCostsTest {
  @Test
  void aRegistrationCostsAtMost30WriteUnits() {
    WriteCosts.Report report =
        WriteCosts.count(
            Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize());
    assertTrue(report.good(), report::text);
    // address, account, sheet and row alone are 8
    assertTrue(report.registration() > 8, report::text);
    assertTrue(report.fullest() > report.registration(), report::text);
  }
}
