package renfort.notifications;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import renfort.environment.Environment;
import renfort.outbox.UnsentMails;
import renfort.storage.TimeLeft;
import renfort.web.Log;
import renfort.web.ScheduledHandler;

/** Sends, each minute, the mails that are due and were not sent (R26). */
public final class ResendMails extends ScheduledHandler {
  /** When no further mail is begun; the function's timeout leaves the last one its time. */
  static final Duration WORK = Duration.ofSeconds(40);

  private final UnsentMails mails;
  private final DeliverMail delivery;
  private final Clock clock;

  public ResendMails() {
    this(Environment.ofProcess());
  }

  public ResendMails(Environment environment) {
    this(new UnsentMails(environment), new DeliverMail(environment), environment.clock());
  }

  ResendMails(UnsentMails mails, DeliverMail delivery, Clock clock) {
    this.mails = mails;
    this.delivery = delivery;
    this.clock = clock;
  }

  @Override
  protected void run(TimeLeft time) {
    run();
  }

  void run() {
    Instant end = clock.instant().plus(WORK);
    Map<String, Integer> counts = new TreeMap<>();
    Iterator<String> due = mails.due();
    while (clock.instant().isBefore(end) && due.hasNext()) {
      counts.merge(delivery.deliver(due.next()).name(), 1, Integer::sum);
    }
    if (!counts.isEmpty()) {
      Log.info("mails-resent", counts);
    }
  }
}
