package renfort.accounts;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * What follows once Cognito has a password that a link allowed: the rooms above are told, then the
 * account is marked as confirmed and its link as used. A crash in between leaves an account that is
 * not confirmed; the link, or the first sign-in, does all of it again.
 */
final class Confirmation {
  private final AccountStore accounts;
  private final Journal journal;
  private final List<AccountEvents> events;
  private final Database database;
  private final Clock clock;

  Confirmation(Environment environment, List<AccountEvents> events) {
    this.accounts = new AccountStore(environment);
    this.journal = new Journal(environment);
    this.events = events;
    this.database = Database.of(environment);
    this.clock = environment.clock();
  }

  /** How it ended. */
  enum Outcome {
    CONFIRMED,
    /** The account was erased meanwhile. */
    GONE,
    /** Others changed the account at every try. */
    BUSY
  }

  /**
   * Tells the rooms above and marks the account.
   *
   * @param account as it was read
   * @param more adds what belongs in the same transaction
   */
  Outcome complete(Account account, Consumer<Writes> more) {
    Account current = account;
    for (int turn = 0; turn < Database.TRIES; turn++) {
      for (AccountEvents event : events) {
        event.passwordSet(current);
      }
      Writes writes = new Writes();
      accounts.confirm(writes, current, clock.instant());
      journal.append(
          writes,
          Subject.account(current.accountId()),
          Action.PASSWORD_SET,
          current.accountId(),
          null);
      more.accept(writes);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return Outcome.CONFIRMED;
        }
        case Commit.Busy busy -> {
          return Outcome.BUSY;
        }
        case Commit.Refused refused -> {
          // changed since it was read (a sheet sent again, say): the rooms are told of what it is
          // now
          Optional<Account> again = accounts.find(current.accountId());
          if (again.isEmpty()) {
            return Outcome.GONE;
          }
          current = again.get();
        }
      }
    }
    return Outcome.BUSY;
  }
}
