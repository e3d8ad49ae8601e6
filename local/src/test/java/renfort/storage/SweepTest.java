package renfort.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.environment.Environment;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.storage.Sweep.Page;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.Source;
import renfort.storage.Sweep.State;
import renfort.storage.Sweep.Step;
import renfort.storage.Sweep.Worker;

/** A sweep goes on where it stopped, whatever ended it. */
@ExtendWith(PlatformExtension.class)
class SweepTest {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "TEST" + COUNT.incrementAndGet();
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();

  @Test
  void everyRowOfEveryPartIsTakenOnce(LocalPlatform platform) {
    Report report = sweep(platform).run(name, parts(3, 450), this::take, null, unlimited());
    assertEquals(new Report(State.COMPLETE, 1350, 0, List.of()), report);
    assertEquals(1350, taken.size());
    assertTrue(taken.values().stream().allMatch(times -> times == 1));
  }

  @Test
  void whatTimeLeavesTheNextCallTakes(LocalPlatform platform) {
    // each look at the time takes a millisecond
    AtomicInteger millis = new AtomicInteger(600);
    TimeLeft time = new TimeLeft(millis::getAndDecrement, 100);
    Report first = sweep(platform).run(name, parts(2, 400), this::take, null, time);
    assertEquals(State.MORE, first.state());
    assertTrue(first.done() > 0 && first.done() < 500, first.toString());

    int before = taken.size();
    Report second = sweep(platform).run(name, parts(2, 400), this::take, null, unlimited());
    assertEquals(State.COMPLETE, second.state());
    assertEquals(800, taken.size());
    // pages that were whole are not read again
    assertTrue(second.done() <= 800 - before + 2 * Sweep.PAGE, second.toString());
  }

  @Test
  void aKilledCallIsSucceededWhenItsLeaseIsOver(LocalPlatform platform) {
    AtomicInteger left = new AtomicInteger(250);
    Worker<Integer> killed =
        row -> {
          if (left.getAndDecrement() <= 0) {
            throw new Killed();
          }
          return take(row);
        };
    assertThrows(
        Killed.class, () -> sweep(platform).run(name, parts(1, 1000), killed, "day", unlimited()));

    assertEquals(
        State.ELSEWHERE,
        sweep(platform).run(name, parts(1, 1000), this::take, "day", unlimited()).state());
    platform.clock().advance(Sweep.LEASE.plusSeconds(1));
    Report next = sweep(platform).run(name, parts(1, 1000), this::take, "day", unlimited());
    assertEquals(State.COMPLETE, next.state());
    assertEquals(1000, taken.size());
    assertTrue(next.done() <= 1000 - 200, "two whole pages are behind it: " + next);
    assertEquals(Optional.of("day"), sweep(platform).mark(name));
  }

  @Test
  void ofTwoCallsAtOnceOneWorks(LocalPlatform platform) throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    var first =
        java.util.concurrent.CompletableFuture.supplyAsync(
            () ->
                sweep(platform)
                    .run(
                        name,
                        parts(1, 10),
                        row -> {
                          working.countDown();
                          await(asked);
                          return take(row);
                        },
                        null,
                        unlimited()));
    working.await();
    Report second = sweep(platform).run(name, parts(1, 10), this::take, null, unlimited());
    asked.countDown();
    assertEquals(State.ELSEWHERE, second.state());
    assertEquals(10, first.get().done());
    assertTrue(taken.values().stream().allMatch(times -> times == 1));
  }

  @Test
  void aRowThatFailsHoldsUpNoOtherAndKeepsThePassUnmarked(LocalPlatform platform) {
    Worker<Integer> one =
        row -> {
          if (row == 7) {
            throw new IllegalStateException("a row that cannot be read");
          }
          return take(row);
        };
    Report report = sweep(platform).run(name, parts(1, 300), one, "a", unlimited());
    assertEquals(299, report.done());
    assertEquals(1, report.later());
    assertEquals(1, report.faults().size());
    assertEquals(Optional.empty(), sweep(platform).mark(name));

    Report again = sweep(platform).run(name, parts(1, 300), this::take, "a", unlimited());
    assertEquals(State.COMPLETE, again.state());
    assertEquals(1, taken.get("0/7"));
    assertEquals(Optional.of("a"), sweep(platform).mark(name));
  }

  @Test
  void whenEverythingFailsThePassStops(LocalPlatform platform) {
    AtomicInteger tries = new AtomicInteger();
    Report report =
        sweep(platform)
            .run(
                name,
                parts(1, 5000),
                row -> {
                  tries.incrementAndGet();
                  throw new Outage("table", new IllegalStateException());
                },
                "a",
                unlimited());
    assertEquals(State.MORE, report.state());
    assertTrue(tries.get() <= Sweep.PAGE, tries + " tries");
  }

  @Test
  void shareOfTheTimeEndsBeforeTheTimeDoes() {
    AtomicInteger millis = new AtomicInteger(120_000);
    TimeLeft share = TimeLeft.of(millis::get).share(4);
    assertTrue(!share.isOver());
    millis.set(94_000);
    assertTrue(share.isOver());
    assertTrue(!TimeLeft.of(millis::get).share(1).isOver());
    millis.set(19_000);
    assertTrue(TimeLeft.of(millis::get).isOver());
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private Step take(Integer row) {
    taken.merge(row / 1_000_000 + "/" + row % 1_000_000, 1, Integer::sum);
    return Step.DONE;
  }

  private static Map<String, Source<Integer>> parts(int parts, int rows) {
    Map<String, Source<Integer>> all = new LinkedHashMap<>();
    for (int part = 0; part < parts; part++) {
      int first = part * 1_000_000;
      all.put(
          "p" + part,
          place -> {
            int from = place == null ? 0 : (int) place.number("from");
            int to = Math.min(rows, from + Sweep.PAGE);
            return new Page<>(
                IntStream.range(first + from, first + to).boxed().toList(),
                to == rows ? null : Item.empty().with("from", to));
          });
    }
    return all;
  }

  private static TimeLeft unlimited() {
    return TimeLeft.unlimited();
  }

  private static Sweep sweep(LocalPlatform platform) {
    Environment environment = platform.environment(platform.variables("SweepDays"));
    return new Sweep(environment);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(
          latch.await(Duration.ofSeconds(30).toSeconds(), java.util.concurrent.TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
