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
 * What follows once Cognito has a password that a link allowed. One transaction decides whose the
 * address is, marks the account as confirmed and its link as used, and does what the rooms above
 * add to it (R1). A crash before it leaves an account that is not confirmed; the link does all of
 * it again.
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
    /** The account was erased meanwhile, or another submission has proved its address. */
    GONE,
    /** Others changed the account at every try. */
    BUSY
  }

  /**
   * Marks the account, with what the rooms above add.
   *
   * @param account as it was read
   * @param more adds what belongs in the same transaction
   */
  Outcome complete(Account account, Consumer<Writes> more) {
    Account current = account;
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Writes writes = new Writes();
      Account proved = current;
      for (AccountEvents event : events) {
        proved = event.passwordSet(writes, proved);
      }
      accounts.confirm(writes, current, proved, clock.instant());
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
        case Commit.Refused(var labels) -> {
          if (labels.contains("email")) {
            return Outcome.GONE;
          }
          // changed since it was read: the rooms are told of what it is now
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
