package renfort.professionals.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.pool.model.Availability;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.model.ActivityType;
import renfort.reference.model.Commune;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;

/**
 * What a volunteer says of themselves (R2; professionals' guide, « Créer son compte »).
 *
 * @param lastName family name
 * @param firstName given name
 * @param phone E.164
 * @param region where they wish to be mobilised, not where they live
 * @param profession code
 * @param speciality code, of the profession's; or null
 * @param identifierType kind of professional number
 * @param identifier the number in the form that is compared, or null for NONE
 * @param activityType how they work at present
 * @param employer present or former, or null
 * @param postalCode of residence, 5 digits
 * @param city of residence, spelt as the commune is
 * @param vehicle has a vehicle
 * @param nursingHome has worked in an EHPAD
 * @param intensiveCare has worked in intensive care
 * @param vaccination ready to vaccinate
 * @param message for those who call, at most 255 characters, or null
 * @param availabilities 1 to 12 periods
 * @param mobility how far; empty means local
 */
public record Details(
    String lastName,
    String firstName,
    String phone,
    String region,
    String profession,
    @Nullable String speciality,
    IdentifierType identifierType,
    @Nullable String identifier,
    ActivityType activityType,
    @Nullable String employer,
    String postalCode,
    String city,
    boolean vehicle,
    boolean nursingHome,
    boolean intensiveCare,
    boolean vaccination,
    @Nullable String message,
    List<Period> availabilities,
    Set<Mobility> mobility) {

  public Details {
    availabilities = List.copyOf(availabilities);
    mobility = Set.copyOf(mobility);
  }

  /** The identifier by which two sheets are taken for one person's (R7), if there is one. */
  public Optional<Identifier> shared() {
    return identifier == null
        ? Optional.empty()
        : Optional.of(new Identifier(identifierType, identifier));
  }

  /**
   * The row of somebody new: available, not confirmed, free in all their periods.
   *
   * @param home the commune of residence
   * @param duplicate whether another live sheet has the identifier
   */
  public PoolRow row(String professionalId, Commune home, boolean duplicate, Instant now) {
    return row(
        professionalId,
        home,
        true,
        false,
        duplicate,
        new Availability(availabilities, List.of()),
        now,
        0);
  }

  /**
   * The row of somebody known who filled in the sheet anew: hold, engagements, switch, confirmation
   * and what is known of the address stay.
   */
  public PoolRow row(PoolRow earlier, Commune home, boolean duplicate, Instant now) {
    return row(
            earlier.professionalId(),
            home,
            earlier.available(),
            earlier.confirmed(),
            duplicate,
            earlier.availability().declaring(availabilities),
            now,
            earlier.version())
        .held(earlier.hold())
        .unreached(earlier.undeliverable());
  }

  private PoolRow row(
      String professionalId,
      Commune home,
      boolean available,
      boolean confirmed,
      boolean duplicate,
      Availability availability,
      Instant now,
      long version) {
    return new PoolRow(
        professionalId,
        lastName,
        firstName,
        postalCode,
        city,
        home.region().equals(region) ? home.departement() : PoolRow.ELSEWHERE,
        home.position(),
        profession,
        speciality,
        region,
        identifierType,
        identifier,
        vehicle,
        nursingHome,
        intensiveCare,
        mobility,
        available,
        confirmed,
        duplicate,
        false,
        availability,
        null,
        now,
        false,
        version);
  }
}
