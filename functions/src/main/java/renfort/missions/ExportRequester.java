package renfort.missions;

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
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Entry;
import renfort.journal.Journal.Subject;
import renfort.missions.MissionStore.Listed;

/** Gathers all data held on a requester (R25, R29). */
final class ExportRequester {
  private final MissionStore missions;
  private final Journal journal;
  private final ActorNames names;
  private final Clock clock;

  ExportRequester(Environment environment) {
    this.missions = new MissionStore(environment);
    this.journal = new Journal(environment);
    this.names = new ActorNames(environment);
    this.clock = environment.clock();
  }

  /** The export as a JSON tree (contract). */
  Map<String, Object> export(Account account) {
    Subject subject = Subject.account(account.accountId());
    journal.look(subject, Action.ACCOUNT_EXPORTED, account.accountId(), null);
    List<Object> submitted = new ArrayList<>();
    submitted.addAll(submitted(account, false));
    submitted.addAll(submitted(account, true));
    Map<String, Object> export = new LinkedHashMap<>();
    export.put("exportedAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    export.put("account", AccountView.of(account));
    export.put("missions", submitted);
    List<Entry> entries = journal.of(subject);
    Map<String, String> by =
        names.of(entries.stream().map(Entry::actor).toList(), account.accountId());
    export.put("journal", entries.stream().map(entry -> entry.view(by)).toList());
    return export;
  }

  private List<Object> submitted(Account account, boolean cancelled) {
    List<Object> views = new ArrayList<>();
    @Nullable Map<String, String> place = Map.of();
    while (place != null) {
      Listed listed =
          missions.ofEstablishment(
              account.finess().orElseThrow(), cancelled, account.accountId(), place, 100);
      listed.missions().forEach(mission -> views.add(MissionView.of(mission, clock)));
      place = listed.next();
    }
    return views;
  }
}
