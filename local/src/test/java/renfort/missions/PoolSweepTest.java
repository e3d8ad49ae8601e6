package renfort.missions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.pool.PoolStore;
import renfort.pool.model.Availability;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Position;
import renfort.storage.Writes;

/** People of whom nothing is free any more leave the lists (R12). */
@ExtendWith(PlatformExtension.class)
class PoolSweepTest {
  /** A profession that no other test of lists uses. */
  private static final String PROFESSION = "28";

  @Test
  void rowsLoseTheirKeysTheDayAfterTheirLastFreeDayAlsoWhenSweepsWereMissed(
      LocalPlatform platform, Api api) {
    People people = new People(platform, api);
    PoolStore pool = new PoolStore(people.environment);
    String ends = row(people, pool, people.today().plusDays(3));
    String stays = row(people, pool, people.today().plusDays(30));
    platform.runSchedule("SweepDays");
    assertEquals(Set.of(ends, stays), listed(pool));

    platform.advance(Duration.ofDays(9));
    assertEquals(Set.of(ends, stays), listed(pool), "not swept yet");
    platform.runSchedule("SweepDays");
    assertEquals(Set.of(stays), listed(pool));
    long version = pool.find(ends).orElseThrow().version();
    platform.runSchedule("SweepDays");
    assertEquals(version, pool.find(ends).orElseThrow().version(), "once");
  }

  private static Set<String> listed(PoolStore pool) {
    return Set.copyOf(
        pool.ofZone(PROFESSION, null, "53", "35", null, 100).rows().stream()
            .map(PoolRow::professionalId)
            .toList());
  }

  static String row(People people, PoolStore pool, LocalDate last) {
    String id = people.environment.ids().next();
    Writes writes = new Writes();
    pool.create(
        writes,
        new PoolRow(
            id,
            "Kerbrat",
            "Solène",
            "35000",
            "Rennes",
            "35",
            new Position(48.11, -1.68),
            PROFESSION,
            null,
            "53",
            IdentifierType.NONE,
            null,
            true,
            false,
            false,
            Set.of(),
            true,
            true,
            false,
            false,
            new Availability(List.of(new Period(people.today(), last, true, true)), List.of()),
            null,
            people.now(),
            0));
    people.commit(writes);
    return id;
  }
}
