package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WriteCostsTest {
  @Test
  void aRegistrationCostsAtMost15WriteUnits() {
    WriteCosts.Report report =
        WriteCosts.count(
            Path.of(System.getProperty("basedir", "bench"), "..").toAbsolutePath().normalize());
    assertTrue(report.good(), report::text);
    // the claim of a document and the item of the inbox alone are 4, in a transaction
    assertTrue(report.registration() >= 4, report::text);
    assertTrue(report.fullest() > report.registration(), report::text);
  }
}
