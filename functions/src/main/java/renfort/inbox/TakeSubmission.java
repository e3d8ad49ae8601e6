package renfort.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import renfort.environment.Environment;
import renfort.inbox.Submission.Kind;
import renfort.inbox.SubmissionPort.Outcome;
import renfort.storage.Database;
import renfort.storage.Outage;
import renfort.web.Log;

/**
 * Makes of a submission what it should be (R1), asked by the stream or, later, by the schedule. A
 * submission is never given up: one that fails is tried again, less and less often, and an operator
 * is told.
 */
final class TakeSubmission {
  /** A submission that is older and still not taken is told to an operator at each failure. */
  static final Duration LATE = Duration.ofMinutes(15);

  private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);

  /** When there is no room, the next day may have some: links die, drafts die. */
  private static final Duration NEXT_DAY = Duration.ofHours(24);

  private final InboxStore inbox;
  private final Map<Kind, SubmissionPort> ports;
  private final Clock clock;

  TakeSubmission(Environment environment, Map<Kind, SubmissionPort> ports) {
    this.inbox = new InboxStore(environment);
    this.ports = ports;
    this.clock = environment.clock();
  }

  /**
   * Takes a submission, if it is not taken.
   *
   * @throws Outage when a service is out: to be asked again
   */
  void take(String submissionId) {
    Optional<Submission> found =
        inbox.find(submissionId).filter(submission -> submission.state().isWork());
    if (found.isEmpty()) {
      return;
    }
    try {
      step(found.get());
    } catch (Outage outage) {
      alarmIfLate(found.get());
      throw outage;
    } catch (RuntimeException bug) {
      // one submission that cannot be taken holds up no other
      Log.error("TakeSubmission", submissionId, bug);
      Log.alarm("submission-failed", facts(found.get()));
      inbox.putOff(found.get(), next(found.get()));
    }
  }

  /**
   * Throws away what a submission made that nobody proved in time.
   *
   * @return whether nothing of it is left to do
   */
  boolean expire(String submissionId) {
    Optional<Submission> found =
        inbox.find(submissionId).filter(submission -> !submission.state().isWork());
    if (found.isEmpty()) {
      return true;
    }
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      if (port(found.get()).expire(found.get()) == Outcome.DONE) {
        return true;
      }
    }
    return false;
  }

  private void step(Submission first) {
    Submission submission = first;
    for (int turn = 1; turn <= 2 * Database.TRIES; turn++) {
      switch (port(submission).take(submission)) {
        case DONE, AGAIN -> {}
        case WAITS -> {
          Log.info("submission-waits", facts(submission));
          inbox.putOff(submission, clock.instant().plus(NEXT_DAY));
          return;
        }
      }
      Optional<Submission> now = inbox.find(submission.submissionId());
      if (now.isEmpty() || !now.get().state().isWork()) {
        return;
      }
      if (now.get().state() == submission.state()) {
        Database.pause(Math.min(turn, Database.TRIES));
      }
      submission = now.get();
    }
    throw new Outage("table", new IllegalStateException("others were faster: to be gone on"));
  }

  private void alarmIfLate(Submission submission) {
    if (submission.createdAt().plus(LATE).isBefore(clock.instant())) {
      Log.alarm("submission-late", facts(submission));
    }
  }

  private Instant next(Submission submission) {
    Duration doubled = SHORTEST_WAIT.multipliedBy(1L << Math.min(submission.tries(), 10));
    return clock.instant().plus(doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT);
  }

  private SubmissionPort port(Submission submission) {
    return Optional.ofNullable(ports.get(submission.kind()))
        .orElseThrow(() -> new IllegalStateException("nobody takes " + submission.kind()));
  }

  private static Map<String, Object> facts(Submission submission) {
    return Map.of(
        "submissionId",
        submission.submissionId(),
        "kind",
        submission.kind().name(),
        "state",
        submission.state().name(),
        "tries",
        submission.tries());
  }
}
