package renfort.candidacies;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.environment.Environment;
import renfort.missions.MissionStore;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.Step;
import renfort.storage.TimeLeft;
import renfort.web.SweepHandler;

/**
 * Every 5 minutes: reminds of holds that end soon, tidies those that are over, goes on with
 * releases that were left unfinished. Nothing depends on its being on time: a hold that is over
 * reads as over (R16, R17).
 */
public final class SweepHolds extends SweepHandler {

  public SweepHolds() {
    this(Environment.ofProcess());
  }

  public SweepHolds(Environment environment) {
    super(tasks(environment));
  }

  private static List<Task> tasks(Environment environment) {
    Holds holds = new Holds(environment);
    return List.of(new Task("holds", holds::tidy), new Task("releases", holds::release));
  }

  private static final class Holds {
    private final CandidacyStore store;
    private final MissionStore missions;
    private final Candidacies candidacies;
    private final Sweep sweep;
    private final Clock clock;

    Holds(Environment environment) {
      this.store = new CandidacyStore(environment);
      this.missions = new MissionStore(environment);
      this.candidacies = new Candidacies(environment);
      this.sweep = new Sweep(environment);
      this.clock = environment.clock();
    }

    Report tidy(TimeLeft time) {
      return sweep.run("HOLDS", sweep.rows(store.due(clock.instant())), this::tidy, null, time);
    }

    Report release(TimeLeft time) {
      return sweep.run("RELEASES", sweep.rows(missions.toRelease()), this::release, null, time);
    }

    private Step tidy(Item key) {
      String missionId = key.text("missionId");
      String professionalId = key.text("professionalId");
      Instant now = clock.instant();
      Optional<Candidacy> candidacy = store.find(missionId, professionalId);
      if (candidacy.isEmpty() || candidacy.get().status() != Status.CONTACTED) {
        return Step.NOTHING;
      }
      boolean done =
          candidacy.get().holds(now)
              ? candidacies.remind(missionId, professionalId)
              : candidacies.lapse(missionId, professionalId);
      return done ? Step.DONE : Step.LATER;
    }

    private Step release(Item key) {
      return candidacies.releaseAll(key.text("missionId")) ? Step.DONE : Step.LATER;
    }
  }
}
