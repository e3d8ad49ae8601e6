package renfort.matching.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import renfort.pool.model.Criteria;
import renfort.pool.model.Criteria.Miss;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;

/**
 * Those who miss one criterion only, counted while the pool is read, to be told when nobody matches
 * (R15).
 */
public final class NearMisses {
  /** How many start dates are told. */
  private static final int DATES = 3;

  private final Map<LocalDate, Integer> laterStarts = new TreeMap<>();
  private final Map<Miss, Integer> others = new EnumMap<>(Miss.class);

  /**
   * What would be met if one criterion were eased.
   *
   * @param reason in words that follow the count: "disponibles à partir du 12/12/2026"
   * @param count how many people
   */
  public record NearMiss(String reason, int count) {}

  /** Looks at somebody who does not match. */
  public void add(PoolRow row, Criteria criteria) {
    Set<Miss> misses = criteria.misses(row);
    if (misses.size() != 1) {
      return;
    }
    Miss miss = misses.iterator().next();
    if (miss == Miss.DATES) {
      laterStart(row, criteria).ifPresent(day -> laterStarts.merge(day, 1, Integer::sum));
    } else {
      others.merge(miss, 1, Integer::sum);
    }
  }

  /** What was found, the most telling first. */
  public List<NearMiss> told() {
    List<NearMiss> told = new ArrayList<>();
    laterStarts.entrySet().stream()
        .limit(DATES)
        .forEach(
            start ->
                told.add(
                    new NearMiss(
                        plural("disponible", start.getValue())
                            + " à partir du "
                            + Candidate.day(start.getKey()),
                        start.getValue())));
    others.forEach(
        (miss, count) -> {
          switch (miss) {
            case VEHICLE -> told.add(new NearMiss("sans véhicule personnel", count));
            case NURSING_HOME -> told.add(new NearMiss("sans expérience en EHPAD", count));
            case UNAVAILABLE, PROFESSION, SPECIALITY, REGION, DATES -> {}
          }
        });
    return told;
  }

  private static Optional<LocalDate> laterStart(PoolRow row, Criteria criteria) {
    return row.availability().free().stream()
        .map(Period::start)
        .filter(start -> start.isAfter(criteria.start()) && !start.isAfter(criteria.end()))
        .min(LocalDate::compareTo);
  }

  private static String plural(String word, int count) {
    return count > 1 ? word + "s" : word;
  }
}
