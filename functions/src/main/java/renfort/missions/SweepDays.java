package renfort.missions;

import renfort.environment.Environment;
import renfort.storage.TimeLeft;
import renfort.web.ScheduledHandler;

/** Each hour: what a new day ends (R8, R12, R20). What one call leaves, the next one does. */
public final class SweepDays extends ScheduledHandler {
  private final TidyDays tidyDays;

  public SweepDays() {
    this(Environment.ofProcess());
  }

  public SweepDays(Environment environment) {
    this.tidyDays = new TidyDays(environment);
  }

  @Override
  protected void run(TimeLeft time) {
    tidyDays.endMissions();
    tidyDays.dropDrafts();
    tidyDays.rekeyPool();
  }
}
