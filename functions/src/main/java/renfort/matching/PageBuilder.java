package renfort.matching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import renfort.matching.CandidateSearch.Page;
import renfort.matching.model.Candidate;
import renfort.matching.model.NearMisses;
import renfort.pool.PoolStore;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Criteria;
import renfort.pool.model.PoolRow;

/**
 * A page while it is made, and what its reads of the pool have cost. People come in the order of
 * R13; on the page those of one group are sorted by wishes met and days covered.
 */
final class PageBuilder {
  private final Criteria criteria;
  private final Predicate<PoolRow> known;
  private final Function<PoolRow, Candidate> candidate;
  private final int room;
  private final List<Found> found = new ArrayList<>();
  private final NearMisses nearMisses = new NearMisses();
  private @Nullable Object group;
  private int groups;
  private double units;

  /**
   * An empty page.
   *
   * @param known whom the mission lists among its own people
   * @param candidate a row as the mission sees it
   * @param room how many people it takes
   */
  PageBuilder(
      Criteria criteria,
      Predicate<PoolRow> known,
      Function<PoolRow, Candidate> candidate,
      int room) {
    this.criteria = criteria;
    this.known = known;
    this.candidate = candidate;
    this.room = room;
  }

  private record Found(int group, Candidate candidate) {}

  /** Whether nobody more is to be read for it: no room is left, or no budget. */
  boolean isOver() {
    return isFull() || left() < PoolStore.SMALLEST_QUERY;
  }

  boolean isFull() {
    return room() <= 0;
  }

  /** The read units that are left of its budget. */
  double left() {
    return CandidateSearch.BUDGET - units;
  }

  /** How many more people it takes. */
  int room() {
    return room - found.size();
  }

  /** How many rows to ask for, at most as many as wished. */
  int rows(int wished) {
    return Math.min(wished, PoolStore.affordable(left()));
  }

  /** Counts what rows cost. */
  Rows paid(Rows rows) {
    units += rows.units();
    return rows;
  }

  /** Takes one of the mission's own people, after all that it has. */
  void add(Candidate own) {
    group = null;
    groups++;
    found.add(new Found(groups, own));
  }

  /**
   * Takes somebody who matches, or counts them among the near misses.
   *
   * @param rowsGroup equal for neighbours that the order of R13 does not tell apart but by
   *     freshness
   */
  void look(PoolRow row, Object rowsGroup) {
    if (known.test(row)) {
      return;
    }
    if (!criteria.match(row)) {
      nearMisses.add(row, criteria);
      return;
    }
    if (!rowsGroup.equals(group)) {
      group = rowsGroup;
      groups++;
    }
    found.add(new Found(groups, candidate.apply(row)));
  }

  private List<Candidate> candidates() {
    return found.stream()
        .sorted(
            Comparator.comparingInt(Found::group)
                .thenComparingInt(one -> -criteria.wishesMet(one.candidate().row()))
                .thenComparingInt(one -> -one.candidate().coveredDays()))
        .map(Found::candidate)
        .toList();
  }

  /** The page as it is by now. */
  Page page(@Nullable Map<String, String> next) {
    return new Page(candidates(), next, nearMisses, units);
  }
}
