package renfort.professionals;

import java.util.Optional;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/** Turns a volunteer available or unavailable at once (R6). */
final class Turning {
  private final Database database;
  private final PoolStore pool;
  private final Journal journal;
  private final Ties ties;
  private final Environment environment;

  Turning(Environment environment, Ties ties) {
    this.database = Database.of(environment);
    this.pool = new PoolStore(environment);
    this.journal = new Journal(environment);
    this.ties = ties;
    this.environment = environment;
  }

  /** How it ended. */
  enum Outcome {
    /** It is as asked for, now or already. */
    DONE,
    /** The account was erased meanwhile. */
    GONE,
    /** Others were faster at every try; nothing is stored. */
    BUSY
  }

  /**
   * Turns; somebody unavailable is not held any more, an affectation stays (state table, "person
   * unavailable").
   *
   * @param actor the accountId of the professional
   */
  Outcome turn(String professionalId, boolean available, String actor) {
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      Optional<PoolRow> found = pool.find(professionalId);
      if (found.isEmpty()) {
        return Outcome.GONE;
      }
      PoolRow row = found.get();
      if (row.available() == available) {
        return Outcome.DONE;
      }
      Writes writes = new Writes();
      if (!available && row.liveHold(environment.clock().instant()).isPresent()) {
        row = ties.freeHold(writes, row, actor);
      }
      pool.save(writes, row.turned(available));
      journal.append(
          writes,
          Subject.professional(professionalId),
          available ? Action.AVAILABLE : Action.UNAVAILABLE,
          actor,
          null);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return Outcome.DONE;
        }
        case Commit.Refused refused -> {}
        case Commit.Busy busy -> {
          return Outcome.BUSY;
        }
      }
    }
    return Outcome.BUSY;
  }
}
