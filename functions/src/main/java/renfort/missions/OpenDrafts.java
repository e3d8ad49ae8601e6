package renfort.missions;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountEvents;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.MissionStore.Listed;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Outage;
import renfort.storage.Writes;

/**
 * What happens to a requester's drafts with their account: they open with the first password (R8),
 * they go with an erasure (R29).
 */
public final class OpenDrafts implements AccountEvents {
  /** Two writes each: what fits into one transaction, with room to spare. */
  private static final int CHUNK = 40;

  private final AccountStore accounts;
  private final MissionStore missions;
  private final Journal journal;
  private final Database database;
  private final Clock clock;
  private final Duration draftLife;

  public OpenDrafts(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.missions = new MissionStore(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
    this.draftLife = Retention.of(environment).draftLife();
  }

  /**
   * Opens the drafts that the account submitted for the FINESS number that it acts for: those of an
   * earlier one die. A requester who was confirmed before confirms each draft once logged in.
   */
  @Override
  public void passwordSet(Account account) {
    if (account.role() != Role.REQUESTER || account.isConfirmed()) {
      return;
    }
    String accountId = account.accountId();
    forEachDraft(
        account.finess().orElseThrow(),
        accountId,
        draft ->
            !draft.isOutdatedDraft(clock.instant(), draftLife)
                && !draft.terms().end().isBefore(MissionView.today(draft, clock)),
        (writes, draft) -> {
          missions.save(writes, draft.opened());
          journal.append(
              writes, Subject.mission(draft.missionId()), Action.MISSION_OPENED, accountId, null);
        });
  }

  @Override
  public void erased(String accountId, @Nullable String professionalId) {
    accounts
        .finessOfErased(accountId)
        .ifPresent(
            finess ->
                forEachDraft(
                    finess,
                    accountId,
                    draft -> true,
                    (writes, draft) -> {
                      missions.delete(writes, draft);
                      journal.append(
                          writes,
                          Subject.mission(draft.missionId()),
                          Action.MISSION_CANCELLED,
                          Journal.SYSTEM,
                          null);
                    }));
  }

  private interface Rule {
    boolean takes(Mission draft);
  }

  private void forEachDraft(
      String finess, String accountId, Rule rule, BiConsumer<Writes, Mission> change) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      boolean all = true;
      for (List<Mission> chunk : drafts(finess, accountId, rule)) {
        Writes writes = new Writes();
        chunk.forEach(draft -> change.accept(writes, draft));
        all = database.commit(writes) instanceof Commit.Done && all;
      }
      if (all) {
        return;
      }
    }
    throw new Outage("table", new IllegalStateException("the drafts change all the time"));
  }

  private List<List<Mission>> drafts(String finess, String accountId, Rule rule) {
    List<List<Mission>> chunks = new ArrayList<>();
    @Nullable Map<String, String> place = Map.of();
    while (place != null) {
      Listed listed = missions.ofEstablishment(finess, false, accountId, place, 100);
      // the index may be late: the missions themselves decide
      Collection<Mission> current =
          missions
              .findAll(
                  listed.missions().stream()
                      .filter(mission -> mission.status() == Status.DRAFT)
                      .map(Mission::missionId)
                      .toList())
              .values();
      List<Mission> drafts =
          current.stream()
              .filter(mission -> mission.status() == Status.DRAFT)
              .filter(rule::takes)
              .toList();
      for (int i = 0; i < drafts.size(); i += CHUNK) {
        chunks.add(drafts.subList(i, Math.min(drafts.size(), i + CHUNK)));
      }
      place = listed.next();
    }
    return chunks;
  }
}
