package renfort.candidacies.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.candidacies.model.Candidacy.Status;
import renfort.missions.model.Mission;
import renfort.pool.model.Criteria;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Hold;
import renfort.pool.model.PoolRow;

/**
 * The state table of candidacies as pure decisions: what an action would do, or why it does nothing
 * (R14-R23).
 */
public final class StateTable {
  private StateTable() {}

  /** What a contact would do. */
  public sealed interface Contact {
    /** Takes the hold. */
    record Take(Instant until) implements Contact {}

    /** This mission holds already: the same hold, not extended. */
    record Same(Instant until) implements Contact {}

    /** It does nothing. */
    record No(Refusal reason) implements Contact {}
  }

  /** Why a contact does nothing; the names of the problems in the contract. */
  public enum Refusal {
    HELD,
    FULL,
    ENDED,
    TOO_MANY_HELD,
    WAIT,
    AFFECTED,
    DECLINED,
    NOT_MATCHING,
    UNKNOWN
  }

  /**
   * Contacting (R14, R16).
   *
   * @param waitsUntil until when the establishment waits for this person, or null
   * @param regulated whether the establishment sees pushed people only (R22)
   * @param hold how long a contact holds
   */
  public static Contact contact(
      Situation on, @Nullable Instant waitsUntil, boolean regulated, Duration hold) {
    PoolRow row = on.row();
    Candidacy candidacy = on.candidacy();
    if (row == null) {
      return new Contact.No(Refusal.UNKNOWN);
    }
    switch (on.mission().statusOn(on.today())) {
      case DRAFT, CANCELLED, ENDED -> {
        return new Contact.No(Refusal.ENDED);
      }
      case OPEN, FILLED -> {}
    }
    Instant heldUntil = candidacy.heldUntil();
    switch (candidacy.statusAt(on.now())) {
      case AFFECTED -> {
        return new Contact.No(Refusal.AFFECTED);
      }
      case DECLINED -> {
        return new Contact.No(Refusal.DECLINED);
      }
      case CONTACTED -> {
        if (heldUntil != null && isHolder(on) && on.mission().status() == Mission.Status.OPEN) {
          return new Contact.Same(heldUntil);
        }
      }
      case TO_VERIFY, REFUSED -> {}
    }
    if (on.mission().status() == Mission.Status.FILLED) {
      return new Contact.No(Refusal.FULL);
    }
    if (row.liveHold(on.now()).isPresent()) {
      return new Contact.No(Refusal.HELD);
    }
    if (waitsUntil != null && waitsUntil.isAfter(on.now())) {
      return new Contact.No(Refusal.WAIT);
    }
    boolean seen = !regulated || candidacy.pushed() || candidacy.contacted();
    if (!seen || !on.mission().criteria(on.today()).match(row)) {
      return new Contact.No(Refusal.NOT_MATCHING);
    }
    if (on.mission().held(on.now()) >= on.mission().holdCap()) {
      return new Contact.No(Refusal.TOO_MANY_HELD);
    }
    // stored in whole seconds: what is answered now is what is read later
    return new Contact.Take(on.now().plus(hold).truncatedTo(ChronoUnit.SECONDS));
  }

  /** What an affectation would do. */
  public sealed interface Affect {
    /** Takes a place, for these days. */
    record Take(Days days) implements Affect {}

    /** It does nothing, and that is the outcome. */
    record No(Outcome outcome) implements Affect {}
  }

  /** Affecting (R17, R18). */
  public static Affect affect(Situation on) {
    Optional<Outcome> not = notContacted(on, Status.AFFECTED, Outcome.AFFECTED);
    if (not.isPresent()) {
      return new Affect.No(not.get());
    }
    PoolRow row = on.row();
    if (row == null) {
      return new Affect.No(Outcome.UNKNOWN);
    }
    if (on.mission().status() != Mission.Status.OPEN || on.mission().placesLeft() <= 0) {
      return new Affect.No(Outcome.FULL);
    }
    Criteria criteria = on.mission().criteria(on.today());
    LocalDate start = criteria.start();
    // missions of before may end beyond the horizon: nobody is engaged for longer (R10)
    LocalDate horizon = on.today().plus(Mission.HORIZON);
    LocalDate end = criteria.end().isAfter(horizon) ? horizon : criteria.end();
    if (start.isAfter(end) || !row.availability().hasRoom()) {
      return new Affect.No(Outcome.NOT_MATCHING);
    }
    return row.availability()
        .covering(start, end)
        .<Affect>map(period -> new Affect.Take(new Days(start, period.until(end))))
        .orElse(new Affect.No(Outcome.NOT_MATCHING));
  }

  /** Refusing (R17, R19): REFUSED with {@code changes}, or why it does nothing. */
  public static Decision refuse(Situation on) {
    return notContacted(on, Status.REFUSED, Outcome.REFUSED)
        .map(outcome -> new Decision(outcome, false))
        .orElse(new Decision(Outcome.REFUSED, true));
  }

  /**
   * What an action answers, and whether it changes anything.
   *
   * @param outcome the answer
   * @param changes whether something is to be written
   */
  public record Decision(Outcome outcome, boolean changes) {}

  /** Releasing an affectation (R21). */
  public static Decision release(Situation on) {
    return switch (on.candidacy().status()) {
      case AFFECTED -> new Decision(Outcome.RELEASED, true);
      case TO_VERIFY, CONTACTED, REFUSED, DECLINED ->
          new Decision(isUnknown(on) ? Outcome.UNKNOWN : Outcome.NOT_AFFECTED, false);
    };
  }

  /**
   * Pushing (R22, R23).
   *
   * @param regionOfAgency the region of an agency, whose people alone it may push; null for the
   *     national level
   * @param isReceived whether somebody of the mission's establishment is approved to receive it
   */
  public static Decision push(Situation on, @Nullable String regionOfAgency, boolean isReceived) {
    PoolRow row = on.row();
    if (row == null) {
      return new Decision(Outcome.UNKNOWN, false);
    }
    if (regionOfAgency != null && !regionOfAgency.equals(row.region())) {
      return new Decision(Outcome.OTHER_REGION, false);
    }
    if (!isReceived) {
      return new Decision(Outcome.NO_REQUESTER, false);
    }
    switch (on.candidacy().statusAt(on.now())) {
      case CONTACTED -> {
        return new Decision(Outcome.HELD, false);
      }
      case AFFECTED -> {
        return new Decision(Outcome.NOT_MATCHING, false);
      }
      case DECLINED -> {
        return new Decision(Outcome.DECLINED, false);
      }
      case TO_VERIFY, REFUSED -> {}
    }
    if (on.candidacy().pushed() && pushEnd(on).isEmpty()) {
      return new Decision(Outcome.PUSHED, false);
    }
    if (on.mission().status() == Mission.Status.FILLED) {
      return new Decision(Outcome.FULL, false);
    }
    if (on.mission().statusOn(on.today()) != Mission.Status.OPEN) {
      return new Decision(Outcome.NOT_MATCHING, false);
    }
    if (row.liveHold(on.now()).isPresent()) {
      return new Decision(Outcome.HELD, false);
    }
    return on.mission().criteria(on.today()).match(row)
        ? new Decision(Outcome.PUSHED, true)
        : new Decision(Outcome.NOT_MATCHING, false);
  }

  /** Taking a push back, which can be done until the person is contacted (R23). */
  public static Decision withdraw(Situation on) {
    if (on.row() == null) {
      return new Decision(Outcome.UNKNOWN, false);
    }
    return isProposed(on)
        ? new Decision(Outcome.WITHDRAWN, true)
        : new Decision(Outcome.NOT_PUSHED, false);
  }

  /**
   * Why a push that is stored has ended by itself; nothing while it lasts, when there is none, or
   * when it led to a contact or more (R23).
   */
  public static Optional<PushEnd> pushEnd(Situation on) {
    PoolRow row = on.row();
    if (row == null || !isProposed(on)) {
      return Optional.empty();
    }
    return switch (on.mission().statusOn(on.today())) {
      case DRAFT, CANCELLED, ENDED -> Optional.of(PushEnd.CLOSED);
      case FILLED -> Optional.of(PushEnd.FULL);
      case OPEN -> {
        Criteria criteria = on.mission().criteria(on.today());
        if (criteria.match(row)) {
          yield Optional.empty();
        }
        Days days = new Days(criteria.start(), criteria.end());
        yield Optional.of(
            row.availability().engagements().stream().map(Engagement::days).anyMatch(days::meets)
                ? PushEnd.ENGAGED
                : PushEnd.NOT_MATCHING);
      }
    };
  }

  /** Whether an agency proposes them, and nothing has come of it yet. */
  private static boolean isProposed(Situation on) {
    return on.candidacy().pushed() && on.candidacy().statusAt(on.now()) == Status.TO_VERIFY;
  }

  /** What a professional's decline would do (R21). */
  public enum Decline {
    /** A push is declined. */
    PUSH,
    /** A live contact is declined: the hold is freed. */
    CONTACT,
    /** An affectation is declined: the place is freed. */
    AFFECTATION,
    /** It was declined before. */
    SAME,
    /** Their days are over, or the establishment has refused already. */
    OVER,
    /** There is nothing to decline. */
    NOTHING
  }

  /** Declining. */
  public static Decline decline(Situation on) {
    return switch (on.candidacy().statusAt(on.now())) {
      case TO_VERIFY -> on.candidacy().pushed() ? Decline.PUSH : Decline.NOTHING;
      case CONTACTED -> Decline.CONTACT;
      case AFFECTED -> on.isEngaged() ? Decline.AFFECTATION : Decline.OVER;
      case REFUSED -> Decline.OVER;
      case DECLINED -> Decline.SAME;
    };
  }

  /**
   * Why somebody can be neither affected nor refused; nothing when a live hold of this mission is
   * there.
   */
  private static Optional<Outcome> notContacted(Situation on, Status done, Outcome same) {
    Candidacy candidacy = on.candidacy();
    if (candidacy.status() == done) {
      return Optional.of(same);
    }
    if (candidacy.holds(on.now())) {
      return isHolder(on) ? Optional.empty() : Optional.of(Outcome.EXPIRED);
    }
    if (isUnknown(on)) {
      return Optional.of(Outcome.UNKNOWN);
    }
    return Optional.of(candidacy.isExpired(on.now()) ? Outcome.EXPIRED : Outcome.NOT_CONTACTED);
  }

  /**
   * Whether the hold is still this mission's: where the clock is late, a hold that ended, and that
   * another has taken since, would seem to last.
   */
  private static boolean isHolder(Situation on) {
    PoolRow row = on.row();
    if (row == null) {
      return true;
    }
    Hold hold = row.hold();
    return hold != null && hold.missionId().equals(on.mission().missionId());
  }

  private static boolean isUnknown(Situation on) {
    return on.row() == null && !on.candidacy().isStored();
  }
}
