package renfort.missions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.model.Change;
import renfort.missions.model.Mission;
import renfort.reference.Regions;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.Step;
import renfort.storage.TimeLeft;
import renfort.storage.Writes;

/**
 * Stores what is so already by the date: missions that ended, drafts whose days are over. Both are
 * also derived when read.
 */
final class TidyDays {
  private final MissionStore missions;
  private final Journal journal;
  private final Database database;
  private final Sweep sweep;
  private final Clock clock;
  private final Duration draftLife;

  TidyDays(Environment environment) {
    this.missions = new MissionStore(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.sweep = new Sweep(environment);
    this.clock = environment.clock();
    this.draftLife = Retention.of(environment).draftLife();
  }

  /** Missions whose last day is past in their region have ended (R20). */
  Report endMissions(TimeLeft time) {
    return sweep.run(
        "ENDS",
        sweep.rows(missions.endingUntil(latestToday().minusDays(1))),
        this::end,
        null,
        time);
  }

  /** Drafts that nobody opened in their days go (R8). */
  Report dropDrafts(TimeLeft time) {
    LocalDate day = LocalDate.ofInstant(clock.instant().minus(draftLife), ZoneOffset.UTC);
    return sweep.run("DRAFTS", sweep.rows(missions.draftsUntil(day)), this::drop, null, time);
  }

  private Step end(Item key) {
    Optional<Mission> mission = missions.find(key.text("missionId"));
    if (mission.isEmpty()
        || !(Change.end(mission.get(), MissionView.today(mission.get(), clock))
            instanceof Change.To(Mission ended))) {
      return Step.NOTHING;
    }
    Writes writes = new Writes();
    missions.save(writes, ended);
    note(writes, ended.missionId(), Action.MISSION_ENDED);
    return commit(writes);
  }

  private Step drop(Item key) {
    Instant now = clock.instant();
    Optional<Mission> draft =
        missions
            .find(key.text("missionId"))
            .filter(mission -> mission.isOutdatedDraft(now, draftLife));
    if (draft.isEmpty()) {
      return Step.NOTHING;
    }
    Writes writes = new Writes();
    missions.delete(writes, draft.get());
    note(writes, draft.get().missionId(), Action.DRAFT_EXPIRED);
    return commit(writes);
  }

  private Step commit(Writes writes) {
    return database.commit(writes) instanceof Commit.Done ? Step.DONE : Step.LATER;
  }

  /** The date where the day is latest: a day that is over anywhere is before it. */
  private LocalDate latestToday() {
    return Regions.all().stream()
        .map(region -> region.today(clock))
        .max(LocalDate::compareTo)
        .orElseThrow();
  }

  private void note(Writes writes, String missionId, Action action) {
    journal.append(writes, Subject.mission(missionId), action, Journal.SYSTEM, null);
  }
}
