package renfort.inbox;

import java.util.List;
import renfort.environment.Environment;
import renfort.inbox.InboxStore.Due;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Step;
import renfort.web.SweepHandler;

/**
 * Each minute: takes the submissions that the stream has not, and throws away what nobody proved in
 * time (R1, R8). What one call leaves, the next one does.
 */
public final class RetakeSubmissionsHandler extends SweepHandler {

  public RetakeSubmissionsHandler() {
    this(Environment.ofProcess());
  }

  public RetakeSubmissionsHandler(Environment environment) {
    super(tasks(environment));
  }

  private static List<Task> tasks(Environment environment) {
    TakeSubmission takeSubmission =
        new TakeSubmission(environment, TakeSubmissionHandler.ports(environment));
    InboxStore inbox = new InboxStore(environment);
    Sweep sweep = new Sweep(environment);
    return List.of(
        new Task(
            "untaken",
            time ->
                sweep.run(
                    Due.UNTAKEN.name(),
                    sweep.rows(inbox.due(Due.UNTAKEN)),
                    row -> {
                      takeSubmission.take(row.text("submissionId"));
                      return Step.DONE;
                    },
                    null,
                    time)),
        new Task(
            "expired",
            time ->
                sweep.run(
                    Due.EXPIRY.name(),
                    sweep.rows(inbox.due(Due.EXPIRY)),
                    row -> takeSubmission.expire(row.text("submissionId")) ? Step.DONE : Step.LATER,
                    null,
                    time)));
  }
}
