package renfort.reference.model;

/** What a postcode and a city, read together, stand for. */
public sealed interface Resolution {

  /** The commune they name. */
  record Found(Commune commune) implements Resolution {}

  /** The postcode is in no list: an error of the field {@code postalCode}. */
  record UnknownPostalCode() implements Resolution {}

  /**
   * The postcode is known and the city is none of its communes: an error of the field {@code city}.
   */
  record CityNotInPostalCode() implements Resolution {}
}
