package renfort.accounts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Outage;
import renfort.storage.Writes;

/** Makes staff accounts, switches them on and off. Asked again, it changes nothing. */
final class StaffAccounts {
  /** The actor in the journal: who called the function is in the cloud's own trail. */
  static final String OPERATOR = "OPERATOR";

  private final AccountStore accounts;
  private final Passwords passwords;
  private final Outbox outbox;
  private final Journal journal;
  private final Database database;
  private final Ids ids;

  StaffAccounts(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.passwords = new Passwords(environment);
    this.outbox = new Outbox(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.ids = environment.ids();
  }

  /**
   * What the account is to be.
   *
   * @param role AGENCY or NATIONAL
   * @param region code, of an AGENCY
   * @param lastName of a new account
   * @param firstName of a new account
   */
  record Wish(
      String email,
      Role role,
      @Nullable String region,
      boolean enabled,
      String lastName,
      String firstName) {}

  /** How it ended. */
  sealed interface Outcome {

    record Set(String accountId, boolean created) implements Outcome {}

    /** The address is that of an account of another role. */
    record OtherRole() implements Outcome {}

    /** There is nothing to switch off. */
    record Unknown() implements Outcome {}
  }

  Outcome set(Wish wish) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Optional<Account> found = accounts.findByEmail(wish.email());
      Writes writes = new Writes();
      Account account;
      if (found.isEmpty()) {
        if (!wish.enabled()) {
          return new Outcome.Unknown();
        }
        account = create(writes, wish);
      } else {
        account = found.get();
        if (account.role() != wish.role()) {
          return new Outcome.OtherRole();
        }
        change(writes, account, account.staffOf(wish.region(), wish.enabled()));
      }
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          if (!wish.enabled()) {
            // also when it was off already: an earlier call may have failed here
            passwords.signOut(account.accountId());
          }
          return new Outcome.Set(account.accountId(), found.isEmpty());
        }
        case Commit.Refused refused -> {
          // made or changed meanwhile: looked at again
        }
        case Commit.Busy busy -> {
          // the same
        }
      }
    }
    throw new Outage("table", new IllegalStateException("busy"));
  }

  private Account create(Writes writes, Wish wish) {
    Account account =
        new Account(
            ids.next(),
            wish.role(),
            wish.email(),
            wish.lastName(),
            wish.firstName(),
            null,
            null,
            null,
            false,
            wish.region(),
            null,
            true,
            false,
            1);
    accounts.create(writes, account);
    outbox.post(writes, Mail.to(account.accountId(), MailTemplate.ACTIVATION));
    trace(writes, account);
    return account;
  }

  private void change(Writes writes, Account before, Account after) {
    if (after.equals(before)) {
      return;
    }
    accounts.save(writes, after);
    if (after.enabled() && !before.enabled() && !after.isConfirmed()) {
      outbox.post(writes, Mail.to(after.accountId(), MailTemplate.ACTIVATION));
    }
    trace(writes, after);
  }

  private void trace(Writes writes, Account account) {
    journal.append(
        writes, Subject.account(account.accountId()), Action.STAFF_ACCOUNT_SET, OPERATOR, null);
  }
}
