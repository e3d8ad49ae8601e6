package renfort.pool.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;

/** POOL rows for tests: a nurse of Nantes, free from a day on. */
public final class Rows {
  public static final LocalDate DAY = LocalDate.of(2026, 12, 7);
  public static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

  private Rows() {}

  public static PoolRow nurse(String id) {
    return nurse(id, new Availability(List.of(new Period(DAY, null, false, false)), List.of()));
  }

  public static PoolRow nurse(String id, Availability availability) {
    return row(id, "60", null, "52", "44", availability, Set.of(), true, false, false);
  }

  public static PoolRow row(
      String id,
      String profession,
      @Nullable String speciality,
      String region,
      String zone,
      Availability availability,
      Set<Mobility> mobility,
      boolean confirmed,
      boolean vehicle,
      boolean nursingHome) {
    return new PoolRow(
        id,
        "Martin",
        "Camille",
        "44000",
        "Nantes",
        zone,
        new Position(47.22, -1.55),
        profession,
        speciality,
        region,
        IdentifierType.NONE,
        null,
        vehicle,
        nursingHome,
        false,
        mobility,
        true,
        confirmed,
        false,
        false,
        availability,
        null,
        NOW,
        false,
        1);
  }
}
