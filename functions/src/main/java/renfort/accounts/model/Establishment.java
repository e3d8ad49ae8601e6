package renfort.accounts.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An establishment as its requester gave it, or, once approved, as it is known.
 *
 * @param finess FINESS number of the site, 9 characters
 * @param name its name
 * @param address street and number
 * @param postalCode 5 digits; may be a CEDEX
 * @param city its city; may end in CEDEX
 * @param region INSEE code of the region whose agency it is attached to
 * @param departement code of the département it lies in
 * @param latitude of its commune, in degrees
 * @param longitude of its commune, in degrees
 */
public record Establishment(
    String finess,
    String name,
    String address,
    String postalCode,
    String city,
    String region,
    String departement,
    double latitude,
    double longitude) {

  /** Whether a requester of this establishment may act for the other: the same FINESS number. */
  public boolean isSameAs(@Nullable Establishment other) {
    return other != null && finess.equals(other.finess());
  }

  /** Whether it belongs to the same agency as another one. */
  public boolean isInRegionOf(@Nullable Establishment other) {
    return other != null && region.equals(other.region());
  }

  /**
   * As it is known, so that no form changes a known establishment (R8); as it was given when it is
   * claimed for another region than it is known in, which the national level decides on.
   *
   * @param known what is stored of the number, if anything is
   */
  public Establishment asKnown(Optional<Establishment> known) {
    return known.filter(this::isInRegionOf).orElse(this);
  }
}
