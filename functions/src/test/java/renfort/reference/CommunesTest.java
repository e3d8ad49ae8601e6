package renfort.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renfort.reference.model.Commune;
import renfort.reference.model.Departement;
import renfort.reference.model.Resolution;
import renfort.reference.model.Resolution.CityNotInPostalCode;
import renfort.reference.model.Resolution.Found;
import renfort.reference.model.Resolution.UnknownPostalCode;

class CommunesTest {

  private static List<String> codes(List<Commune> communes) {
    return communes.stream().map(Commune::code).toList();
  }

  private static String found(Resolution resolution) {
    return assertInstanceOf(Found.class, resolution).commune().code();
  }

  @Nested
  class Data {

    @Test
    void everyCommuneHasARegionWithAnAgencyAndIsWithinItsDepartement() {
      long count = 0;
      for (Departement departement : Departements.all()) {
        List<Commune> communes = Communes.ofDepartement(departement.code());
        assertTrue(!communes.isEmpty(), departement.code());
        for (Commune commune : communes) {
          assertTrue(Regions.find(commune.region()).isPresent(), commune.code());
          assertEquals(departement.code(), commune.departement());
          assertTrue(commune.code().startsWith(departement.code()), commune.code());
          // Maripasoula, in Guyane, is the farthest
          double reach = departement.code().equals("973") ? 250 : 110;
          assertTrue(commune.position().distanceKm(departement.centroid()) < reach, commune.name());
        }
        count += communes.size();
      }
      assertEquals(34_877, count);
    }

    @Test
    void everyPostcodeHasOnlyCommunesThatExistAndEveryCommuneAPostcode() {
      Set<String> reached = new TreeSet<>();
      List<String> lines = Resources.text("postcodes.tsv").lines().toList();
      assertEquals(6_189, lines.size());
      for (String line : lines) {
        String postcode = line.substring(0, 5);
        List<String> codes = List.of(line.substring(6).split(" ", -1));
        assertEquals(codes, codes(Communes.ofPostalCode(postcode)));
        reached.addAll(codes);
      }
      assertEquals(34_877, reached.size());
    }

    @Test
    void linesAreSortedForTheSearch() {
      for (String name : List.of("communes.tsv", "postcodes.tsv", "departements.tsv")) {
        List<String> keys =
            Resources.text(name).lines().map(line -> line.split("\t", 2)[0]).toList();
        assertEquals(keys.stream().distinct().sorted().toList(), keys, name);
      }
    }

    @Test
    void filesStaySmall() {
      long size =
          Stream.of("communes.tsv", "postcodes.tsv", "departements.tsv")
              .mapToLong(name -> Resources.bytes(name).length)
              .sum();
      assertTrue(size < 1_400_000, size + " bytes");
    }

    @Test
    void licencesAreShippedWithTheData() {
      String licences = Resources.text("LICENCES.md");
      assertTrue(licences.contains("Licence Ouverte / Open Licence 2.0"));
      assertTrue(licences.contains("GeoNames"));
      assertTrue(licences.contains("Creative Commons Attribution 4.0"));
    }
  }

  @Nested
  class OfPostalCode {

    @Test
    void aPostcodeMaySpanTwoDepartements() {
      List<Commune> communes = Communes.ofPostalCode("01200");
      assertEquals(9, communes.size());
      assertEquals(
          Set.of("01", "74"),
          communes.stream().map(Commune::departement).collect(Collectors.toSet()));
    }

    @Test
    void thePostcodeDoesNotTellTheDepartement() {
      Commune commune = Communes.ofPostalCode("94390").getFirst();
      assertEquals("Paray-Vieille-Poste", commune.name());
      assertEquals("91", commune.departement());
      assertEquals("11", commune.region());
    }

    @Test
    void SaintBarthelemyAndSaintMartinDependOnGuadeloupe() {
      assertEquals("977 01", departementAndRegion("97133"));
      assertEquals("978 01", departementAndRegion("97150"));
    }

    private String departementAndRegion(String postcode) {
      Commune commune = Communes.ofPostalCode(postcode).getFirst();
      return commune.departement() + " " + commune.region();
    }

    @Test
    void everyPostcodeOfParisLyonAndMarseilleIsTheCommune() {
      for (int i = 1; i <= 20; i++) {
        assertEquals(List.of("75056"), codes(Communes.ofPostalCode("750%02d".formatted(i))));
      }
      assertEquals(List.of("75056"), codes(Communes.ofPostalCode("75116")));
      for (int i = 1; i <= 9; i++) {
        assertEquals(List.of("69123"), codes(Communes.ofPostalCode("6900" + i)));
      }
      for (int i = 1; i <= 16; i++) {
        assertEquals(List.of("13055"), codes(Communes.ofPostalCode("130%02d".formatted(i))));
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "4400",
          "440000",
          "44 000",
          "4400a",
          "00000",
          "99999",
          "44000\t44109",
          "97500",
          "98800"
        })
    void whatIsNoPostcodeOfAnAgencyHasNoCommune(String text) {
      assertEquals(List.of(), Communes.ofPostalCode(text));
    }
  }

  @Nested
  class Resolve {

    @ParameterizedTest
    @CsvSource({
      "44000, Nantes, 44109",
      "44000, NANTES, 44109",
      "44000, '  nantes ', 44109",
      "42000, ST ETIENNE, 42218",
      "42000, st-étienne, 42218",
      "42000, Saint Etienne, 42218",
      "33220, STE FOY LA GRANDE, 33402",
      "94240, L'HAY LES ROSES, 94038",
      "94240, l’haÿ-les-roses, 94038",
      "94240, L Hay-les-Roses, 94038",
      "97233, Schoelcher, 97229",
      "97233, SCHŒLCHER, 97229",
      "97233, schœlcher, 97229",
      "01200, Eloise, 74109",
      "75012, Paris, 75056",
      "75012, Paris 12, 75056",
      "75012, PARIS 12EME ARRONDISSEMENT, 75056",
      "75001, Paris 1er, 75056",
      "69003, Lyon 3e, 69123",
      "13005, Marseille 5e arrondissement, 13055",
    })
    void aCityIsComparedWithoutCaseAccentsHyphensApostrophesOrLigatures(
        String postalCode, String city, String code) {
      assertEquals(code, found(Communes.resolve(postalCode, city)));
      assertEquals(code, found(Communes.resolveEstablishment(postalCode, city)));
    }

    @ParameterizedTest
    @CsvSource({
      "44000, Rennes",
      "44000, Nante",
      "44000, ''",
      "44000, --",
      "44000, NANTES CEDEX 1",
      "75012, Lyon",
      "42000, Sainte-Étienne"
    })
    void aCityOfAnotherPostcodeIsRefused(String postalCode, String city) {
      assertInstanceOf(CityNotInPostalCode.class, Communes.resolve(postalCode, city));
    }

    @ParameterizedTest
    @CsvSource({
      "44093, Nantes",
      "99999, Nantes",
      "97500, Saint-Pierre",
      "98800, Nouméa",
      "'', Nantes"
    })
    void anUnknownPostcodeIsRefused(String postalCode, String city) {
      assertInstanceOf(UnknownPostalCode.class, Communes.resolve(postalCode, city));
    }

    @Test
    void whatWasFoundCarriesTheDepartementRegionAndPosition() {
      Found found = assertInstanceOf(Found.class, Communes.resolve("01200", "Éloise"));
      assertEquals("Éloise", found.commune().name());
      assertEquals("74", found.commune().departement());
      assertEquals("84", found.commune().region());
      double distance =
          found.commune().position().distanceKm(Departements.find("74").orElseThrow().centroid());
      assertTrue(distance < 60, distance + " km");
    }
  }

  @Nested
  class Cedex {

    @ParameterizedTest
    @CsvSource({
      "44093, NANTES CEDEX 1, 44109",
      "44093, Nantes Cedex 01, 44109",
      "44093, Nantes Cédex, 44109",
      "44093, 'Nantes  cedex 1 ', 44109",
      "44093, Nantes, 44109",
      "44000, NANTES CEDEX 1, 44109",
      "75651, PARIS CEDEX 13, 75056",
      "69437, LYON CEDEX 03, 69123",
      "13385, MARSEILLE CEDEX 5, 13055",
      "42055, ST ETIENNE CEDEX 2, 42218",
      "91551, PARAY VIEILLE POSTE CEDEX, 91479",
      "20303, AJACCIO CEDEX 1, 2A004",
      "20604, BASTIA CEDEX, 2B033",
      "97261, FORT DE FRANCE CEDEX, 97209",
      "97404, SAINT DENIS CEDEX, 97411",
      "97159, POINTE A PITRE CEDEX, 97120",
      "97152, SAINT MARTIN CEDEX, 97801",
    })
    void anEstablishmentsCedexIsTheCityOfTheDepartementThatItBeginsWith(
        String postalCode, String city, String code) {
      assertEquals(code, found(Communes.resolveEstablishment(postalCode, city)));
    }

    @ParameterizedTest
    @CsvSource({
      "44093, RENNES CEDEX 1",
      "44093, CEDEX 1",
      "44000, RENNES CEDEX 1",
      "44100, SAINT NAZAIRE CEDEX"
    })
    void aCedexOfACityThatIsNotThereIsRefusedForTheCity(String postalCode, String city) {
      assertInstanceOf(CityNotInPostalCode.class, Communes.resolveEstablishment(postalCode, city));
    }

    @ParameterizedTest
    @CsvSource({
      "44093, Rennes",
      "44093, NANTES CEDEX 123",
      "99999, NANTES CEDEX 1",
      "97500, SAINT PIERRE CEDEX",
      "4409, NANTES CEDEX 1",
      "4409a, Nantes",
      "'', ''"
    })
    void anUnknownPostcodeThatIsNoCedexIsRefusedForThePostcode(String postalCode, String city) {
      assertInstanceOf(UnknownPostalCode.class, Communes.resolveEstablishment(postalCode, city));
    }

    @Test
    void aPersonHasNoCedex() {
      assertInstanceOf(UnknownPostalCode.class, Communes.resolve("44093", "NANTES CEDEX 1"));
      assertInstanceOf(CityNotInPostalCode.class, Communes.resolve("44000", "NANTES CEDEX 1"));
    }
  }
}
