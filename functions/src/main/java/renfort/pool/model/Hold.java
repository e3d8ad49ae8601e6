package renfort.pool.model;

import java.time.Instant;

/**
 * The exclusivity that a contact gives one mission over one professional (R16). It ends at {@code
 * until}, swept or not.
 *
 * @param missionId the mission that holds
 * @param until when it ends
 */
public record Hold(String missionId, Instant until) {
  public boolean isLive(Instant now) {
    return until.isAfter(now);
  }
}
