package renfort.reference.model;

/**
 * A rectangle along meridians and parallels, its edges included.
 *
 * @param southWest one corner
 * @param northEast the opposite one
 */
public record Area(Position southWest, Position northEast) {

  /** What a rectangle's edges are off by, being curved: in kilometres, up to 100 km away. */
  private static final double CURVE = 1;

  /** Everywhere. */
  public static final Area WORLD = new Area(new Position(-90, -180), new Position(90, 180));

  /** A distance that no place of the area is nearer than, in kilometres; at most 1 km short. */
  public double leastKm(Position from) {
    Position nearest =
        new Position(
            Math.clamp(from.latitude(), southWest.latitude(), northEast.latitude()),
            Math.clamp(from.longitude(), southWest.longitude(), northEast.longitude()));
    return Math.max(0, from.distanceKm(nearest) - CURVE);
  }

  /** A distance that no place of the area is further than, in kilometres; at most 1 km long. */
  public double mostKm(Position from) {
    double most = 0;
    for (double latitude : new double[] {southWest.latitude(), northEast.latitude()}) {
      for (double longitude : new double[] {southWest.longitude(), northEast.longitude()}) {
        most = Math.max(most, from.distanceKm(new Position(latitude, longitude)));
      }
    }
    return most + CURVE;
  }
}
