package renfort.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import renfort.local.Faults;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;

/**
 * The mixed load with tables that conflict, throttle, break, cannot be reached, lose their answers
 * and are out altogether for moments, and with indexes that lag: no answer but 503 with a delay
 * tells of it, and all holds at the end.
 */
final class FaultsTables {
  private static final Duration LAG = Duration.ofSeconds(1);

  /** Within each period the tables are out for a while. */
  private static final Duration PERIOD = Duration.ofSeconds(3);

  private static final Duration OUTAGE = Duration.ofMillis(200);

  private FaultsTables() {}

  static FaultsBench.Part run(LocalPlatform platform, Duration time, int clients) {
    List<Trouble> troubles = new ArrayList<>();
    LoadBench.Report report =
        LoadBench.under(
            platform,
            time,
            clients,
            () -> {
              Trouble trouble = new Trouble(platform);
              troubles.add(trouble);
              return trouble;
            });
    Formatter text = new Formatter(Locale.ROOT);
    text.format("tables: %s", report.text());
    List<String> broken = new ArrayList<>(report.broken());
    for (Trouble trouble : troubles) {
      text.format("  injected: %s%n", trouble.told());
      if (trouble.isMissing()) {
        broken.add("A fault was never met: " + trouble.told());
      }
    }
    return new FaultsBench.Part(text.toString(), broken);
  }

  /** All the faults together. */
  private static final class Trouble implements LoadBench.Trouble {
    private final Faults faults;
    private final LaggingIndexes indexes;
    private final Faults.Tap tap;
    private final Injection conflicts;
    private final Injection throttles;
    private final Injection failures;
    private final Injection resets;
    private final Injection losses;
    private final Injection outages;

    Trouble(LocalPlatform platform) {
      faults = platform.faults();
      indexes = new LaggingIndexes(MatchingBench.client(platform, List.of()), LAG);
      tap = faults.intercept(indexes);
      conflicts = faults.conflict(0.1);
      throttles = faults.throttleTables(0.05);
      failures = share(Fault.OUTAGE, 0.02);
      resets = share(Fault.UNREACHABLE, 0.02);
      losses = share(Fault.LOST_ANSWER, 0.02);
      long start = System.nanoTime();
      outages =
          faults.inject(
              Service.TABLES,
              Fault.OUTAGE,
              call ->
                  (System.nanoTime() - start) % PERIOD.toNanos() > PERIOD.minus(OUTAGE).toNanos());
    }

    private Injection share(Fault fault, double probability) {
      return faults.inject(Service.TABLES, fault, call -> faults.chance(probability));
    }

    String told() {
      return String.format(
          Locale.ROOT,
          "%d conflicts, %d throttled, %d errors, %d connections refused, %d answers lost, %d calls"
              + " in outages; %d of %d index queries answered otherwise, by an index that lagged",
          conflicts.hits(),
          throttles.hits(),
          failures.hits(),
          resets.hits(),
          losses.hits(),
          outages.hits(),
          indexes.behind(),
          indexes.asked());
    }

    boolean isMissing() {
      return conflicts.hits() == 0
          || throttles.hits() == 0
          || failures.hits() == 0
          || resets.hits() == 0
          || losses.hits() == 0
          || outages.hits() == 0
          || indexes.behind() == 0;
    }

    @Override
    public void close() {
      outages.close();
      losses.close();
      resets.close();
      failures.close();
      throttles.close();
      conflicts.close();
      tap.close();
      indexes.close();
    }
  }
}
