package renfort.establishments.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;

/** Who regulates a region (R22). */
class RegionSettingsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Account BRETAGNE = staff(Role.AGENCY, "53");
  private static final Account NATIONAL = staff(Role.NATIONAL, null);
  private static final RegionSettings UNSET = RegionSettings.ofUnset("53");

  private static Account staff(Role role, @Nullable String region) {
    return new Account(
        "x", role, "a@exemple.fr", "", "", null, null, null, false, region, NOW, true, false, 1);
  }

  @Test
  void aRegionIsDirectAndHoldsFor36HoursUntilItIsSet() {
    assertEquals(Mode.DIRECT, UNSET.mode());
    assertEquals(Duration.ofHours(36), UNSET.hold());
    assertFalse(UNSET.isRegulated());
    assertTrue(UNSET.set(Mode.REGIONAL, 24, NOW).isRegulated());
    assertTrue(UNSET.set(Mode.NATIONAL, 24, NOW).isRegulated());
  }

  @Test
  void onlyTheNationalLevelSetsOrLiftsNational() {
    RegionSettings national = UNSET.set(Mode.NATIONAL, 36, NOW);
    for (Mode mode : Mode.values()) {
      assertTrue(UNSET.maySet(NATIONAL, mode));
      assertTrue(national.maySet(NATIONAL, mode));
      assertEquals(mode != Mode.NATIONAL, UNSET.maySet(BRETAGNE, mode));
      assertEquals(mode == Mode.NATIONAL, national.maySet(BRETAGNE, mode));
    }
  }

  @Test
  void anAgencySetsItsOwnRegionOnly() {
    assertFalse(UNSET.maySet(staff(Role.AGENCY, "52"), Mode.REGIONAL));
  }
}
