package renfort.missions;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Predicate;
import renfort.accounts.AccountStore;
import renfort.accounts.Erasures;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
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
public final class CloseRequester {
  private final AccountStore accounts;
  private final Erasures erasures;
  private final EstablishmentStore establishments;
  private final Orphans orphans;
  private final Journal journal;
  private final Database database;

  public CloseRequester(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.erasures = new Erasures(environment);
    this.establishments = new EstablishmentStore(environment);
    this.orphans = new Orphans(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
  }

  /** How it ended. */
  public enum Outcome {
    /** The account is closed, now or already. */
    CLOSED,
    /** Others were faster at every try; nothing is stored. */
    BUSY
  }

  /** Closes the account of a requester. Repeated at will. */
  public Outcome close(String accountId, ErasureReason reason) {
    return close(accountId, reason, account -> true);
  }

  /**
   * Closes the account of a requester as long as it is what it was taken for.
   *
   * @param still asked of the account as it stands in each try; otherwise nothing is to be done
   */
  public Outcome close(String accountId, ErasureReason reason, Predicate<Account> still) {
    String actor =
        switch (reason) {
          case ASKED -> accountId;
          case UNPROVED, DORMANT -> Journal.SYSTEM;
        };
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Optional<Account> account = accounts.find(accountId);
      if (account.filter(still).isEmpty()) {
        return Outcome.CLOSED;
      }
      String finess = account.get().finess().orElseThrow();
      Writes writes = new Writes();
      erasures.close(writes, account.get(), reason);
      establishments
          .requester(finess, accountId)
          .ifPresent(requester -> establishments.delete(writes, requester));
      if (account.get().isConfirmed()) {
        // what was decided on the address goes with its owner, not with somebody unproved
        establishments.forget(writes, establishments.pair(finess, account.get().email()));
        orphans.erasing(
            writes,
            requireNonNull(account.get().establishment()),
            accountId,
            account.get().approved());
      } else {
        establishments.giveRoom(writes, finess, accountId);
      }
      journal.append(writes, Subject.account(accountId), Action.ERASED, actor, null);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return Outcome.CLOSED;
        }
        case Commit.Refused refused -> {
          // approved or erased meanwhile: looked at again
        }
        case Commit.Busy busy -> {
          // the same
        }
      }
    }
    return Outcome.BUSY;
  }
}
