package renfort.professionals;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.documents.Documents;
import renfort.documents.Taking;
import renfort.documents.Taking.Taken;
import renfort.documents.model.Document;
import renfort.documents.model.DocumentKind;
import renfort.documents.model.Upload;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.SheetForm.Edit;
import renfort.professionals.model.Details;
import renfort.professionals.model.Sheet;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import renfort.web.Problem.FieldError;

/** Replaces a volunteer's own sheet (R6); the row of the pool and the account's names follow. */
final class Editing {
  private final Database database;
  private final AccountStore accounts;
  private final ProfileStore profiles;
  private final PoolStore pool;
  private final SharedIdentifiers identifiers;
  private final Documents documents;
  private final Journal journal;
  private final Environment environment;

  Editing(Environment environment, Documents documents) {
    this.database = Database.of(environment);
    this.accounts = new AccountStore(environment);
    this.profiles = new ProfileStore(environment);
    this.pool = new PoolStore(environment);
    this.identifiers = new SharedIdentifiers(environment);
    this.documents = documents;
    this.journal = new Journal(environment);
    this.environment = environment;
  }

  /** How an edit ended. */
  sealed interface Outcome {

    /** The sheet as it is now. */
    record Edited(Sheet sheet, boolean available) implements Outcome {}

    /** It is not the version that was edited; nothing is stored. */
    record Stale() implements Outcome {}

    /** Uploads went away or were claimed meanwhile; nothing is stored. */
    record Invalid(List<FieldError> faults) implements Outcome {}

    /** The account was erased meanwhile. */
    record Gone() implements Outcome {}

    /** Others were faster at every try; nothing is stored. */
    record Busy() implements Outcome {}
  }

  /**
   * Edits.
   *
   * @param accountId of a professional
   * @param uploads checked; those of a kind replace the document of that kind
   */
  Outcome edit(String accountId, Edit form, List<Upload> uploads) {
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      Optional<Account> account = accounts.find(accountId);
      Optional<String> id = account.map(Account::professionalId);
      // the row is read before the identifiers: see SharedIdentifiers
      Optional<PoolRow> row = id.flatMap(pool::find);
      Optional<Sheet> sheet = id.flatMap(profiles::find);
      if (account.isEmpty() || row.isEmpty() || sheet.isEmpty()) {
        return new Outcome.Gone();
      }
      if (form.version() != null && form.version() != sheet.get().version()) {
        return new Outcome.Stale();
      }
      Optional<Outcome> outcome = edit(account.get(), sheet.get(), row.get(), form, uploads);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return new Outcome.Busy();
  }

  /** One try; nothing when something has changed since it was read. */
  private Optional<Outcome> edit(
      Account account, Sheet sheet, PoolRow row, Edit form, List<Upload> uploads) {
    List<DocumentKind> replaced = uploads.stream().map(upload -> upload.document().kind()).toList();
    Taking taking =
        documents.take(
            uploads,
            sheet.professionalId(),
            sheet.documents().stream()
                .filter(document -> replaced.contains(document.kind()))
                .map(Document::documentId)
                .toList());
    if (taking instanceof Taking.Lost(var fault)) {
      return Optional.of(new Outcome.Invalid(List.of(fault)));
    }
    Taken taken = (Taken) taking;
    List<Document> kept = new ArrayList<>(sheet.documents());
    kept.removeIf(document -> replaced.contains(document.kind()));
    kept.addAll(taken.documents());
    kept.sort(comparing(Document::kind));

    Details details = form.filled().details();
    Instant now = environment.clock().instant();
    Sheet edited = sheet.with(details, kept);
    Writes writes = new Writes();
    taken.claim(writes);
    boolean duplicate =
        identifiers.change(
            writes, sheet.professionalId(), sheet.details().shared(), details.shared());
    profiles.save(writes, edited);
    pool.save(writes, details.row(row, form.filled().home(), duplicate, now));
    Account named = account.named(details.lastName(), details.firstName(), details.phone());
    if (!named.equals(account)) {
      accounts.save(writes, named);
    }
    journal.append(
        writes,
        Subject.professional(sheet.professionalId()),
        Action.SHEET_EDITED,
        account.accountId(),
        null);
    return switch (database.commit(writes)) {
      case Commit.Done done -> {
        taken.settle();
        yield Optional.of(new Outcome.Edited(edited.stored(), row.available()));
      }
      case Commit.Refused(var labels) -> {
        List<FieldError> faults = taken.faults(labels);
        yield faults.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Invalid(faults));
      }
      case Commit.Busy busy -> Optional.of(new Outcome.Busy());
    };
  }
}
