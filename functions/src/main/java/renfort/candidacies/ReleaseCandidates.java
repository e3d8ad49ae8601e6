package renfort.candidacies;

import renfort.environment.Environment;
import renfort.storage.Outage;
import renfort.web.StreamHandler;

/**
 * Behind the stream of missions: frees the people of a mission that was filled, cancelled or has
 * ended (R18, R20).
 */
public final class ReleaseCandidates extends StreamHandler {
  private final Candidacies candidacies;

  public ReleaseCandidates() {
    this(Environment.ofProcess());
  }

  public ReleaseCandidates(Environment environment) {
    this.candidacies = new Candidacies(environment);
  }

  @Override
  protected void handle(Change change) {
    if (!candidacies.releaseAll(change.keys().text("missionId"))) {
      throw new Outage("table", new IllegalStateException("others were faster: to be gone on"));
    }
  }
}
