package renfort.pool.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;

/**
 * A professional as lists and matching know them.
 *
 * @param professionalId whose row it is
 * @param lastName family name
 * @param firstName given name
 * @param postalCode of residence
 * @param city of residence
 * @param zone the département of residence when it lies in the chosen region, else {@link
 *     #ELSEWHERE}
 * @param position of the commune of residence
 * @param profession code
 * @param speciality code, or null
 * @param region where they wish to be mobilised, not where they live (R2)
 * @param identifierType kind of professional number
 * @param identifier the number, or null for NONE
 * @param vehicle has a vehicle
 * @param nursingHome has worked in an EHPAD
 * @param intensiveCare has worked in intensive care
 * @param mobility how far; {@link Mobility#NATIONAL} makes them found by other regions
 * @param available the switch of R6
 * @param confirmed whether the e-mail address is proved (R7)
 * @param duplicate whether another live sheet has the same identifier (R7)
 * @param undeliverable whether a mail came back from their address: they are to be called
 * @param availability declared periods and engagements
 * @param hold the last hold, live or over; null when there is none
 * @param freshness when the sheet was last filled in
 * @param hidden whether the address was not confirmed for so long that nobody is to find them (R7);
 *     by the clock, when the row is read
 * @param version grows with each change
 */
public record PoolRow(
    String professionalId,
    String lastName,
    String firstName,
    String postalCode,
    String city,
    String zone,
    Position position,
    String profession,
    @Nullable String speciality,
    String region,
    IdentifierType identifierType,
    @Nullable String identifier,
    boolean vehicle,
    boolean nursingHome,
    boolean intensiveCare,
    Set<Mobility> mobility,
    boolean available,
    boolean confirmed,
    boolean duplicate,
    boolean undeliverable,
    Availability availability,
    @Nullable Hold hold,
    Instant freshness,
    boolean hidden,
    long version) {

  /** The zone of those who live outside the region they chose. */
  public static final String ELSEWHERE = "AUTRE";

  public PoolRow {
    mobility = Set.copyOf(mobility);
  }

  /** Whether they accept missions of every region (R12). */
  public boolean isNational() {
    return mobility.contains(Mobility.NATIONAL);
  }

  /** The hold that binds at a time, if any. */
  public Optional<Hold> liveHold(Instant now) {
    return Optional.ofNullable(hold).filter(held -> held.isLive(now));
  }

  /** Whether lists of candidates find them: available, and something is free from a day on. */
  public boolean isListed(LocalDate today) {
    return available && availability.isFreeFrom(today);
  }

  /**
   * The last day on which lists of candidates find them, as far as it is known: their last free
   * day, or the day before an unconfirmed address takes them out (R7, R12).
   *
   * @param zone of their region
   * @param hiddenDays after which an address that is not confirmed is hidden
   */
  public Optional<LocalDate> lastListedDay(ZoneId zone, int hiddenDays) {
    Optional<LocalDate> free = availability.lastFreeDay();
    if (confirmed) {
      return free;
    }
    LocalDate hidden = LocalDate.ofInstant(freshness, zone).plusDays(hiddenDays - 1L);
    return Optional.of(free.filter(day -> day.isBefore(hidden)).orElse(hidden));
  }

  public PoolRow held(@Nullable Hold newHold) {
    return with(availability, newHold, available, confirmed, duplicate, undeliverable);
  }

  public PoolRow with(Availability newAvailability) {
    return with(newAvailability, hold, available, confirmed, duplicate, undeliverable);
  }

  public PoolRow turned(boolean nowAvailable) {
    return with(availability, hold, nowAvailable, confirmed, duplicate, undeliverable);
  }

  /** A link that was mailed has been used: the address is theirs, and mails arrive. */
  public PoolRow nowConfirmed() {
    return with(availability, hold, available, true, duplicate, false);
  }

  public PoolRow flagged(boolean nowDuplicate) {
    return with(availability, hold, available, confirmed, nowDuplicate, undeliverable);
  }

  public PoolRow unreached(boolean nowUndeliverable) {
    return with(availability, hold, available, confirmed, duplicate, nowUndeliverable);
  }

  private PoolRow with(
      Availability newAvailability,
      @Nullable Hold newHold,
      boolean nowAvailable,
      boolean nowConfirmed,
      boolean nowDuplicate,
      boolean nowUndeliverable) {
    return new PoolRow(
        professionalId,
        lastName,
        firstName,
        postalCode,
        city,
        zone,
        position,
        profession,
        speciality,
        region,
        identifierType,
        identifier,
        vehicle,
        nursingHome,
        intensiveCare,
        mobility,
        nowAvailable,
        nowConfirmed,
        nowDuplicate,
        nowUndeliverable,
        newAvailability,
        newHold,
        freshness,
        hidden && !nowConfirmed,
        version);
  }
}
