package renfort.professionals;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.documents.Documents;
import renfort.documents.model.Document;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.environment.Retention;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.outbox.Outbox;
import renfort.outbox.Outbox.Fate;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.professionals.model.Sheet;
import renfort.professionals.model.Sheet.Notice;
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
  private final Ids ids;

  public SweepDocuments(Environment environment) {
    this.profiles = new ProfileStore(environment);
    this.documents = new Documents(environment);
    this.journal = new Journal(environment);
    this.outbox = new Outbox(environment);
    this.database = Database.of(environment);
    this.sweep = new Sweep(environment);
    this.retention = Retention.of(environment);
    this.clock = environment.clock();
    this.ids = environment.ids();
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
    Writes writes = new Writes();
    Optional<LocalDate> since = sheet.uncheckedSince();
    if (since.isEmpty()) {
      profiles.save(writes, sheet);
      return commit(writes);
    }
    LocalDate oldEnough = since.get().plusDays(retention.documentDays());
    @Nullable Notice notice = sheet.notice();
    if (notice == null) {
      announce(writes, sheet, oldEnough, today);
      return commit(writes);
    }
    @Nullable LocalDate announced = notice.deletion();
    LocalDate deletion;
    if (announced != null) {
      deletion = announced;
    } else {
      switch (outbox.fate(notice.mailId())) {
        case Fate.Waits _ -> {
          profiles.save(writes, sheet);
          return commit(writes);
        }
        case Fate.Lost _ -> {
          announce(writes, sheet, oldEnough, today);
          return commit(writes);
        }
        case Fate.Left(LocalDate day) ->
            deletion = later(oldEnough, day.plusDays(retention.noticeDays()));
      }
      if (deletion.isAfter(today)) {
        profiles.save(writes, sheet.announced(new Notice(notice.mailId(), deletion)));
        return commit(writes);
      }
    }
    return delete(sheet, deletion);
  }

  /** The days of notice begin once this mail has left. */
  private void announce(Writes writes, Sheet sheet, LocalDate oldEnough, LocalDate today) {
    LocalDate first = later(oldEnough, today.plusDays(retention.noticeDays()));
    String mailId = ids.next();
    profiles.save(writes, sheet.announced(new Notice(mailId, null)));
    outbox.post(
        writes,
        Mail.to(sheet.accountId(), MailTemplate.DOCUMENTS_EXPIRING).during(first, first),
        mailId);
  }

  /** Deletes what was announced for a day; what was handed in later has its own time. */
  private Step delete(Sheet sheet, LocalDate deletion) {
    List<Document> old =
        sheet.files().stream().filter(document -> isOldEnough(document, deletion)).toList();
    Writes writes = new Writes();
    profiles.save(writes, sheet.without(old));
    documents.discardLater(writes, sheet.professionalId(), old);
    journal.append(
        writes,
        Subject.professional(sheet.professionalId()),
        Action.DOCUMENTS_EXPIRED,
        Journal.SYSTEM,
        null);
    Step step = commit(writes);
    if (step == Step.DONE) {
      documents.discardNow(sheet.professionalId(), old);
    }
    return step;
  }

  private Step commit(Writes writes) {
    return database.commit(writes) instanceof Commit.Done ? Step.DONE : Step.LATER;
  }

  private boolean isOldEnough(Document document, LocalDate deletion) {
    @Nullable LocalDate stored = document.storedOn();
    return stored != null && !stored.plusDays(retention.documentDays()).isAfter(deletion);
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }
}
