package renfort.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the scheduled functions at their times, by the platform's clock; never one twice at once.
 */
final class Schedules implements AutoCloseable {
  private final Functions functions;
  private final Clock clock;
  private final List<Entry> entries = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private static final class Entry {
    private final Template.Schedule declared;
    private final Times times;
    private Instant next;

    Entry(Template.Schedule declared, Times times, Instant next) {
      this.declared = declared;
      this.times = times;
      this.next = next;
    }
  }

  /** Reads the schedules; {@link #start} sets them going. */
  Schedules(Template template, Functions functions, Clock clock) {
    this.functions = functions;
    this.clock = clock;
    for (Template.Schedule declared : template.schedules()) {
      String where = declared.functionId() + "." + declared.eventId();
      Times times = Times.parse(declared.expression(), declared.zone(), where);
      entries.add(new Entry(declared, times, times.after(clock.instant())));
    }
  }

  void start() {
    entries.forEach(
        entry -> Thread.ofVirtual().name(entry.declared.eventId()).start(() -> run(entry)));
  }

  /** What the scheduler calls a function with. */
  static byte[] event(Template.Schedule declared, Instant at) {
    return declared
        .input()
        .map(input -> input.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .orElseGet(
            () -> {
              ObjectNode event =
                  Trees.object()
                      .put("version", "0")
                      .put("id", UUID.randomUUID().toString())
                      .put("detail-type", "Scheduled Event")
                      .put("source", "aws.events")
                      .put("account", LocalPlatform.ACCOUNT)
                      .put("time", at.truncatedTo(ChronoUnit.SECONDS).toString())
                      .put("region", LocalPlatform.REGION);
              event
                  .putArray("resources")
                  .add(LocalPlatform.arn("events", "rule/" + declared.eventId()));
              event.putObject("detail");
              return Trees.bytes(event);
            });
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run(Entry entry) {
    try {
      while (true) {
        Duration left = Duration.between(clock.instant(), entry.next);
        // the clock may be moved at any time: it is looked at each second
        long wait = Math.clamp(left.toMillis(), 0, 1000);
        if (closed.await(wait, TimeUnit.MILLISECONDS)) {
          return;
        }
        Instant now = clock.instant();
        if (now.isBefore(entry.next)) {
          continue;
        }
        try {
          functions.invoke(entry.declared.functionId(), event(entry.declared, now));
        } catch (Functions.FunctionFault e) {
          System.err.println(e.getMessage() + " on its schedule: " + e.getCause());
        }
        entry.next = entry.times.after(clock.instant());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
