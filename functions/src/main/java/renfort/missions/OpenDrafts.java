package renfort.missions;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountEvents;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.environment.Retention;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Pair;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.inbox.InboxStore;
import renfort.inbox.Submission;
import renfort.inbox.Submission.State;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.MissionStore.Listed;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
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
  private final EstablishmentStore establishments;
  private final MissionStore missions;
  private final OpenMissions openMissions;
  private final InboxStore inbox;
  private final Journal journal;
  private final Database database;
  private final Clock clock;
  private final Duration draftLife;
  private final Ids ids;
  private final Environment environment;

  public OpenDrafts(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.missions = new MissionStore(environment);
    this.openMissions = new OpenMissions(environment);
    this.inbox = new InboxStore(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
    this.draftLife = Retention.of(environment).draftLife();
    this.ids = environment.ids();
    this.environment = environment;
  }

  /**
   * Opens the missions of this very submission, and makes of its address what an agency decided on
   * the pair (R8). A requester who was confirmed before confirms each draft once logged in.
   */
  @Override
  public Account passwordSet(Writes writes, Account account) {
    if (account.role() != Role.REQUESTER || account.isConfirmed()) {
      return account;
    }
    Establishment own = requireNonNull(account.establishment(), "a requester's establishment");
    String finess = own.finess();
    Pair pair = establishments.pair(finess, account.email());
    RequesterStatus status = pair.statusOr(RequesterStatus.PENDING);
    boolean approved = status == RequesterStatus.APPROVED;
    Optional<Establishment> stored = establishments.find(finess);
    Establishment establishment = approved ? stored.orElse(own) : own.asKnown(stored);
    establishments.checkDecided(writes, pair);
    if (approved && stored.isEmpty()) {
      establishments.store(writes, establishment);
    }
    establishments.save(
        writes,
        establishments
            .requester(finess, account.accountId())
            .orElseGet(() -> Requester.of(account, establishment, clock.instant()))
            .proved()
            .now(status)
            .at(establishment));
    establishments.giveRoom(writes, finess, account.accountId());
    Account proved = account.actingFor(establishment, approved);
    inbox
        .find(account.accountId())
        .ifPresent(
            submission -> {
              if (submission.state() == State.PARKED) {
                unpark(writes, submission, proved, establishment);
              } else {
                open(writes, submission, proved);
              }
            });
    return proved;
  }

  /** What is above the missions that may be open stays a draft, to be confirmed (R27). */
  private void open(Writes writes, Submission submission, Account account) {
    Instant now = clock.instant();
    List<Mission> drafts =
        missions.findAll(submission.drafts()).values().stream()
            .filter(mission -> mission.status() == Status.DRAFT)
            .filter(draft -> !draft.isOutdatedDraft(now, draftLife))
            .filter(draft -> !draft.terms().end().isBefore(MissionView.today(draft, clock)))
            .sorted(Comparator.comparing(draft -> draft.terms().start()))
            .toList();
    Set<String> opening = opening(writes, account, drafts);
    drafts.stream()
        .filter(draft -> opening.contains(draft.missionId()))
        .forEach(
            draft -> {
              missions.save(writes, draft.opened());
              journal.append(
                  writes,
                  Subject.mission(draft.missionId()),
                  Action.MISSION_OPENED,
                  account.accountId(),
                  null);
            });
  }

  private Set<String> opening(Writes writes, Account account, List<Mission> asked) {
    return Set.copyOf(
        openMissions.openSome(
            writes,
            account,
            account.finess().orElseThrow(),
            asked.stream().map(Mission::missionId).toList()));
  }

  /** A need that was kept apart until its own link is used: its missions are made, as above. */
  private void unpark(
      Writes writes, Submission submission, Account account, Establishment establishment) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    List<Mission> asked = new ArrayList<>();
    for (Terms terms : Need.ofInbox(account.email(), submission.content()).missions()) {
      Mission mission =
          Mission.submitted(
              ids.next(), establishment, account.accountId(), terms, Status.DRAFT, now);
      if (!terms.end().isBefore(MissionView.today(mission, clock))) {
        asked.add(mission);
      }
    }
    Set<String> opening = opening(writes, account, asked);
    for (Mission mission : asked) {
      boolean opens = opening.contains(mission.missionId());
      missions.create(writes, opens ? mission.opened() : mission);
      journal.append(
          writes,
          Subject.mission(mission.missionId()),
          Action.MISSION_CREATED,
          account.accountId(),
          null);
    }
    List<String> made = asked.stream().map(Mission::missionId).toList();
    inbox.taken(writes, submission, establishment.finess(), made, null);
  }

  @Override
  public void superseded(Account unproved) {
    if (new CloseRequester(environment)
            .close(unproved.accountId(), ErasureReason.UNPROVED, account -> !account.isConfirmed())
        == CloseRequester.Outcome.BUSY) {
      throw new Outage("table", new IllegalStateException("busy"));
    }
  }

  @Override
  public Optional<String> erased(
      String accountId, @Nullable String professionalId, @Nullable String place) {
    accounts.finessOfErased(accountId).ifPresent(finess -> drop(finess, accountId));
    return Optional.empty();
  }

  private void drop(String finess, String accountId) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      boolean all = true;
      List<Mission> drafts = drafts(finess, accountId);
      for (int i = 0; i < drafts.size(); i += CHUNK) {
        Writes writes = new Writes();
        for (Mission draft : drafts.subList(i, Math.min(drafts.size(), i + CHUNK))) {
          missions.delete(writes, draft);
          journal.append(
              writes,
              Subject.mission(draft.missionId()),
              Action.MISSION_CANCELLED,
              Journal.SYSTEM,
              null);
        }
        all = database.commit(writes) instanceof Commit.Done && all;
      }
      if (all) {
        return;
      }
    }
    throw new Outage("table", new IllegalStateException("the drafts change all the time"));
  }

  /** The index may be late: the submission names its own drafts, the missions themselves decide. */
  private List<Mission> drafts(String finess, String accountId) {
    Set<String> candidates =
        new LinkedHashSet<>(inbox.find(accountId).map(Submission::drafts).orElse(List.of()));
    @Nullable Map<String, String> place = Map.of();
    while (place != null) {
      Listed listed = missions.ofEstablishment(finess, false, accountId, place, 100);
      listed.missions().stream()
          .filter(mission -> mission.status() == Status.DRAFT)
          .map(Mission::missionId)
          .forEach(candidates::add);
      place = listed.next();
    }
    List<String> all = List.copyOf(candidates);
    List<Mission> drafts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 100) {
      missions.findAll(all.subList(i, Math.min(all.size(), i + 100))).values().stream()
          .filter(mission -> mission.status() == Status.DRAFT)
          .forEach(drafts::add);
    }
    return drafts;
  }
}
