package renfort.missions;

import java.util.List;
import renfort.environment.Environment;
import renfort.pool.SweepPool;
import renfort.web.SweepHandler;

/** Every five minutes: what a new day ends (R7, R8, R12, R20). */
public final class SweepDays extends SweepHandler {

  public SweepDays() {
    this(Environment.ofProcess());
  }

  public SweepDays(Environment environment) {
    super(tasks(environment));
  }

  private static List<Task> tasks(Environment environment) {
    TidyDays tidyDays = new TidyDays(environment);
    return List.of(
        new Task("ends", tidyDays::endMissions),
        new Task("drafts", tidyDays::dropDrafts),
        new Task("pool", new SweepPool(environment)::run));
  }
}
