package renfort.candidacies.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import renfort.pool.model.Days;

/**
 * What is stored of one professional on one mission.
 *
 * @param missionId the mission
 * @param professionalId the professional
 * @param status as stored; {@link #statusAt} is what is shown
 * @param pushed whether an agency proposes them at present
 * @param heldUntil when the hold of the contact ends, or ended; null when there was none or it was
 *     given up
 * @param contacted whether this mission ever contacted them
 * @param engagement the days taken by the affectation, or null
 * @param reminded whether the requester was reminded of this hold
 * @param slot which slot of the establishment the hold takes (R16); null without a hold, and of
 *     holds from before there were slots
 * @param pushEnded why the last push ended, or null when there is none, or it led to more
 * @param givenUp whether this mission released them, or refused them before a push; it lasts until
 *     the next contact, so that a push that ends gives nothing back (R14)
 * @param changedAt when it last changed
 * @param version grows with each change; 0 for one that is not stored yet
 */
public record Candidacy(
    String missionId,
    String professionalId,
    Status status,
    boolean pushed,
    @Nullable Instant heldUntil,
    boolean contacted,
    @Nullable Days engagement,
    boolean reminded,
    @Nullable Integer slot,
    @Nullable PushEnd pushEnded,
    boolean givenUp,
    Instant changedAt,
    long version) {

  /** Whether an establishment ever spoke with them about it, or they answered (R29). */
  public boolean wasInContact() {
    return contacted || status == Status.AFFECTED || status == Status.DECLINED;
  }

  /** The candidacy of somebody whom the mission did not give up. */
  public Candidacy(
      String missionId,
      String professionalId,
      Status status,
      boolean pushed,
      @Nullable Instant heldUntil,
      boolean contacted,
      @Nullable Days engagement,
      boolean reminded,
      @Nullable Integer slot,
      @Nullable PushEnd pushEnded,
      Instant changedAt,
      long version) {
    this(
        missionId,
        professionalId,
        status,
        pushed,
        heldUntil,
        contacted,
        engagement,
        reminded,
        slot,
        pushEnded,
        false,
        changedAt,
        version);
  }

  /** States of a candidacy. Names are stored and sent: never rename one. */
  public enum Status {
    /** À VÉRIFIER. */
    TO_VERIFY,
    /** CONTACTÉ: exclusive until {@code heldUntil}. */
    CONTACTED,
    /** AFFECTÉ. */
    AFFECTED,
    /** REFUSÉ by the establishment. */
    REFUSED,
    /** DÉCLINÉ by the professional. */
    DECLINED
  }

  /** The candidacy of somebody of whom the mission knows nothing yet. */
  public static Candidacy none(String missionId, String professionalId, Instant now) {
    return new Candidacy(
        missionId,
        professionalId,
        Status.TO_VERIFY,
        false,
        null,
        false,
        null,
        false,
        null,
        null,
        now,
        0);
  }

  /** Whether it is stored. */
  public boolean isStored() {
    return version > 0;
  }

  /** The status at a time: a hold that is over reads as TO_VERIFY, swept or not (R17). */
  public Status statusAt(Instant now) {
    return status == Status.CONTACTED && !holds(now) ? Status.TO_VERIFY : status;
  }

  /** Whether it holds the professional at a time. */
  public boolean holds(Instant now) {
    return status == Status.CONTACTED && heldUntil != null && heldUntil.isAfter(now);
  }

  /** Whether its last hold ran out: « délai dépassé ». */
  public boolean isExpired(Instant now) {
    return statusAt(now) == Status.TO_VERIFY && heldUntil != null;
  }

  /** Contacted, in a slot of the establishment (R16). */
  public Candidacy contactedUntil(Instant until, int newSlot, Instant now) {
    return with(Status.CONTACTED, pushed, until, true, null, false, newSlot, null, false, now);
  }

  /** Affected for some days (R18). */
  public Candidacy affected(Days days, Instant now) {
    return with(Status.AFFECTED, pushed, null, true, days, false, null, null, false, now);
  }

  /** Affected for fewer days than stored: once they could reach beyond the horizon (R10). */
  public Candidacy engagedFor(Days days) {
    return with(
        status, pushed, heldUntil, contacted, days, reminded, slot, pushEnded, givenUp, changedAt);
  }

  /** Refused by the establishment (R19). */
  public Candidacy refused(Instant now) {
    return with(Status.REFUSED, false, null, true, null, false, null, null, false, now);
  }

  /** Declined by the professional (R21). */
  public Candidacy declined(Instant now) {
    return with(Status.DECLINED, false, null, contacted, null, false, null, null, false, now);
  }

  /** Proposed by an agency (R23); somebody refused may be proposed again. */
  public Candidacy pushed(Instant now) {
    boolean wasGivenUp = givenUp || status == Status.REFUSED;
    return with(Status.TO_VERIFY, true, null, contacted, null, false, null, null, wasGivenUp, now);
  }

  /** No longer proposed (R23); the end of a hold that is over stays to be told. */
  public Candidacy pushEnded(PushEnd end, Instant now) {
    return with(
        Status.TO_VERIFY, false, heldUntil, contacted, null, false, null, end, givenUp, now);
  }

  /** Free again without anybody's fault: unavailable, mission filled, cancelled or ended. */
  public Candidacy freed(Instant now) {
    return free(false, now);
  }

  /** Their affectation is given up by the establishment (R21). */
  public Candidacy released(Instant now) {
    return free(true, now);
  }

  private Candidacy free(boolean nowGivenUp, Instant now) {
    return with(
        Status.TO_VERIFY, pushed, null, contacted, null, false, null, pushEnded, nowGivenUp, now);
  }

  /** Its hold is over; the end is kept, so that « délai dépassé » can be told. */
  public Candidacy lapsed(Instant now) {
    return with(
        Status.TO_VERIFY, pushed, heldUntil, contacted, null, false, null, pushEnded, givenUp, now);
  }

  /** The requester was reminded of the hold. */
  public Candidacy nowReminded() {
    return with(
        status,
        pushed,
        heldUntil,
        contacted,
        engagement,
        true,
        slot,
        pushEnded,
        givenUp,
        changedAt);
  }

  private Candidacy with(
      Status newStatus,
      boolean newPushed,
      @Nullable Instant newHeldUntil,
      boolean newContacted,
      @Nullable Days newEngagement,
      boolean newReminded,
      @Nullable Integer newSlot,
      @Nullable PushEnd newPushEnded,
      boolean newGivenUp,
      Instant now) {
    return new Candidacy(
        missionId,
        professionalId,
        newStatus,
        newPushed,
        newHeldUntil,
        newContacted,
        newEngagement,
        newReminded,
        newSlot,
        newPushEnded,
        newGivenUp,
        now,
        version);
  }
}
