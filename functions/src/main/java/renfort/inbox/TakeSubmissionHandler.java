package renfort.inbox;

import java.util.Map;
import renfort.environment.Environment;
import renfort.inbox.Submission.Kind;
import renfort.missions.TakeNeed;
import renfort.professionals.TakeRegistration;
import renfort.web.StreamHandler;

/** Stream of the inbox: takes each submission as soon as it is stored (R1). */
public final class TakeSubmissionHandler extends StreamHandler {
  private final TakeSubmission takeSubmission;

  public TakeSubmissionHandler() {
    this(Environment.ofProcess());
  }

  public TakeSubmissionHandler(Environment environment) {
    this.takeSubmission = new TakeSubmission(environment, ports(environment));
  }

  static Map<Kind, SubmissionPort> ports(Environment environment) {
    return Map.of(
        Kind.PROFESSIONAL, new TakeRegistration(environment), Kind.NEED, new TakeNeed(environment));
  }

  @Override
  protected void handle(Change change) {
    takeSubmission.take(change.keys().text("submissionId"));
  }
}
