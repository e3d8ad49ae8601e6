package renfort.reference.model;

/**
 * A place on Earth.
 *
 * @param latitude degrees north, -90 to 90, rounded to a hundredth (about 1 km)
 * @param longitude degrees east, -180 to 180, rounded to a hundredth
 */
public record Position(double latitude, double longitude) {

  private static final double EARTH_RADIUS_KM = 6371.0088;

  /** Rounds both coordinates; throws {@link IllegalArgumentException} outside their ranges. */
  public Position {
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException("Not a position: " + latitude + "," + longitude);
    }
    latitude = Math.round(latitude * 100) / 100.0;
    longitude = Math.round(longitude * 100) / 100.0;
  }

  /**
   * Reads what {@link #text} writes; throws {@link IllegalArgumentException} on anything else.
   *
   * @param text for instance {@code 48.85,2.35}
   */
  public static Position parse(String text) {
    int comma = text.indexOf(',');
    if (comma < 0) {
      throw new IllegalArgumentException("Not a position: " + text);
    }
    return new Position(
        Double.parseDouble(text.substring(0, comma)),
        Double.parseDouble(text.substring(comma + 1)));
  }

  /** The form in which rows keep it, for instance {@code 48.85,2.35} or {@code 47.2,-1.0}. */
  public String text() {
    return latitude + "," + longitude;
  }

  /** Great-circle distance in kilometres (haversine, mean Earth radius), not rounded. */
  public double distanceKm(Position other) {
    double phi1 = Math.toRadians(latitude);
    double phi2 = Math.toRadians(other.latitude);
    double halfDPhi = (phi2 - phi1) / 2;
    double halfDLambda = Math.toRadians(other.longitude - longitude) / 2;
    double a =
        Math.sin(halfDPhi) * Math.sin(halfDPhi)
            + Math.cos(phi1) * Math.cos(phi2) * Math.sin(halfDLambda) * Math.sin(halfDLambda);
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a)));
  }
}
