package renfort.missions;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountView;
import renfort.accounts.ActorNames;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Journal;
import renfort.journal.Journal.Entry;
import renfort.journal.Journal.Subject;
import renfort.missions.MissionStore.Listed;
import renfort.outbox.KeptMails;
import renfort.outbox.MailSubjects;
import renfort.web.Parts;
import renfort.web.Parts.Read;

/**
 * Gathers all data held on a requester (R25, R29), in one answer for nearly everybody. What is
 * longer than an answer may take goes on at a place, part by part.
 */
final class ExportRequester {
  /** How many rows one answer holds: what is read within two seconds. */
  static final int ROWS = 1500;

  private static final int MISSIONS_AT_ONCE = 100;

  private final MissionStore missions;
  private final Journal journal;
  private final KeptMails mails;
  private final MailSubjects subjects;
  private final ActorNames names;
  private final Clock clock;

  ExportRequester(Environment environment, MailSubjects subjects) {
    this.missions = new MissionStore(environment);
    this.journal = new Journal(environment);
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
  Answer answer(Account account, Map<String, String> place) {
    String accountId = account.accountId();
    List<Map<String, Object>> submitted = new ArrayList<>();
    List<Map<String, Object>> kept = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    @Nullable Map<String, String> next =
        new Parts()
            .with("MISSIONS", submitted(account, false, submitted))
            .with("CANCELLED", submitted(account, true, submitted))
            .with(
                "JOURNAL",
                (at, most) -> journal.partOf(Subject.account(accountId), at, most),
                entries)
            .with("MAILS", (at, most) -> mails.of(accountId, at, most, subjects), kept)
            .read(place, ROWS);
    Map<String, String> by = names.of(entries.stream().map(Entry::actor).toList(), accountId);
    Map<String, Object> export = new LinkedHashMap<>();
    export.put("exportedAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    export.put("account", AccountView.of(account));
    export.put("missions", submitted);
    export.put("journal", entries.stream().map(entry -> entry.view(by)).toList());
    export.put("mails", kept);
    return new Answer(export, next);
  }

  /** A page looks at missions of others too, which cost as much as one's own. */
  private BiFunction<Map<String, String>, Integer, Read> submitted(
      Account account, boolean cancelled, List<Map<String, Object>> views) {
    return (from, most) -> {
      Listed listed =
          missions.ofEstablishment(
              account.finess().orElseThrow(),
              cancelled,
              account.accountId(),
              from,
              Math.min(most, MISSIONS_AT_ONCE));
      listed.missions().forEach(mission -> views.add(MissionView.of(mission, clock)));
      return new Read(Math.min(most, MISSIONS_AT_ONCE), listed.next());
    };
  }
}
