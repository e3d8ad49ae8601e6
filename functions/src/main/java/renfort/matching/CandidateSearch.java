package renfort.matching;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.candidacies.CandidacyStore;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.environment.Environment;
import renfort.matching.model.Candidate;
import renfort.matching.model.NearMisses;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Criteria;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.storage.BadPlace;

/**
 * Searches candidates for a mission in the order of R13, and stops when the page is full or has
 * cost {@link #BUDGET} read units of the pool: a short page with a place to go on is right (ADR 4,
 * ADR 20).
 */
public final class CandidateSearch {
  /** What the pool reads of one page may cost, in read units. */
  public static final double BUDGET = 10;

  private static final int CHUNK = 40;

  private final PoolStore pool;
  private final CandidacyStore candidacies;
  private final Clock clock;
  private final boolean knowsPlaces;

  public CandidateSearch(Environment environment) {
    this.knowsPlaces = environment.variable("POOL_BY_CELLS").equals("yes");
    this.pool = new PoolStore(environment);
    this.candidacies = new CandidacyStore(environment);
    this.clock = environment.clock();
  }

  /**
   * A page of candidates.
   *
   * @param candidates in order
   * @param next where to go on, or null at the end
   * @param nearMisses of the rows read
   * @param units what the pool reads cost
   */
  public record Page(
      List<Candidate> candidates,
      @Nullable Map<String, String> next,
      NearMisses nearMisses,
      double units) {}

  /** The parts of the order, as they stand in a place. */
  private enum Stage {
    /** The mission's own affected, contacted and pushed. */
    OWN,
    /** The region's people, zone by zone. */
    REGION,
    /** People of other regions who accept the national level. */
    NATION,
    /** The mission's refused and declined. */
    CLOSED
  }

  /**
   * Searches a page.
   *
   * @param mission for which
   * @param pushedOnly whether only people pushed, contacted or affected are seen (R22)
   * @param place where to go on; empty at the beginning
   * @param limit how many candidates at most
   * @throws BadPlace when the place is none of this list
   */
  public Page search(Mission mission, boolean pushedOnly, Map<String, String> place, int limit) {
    return new Search(mission, pushedOnly, limit).from(place);
  }

  private final class Search {
    private final Mission mission;
    private final boolean pushedOnly;
    private final Instant now = clock.instant();
    private final LocalDate today;
    private final Criteria criteria;
    private final Map<String, Candidacy> known = new HashMap<>();
    private final PageBuilder page;

    Search(Mission mission, boolean pushedOnly, int limit) {
      this.mission = mission;
      this.pushedOnly = pushedOnly;
      this.today = Regions.find(mission.establishment().region()).orElseThrow().today(clock);
      this.criteria = mission.criteria(today);
      this.page = new PageBuilder(criteria, this::isKnownElsewhere, this::candidate, limit);
    }

    Page from(Map<String, String> place) {
      candidacies
          .ofMission(mission.missionId())
          .forEach(candidacy -> known.put(candidacy.professionalId(), candidacy));
      boolean searchesPool = !pushedOnly && mission.statusOn(today) == Mission.Status.OPEN;
      Stage stage = stage(place.get("stage"));
      @Nullable Map<String, String> rest = place.isEmpty() ? null : place;
      for (Stage each : Stage.values()) {
        if (each.compareTo(stage) < 0) {
          continue;
        }
        @Nullable Map<String, String> next =
            switch (each) {
              case OWN, CLOSED -> listKnown(each, rest);
              case REGION -> searchesPool ? region().search(rest) : null;
              case NATION -> searchesPool ? searchNation(rest) : null;
            };
        if (next != null) {
          return page.page(of(each, next));
        }
        rest = null;
      }
      return page.page(null);
    }

    private RegionSearch region() {
      return new RegionSearch(pool, knowsPlaces, criteria, mission.establishment(), page);
    }

    /** Group (1) or (4): sorted by state, then by id, so that a later page finds where it was. */
    private @Nullable Map<String, String> listKnown(
        Stage stage, @Nullable Map<String, String> place) {
      @Nullable String after = place == null ? null : place.get("at");
      List<Candidacy> own =
          known.values().stream()
              .filter(candidacy -> stageOf(candidacy) == stage)
              .filter(candidacy -> after == null || order(candidacy).compareTo(after) > 0)
              .sorted(Comparator.comparing(this::order))
              .toList();
      int from = 0;
      while (from < own.size()) {
        if (page.isFull()) {
          return from == 0 ? Map.of() : Map.of("at", order(own.get(from - 1)));
        }
        List<Candidacy> some = own.subList(from, Math.min(own.size(), from + page.room()));
        Map<String, PoolRow> rows =
            pool.findAll(some.stream().map(Candidacy::professionalId).toList());
        for (Candidacy candidacy : some) {
          PoolRow row = rows.get(candidacy.professionalId());
          if (row != null && isListed(candidacy, row)) {
            page.add(candidate(row));
          }
        }
        from += some.size();
      }
      return null;
    }

    /** Group (3): those whose address is confirmed, then the others. */
    private @Nullable Map<String, String> searchNation(@Nullable Map<String, String> place) {
      boolean others = place != null && "false".equals(place.get("confirmed"));
      @Nullable Map<String, String> next = others ? null : searchNation(true, after(place));
      return next != null ? next : searchNation(false, others ? after(place) : null);
    }

    private @Nullable Map<String, String> searchNation(boolean confirmed, @Nullable Place start) {
      @Nullable Place after = start;
      while (!page.isOver()) {
        Rows rows =
            page.paid(
                pool.ofNation(
                    criteria.profession(),
                    criteria.speciality(),
                    confirmed,
                    after,
                    page.rows(CHUNK)));
        for (int i = 0; i < rows.rows().size(); i++) {
          PoolRow row = rows.rows().get(i);
          after = rows.places().get(i);
          if (row.confirmed() == confirmed && !row.region().equals(criteria.region())) {
            page.look(row, confirmed);
            if (page.isFull() && (i + 1 < rows.rows().size() || rows.more())) {
              return nation(confirmed, after);
            }
          }
        }
        if (!rows.more()) {
          return null;
        }
      }
      return nation(confirmed, after);
    }

    private static Map<String, String> nation(boolean confirmed, @Nullable Place after) {
      Map<String, String> next = new HashMap<>();
      next.put("confirmed", String.valueOf(confirmed));
      if (after != null) {
        next.put("at", after.order());
        next.put("id", after.professionalId());
      }
      return next;
    }

    private boolean isKnownElsewhere(PoolRow row) {
      Candidacy candidacy = known.get(row.professionalId());
      return candidacy != null && stageOf(candidacy) != null;
    }

    /**
     * Which group of its own the mission lists a candidacy in; null when the person is one of the
     * pool's again.
     */
    private @Nullable Stage stageOf(Candidacy candidacy) {
      return switch (candidacy.statusAt(now)) {
        case AFFECTED, CONTACTED -> Stage.OWN;
        case TO_VERIFY ->
            candidacy.pushed() || (pushedOnly && candidacy.contacted()) ? Stage.OWN : null;
        case REFUSED, DECLINED -> Stage.CLOSED;
      };
    }

    /** People pushed who no longer match are no longer listed (R10). */
    private boolean isListed(Candidacy candidacy, PoolRow row) {
      return candidacy.statusAt(now) != Status.TO_VERIFY || criteria.match(row);
    }

    private String order(Candidacy candidacy) {
      int rank =
          switch (candidacy.statusAt(now)) {
            case AFFECTED -> 1;
            case CONTACTED -> 2;
            case TO_VERIFY -> 3;
            case REFUSED -> 4;
            case DECLINED -> 5;
          };
      return rank + "#" + candidacy.professionalId();
    }

    private Candidate candidate(PoolRow row) {
      Candidacy candidacy = known.get(row.professionalId());
      return new Candidate(
          row,
          candidacy == null
              ? Candidacy.none(mission.missionId(), row.professionalId(), now)
              : candidacy,
          mission,
          today,
          now);
    }
  }

  private static Stage stage(@Nullable String name) {
    if (name == null) {
      return Stage.OWN;
    }
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(BadPlace::new);
  }

  private static @Nullable Place after(@Nullable Map<String, String> place) {
    if (place == null) {
      return null;
    }
    @Nullable String order = place.get("at");
    @Nullable String id = place.get("id");
    return order == null || id == null ? null : new Place(order, id);
  }

  private static Map<String, String> of(Stage stage, Map<String, String> place) {
    Map<String, String> next = new HashMap<>(place);
    next.put("stage", stage.name());
    return next;
  }

  /** The ids of the people on a page, for the journal. */
  static List<String> ids(Collection<Candidate> candidates) {
    return candidates.stream().map(candidate -> candidate.row().professionalId()).toList();
  }
}
