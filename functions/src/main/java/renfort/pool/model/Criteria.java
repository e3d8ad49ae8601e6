package renfort.pool.model;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a mission asks of those who are proposed for it (R12; establishments' guide, "critères de
 * sélection").
 *
 * @param region of the mission
 * @param profession code asked for
 * @param speciality code asked for, or null for any
 * @param nursingHome whether experience in an EHPAD is asked for
 * @param vehicle whether a vehicle is asked for
 * @param weekend wished, ranks only
 * @param intensiveCare wished, ranks only
 * @param start the effective start: the mission's, or today when that is later
 * @param end the mission's last day
 */
public record Criteria(
    String region,
    String profession,
    @Nullable String speciality,
    boolean nursingHome,
    boolean vehicle,
    boolean weekend,
    boolean intensiveCare,
    LocalDate start,
    LocalDate end) {

  /** A criterion that somebody does not meet. */
  public enum Miss {
    UNAVAILABLE,
    PROFESSION,
    SPECIALITY,
    REGION,
    NURSING_HOME,
    VEHICLE,
    DATES
  }

  /** All that keeps somebody from matching; empty when they match. */
  public Set<Miss> misses(PoolRow row) {
    Set<Miss> misses = EnumSet.noneOf(Miss.class);
    if (!row.available() || row.hidden()) {
      misses.add(Miss.UNAVAILABLE);
    }
    if (!row.profession().equals(profession)) {
      misses.add(Miss.PROFESSION);
    }
    if (speciality != null && !speciality.equals(row.speciality())) {
      misses.add(Miss.SPECIALITY);
    }
    if (!row.region().equals(region) && !row.isNational()) {
      misses.add(Miss.REGION);
    }
    if (nursingHome && !row.nursingHome()) {
      misses.add(Miss.NURSING_HOME);
    }
    if (vehicle && !row.vehicle()) {
      misses.add(Miss.VEHICLE);
    }
    if (end.isBefore(start) || row.availability().covering(start, end).isEmpty()) {
      misses.add(Miss.DATES);
    }
    return misses;
  }

  public boolean match(PoolRow row) {
    return misses(row).isEmpty();
  }

  /** How many of the wishes that only rank are met. */
  public int wishesMet(PoolRow row) {
    boolean freeOnWeekend =
        row.availability().covering(start, end).map(Period::includesWeekend).orElse(false);
    return (weekend && freeOnWeekend ? 1 : 0) + (intensiveCare && row.intensiveCare() ? 1 : 0);
  }

  /** The days from the effective start to the end. */
  public int missionDays() {
    return (int) (end.toEpochDay() - start.toEpochDay()) + 1;
  }
}
