package renfort.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renfort.reference.model.Departement;
import renfort.reference.model.Position;
import renfort.reference.model.Region;

class DepartementsTest {

  @Test
  void thereAre101DepartementsAndTheTwoIslandsThatDependOnGuadeloupe() {
    assertEquals(103, Departements.all().size());
    assertEquals(
        103, new HashSet<>(Departements.all().stream().map(Departement::code).toList()).size());
    assertEquals("01", Departements.find("977").orElseThrow().region());
    assertEquals("01", Departements.find("978").orElseThrow().region());
    assertTrue(
        Departements.find("975").isEmpty(), "no agency answers for Saint-Pierre-et-Miquelon");
    assertTrue(Departements.find("20").isEmpty());
  }

  @Test
  void everyDepartementHasARegionAndEveryRegionADepartement() {
    Set<String> regions =
        Departements.all().stream().map(Departement::region).collect(Collectors.toSet());
    assertEquals(Regions.all().stream().map(Region::code).collect(Collectors.toSet()), regions);
  }

  @Test
  void centroidsLieNearThePrefectures() {
    Map<String, Position> prefectures =
        Map.of(
            "29", new Position(48.00, -4.10), // Quimper
            "75", new Position(48.86, 2.35),
            "13", new Position(43.30, 5.38), // Marseille
            "2A", new Position(41.92, 8.74), // Ajaccio
            "974", new Position(-20.88, 55.45), // Saint-Denis
            "976", new Position(-12.78, 45.23), // Mamoudzou
            "978", new Position(18.07, -63.08)); // Marigot
    prefectures.forEach(
        (code, prefecture) -> {
          double distance = Departements.find(code).orElseThrow().centroid().distanceKm(prefecture);
          assertTrue(distance < 60, code + " is " + distance + " km from its prefecture");
        });
  }

  @Test
  void R13_zonesGoFromTheDepartementOutwards() {
    assertEquals(List.of("44", "85", "49", "53", "72"), Departements.zonesFrom("52", "44"));
    assertEquals(List.of("2B", "2A"), Departements.zonesFrom("94", "2B"));
    assertEquals(List.of("2A", "2B"), Departements.zonesFrom("94", "2A"));
    assertEquals(List.of("978", "977", "971"), Departements.zonesFrom("01", "978"));
    assertEquals(List.of("976"), Departements.zonesFrom("06", "976"));
  }

  @Test
  void zonesOfARegionCanStartFromOutsideIt() {
    assertEquals("35", Departements.zonesFrom("53", "53").getFirst());
    assertEquals("29", Departements.zonesFrom("53", "53").getLast());
  }

  @Test
  void zonesOfEveryRegionStartWithTheGivenOneAndHoldThemAll() {
    for (Departement departement : Departements.all()) {
      List<String> zones = Departements.zonesFrom(departement.region(), departement.code());
      assertEquals(departement.code(), zones.getFirst());
      assertEquals(
          Departements.all().stream()
              .filter(other -> other.region().equals(departement.region()))
              .map(Departement::code)
              .collect(Collectors.toSet()),
          new HashSet<>(zones));
    }
  }

  @Test
  void startingFromNowhereIsABug() {
    assertThrows(IllegalArgumentException.class, () -> Departements.zonesFrom("52", "99"));
  }

  @Test
  void anAreaHoldsItsCommunesAndBoundsTheirDistances() {
    Position paris = new Position(48.86, 2.35);
    for (Departement departement : Departements.all()) {
      double least = departement.area().leastKm(paris);
      double most = departement.area().mostKm(paris);
      Communes.ofDepartement(departement.code())
          .forEach(
              commune -> {
                double km = commune.position().distanceKm(paris);
                assertTrue(km <= most, () -> commune + " is beyond " + most);
                // edges are curved far away: the bands of R13 end at 50 km
                assertTrue(km >= Math.min(least, 100), () -> commune + " is before " + least);
              });
    }
    Departement herault = Departements.find("34").orElseThrow();
    assertEquals(0, herault.area().leastKm(herault.centroid()));
  }
}
