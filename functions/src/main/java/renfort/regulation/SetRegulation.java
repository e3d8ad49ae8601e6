package renfort.regulation;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.establishments.RegionStore;
import renfort.establishments.model.Mode;
import renfort.establishments.model.RegionSettings;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/** Sets the mode and the hold of a region (R16, R22, R24). */
final class SetRegulation {
  private final RegionStore regions;
  private final Journal journal;
  private final Database database;
  private final Clock clock;

  SetRegulation(Environment environment) {
    this.regions = new RegionStore(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
  }

  /** How it ended. */
  sealed interface Outcome {

    record Set(RegionSettings settings) implements Outcome {}

    /** The mode is the national level's to set or lift (R22). */
    record NotAllowed() implements Outcome {}

    /** Others were faster at every try. */
    record Retry() implements Outcome {}
  }

  /**
   * Sets a region.
   *
   * @param holdHours or null to leave them as they are
   */
  Outcome set(Account account, String region, Mode mode, @Nullable Integer holdHours) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      RegionSettings before = regions.find(region);
      if (!before.maySet(account, mode)) {
        return new Outcome.NotAllowed();
      }
      RegionSettings after =
          before.set(
              mode,
              holdHours == null ? before.holdHours() : holdHours,
              clock.instant().truncatedTo(ChronoUnit.SECONDS));
      Writes writes = new Writes();
      regions.save(writes, after);
      journal.append(
          writes, Subject.region(region), Action.REGULATION_SET, account.accountId(), null);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return new Outcome.Set(after);
        }
        case Commit.Refused refused -> {
          // set by somebody else meanwhile: looked at again
        }
        case Commit.Busy busy -> {
          // the same
        }
      }
    }
    return new Outcome.Retry();
  }
}
