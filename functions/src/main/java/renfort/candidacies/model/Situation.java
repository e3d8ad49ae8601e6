package renfort.candidacies.model;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import renfort.missions.model.Mission;
import renfort.pool.model.Days;
import renfort.pool.model.PoolRow;

/**
 * All that a decision on one professional for one mission depends on, read consistently.
 *
 * @param mission the mission
 * @param row the professional's POOL row, or null when there is no such person (any more)
 * @param candidacy what is stored of the two, or {@link Candidacy#none}
 * @param now the time of the decision
 * @param today the date in the mission's region
 */
public record Situation(
    Mission mission, @Nullable PoolRow row, Candidacy candidacy, Instant now, LocalDate today) {

  /** Whether they are affected for days that are not over: what was worked stays as it was. */
  public boolean isEngaged() {
    Days days = candidacy.engagement();
    return candidacy.status() == Candidacy.Status.AFFECTED
        && days != null
        && !days.last().isBefore(today);
  }
}
