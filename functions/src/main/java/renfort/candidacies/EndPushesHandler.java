package renfort.candidacies;

import renfort.environment.Environment;
import renfort.storage.Outage;
import renfort.web.StreamHandler;

/**
 * Behind the stream of POOL rows: ends the pushes of people who no longer match, because they are
 * affected elsewhere, unavailable, or have changed their sheet (R23). The stream carries keys only;
 * what is so is read.
 */
public final class EndPushesHandler extends StreamHandler {
  private final Candidacies candidacies;

  public EndPushesHandler() {
    this(Environment.ofProcess());
  }

  public EndPushesHandler(Environment environment) {
    this.candidacies = new Candidacies(environment);
  }

  @Override
  protected void handle(Change change) {
    if (!candidacies.endPushesOf(change.keys().text("professionalId"))) {
      throw new Outage("table", new IllegalStateException("others were faster: to be gone on"));
    }
  }
}
