package renfort.documents;

import java.util.Map;
import renfort.environment.Environment;
import renfort.storage.TimeLeft;
import renfort.web.Log;
import renfort.web.ScheduledHandler;

/**
 * Repeats, on a schedule, what a function that crashed after its commit left to do: without it the
 * lifecycle rule would take a registered person's documents away, and a checked document would stay
 * (R28).
 */
public final class SettleDocuments extends ScheduledHandler {
  private final Documents documents;

  public SettleDocuments() {
    this(Environment.ofProcess());
  }

  public SettleDocuments(Environment environment) {
    this.documents = new Documents(environment);
  }

  @Override
  protected void run(TimeLeft time) {
    // first what must not stay: a fault of the one must not keep the other from being done
    int discarded = documents.discardLeft();
    if (discarded > 0) {
      Log.info("documents discarded", Map.of("count", discarded));
    }
    int settled = documents.settleAll();
    if (settled > 0) {
      Log.info("documents settled", Map.of("count", settled));
    }
  }
}
