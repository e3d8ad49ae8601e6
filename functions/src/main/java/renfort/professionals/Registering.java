package renfort.professionals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.PublicMails;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.documents.Documents;
import renfort.documents.Taking;
import renfort.documents.Taking.Taken;
import renfort.documents.model.Document;
import renfort.documents.model.Upload;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.SheetForm.Registration;
import renfort.professionals.model.Details;
import renfort.professionals.model.Sheet;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import renfort.web.Problem.FieldError;

/**
 * Registers a volunteer (R1, R3, R4, R7). Whoever the address belongs to, the same reads are made,
 * the uploads are copied, a transaction of the same length is committed and the same settling is
 * done, so that neither the answer nor its timing tells; the mail does.
 */
final class Registering {
  /** Writes that somebody new takes: address, account, sheet, row, journal and two mails. */
  private static final int NEW_SHEET = 7;

  private final Database database;
  private final AccountStore accounts;
  private final ProfileStore profiles;
  private final PoolStore pool;
  private final SharedIdentifiers identifiers;
  private final Documents documents;
  private final Journal journal;
  private final Outbox outbox;
  private final PublicMails publicMails;
  private final Environment environment;

  Registering(Environment environment, Documents documents) {
    this.database = Database.of(environment);
    this.accounts = new AccountStore(environment);
    this.profiles = new ProfileStore(environment);
    this.pool = new PoolStore(environment);
    this.identifiers = new SharedIdentifiers(environment);
    this.documents = documents;
    this.journal = new Journal(environment);
    this.outbox = new Outbox(environment);
    this.publicMails = new PublicMails(environment);
    this.environment = environment;
  }

  /** How a registration ended. */
  sealed interface Outcome {

    /** All was done that there was to do; a mail says what. */
    record Accepted() implements Outcome {}

    /** Uploads went away or were claimed meanwhile; nothing is stored. */
    record Invalid(List<FieldError> faults) implements Outcome {}

    /** Others were faster at every try; nothing is stored. */
    record Busy() implements Outcome {}
  }

  /** Whom an address belongs to. */
  private sealed interface Owner {

    /** Nobody: the ids that the new account gets. */
    record Nobody(String accountId, String professionalId) implements Owner {}

    /** A volunteer whose address is not proved: the new sheet takes the place of the old one. */
    record Unconfirmed(Account account, Sheet sheet, PoolRow row) implements Owner {}

    /** A volunteer with a password. */
    record Confirmed(Account account) implements Owner {}

    /** Somebody who asks for volunteers, or staff. */
    record OtherRole(Account account) implements Owner {}
  }

  /**
   * Registers.
   *
   * @param uploads checked, by what they prove
   * @param alongside adds what else belongs to the transaction
   */
  Outcome register(Registration form, List<Upload> uploads, Consumer<Writes> alongside) {
    @Nullable Boolean mailsAllowed = null;
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      Optional<Owner> found = owner(form.email());
      if (found.isEmpty()) {
        continue;
      }
      Owner owner = found.get();
      if (mailsAllowed == null) {
        mailsAllowed = publicMails.allow(form.email(), mails(owner).size());
      }
      Taking taking = take(owner, uploads);
      if (taking instanceof Taking.Lost(var fault)) {
        return new Outcome.Invalid(List.of(fault));
      }
      Taken taken = (Taken) taking;
      Writes writes = write(owner, form, taken, mailsAllowed);
      alongside.accept(writes);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          taken.settle();
          return new Outcome.Accepted();
        }
        case Commit.Refused(var labels) -> {
          List<FieldError> faults = taken.faults(labels);
          if (!faults.isEmpty()) {
            return new Outcome.Invalid(faults);
          }
        }
        case Commit.Busy busy -> {
          return new Outcome.Busy();
        }
      }
    }
    return new Outcome.Busy();
  }

  /** Nothing while the sheet of an account that is being erased is gone already. */
  private Optional<Owner> owner(String email) {
    Optional<Account> found = accounts.findByEmail(email);
    String professionalId =
        found
            .flatMap(account -> Optional.ofNullable(account.professionalId()))
            .orElseGet(environment.ids()::next);
    // read even when there is nothing to find (R1)
    Optional<Sheet> sheet = profiles.find(professionalId);
    Optional<PoolRow> row = pool.find(professionalId);
    if (found.isEmpty()) {
      return Optional.of(new Owner.Nobody(professionalId, professionalId));
    }
    Account account = found.get();
    if (account.role() != Role.PROFESSIONAL) {
      return Optional.of(new Owner.OtherRole(account));
    }
    if (account.isConfirmed()) {
      return Optional.of(new Owner.Confirmed(account));
    }
    return sheet.isPresent() && row.isPresent()
        ? Optional.of(new Owner.Unconfirmed(account, sheet.get(), row.get()))
        : Optional.empty();
  }

  private Taking take(Owner owner, List<Upload> uploads) {
    return switch (owner) {
      case Owner.Nobody nobody -> documents.take(uploads, nobody.professionalId(), List.of());
      case Owner.Unconfirmed unconfirmed ->
          documents.take(
              uploads,
              unconfirmed.sheet().professionalId(),
              unconfirmed.sheet().documents().stream().map(Document::documentId).toList());
      case Owner.Confirmed confirmed -> documents.pretend(uploads);
      case Owner.OtherRole otherRole -> documents.pretend(uploads);
    };
  }

  private Writes write(Owner owner, Registration form, Taken taken, boolean mailsAllowed) {
    Writes writes = new Writes();
    taken.claim(writes);
    int length =
        NEW_SHEET
            + switch (owner) {
              case Owner.Nobody nobody -> create(writes, nobody, form, taken);
              case Owner.Unconfirmed unconfirmed -> replace(writes, unconfirmed, form, taken);
              case Owner.Confirmed confirmed -> pretend(writes, form);
              case Owner.OtherRole otherRole -> pretend(writes, form);
            };
    if (mailsAllowed) {
      mails(owner).forEach(mail -> outbox.post(writes, Mail.to(accountId(owner), mail)));
    }
    while (writes.size() < length) {
      profiles.checkNobody(writes, environment.ids().next());
    }
    return writes;
  }

  /** Returns how many writes there are with the claims and the identifiers. */
  private int create(Writes writes, Owner.Nobody nobody, Registration form, Taken taken) {
    String professionalId = nobody.professionalId();
    Details details = form.filled().details();
    Instant now = environment.clock().instant();
    boolean duplicate =
        identifiers.change(writes, professionalId, Optional.empty(), details.shared());
    final int shared = writes.size();
    accounts.create(
        writes,
        new Account(
            nobody.accountId(),
            Role.PROFESSIONAL,
            form.email(),
            details.lastName(),
            details.firstName(),
            details.phone(),
            professionalId,
            null,
            false,
            null,
            null,
            true,
            false,
            0));
    profiles.create(
        writes,
        new Sheet(
            professionalId, nobody.accountId(), form.email(), details, taken.documents(), now, 0));
    pool.create(writes, details.row(professionalId, form.filled().home(), duplicate, now));
    journal.append(
        writes, Subject.professional(professionalId), Action.REGISTERED, nobody.accountId(), null);
    return shared;
  }

  private int replace(Writes writes, Owner.Unconfirmed owner, Registration form, Taken taken) {
    Sheet sheet = owner.sheet();
    Details details = form.filled().details();
    Instant now = environment.clock().instant();
    boolean duplicate =
        identifiers.change(
            writes, sheet.professionalId(), sheet.details().shared(), details.shared());
    final int shared = writes.size();
    accounts.save(
        writes, owner.account().named(details.lastName(), details.firstName(), details.phone()));
    profiles.save(writes, sheet.with(details, taken.documents()).consentedAt(now));
    pool.save(writes, details.row(owner.row(), form.filled().home(), duplicate, now).turned(true));
    journal.append(
        writes,
        Subject.professional(sheet.professionalId()),
        Action.SHEET_REPLACED,
        sheet.accountId(),
        null);
    return shared;
  }

  /** Reads what a new sheet would need to know, and stores nothing. */
  private int pretend(Writes writes, Registration form) {
    Writes notCommitted = new Writes();
    var _ =
        identifiers.change(
            notCommitted,
            environment.ids().next(),
            Optional.empty(),
            form.filled().details().shared());
    return writes.size() + notCommitted.size();
  }

  private static String accountId(Owner owner) {
    return switch (owner) {
      case Owner.Nobody nobody -> nobody.accountId();
      case Owner.Unconfirmed unconfirmed -> unconfirmed.account().accountId();
      case Owner.Confirmed confirmed -> confirmed.account().accountId();
      case Owner.OtherRole otherRole -> otherRole.account().accountId();
    };
  }

  private static List<MailTemplate> mails(Owner owner) {
    return switch (owner) {
      case Owner.Nobody nobody -> List.of(MailTemplate.PROPOSAL_RECEIVED, MailTemplate.ACTIVATION);
      case Owner.Unconfirmed unconfirmed ->
          List.of(MailTemplate.PROPOSAL_RECEIVED, MailTemplate.ACTIVATION);
      case Owner.Confirmed confirmed -> List.of(MailTemplate.ALREADY_REGISTERED);
      case Owner.OtherRole otherRole -> List.of(MailTemplate.OTHER_ROLE);
    };
  }
}
