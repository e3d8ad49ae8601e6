package renfort.candidacies;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import renfort.environment.Environment;
import renfort.storage.Guards;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * How long an establishment waits before it may contact somebody again (R16): 24 hours after a hold
 * that ran out or that it ended itself, on any of its missions. Written with the contact, so that
 * it stands without anything being swept.
 */
final class Waits {
  static final Duration WAIT = Duration.ofHours(24);

  private final Guards guards;

  Waits(Environment environment) {
    this.guards = new Guards(environment);
  }

  /** Until when the establishment waits for the professional, if it does. */
  Optional<Instant> until(String finess, String professionalId) {
    return guards.find(name(finess, professionalId)).flatMap(row -> row.instant("until"));
  }

  /**
   * Adds the wait that follows a contact should it run out; label {@code wait} when another one
   * lasts.
   */
  void contacted(
      Writes writes, String finess, String professionalId, Instant heldUntil, Instant now) {
    writes.put(
        "wait",
        guards.table(),
        Guards.key(name(finess, professionalId)).with("until", heldUntil.plus(WAIT)),
        "attribute_not_exists(guard) OR #until <= :now",
        Item.empty().with("now", now));
  }

  /**
   * Adds the wait that follows a hold which the establishment itself ended: refusing, POURVUE,
   * cancelling.
   */
  void ended(Writes writes, String finess, String professionalId, Instant now) {
    writes.put(
        "wait",
        guards.table(),
        Guards.key(name(finess, professionalId)).with("until", now.plus(WAIT)),
        "attribute_not_exists(guard) OR #until >= :past",
        Item.empty().with("past", 0));
  }

  /**
   * Adds the wait that follows an affectation which the establishment gave up: releasing,
   * cancelling. Another mission of the establishment may hold the person for other days: its wait,
   * which is the longer one, stays.
   */
  void released(Writes writes, String finess, String professionalId, Instant now) {
    Optional<Instant> other =
        until(finess, professionalId).filter(until -> until.isAfter(now.plus(WAIT)));
    if (other.isEmpty()) {
      ended(writes, finess, professionalId, now);
      return;
    }
    writes.put(
        "wait",
        guards.table(),
        Guards.key(name(finess, professionalId)).with("until", other.get()),
        "#until = :seen",
        Item.empty().with("seen", other.get()));
  }

  /**
   * Adds the end of the wait: the professional or an agency ended the hold, or an affectation took
   * its place, whose release begins another wait.
   */
  void over(Writes writes, String finess, String professionalId) {
    writes.delete(
        "wait",
        guards.table(),
        Guards.key(name(finess, professionalId)),
        "attribute_not_exists(guard) OR #until >= :past",
        Item.empty().with("past", 0));
  }

  private static String name(String finess, String professionalId) {
    return "WAIT#" + finess + "#" + professionalId;
  }
}
