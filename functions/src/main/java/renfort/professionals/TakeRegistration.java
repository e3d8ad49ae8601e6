package renfort.professionals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import renfort.accounts.AccountStore;
import renfort.accounts.ClaimStore;
import renfort.accounts.ClaimStore.Claim;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Role;
import renfort.documents.Documents;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.inbox.InboxStore;
import renfort.inbox.Submission;
import renfort.inbox.SubmissionPort;
import renfort.journal.Journal;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.professionals.model.Details;
import renfort.professionals.model.Sheet;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Makes a sheet of a registration (R1, R4, R7): one with an account of its own, whatever else was
 * submitted for the address. For a proved address nothing is stored; a mail says that there is an
 * account.
 */
public final class TakeRegistration implements SubmissionPort {
  private final Database database;
  private final AccountStore accounts;
  private final NewSheets newSheets;
  private final Documents documents;
  private final Outbox outbox;
  private final InboxStore inbox;
  private final Duration life;
  private final CloseProfessional closeProfessional;

  public TakeRegistration(Environment environment) {
    this.database = Database.of(environment);
    this.accounts = new AccountStore(environment);
    this.newSheets = new NewSheets(environment);
    this.documents = new Documents(environment);
    this.outbox = new Outbox(environment);
    this.inbox = new InboxStore(environment);
    this.life = Duration.ofDays(Retention.of(environment).unconfirmedErasureDays());
    this.closeProfessional = new CloseProfessional(environment);
  }

  @Override
  public Outcome take(Submission submission) {
    return switch (submission.state()) {
      case RECEIVED -> receive(submission);
      case REFUSED -> throwAway(submission);
      case PARKED, TAKEN -> Outcome.DONE;
    };
  }

  private Outcome receive(Submission submission) {
    Sheet sheet = ProfileStore.ofInbox(submission.content());
    documents.settle(sheet.professionalId(), sheet.documents());
    Optional<Account> owner = accounts.findByEmail(submission.email());
    if (owner.isPresent()) {
      return refuse(submission, owner.get());
    }
    List<Claim> others = accounts.claims(submission.email());
    if (others.size() >= ClaimStore.MOST) {
      return Outcome.WAITS;
    }
    boolean shown = others.stream().filter(Claim::shown).count() < ClaimStore.MOST_SHOWN;
    Writes writes = new Writes();
    accounts.createUnproved(
        writes, account(sheet), new Claim(sheet.accountId(), submission.createdAt(), shown));
    if (shown) {
      newSheets.create(writes, sheet, false, Journal.SYSTEM);
      outbox.post(writes, Mail.to(sheet.accountId(), MailTemplate.PROPOSAL_RECEIVED));
      inbox.taken(writes, submission, null, List.of(), null);
    } else {
      inbox.parked(writes, submission, submission.createdAt().plus(life));
    }
    outbox.post(writes, Mail.to(sheet.accountId(), MailTemplate.ACTIVATION));
    return commit(writes);
  }

  private Outcome refuse(Submission submission, Account owner) {
    Writes writes = new Writes();
    accounts.checkOwner(writes, owner);
    outbox.post(
        writes,
        Mail.to(
            owner.accountId(),
            owner.role() == Role.PROFESSIONAL
                ? MailTemplate.ALREADY_REGISTERED
                : MailTemplate.OTHER_ROLE));
    inbox.refused(writes, submission);
    return commit(writes);
  }

  /** The documents of a registration that nothing was made of. */
  private Outcome throwAway(Submission submission) {
    documents.discardAll(submission.submissionId());
    Writes writes = new Writes();
    inbox.taken(writes, submission, null, List.of(), null);
    return commit(writes);
  }

  /** Only what was never shown dies here: a sheet in the pool has its own time (R7). */
  @Override
  public Outcome expire(Submission submission) {
    boolean unproved =
        accounts
            .find(submission.submissionId())
            .filter(account -> !account.isConfirmed())
            .isPresent();
    if (unproved
        && closeProfessional.close(submission.submissionId(), ErasureReason.UNPROVED)
            == CloseProfessional.Outcome.BUSY) {
      return Outcome.AGAIN;
    }
    Writes writes = new Writes();
    inbox.settled(writes, submission);
    return commit(writes);
  }

  private Outcome commit(Writes writes) {
    return switch (database.commit(writes)) {
      case Commit.Done done -> Outcome.DONE;
      case Commit.Refused refused -> Outcome.AGAIN;
      case Commit.Busy busy -> Outcome.AGAIN;
    };
  }

  private static Account account(Sheet sheet) {
    Details details = sheet.details();
    return new Account(
        sheet.accountId(),
        Role.PROFESSIONAL,
        sheet.email(),
        details.lastName(),
        details.firstName(),
        details.phone(),
        sheet.professionalId(),
        null,
        false,
        null,
        null,
        true,
        false,
        0);
  }
}
