package renfort.matching;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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
import renfort.reference.Departements;
import renfort.reference.Regions;
import renfort.storage.BadPlace;

/**
 * Searches candidates for a mission in the order of R13, and stops when the page is full or has
 * cost {@link #BUDGET} read units of the pool: a short page with a place to go on is right.
 */
public final class CandidateSearch {
  /** What the pool reads of one page may cost, in read units. */
  public static final double BUDGET = 10;

  /**
   * What one row costs at most: 700 bytes of the 8 KiB that an eventually consistent unit reads.
   */
  private static final double ROWS_PER_UNIT = 8192.0 / 700;

  /** What any query costs, in read units. */
  private static final double SMALLEST_QUERY = 0.5;

  private static final int LARGEST_CHUNK = 40;

  private final PoolStore pool;
  private final CandidacyStore candidacies;
  private final Clock clock;

  public CandidateSearch(Environment environment) {
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
    private final int limit;
    private final Instant now = clock.instant();
    private final LocalDate today;
    private final Criteria criteria;
    private final Map<String, Candidacy> known = new HashMap<>();
    private final List<Candidate> page = new ArrayList<>();
    private final NearMisses nearMisses = new NearMisses();
    private double units;

    Search(Mission mission, boolean pushedOnly, int limit) {
      this.mission = mission;
      this.pushedOnly = pushedOnly;
      this.limit = limit;
      this.today = Regions.find(mission.establishment().region()).orElseThrow().today(clock);
      this.criteria = mission.criteria(today);
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
              case REGION -> searchesPool ? searchRegion(rest) : null;
              case NATION -> searchesPool ? searchNation(rest) : null;
            };
        if (next != null) {
          return page(next);
        }
        rest = null;
      }
      return page(null);
    }

    private Page page(@Nullable Map<String, String> next) {
      return new Page(page, next, nearMisses, units);
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
        if (page.size() >= limit) {
          return from == 0
              ? Map.of("stage", stage.name())
              : Map.of("stage", stage.name(), "at", order(own.get(from - 1)));
        }
        List<Candidacy> some = own.subList(from, Math.min(own.size(), from + limit - page.size()));
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

    private @Nullable Map<String, String> searchRegion(@Nullable Map<String, String> place) {
      List<String> zones =
          new ArrayList<>(
              Departements.zonesFrom(
                  mission.establishment().region(), mission.establishment().departement()));
      zones.add(PoolRow.ELSEWHERE);
      @Nullable String start = place == null ? null : place.get("zone");
      if (start != null && !zones.contains(start)) {
        throw new BadPlace();
      }
      @Nullable Place after = after(place);
      for (String zone : zones.subList(start == null ? 0 : zones.indexOf(start), zones.size())) {
        @Nullable Map<String, String> next =
            searchPool(
                (from, rows) ->
                    pool.ofZone(
                        criteria.profession(),
                        criteria.speciality(),
                        criteria.region(),
                        zone,
                        from,
                        rows),
                after,
                Map.of("stage", Stage.REGION.name(), "zone", zone));
        if (next != null) {
          return next;
        }
        after = null;
      }
      return null;
    }

    private @Nullable Map<String, String> searchNation(@Nullable Map<String, String> place) {
      return searchPool(
          (from, rows) -> pool.ofNation(criteria.profession(), criteria.speciality(), from, rows),
          after(place),
          Map.of("stage", Stage.NATION.name()));
    }

    /**
     * Reads one partition until its end, a full page or a spent budget; answers where to go on, or
     * null at its end.
     */
    private @Nullable Map<String, String> searchPool(
        Reader reader, @Nullable Place start, Map<String, String> stage) {
      boolean nation = stage.containsValue(Stage.NATION.name());
      List<Candidate> found = new ArrayList<>();
      @Nullable Place after = start;
      try {
        while (true) {
          int affordable = (int) Math.floor((BUDGET - units) * ROWS_PER_UNIT);
          if (page.size() + found.size() >= limit || BUDGET - units < SMALLEST_QUERY) {
            return next(stage, after);
          }
          Rows rows = reader.read(after, Math.min(affordable, LARGEST_CHUNK));
          units += rows.units();
          for (int i = 0; i < rows.rows().size(); i++) {
            PoolRow row = rows.rows().get(i);
            after = rows.places().get(i);
            boolean here = !nation || !row.region().equals(criteria.region());
            if (!here || isKnownElsewhere(row)) {
              continue;
            }
            if (criteria.match(row)) {
              found.add(candidate(row));
              if (page.size() + found.size() >= limit
                  && (i + 1 < rows.rows().size() || rows.more())) {
                return next(stage, after);
              }
            } else {
              nearMisses.add(row, criteria);
            }
          }
          if (!rows.more()) {
            return null;
          }
        }
      } finally {
        // within a zone's page: confirmed first as read, then wishes met, then days covered (R13)
        found.sort(
            Comparator.comparing((Candidate candidate) -> !candidate.row().confirmed())
                .thenComparingInt(candidate -> -criteria.wishesMet(candidate.row()))
                .thenComparingInt(candidate -> -candidate.coveredDays()));
        page.addAll(found);
      }
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

  /** Reads rows of one partition after a place. */
  private interface Reader {
    Rows read(@Nullable Place after, int rows);
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

  private static Map<String, String> next(Map<String, String> stage, @Nullable Place after) {
    Map<String, String> next = new HashMap<>(stage);
    if (after != null) {
      next.put("at", after.order());
      next.put("id", after.professionalId());
    }
    return next;
  }

  /** The ids of the people on a page, for the journal. */
  static List<String> ids(Collection<Candidate> candidates) {
    return candidates.stream().map(candidate -> candidate.row().professionalId()).toList();
  }
}
