package renfort.pool;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import renfort.environment.Environment;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Page;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.Source;
import renfort.storage.Sweep.Step;
import renfort.storage.TimeLeft;
import renfort.storage.Writes;

/**
 * Takes people out of the lists of candidates whose last free day is over, or whose address nobody
 * confirmed in time (R7, R12). Rows are found by the last day on which they are listed; the sweep
 * remembers the last day that it finished, so that days on which it did not run are caught up.
 */
public final class SweepPool {
  static final String NAME = "POOL";

  /** How many days are looked at again each time: a late write costs an empty query a day. */
  private static final int DAYS_AGAIN = 30;

  private final PoolStore pool;
  private final Sweep sweep;
  private final Database database;
  private final Clock clock;

  public SweepPool(Environment environment) {
    this.pool = new PoolStore(environment);
    this.sweep = new Sweep(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
  }

  /** Goes through the days that are over everywhere. */
  public Report run(TimeLeft time) {
    LocalDate last =
        Regions.all().stream()
            .map(region -> region.today(clock))
            .min(LocalDate::compareTo)
            .orElseThrow()
            .minusDays(1);
    LocalDate again = last.minusDays(DAYS_AGAIN);
    LocalDate from =
        sweep
            .mark(NAME)
            .map(LocalDate::parse)
            .filter(finished -> finished.isBefore(again))
            .orElse(again);
    Map<String, Source<Due>> days = new LinkedHashMap<>();
    for (LocalDate day = from; !day.isAfter(last); day = day.plusDays(1)) {
      days.put("d" + day.toEpochDay(), dueOn(day));
    }
    return sweep.run(NAME, days, this::take, last.toString(), time);
  }

  private record Due(String professionalId, LocalDate day) {}

  private Source<Due> dueOn(LocalDate day) {
    Source<Item> rows = sweep.rows(pool.lastListedOn(day));
    return place -> {
      Page<Item> page = rows.after(place);
      return new Page<>(
          page.rows().stream().map(row -> new Due(row.text("professionalId"), day)).toList(),
          page.next());
    };
  }

  private Step take(Due due) {
    Optional<PoolRow> row = pool.findLastListedOn(due.professionalId(), due.day());
    if (row.isEmpty()) {
      return Step.NOTHING;
    }
    Writes writes = new Writes();
    pool.save(writes, row.get());
    return switch (database.commit(writes)) {
      case Commit.Done done -> Step.DONE;
      case Commit.Refused refused -> Step.LATER;
      case Commit.Busy busy -> Step.LATER;
    };
  }
}
