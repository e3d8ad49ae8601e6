package renfort.missions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.environment.Environment;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.OwnPlatform;
import renfort.pool.PoolStore;
import renfort.pool.SweepPool;
import renfort.pool.model.Availability;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Position;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.State;
import renfort.storage.TimeLeft;
import renfort.storage.Writes;

/** People of whom nothing is free any more leave the lists (R12). */
@ExtendWith(OwnPlatform.class)
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
    assertTrue(listed(pool).containsAll(Set.of(ends, stays)));

    platform.advance(Duration.ofDays(9));
    assertTrue(listed(pool).containsAll(Set.of(ends, stays)), "not swept yet");
    platform.runSchedule("SweepDays");
    assertTrue(listed(pool).contains(stays));
    assertFalse(listed(pool).contains(ends));
    long version = pool.find(ends).orElseThrow().version();
    platform.runSchedule("SweepDays");
    assertEquals(version, pool.find(ends).orElseThrow().version(), "once");
  }

  @Test
  void R7_anUnconfirmedAddressLeavesThePoolAfterFourteenDaysAndComesBackOnceConfirmed(
      LocalPlatform platform, Api api) {
    People people = new People(platform, api);
    PoolStore pool = new PoolStore(people.environment);
    LocalDate far = people.today().plusDays(300);
    String unconfirmed = row(people, pool, far, false);
    String confirmed = row(people, pool, far);
    platform.advance(Duration.ofDays(13));
    platform.runSchedule("SweepDays");
    assertTrue(listed(pool).containsAll(Set.of(unconfirmed, confirmed)), "not before its time");

    platform.advance(Duration.ofDays(2));
    platform.runSchedule("SweepDays");
    assertFalse(listed(pool).contains(unconfirmed));
    assertTrue(listed(pool).contains(confirmed));

    Writes writes = new Writes();
    pool.save(writes, pool.find(unconfirmed).orElseThrow().nowConfirmed());
    people.commit(writes);
    assertTrue(listed(pool).contains(unconfirmed), "back in the pool");
  }

  @Test
  void daysWithoutASweepAreCaughtUpHoweverMany(LocalPlatform platform, Api api) {
    People people = new People(platform, api);
    PoolStore pool = new PoolStore(people.environment);
    platform.runSchedule("SweepDays");
    String ends = row(people, pool, people.today().plusDays(3));
    platform.advance(Duration.ofDays(100));
    platform.runSchedule("SweepDays");
    assertFalse(listed(pool).contains(ends));
  }

  @Test
  void aSweepThatIsKilledTwiceTakesEachRowOnce(LocalPlatform platform, Api api) {
    People people = new People(platform, api);
    PoolStore pool = new PoolStore(people.environment);
    // twenty thousand: bin/test-large
    int rows = Integer.getInteger("sweep.rows", 600);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < rows; i += 50) {
      Writes writes = new Writes();
      for (int k = 0; k < 50; k++) {
        String id = people.environment.ids().next();
        ids.add(id);
        pool.create(writes, person(people, id, people.today().plusDays(3), true));
      }
      people.commit(writes);
    }
    platform.awaitStreams(Duration.ofMinutes(10));
    platform.advance(Duration.ofDays(6));
    long began = System.nanoTime();
    for (int kill = 1; kill <= 2; kill++) {
      AtomicInteger looks = new AtomicInteger(rows / 3);
      TimeLeft killed =
          new TimeLeft(
              () -> {
                if (looks.decrementAndGet() <= 0) {
                  throw new Killed();
                }
                return Long.MAX_VALUE;
              },
              0);
      assertThrows(Killed.class, () -> new SweepPool(sweeping(platform)).run(killed));
      // thousands of rows are in the streams
      platform.awaitStreams(Duration.ofMinutes(10));
      platform.advance(Duration.ofMinutes(5));
    }
    Report last = new SweepPool(sweeping(platform)).run(TimeLeft.unlimited());
    assertEquals(State.COMPLETE, last.state());
    for (int i = 0; i < ids.size(); i += 100) {
      pool.findAll(ids.subList(i, Math.min(ids.size(), i + 100)))
          .values()
          .forEach(row -> assertEquals(2, row.version(), "once"));
    }
    assertTrue(ids.stream().noneMatch(listed(pool)::contains));
    System.out.printf(
        "sweep of %d rows due on one day, killed twice: %.1f s%n",
        rows, (System.nanoTime() - began) / 1e9);
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static Environment sweeping(LocalPlatform platform) {
    return platform.environment(platform.variables("SweepDays"));
  }

  private static Set<String> listed(PoolStore pool) {
    return Set.copyOf(
        pool.ofWholeRegion(PROFESSION, null, "53", true, 100).rows().stream()
            .map(PoolRow::professionalId)
            .toList());
  }

  static String row(People people, PoolStore pool, LocalDate last) {
    return row(people, pool, last, true);
  }

  private static String row(People people, PoolStore pool, LocalDate last, boolean confirmed) {
    String id = people.environment.ids().next();
    Writes writes = new Writes();
    pool.create(writes, person(people, id, last, confirmed));
    people.commit(writes);
    return id;
  }

  private static PoolRow person(People people, String id, LocalDate last, boolean confirmed) {
    return new PoolRow(
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
        confirmed,
        false,
        false,
        new Availability(List.of(new Period(people.today(), last, true, true)), List.of()),
        null,
        people.now(),
        false,
        0);
  }
}
