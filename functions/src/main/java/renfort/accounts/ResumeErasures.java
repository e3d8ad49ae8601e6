package renfort.accounts;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import renfort.environment.Environment;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.Step;
import renfort.storage.TimeLeft;
import renfort.web.Log;
import renfort.web.SweepHandler;

/**
 * Every five minutes: takes the last look at erasures, and goes on with those that the stream gave
 * up (R29). One that has not come to its end within a day calls a person.
 */
public final class ResumeErasures extends SweepHandler {
  /** How long an erasure may take until an alarm names it. */
  private static final Duration LONGEST = Duration.ofDays(1);

  public ResumeErasures() {
    this(Environment.ofProcess());
  }

  public ResumeErasures(Environment environment) {
    super(List.of(new Task("erasures", new Left(environment)::goOn)));
  }

  private static final class Left {
    private final Erasures erasures;
    private final EraseNextSlice erase;
    private final Sweep sweep;
    private final Clock clock;

    Left(Environment environment) {
      this.erasures = new Erasures(environment);
      this.erase = new EraseNextSlice(environment, FinishErasure.rooms(environment));
      this.sweep = new Sweep(environment);
      this.clock = environment.clock();
    }

    Report goOn(TimeLeft time) {
      return sweep.run("ERASURES", sweep.rows(erasures.due()), this::goOn, null, time);
    }

    private Step goOn(Item row) {
      String accountId = row.text("accountId");
      erasures
          .find(accountId)
          .filter(erasure -> erasure.unfinished())
          .filter(erasure -> erasure.closedAt().plus(LONGEST).isBefore(clock.instant()))
          .ifPresent(erasure -> Log.alarm("erasure-unfinished", Map.of("accountId", accountId)));
      erase.nextOf(accountId);
      return Step.DONE;
    }
  }
}
