package renfort.missions.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.pool.model.Criteria;

/**
 * A mission: what an establishment asks for, and how far it is met.
 *
 * @param missionId its id
 * @param establishment who asks, as known when it was submitted
 * @param submittedBy the accountId of who submitted it
 * @param terms what is asked for
 * @param status as stored; {@link #statusOn} is what is shown
 * @param byHand whether it was set FILLED by hand (POURVUE), so that it does not reopen by itself
 * @param filled how many people are affected
 * @param pushed how many people were pushed
 * @param holds by professionalId, when each hold of this mission ends; swept or not
 * @param priority 1 first, 3 by default (R24)
 * @param toRelease whether a worker has yet to free people of it
 * @param closure why an agency closed it, or null when none did
 * @param createdAt when it was submitted
 * @param version grows with each change
 */
public record Mission(
    String missionId,
    Establishment establishment,
    String submittedBy,
    Terms terms,
    Status status,
    boolean byHand,
    int filled,
    int pushed,
    Map<String, Instant> holds,
    int priority,
    boolean toRelease,
    @Nullable Closure closure,
    Instant createdAt,
    long version) {

  /** States of a mission. Names are stored and sent: never rename one. */
  public enum Status {
    /** Submitted without an account, or by a known requester not signed in (R8). */
    DRAFT,
    OPEN,
    /** Full, or set POURVUE by hand. */
    FILLED,
    CANCELLED,
    ENDED
  }

  /**
   * What is asked for (R10).
   *
   * @param start first day
   * @param end last day
   * @param profession code
   * @param speciality code, or null for any
   * @param count how many people, 1 to 500
   * @param vehicle a vehicle is asked for
   * @param weekend availability at weekends is wished
   * @param nursingHome experience in an EHPAD is asked for
   * @param intensiveCare experience in intensive care is wished
   */
  public record Terms(
      LocalDate start,
      LocalDate end,
      String profession,
      @Nullable String speciality,
      int count,
      boolean vehicle,
      boolean weekend,
      boolean nursingHome,
      boolean intensiveCare) {}

  /** How far from today a mission may end, and an engagement (R10). */
  public static final Period HORIZON = Period.ofYears(2);

  /** The priority of a mission that no agency has ordered. */
  public static final int DEFAULT_PRIORITY = 3;

  public Mission {
    holds = Map.copyOf(holds);
  }

  /** A new mission. */
  public static Mission submitted(
      String missionId,
      Establishment establishment,
      String submittedBy,
      Terms terms,
      Status status,
      Instant now) {
    return new Mission(
        missionId,
        establishment,
        submittedBy,
        terms,
        status,
        false,
        0,
        0,
        Map.of(),
        DEFAULT_PRIORITY,
        false,
        null,
        now,
        0);
  }

  /**
   * The status on a day: an open or filled mission whose end is past has ended, swept or not (R20).
   */
  public Status statusOn(LocalDate today) {
    return switch (status) {
      case OPEN, FILLED -> terms.end().isBefore(today) ? Status.ENDED : status;
      case DRAFT, CANCELLED, ENDED -> status;
    };
  }

  /**
   * Whether an account may act on it (R11): an approved requester on those of the establishment,
   * but not on those of who claims its number in another region (R8), another on those they
   * submitted themselves; staff on those of their region that are no drafts. A draft is seen by who
   * submitted it alone, and, its days over, by nobody, swept or not (R8).
   *
   * @param draftLife how long a draft lives
   */
  public boolean isVisibleTo(Account account, Instant now, Duration draftLife) {
    return switch (account.role()) {
      case REQUESTER ->
          establishment.isSameAs(account.establishment())
              && ((account.approved()
                      && status != Status.DRAFT
                      && establishment.isInRegionOf(account.establishment()))
                  || submittedBy.equals(account.accountId()))
              && !isOutdatedDraft(now, draftLife);
      case AGENCY, NATIONAL ->
          status != Status.DRAFT && account.actsOnRegion(establishment.region());
      case PROFESSIONAL -> false;
    };
  }

  /** Whether it is a draft that is to die (R8). */
  public boolean isOutdatedDraft(Instant now, Duration draftLife) {
    return status == Status.DRAFT && !createdAt.plus(draftLife).isAfter(now);
  }

  /** What it asks of candidates on a day (R12: from the effective start). */
  public Criteria criteria(LocalDate today) {
    return new Criteria(
        establishment.region(),
        terms.profession(),
        terms.speciality(),
        terms.nursingHome(),
        terms.vehicle(),
        terms.weekend(),
        terms.intensiveCare(),
        terms.start().isBefore(today) ? today : terms.start(),
        terms.end());
  }

  /** When the first of its holds that bind at a time ends, if there is one. */
  public Optional<Instant> heldUntil(Instant now) {
    return holds.values().stream().filter(until -> until.isAfter(now)).min(Instant::compareTo);
  }

  /** How many people it holds at a time: holds that are over do not count, swept or not (R17). */
  public int held(Instant now) {
    return (int) holds.values().stream().filter(until -> until.isAfter(now)).count();
  }

  public int placesLeft() {
    return terms.count() - filled;
  }

  /** How many people it may hold at once (R16: "NE BLOQUEZ PAS TOUS LES CANDIDATS"). */
  public int holdCap() {
    return Math.max(3, 2 * placesLeft());
  }

  /** The people whose hold is over and not yet swept. */
  public List<String> lapsed(Instant now) {
    return holds.entrySet().stream()
        .filter(hold -> !hold.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** With one more hold. */
  public Mission holding(String professionalId, Instant until) {
    Map<String, Instant> more = new HashMap<>(holds);
    more.put(professionalId, until);
    return with(status, byHand, filled, pushed, more, toRelease);
  }

  /** Without somebody's hold, if it had one. */
  public Mission letting(String professionalId) {
    if (!holds.containsKey(professionalId)) {
      return this;
    }
    Map<String, Instant> fewer = new HashMap<>(holds);
    fewer.remove(professionalId);
    return with(status, byHand, filled, pushed, fewer, toRelease);
  }

  /**
   * With somebody held now affected; full, it is filled by itself and its other holds are to be
   * freed (R18).
   */
  public Mission affecting(String professionalId) {
    Mission less = letting(professionalId);
    boolean full = filled + 1 >= terms.count();
    return less.with(
        full ? Status.FILLED : status,
        byHand,
        filled + 1,
        pushed,
        less.holds(),
        toRelease || (full && less.hasPeopleToFree()));
  }

  /**
   * With a place given back: it reopens by itself unless it was set POURVUE by hand (R18). Who is
   * held for a mission that is open again stays so.
   */
  public Mission freeingPlace() {
    Status next = status == Status.FILLED && !byHand ? Status.OPEN : status;
    return with(
        next, byHand, Math.max(0, filled - 1), pushed, holds, toRelease && next != Status.OPEN);
  }

  /** With one more person pushed. */
  public Mission pushing() {
    return with(status, byHand, filled, pushed + 1, holds, toRelease);
  }

  /** With one person fewer pushed: declined or erased. */
  public Mission unpushing() {
    return with(status, byHand, filled, Math.max(0, pushed - 1), holds, toRelease);
  }

  /** Opened: a draft confirmed, or a filled mission reopened (R8, R20). */
  public Mission opened() {
    return with(Status.OPEN, false, filled, pushed, holds, false);
  }

  /** Set POURVUE by hand: people affected stay, holds are to be freed, pushes to end (R20, R23). */
  public Mission filledByHand() {
    return with(Status.FILLED, true, filled, pushed, holds, hasPeopleToFree());
  }

  /** Cancelled: as above, and people affected whose days are not over are to be freed (R20). */
  public Mission cancelled() {
    return with(Status.CANCELLED, byHand, filled, pushed, holds, hasPeopleToFree() || filled > 0);
  }

  /** Cancelled by an agency or the national level (R24). */
  public Mission closed(Closure why) {
    Mission cancelled = cancelled();
    return new Mission(
        missionId,
        establishment,
        submittedBy,
        terms,
        cancelled.status(),
        byHand,
        filled,
        pushed,
        holds,
        priority,
        cancelled.toRelease(),
        why,
        createdAt,
        version);
  }

  /** Ended: holds are to be freed, pushes to end, people affected stay (R20, R23). */
  public Mission ended() {
    return with(Status.ENDED, byHand, filled, pushed, holds, hasPeopleToFree());
  }

  /** Whether there may be somebody whom it holds, or who is proposed for it. */
  private boolean hasPeopleToFree() {
    return !holds.isEmpty() || pushed > 0;
  }

  /** With nothing left to free. */
  public Mission released() {
    return with(status, byHand, filled, pushed, holds, false);
  }

  /** With other terms (R10); the pushes of people who no longer match are to end (R23). */
  public Mission edited(Terms newTerms) {
    return new Mission(
        missionId,
        establishment,
        submittedBy,
        newTerms,
        status,
        byHand,
        filled,
        pushed,
        holds,
        priority,
        toRelease || pushed > 0,
        closure,
        createdAt,
        version);
  }

  /** With another priority (R24). */
  public Mission ordered(int newPriority) {
    return new Mission(
        missionId,
        establishment,
        submittedBy,
        terms,
        status,
        byHand,
        filled,
        pushed,
        holds,
        newPriority,
        toRelease,
        closure,
        createdAt,
        version);
  }

  private Mission with(
      Status newStatus,
      boolean newByHand,
      int newFilled,
      int newPushed,
      Map<String, Instant> newHolds,
      boolean newToRelease) {
    return new Mission(
        missionId,
        establishment,
        submittedBy,
        terms,
        newStatus,
        newByHand,
        newFilled,
        newPushed,
        newHolds,
        priority,
        newToRelease,
        closure,
        createdAt,
        version);
  }
}
