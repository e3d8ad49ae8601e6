package renfort.missions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.QuotaLimits;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.missions.MissionStore.Listed;
import renfort.missions.model.Mission;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Item;
import renfort.storage.Writes;
import renfort.web.Problem;
import renfort.web.Refusal;

/**
 * How many missions are open at once (R27): of an establishment, and fewer of a requester who is
 * not approved, who can't use up the establishment's room. They are counted by the index, and by
 * the guard {@code OPENINGS#finess} for what the index may not show yet; each opening changes the
 * guard in its own transaction, so that openings which race are counted one after the other.
 */
final class OpenMissions {
  /** Longer than an index lags. */
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final MissionStore missions;
  private final EstablishmentStore establishments;
  private final Database database;
  private final String table;
  private final Clock clock;
  private final QuotaLimits limits;

  OpenMissions(Environment environment) {
    this.missions = new MissionStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.database = Database.of(environment);
    this.table = environment.variable("GUARDS_TABLE");
    this.clock = environment.clock();
    this.limits = QuotaLimits.parse(environment.variable("QUOTAS"));
  }

  /**
   * Adds to a transaction that missions open; label {@code openings} when others opened some at the
   * same time.
   *
   * @throws Refusal 409 when there would be too many
   */
  void open(Writes writes, Account account, String finess, Collection<String> missionIds) {
    Openings openings = openings(account, finess, missionIds);
    if (openings.room() < missionIds.size()) {
      throw new Refusal(
          Problem.of(
                  409,
                  "too-many",
                  limitOf(account) + " missions au plus peuvent être ouvertes à la fois.")
              .withDetail(
                  account.approved()
                      ? "Annulez ou terminez d'abord celles qui n'ont plus lieu d'être."
                      : "Votre ARS doit d'abord valider votre compte."));
    }
    note(writes, finess, openings, missionIds);
  }

  /**
   * Adds to a transaction that as many missions open as may, the first ones first; label {@code
   * openings} as above.
   *
   * @return those that open; the others are to stay drafts
   */
  List<String> openSome(Writes writes, Account account, String finess, List<String> missionIds) {
    Openings openings = openings(account, finess, missionIds);
    List<String> some = missionIds.subList(0, Math.min(openings.room(), missionIds.size()));
    if (!some.isEmpty()) {
      note(writes, finess, openings, some);
    }
    return some;
  }

  /**
   * What is known of a FINESS number's openings.
   *
   * @param room how many more missions may be open
   * @param recent those that the index may not show yet
   * @param version of the guard; 0 when there is none
   */
  private record Openings(int room, List<Item> recent, long version) {}

  private Openings openings(Account account, String finess, Collection<String> missionIds) {
    Instant now = clock.instant();
    Optional<Item> row = database.get(table, Guards.key("OPENINGS#" + finess));
    List<Item> recent =
        row.map(found -> found.items("recent")).orElse(List.of()).stream()
            .filter(item -> item.instant("at").orElseThrow().isAfter(now.minus(RECENT)))
            .toList();
    Set<String> open = openOf(account, finess, recent);
    open.removeAll(missionIds);
    return new Openings(
        Math.max(0, limitOf(account) - open.size()),
        recent,
        row.map(found -> found.number("version")).orElse(0L));
  }

  private int limitOf(Account account) {
    return account.approved() ? limits.missions() : limits.missionsUnapproved();
  }

  private void note(
      Writes writes, String finess, Openings openings, Collection<String> missionIds) {
    Instant now = clock.instant();
    List<Item> recent = new ArrayList<>(openings.recent());
    missionIds.forEach(id -> recent.add(Item.empty().with("id", id).with("at", now)));
    writes.put(
        "openings",
        table,
        Guards.key("OPENINGS#" + finess)
            .withItems("recent", recent)
            .with("version", openings.version() + 1)
            .with("until", now.plus(Duration.ofDays(1))),
        "attribute_not_exists(guard) OR #version = :before",
        Item.empty().with("before", openings.version()));
  }

  /** The ids of the open missions that count for an account. */
  private Set<String> openOf(Account account, String finess, List<Item> recent) {
    Set<String> others =
        account.approved()
            ? establishments.known(finess, 0).requesters().stream()
                .filter(requester -> requester.status() != RequesterStatus.APPROVED)
                .map(Requester::accountId)
                .collect(Collectors.toSet())
            : Set.of();
    Set<String> open = new HashSet<>();
    @Nullable Map<String, String> place = Map.of();
    while (place != null) {
      Listed listed =
          missions.ofEstablishment(
              finess, false, account.approved() ? null : account.accountId(), place, 100);
      listed.missions().stream()
          .filter(mission -> counts(mission, account, others))
          .forEach(mission -> open.add(mission.missionId()));
      place = listed.next();
    }
    List<String> late =
        recent.stream().map(item -> item.text("id")).filter(id -> !open.contains(id)).toList();
    for (int i = 0; i < late.size(); i += 100) {
      missions.findAll(late.subList(i, Math.min(late.size(), i + 100))).values().stream()
          .filter(mission -> counts(mission, account, others))
          .forEach(mission -> open.add(mission.missionId()));
    }
    return open;
  }

  private boolean counts(Mission mission, Account account, Set<String> others) {
    boolean isTheirs =
        account.approved()
            ? !others.contains(mission.submittedBy())
            : mission.submittedBy().equals(account.accountId());
    return isTheirs && mission.statusOn(MissionView.today(mission, clock)) == Mission.Status.OPEN;
  }
}
