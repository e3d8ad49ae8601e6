package renfort.professionals;

import static java.util.Comparator.comparing;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountView;
import renfort.accounts.ActorNames;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Journal;
import renfort.journal.Journal.Entry;
import renfort.journal.Journal.Subject;
import renfort.outbox.KeptMails;
import renfort.outbox.MailSubjects;
import renfort.pool.model.PoolRow;
import renfort.professionals.model.Sheet;
import renfort.web.Parts;

/**
 * All that is held on a volunteer (R25, R29), in one answer for nearly everybody. What is longer
 * than an answer may take goes on at a place, part by part.
 */
final class ExportProfessional {
  /** How many rows one answer holds: what is read within two seconds. */
  static final int ROWS = 1500;

  private final Journal journal;
  private final Ties ties;
  private final ListViews views;
  private final KeptMails mails;
  private final MailSubjects subjects;
  private final ActorNames names;
  private final Clock clock;

  ExportProfessional(Environment environment, Ties ties, MailSubjects subjects) {
    this.journal = new Journal(environment);
    this.ties = ties;
    this.views = new ListViews(environment);
    this.mails = new KeptMails(environment);
    this.subjects = subjects;
    this.names = new ActorNames(environment);
    this.clock = environment.clock();
  }

  /**
   * An answer.
   *
   * @param body as the contract has it, without the cursor
   * @param next the place where the next answer begins, or null when all was given
   */
  record Answer(Map<String, Object> body, @Nullable Map<String, String> next) {}

  /**
   * One answer.
   *
   * @param place where the answer before ended; empty at the beginning
   */
  Answer answer(Account account, Sheet sheet, PoolRow row, Map<String, String> place) {
    List<Map<String, Object>> candidacies = new ArrayList<>();
    List<Map<String, Object>> lists = new ArrayList<>();
    List<Map<String, Object>> kept = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    String accountId = account.accountId();
    String professionalId = sheet.professionalId();
    @Nullable Map<String, String> next =
        new Parts()
            .with("CANDIDACIES", (at, most) -> ties.export(professionalId, at, most), candidacies)
            .with(
                "ACCOUNT",
                (at, most) -> journal.partOf(Subject.account(accountId), at, most),
                entries)
            .with(
                "JOURNAL",
                (at, most) -> journal.partOf(Subject.professional(professionalId), at, most),
                entries)
            .with("LISTS", (at, most) -> views.of(professionalId, at, most), lists)
            .with("MAILS", (at, most) -> mails.of(accountId, at, most, subjects), kept)
            .read(place, ROWS);
    Map<String, Object> export = new LinkedHashMap<>();
    export.put("exportedAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    export.put("account", AccountView.of(account));
    export.put("profile", SheetView.of(sheet, row.available(), account.isConfirmed()));
    export.put("consent", Map.of("at", sheet.consentAt().toString()));
    export.put("candidacies", candidacies);
    export.put("lists", lists);
    export.put("journal", told(entries, accountId));
    export.put("mails", kept);
    return new Answer(export, next);
  }

  private List<Map<String, Object>> told(List<Entry> entries, String self) {
    Map<String, String> by = names.of(entries.stream().map(Entry::actor).toList(), self);
    return entries.stream().sorted(comparing(Entry::at)).map(entry -> entry.view(by)).toList();
  }
}
