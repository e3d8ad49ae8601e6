package renfort.professionals;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import renfort.documents.Documents;
import renfort.documents.model.Document;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.professionals.model.Sheet;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.Step;
import renfort.storage.TimeLeft;
import renfort.storage.Writes;

/**
 * Deletes documents that nobody checked, some months after they were handed in, and announces it
 * before (R28). Nothing else of the profile changes: it shows that they are to be handed in again.
 */
public final class SweepDocuments {
  private final ProfileStore profiles;
  private final Documents documents;
  private final Journal journal;
  private final Outbox outbox;
  private final Database database;
  private final Sweep sweep;
  private final Retention retention;
  private final Clock clock;

  public SweepDocuments(Environment environment) {
    this.profiles = new ProfileStore(environment);
    this.documents = new Documents(environment);
    this.journal = new Journal(environment);
    this.outbox = new Outbox(environment);
    this.database = Database.of(environment);
    this.sweep = new Sweep(environment);
    this.retention = Retention.of(environment);
    this.clock = environment.clock();
  }

  /** Goes through the profiles of whose documents something is due. */
  public Report run(TimeLeft time) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return sweep.run(
        "DOCUMENTS", sweep.rows(profiles.documentsDue(today)), row -> take(row, today), null, time);
  }

  private Step take(Item row, LocalDate today) {
    Optional<Sheet> due = profiles.findDocumentsDue(row.text("professionalId"), today);
    if (due.isEmpty()) {
      return Step.NOTHING;
    }
    Sheet sheet = due.get();
    List<Document> old =
        sheet.files().stream().filter(document -> !deletion(document).isAfter(today)).toList();
    Writes writes = new Writes();
    if (old.isEmpty()) {
      LocalDate first = sheet.uncheckedSince().orElseThrow().plusDays(retention.documentDays());
      profiles.save(writes, sheet);
      outbox.post(
          writes, Mail.to(sheet.accountId(), MailTemplate.DOCUMENTS_EXPIRING).during(first, first));
    } else {
      profiles.save(writes, sheet.without(old));
      documents.discardLater(writes, sheet.professionalId(), old);
      journal.append(
          writes,
          Subject.professional(sheet.professionalId()),
          Action.DOCUMENTS_EXPIRED,
          Journal.SYSTEM,
          null);
    }
    if (!(database.commit(writes) instanceof Commit.Done)) {
      return Step.LATER;
    }
    if (!old.isEmpty()) {
      documents.discardNow(sheet.professionalId(), old);
    }
    return Step.DONE;
  }

  private LocalDate deletion(Document document) {
    LocalDate stored = document.storedOn();
    return stored == null ? LocalDate.MAX : stored.plusDays(retention.documentDays());
  }
}
