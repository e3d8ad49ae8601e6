package renfort.professionals;

import java.util.Optional;
import java.util.function.Supplier;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.model.Sheet;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Erases a volunteer (R29): what others see goes in one transaction, {@link ProfessionalEvents}
 * does the rest.
 */
final class Erasing {
  private final Database database;
  private final AccountStore accounts;
  private final ProfileStore profiles;
  private final PoolStore pool;
  private final SharedIdentifiers identifiers;
  private final Journal journal;
  private final Supplier<Ties> ties;

  /**
   * Erases sheets.
   *
   * @param ties asked for when there is a row to take out
   */
  Erasing(Environment environment, Supplier<Ties> ties) {
    this.database = Database.of(environment);
    this.accounts = new AccountStore(environment);
    this.profiles = new ProfileStore(environment);
    this.pool = new PoolStore(environment);
    this.identifiers = new SharedIdentifiers(environment);
    this.journal = new Journal(environment);
    this.ties = ties;
  }

  /** How it ended. */
  enum Outcome {
    /** The account is closed, now or already. */
    DONE,
    /** Others were faster at every try; nothing is stored. */
    BUSY
  }

  /**
   * Erases the account of a professional.
   *
   * @param actor for the journal: the account itself, or {@link Journal#SYSTEM}
   */
  Outcome erase(String accountId, String actor) {
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      Optional<Account> account = accounts.find(accountId);
      if (account.isEmpty()) {
        return Outcome.DONE;
      }
      Writes writes = new Writes();
      accounts.erase(writes, account.get());
      Optional.ofNullable(account.get().professionalId())
          .ifPresent(professionalId -> takeOut(writes, professionalId, actor));
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

  private void takeOut(Writes writes, String professionalId, String actor) {
    Optional<PoolRow> row = pool.find(professionalId);
    Optional<Sheet> sheet = profiles.find(professionalId);
    row.ifPresent(
        found -> {
          ties.get().freeAll(writes, found, actor);
          pool.delete(writes, found);
        });
    sheet.ifPresent(
        found -> {
          var _ =
              identifiers.change(
                  writes, professionalId, found.details().shared(), Optional.empty());
        });
    journal.append(writes, Subject.professional(professionalId), Action.ERASED, actor, null);
  }
}
