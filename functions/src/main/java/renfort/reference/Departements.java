package renfort.reference;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import renfort.reference.model.Area;
import renfort.reference.model.Departement;
import renfort.reference.model.Position;

/** The 101 départements, Saint-Barthélemy and Saint-Martin, with their centroids. */
public final class Departements {

  private static final List<Departement> ALL =
      Resources.text("departements.tsv").lines().map(Departements::parse).toList();

  private Departements() {}

  /** All of them, by code. */
  public static List<Departement> all() {
    return ALL;
  }

  /** The département of that code. */
  public static Optional<Departement> find(String code) {
    return ALL.stream().filter(departement -> departement.code().equals(code)).findFirst();
  }

  /**
   * Codes of a region's départements, nearest first as the crow flies between centroids (R13: zone
   * by zone, from the establishment's département outwards).
   *
   * @param region code of a region
   * @param departement code of the département to start from: it comes first when it is of that
   *     region
   * @throws IllegalArgumentException when there is no such département
   */
  public static List<String> zonesFrom(String region, String departement) {
    Position start =
        find(departement)
            .orElseThrow(() -> new IllegalArgumentException("No département " + departement))
            .centroid();
    return ALL.stream()
        .filter(zone -> zone.region().equals(region))
        .sorted(
            Comparator.comparing((Departement zone) -> !zone.code().equals(departement))
                .thenComparingDouble(zone -> zone.centroid().distanceKm(start))
                .thenComparing(Departement::code))
        .map(Departement::code)
        .toList();
  }

  private static Departement parse(String line) {
    String[] columns = line.split("\t", -1);
    return new Departement(
        columns[0],
        columns[1],
        columns[2],
        Position.parse(columns[3]),
        new Area(Position.parse(columns[4]), Position.parse(columns[5])));
  }
}
