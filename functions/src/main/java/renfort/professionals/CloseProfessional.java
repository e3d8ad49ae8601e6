package renfort.professionals;

import java.util.Optional;
import java.util.function.Predicate;
import renfort.accounts.AccountStore;
import renfort.accounts.Erasures;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.pool.PoolStore;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Closes a volunteer's account (R29): one transaction on their own rows, whatever they are tied to.
 * From then on nobody finds, contacts or affects them, and {@link ProfessionalEvents} frees and
 * deletes the rest.
 */
public final class CloseProfessional {
  private final Database database;
  private final AccountStore accounts;
  private final Erasures erasures;
  private final PoolStore pool;
  private final Journal journal;

  public CloseProfessional(Environment environment) {
    this.database = Database.of(environment);
    this.accounts = new AccountStore(environment);
    this.erasures = new Erasures(environment);
    this.pool = new PoolStore(environment);
    this.journal = new Journal(environment);
  }

  /** How it ended. */
  public enum Outcome {
    /** The account is closed, now or already. */
    CLOSED,
    /** Others were faster at every try; nothing is stored. */
    BUSY
  }

  /** Closes the account of a professional. Repeated at will. */
  public Outcome close(String accountId, ErasureReason reason) {
    return close(accountId, reason, account -> true);
  }

  /**
   * Closes the account of a professional as long as it is what it was taken for.
   *
   * @param still asked of the account as it stands in each try; otherwise nothing is to be done
   */
  public Outcome close(String accountId, ErasureReason reason, Predicate<Account> still) {
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      Optional<Account> account = accounts.find(accountId);
      if (account.filter(still).isEmpty()) {
        return Outcome.CLOSED;
      }
      Writes writes = new Writes();
      erasures.close(writes, account.get(), reason);
      Optional.ofNullable(account.get().professionalId())
          .ifPresent(professionalId -> takeOut(writes, professionalId, reason));
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return Outcome.CLOSED;
        }
        case Commit.Refused refused -> {
          // contacted, say, since the row was read: it is read again
        }
        case Commit.Busy busy -> {
          return Outcome.BUSY;
        }
      }
    }
    return Outcome.BUSY;
  }

  private void takeOut(Writes writes, String professionalId, ErasureReason reason) {
    pool.find(professionalId).ifPresent(row -> pool.close(writes, row));
    String actor =
        switch (reason) {
          case ASKED -> professionalId;
          case UNPROVED, DORMANT -> Journal.SYSTEM;
        };
    journal.append(writes, Subject.professional(professionalId), Action.ERASED, actor, null);
  }
}
