package renfort.candidacies;

import java.time.Clock;
import java.util.Optional;
import renfort.candidacies.CandidacyStore.Due;
import renfort.candidacies.model.Candidacy;
import renfort.environment.Environment;
import renfort.missions.MissionStore;
import renfort.storage.TimeLeft;
import renfort.web.ScheduledHandler;

/**
 * Every 5 minutes: reminds of holds that end soon, tidies those that are over, goes on with
 * releases that were left unfinished. Nothing depends on its being on time: a hold that is over
 * reads as over (R16, R17).
 */
public final class SweepHolds extends ScheduledHandler {
  private final CandidacyStore store;
  private final MissionStore missions;
  private final Candidacies candidacies;
  private final Clock clock;

  public SweepHolds() {
    this(Environment.ofProcess());
  }

  public SweepHolds(Environment environment) {
    this.store = new CandidacyStore(environment);
    this.missions = new MissionStore(environment);
    this.candidacies = new Candidacies(environment);
    this.clock = environment.clock();
  }

  @Override
  protected void run(TimeLeft time) {
    for (Due due : store.due(clock.instant())) {
      Optional<Candidacy> candidacy = store.find(due.missionId(), due.professionalId());
      if (candidacy.isEmpty()) {
        continue;
      }
      if (candidacy.get().holds(clock.instant())) {
        candidacies.remind(due.missionId(), due.professionalId());
      } else {
        candidacies.lapse(due.missionId(), due.professionalId());
      }
    }
    missions.toRelease().forEach(candidacies::releaseAll);
  }
}
