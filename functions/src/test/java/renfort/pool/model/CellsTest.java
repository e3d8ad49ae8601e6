package renfort.pool.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renfort.pool.model.Cells.Range;
import renfort.reference.Communes;
import renfort.reference.Departements;
import renfort.reference.model.Area;
import renfort.reference.model.Commune;
import renfort.reference.model.Departement;
import renfort.reference.model.Position;

class CellsTest {

  @ParameterizedTest
  @CsvSource({
    // the first is the example of every text on geohashes
    "57.65, 10.41, u4pru",
    "48.86, 2.35, u09tv",
    "-21.17, 55.29, mhprd",
    "14.60, -61.07, ddse4"
  })
  void aCellIsAGeohash(double latitude, double longitude, String cell) {
    assertEquals(cell, Cells.of(new Position(latitude, longitude)));
  }

  @Test
  void R13_theRangesOfARingHoldEveryCommuneOfIt() {
    for (Departement departement : Departements.all()) {
      List<Commune> communes = Communes.ofDepartement(departement.code());
      if (communes.isEmpty()) {
        continue;
      }
      Position centre = communes.get(communes.size() / 2).position();
      for (Area area : List.of(departement.area(), Area.WORLD)) {
        holds(communes, centre, 0, 10.5, area);
        holds(communes, centre, 10.5, 25.5, area);
        holds(communes, centre, 25.5, 50.5, area);
        holds(communes, centre, 50.5, Double.POSITIVE_INFINITY, area);
      }
    }
  }

  private static void holds(
      List<Commune> communes, Position centre, double from, double to, Area area) {
    List<Range> ranges = Cells.ring(centre, from, to, area, 4);
    assertTrue(ranges.size() <= 4, ranges::toString);
    for (Commune commune : communes) {
      double km = commune.position().distanceKm(centre);
      if (km >= from && km <= to) {
        assertTrue(isIn(commune, ranges), () -> commune + " at " + km + " km");
      }
    }
  }

  private static boolean isIn(Commune commune, List<Range> ranges) {
    String cell = Cells.of(commune.position());
    return ranges.stream()
        .anyMatch(range -> range.first().compareTo(cell) <= 0 && cell.compareTo(range.last()) <= 0);
  }

  @Test
  void aRingLeavesOutMostOfWhatIsFarFromIt() {
    Departement here = Departements.find("35").orElseThrow();
    Position rennes = new Position(48.11, -1.68);
    List<Range> near = Cells.ring(rennes, 0, 10.5, here.area(), 4);
    List<Range> far =
        Cells.ring(
            rennes,
            50.5,
            Double.POSITIVE_INFINITY,
            Departements.find("35").orElseThrow().area(),
            4);
    List<Commune> communes = Communes.ofDepartement("35");
    long inNear = communes.stream().filter(commune -> isIn(commune, near)).count();
    long inFar = communes.stream().filter(commune -> isIn(commune, far)).count();
    assertTrue(inNear < communes.size() / 3, inNear + " of " + communes.size());
    assertTrue(inFar < communes.size() / 2, inFar + " of " + communes.size());
  }
}
