package renfort.missions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.model.Change;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Stores what is so already by the date: missions that ended, drafts of seven days, people whose
 * free time is over. All of it is also derived when read; a row that somebody else changes at the
 * same time is left to the next call.
 */
final class TidyDays {
  /** How many rows of a kind one call takes, so that it ends in time. */
  static final int MOST = 5_000;

  /** How far back free time that ended is looked for, should the sweep have been out for days. */
  static final int DAYS_BACK = 30;

  private final MissionStore missions;
  private final PoolStore pool;
  private final Journal journal;
  private final Database database;
  private final Clock clock;
  private final Duration draftLife;

  TidyDays(Environment environment) {
    this.missions = new MissionStore(environment);
    this.pool = new PoolStore(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
    this.draftLife = Retention.of(environment).draftLife();
  }

  /** Missions whose last day is past in their region have ended (R20). */
  void endMissions() {
    for (String missionId : most(missions.endingUntil(latestToday().minusDays(1)))) {
      Optional<Mission> mission = missions.find(missionId);
      if (mission.isPresent()
          && Change.end(mission.get(), MissionView.today(mission.get(), clock))
              instanceof Change.To(Mission ended)) {
        Writes writes = new Writes();
        missions.save(writes, ended);
        note(writes, missionId, Action.MISSION_ENDED);
        database.commit(writes);
      }
    }
  }

  /** Drafts that nobody opened for seven days go (R8). */
  void dropDrafts() {
    Instant now = clock.instant();
    LocalDate day = LocalDate.ofInstant(now.minus(draftLife), ZoneOffset.UTC);
    for (String missionId : most(missions.draftsUntil(day))) {
      missions
          .find(missionId)
          .filter(mission -> mission.isOutdatedDraft(now, draftLife))
          .ifPresent(
              draft -> {
                Writes writes = new Writes();
                missions.delete(writes, draft);
                note(writes, missionId, Action.DRAFT_EXPIRED);
                database.commit(writes);
              });
    }
  }

  /** People of whom nothing is free any more leave the lists of candidates. */
  void rekeyPool() {
    LocalDate last = latestToday().minusDays(1);
    int left = MOST;
    for (int back = 0; back < DAYS_BACK; back++) {
      List<String> ids = pool.freeUntil(last.minusDays(back));
      for (int i = 0; i < ids.size() && left > 0; i += 100) {
        Map<String, PoolRow> rows = pool.findAll(ids.subList(i, Math.min(ids.size(), i + 100)));
        for (PoolRow row : rows.values()) {
          if (!row.isListed(Regions.find(row.region()).orElseThrow().today(clock))) {
            Writes writes = new Writes();
            pool.save(writes, row);
            database.commit(writes);
            left--;
          }
        }
      }
    }
  }

  /** The date where the day is latest: a day that is over anywhere is before it. */
  private LocalDate latestToday() {
    return Regions.all().stream()
        .map(region -> region.today(clock))
        .max(LocalDate::compareTo)
        .orElseThrow();
  }

  private static List<String> most(List<String> ids) {
    return ids.subList(0, Math.min(ids.size(), MOST));
  }

  private void note(Writes writes, String missionId, Action action) {
    journal.append(writes, Subject.mission(missionId), action, Journal.SYSTEM, null);
  }
}
