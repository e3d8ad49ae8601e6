package renfort.inbox;

import renfort.environment.Environment;
import renfort.inbox.InboxStore.Due;
import renfort.storage.TimeLeft;
import renfort.web.ScheduledHandler;

/**
 * Each minute: takes the submissions that the stream has not, and throws away what nobody proved in
 * time (R1, R8). What one call leaves, the next one does.
 */
public final class RetakeSubmissionsHandler extends ScheduledHandler {
  private final TakeSubmission takeSubmission;

  public RetakeSubmissionsHandler() {
    this(Environment.ofProcess());
  }

  public RetakeSubmissionsHandler(Environment environment) {
    this.takeSubmission = new TakeSubmission(environment, TakeSubmissionHandler.ports(environment));
  }

  @Override
  protected void run(TimeLeft time) {
    for (Due kind : Due.values()) {
      takeSubmission.retake(kind, time);
    }
  }
}
