package renfort.establishments.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;

/**
 * How a region is regulated (R22, R24).
 *
 * @param region its INSEE code
 * @param mode who brings candidates to establishments
 * @param holdHours how long a contact holds somebody, {@value #MIN_HOLD_HOURS} to {@value
 *     #MAX_HOLD_HOURS} (R16)
 * @param changedAt when it was last set, or null when it never was
 * @param version grows with each change; 0 when nothing is stored
 */
public record RegionSettings(
    String region, Mode mode, int holdHours, @Nullable Instant changedAt, long version) {
  public static final int MIN_HOLD_HOURS = 12;
  public static final int MAX_HOLD_HOURS = 72;
  public static final int DEFAULT_HOLD_HOURS = 36;

  /** A region that nobody has set: direct, 36 hours (R16). */
  public static RegionSettings ofUnset(String region) {
    return new RegionSettings(region, Mode.DIRECT, DEFAULT_HOLD_HOURS, null, 0);
  }

  /** How long a contact holds somebody (R16). */
  public Duration hold() {
    return Duration.ofHours(holdHours);
  }

  /** Whether establishments see only whom an agency pushed, and those they dealt with (R22). */
  public boolean isRegulated() {
    return mode != Mode.DIRECT;
  }

  /** Whether an account may put a mode in the place of this one (R22). */
  public boolean maySet(Account account, Mode newMode) {
    boolean setsOrLiftsNational = (mode == Mode.NATIONAL) != (newMode == Mode.NATIONAL);
    return account.actsOnRegion(region)
        && (!setsOrLiftsNational || account.role() == Role.NATIONAL);
  }

  /** With another mode and hold. */
  public RegionSettings set(Mode newMode, int newHoldHours, Instant now) {
    return new RegionSettings(region, newMode, newHoldHours, now, version);
  }
}
