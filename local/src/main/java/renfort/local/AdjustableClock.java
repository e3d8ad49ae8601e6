package renfort.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The time of the platform: the machine's, moved by as much as a test asks for. */
public final class AdjustableClock extends Clock {
  private final Clock machine;
  private final AtomicReference<Duration> offset;

  AdjustableClock() {
    this(Clock.systemUTC(), new AtomicReference<>(Duration.ZERO));
  }

  private AdjustableClock(Clock machine, AtomicReference<Duration> offset) {
    this.machine = machine;
    this.offset = offset;
  }

  /** Moves the time by the given amount, forwards or backwards. */
  public void advance(Duration amount) {
    offset.updateAndGet(amount::plus);
  }

  /** Moves the time to the given moment, from which it goes on. */
  public void set(Instant moment) {
    offset.set(Duration.between(machine.instant(), moment));
  }

  /** Back to the machine's own time. */
  public void reset() {
    offset.set(Duration.ZERO);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new AdjustableClock(machine.withZone(zone), offset);
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(offset.get());
  }
}
