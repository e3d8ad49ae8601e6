package renfort.accounts;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Outage;
import renfort.storage.Writes;

/**
 * Has a link sent to an address, for a forgotten password as for a lost link (R4): that of its
 * account, or one for each of its unproved submissions. Nothing in the answer or in the work tells
 * whether the address is known (R1).
 */
final class AskForLink {
  /** How many unproved submissions get a link, the latest (R1). */
  private static final int MOST = 3;

  private final AccountStore accounts;
  private final Outbox outbox;
  private final Guards guards;
  private final Database database;
  private final Ids ids;
  private final Clock clock;

  AskForLink(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.outbox = new Outbox(environment);
    this.guards = new Guards(environment);
    this.database = Database.of(environment);
    this.ids = environment.ids();
    this.clock = environment.clock();
  }

  /**
   * Posts the mails, or stores something of no use in their place.
   *
   * @param more adds what belongs in the same transaction
   */
  void ask(String email, Consumer<Writes> more) {
    List<Account> found = accounts.linkable(email, MOST).stream().filter(Account::enabled).toList();
    Writes writes = new Writes();
    found.forEach(
        account -> outbox.post(writes, Mail.to(account.accountId(), MailTemplate.PASSWORD_RESET)));
    while (writes.size() < MOST) {
      decoy(writes);
    }
    more.accept(writes);
    switch (database.commit(writes)) {
      case Commit.Done done -> {}
      case Commit.Refused refused ->
          throw new Outage("table", new IllegalStateException("the answer could not be kept"));
      case Commit.Busy busy -> throw new Outage("table", new IllegalStateException("busy"));
    }
  }

  /** A write like a mail's, that is tidied away at once. */
  private void decoy(Writes writes) {
    writes.put(
        "decoy",
        guards.table(),
        Guards.key("DECOY#" + ids.next()).with("until", clock.instant()),
        Writes.isNew("guard"));
  }
}
