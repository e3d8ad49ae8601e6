package renfort.notifications;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import renfort.environment.Environment;
import renfort.notifications.DeliverMail.Outcome;
import renfort.outbox.UnsentMails;
import renfort.storage.Database;
import renfort.storage.TimeLeft;
import renfort.web.Log;
import renfort.web.ScheduledHandler;

/**
 * Sends, each minute, the mails that are due and were not sent (R26): shard beside shard, in each
 * the links before courtesies.
 */
public final class ResendMails extends ScheduledHandler {
  /** How often the mail service may say « not now » to a shard before its run ends. */
  private static final int PATIENCE = 5;

  private final UnsentMails mails;
  private final DeliverMail delivery;

  public ResendMails() {
    this(Environment.ofProcess());
  }

  public ResendMails(Environment environment) {
    this(new UnsentMails(environment), new DeliverMail(environment));
  }

  ResendMails(UnsentMails mails, DeliverMail delivery) {
    this.mails = mails;
    this.delivery = delivery;
  }

  @Override
  protected void run(TimeLeft time) {
    Map<String, Integer> counts = new ConcurrentSkipListMap<>();
    List<Future<?>> runs = new ArrayList<>();
    // a meter tells functions apart by the names of their threads
    ThreadFactory threads = Thread.ofVirtual().name(Thread.currentThread().getName()).factory();
    try (ExecutorService workers = Executors.newThreadPerTaskExecutor(threads)) {
      for (int i = 0; i < mails.shards(); i++) {
        int shard = i;
        runs.add(workers.submit(() -> send(mails.due(shard), time, counts)));
      }
    }
    if (!counts.isEmpty()) {
      Log.info("mails-resent", counts);
    }
    runs.forEach(ResendMails::join);
  }

  private void send(Iterator<String> due, TimeLeft time, Map<String, Integer> counts) {
    int notNow = 0;
    while (notNow < PATIENCE && !time.isOver() && due.hasNext()) {
      Outcome outcome = delivery.deliver(due.next());
      counts.merge(outcome.name(), 1, Integer::sum);
      if (outcome == Outcome.NOT_NOW) {
        notNow++;
        Database.pause(notNow);
      }
    }
  }

  /** Fails the run when a shard failed; the others have done theirs by now. */
  private static void join(Future<?> run) {
    try {
      var _ = run.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e);
    }
  }
}
