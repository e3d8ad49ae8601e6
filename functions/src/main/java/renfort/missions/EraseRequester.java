package renfort.missions;

import java.util.Optional;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Closes a requester's account (R29): nothing of the person stays but ids. Missions stay with the
 * establishment; drafts go when {@link OpenDrafts} is told.
 */
final class EraseRequester {
  private final AccountStore accounts;
  private final EstablishmentStore establishments;
  private final Journal journal;
  private final Database database;

  EraseRequester(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
  }

  /** How it ended. */
  enum Outcome {
    ERASED,
    /** Others were faster at every try. */
    RETRY
  }

  Outcome erase(Account caller) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Optional<Account> account = accounts.find(caller.accountId());
      if (account.isEmpty()) {
        return Outcome.ERASED;
      }
      String accountId = account.get().accountId();
      Writes writes = new Writes();
      accounts.erase(writes, account.get());
      establishments
          .requester(account.get().finess().orElseThrow(), accountId)
          .ifPresent(requester -> establishments.delete(writes, requester));
      journal.append(writes, Subject.account(accountId), Action.ERASED, accountId, null);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return Outcome.ERASED;
        }
        case Commit.Refused refused -> {
          // approved or erased meanwhile: looked at again
        }
        case Commit.Busy busy -> {
          // the same
        }
      }
    }
    return Outcome.RETRY;
  }
}
