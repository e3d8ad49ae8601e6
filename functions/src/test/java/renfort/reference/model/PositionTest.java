package renfort.reference.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  private static final Position PARIS = new Position(48.8566, 2.3522);

  /** Distances of public great-circle tables. */
  @ParameterizedTest
  @CsvSource({
    "Marseille, 43.2965, 5.3698, 661",
    "Brest, 48.3904, -4.4861, 505",
    "New York, 40.7128, -74.0060, 5837",
    "Saint-Denis de La Réunion, -20.8789, 55.4481, 9371",
  })
  void distancesFromParisAreThoseOfTheGreatCircleToOnePerCent(
      String city, double latitude, double longitude, double kilometres) {
    Position there = new Position(latitude, longitude);
    assertEquals(kilometres, PARIS.distanceKm(there), kilometres / 100, city);
    assertEquals(PARIS.distanceKm(there), there.distanceKm(PARIS), 1e-9, city);
  }

  @Test
  void aPlaceIsAtNoDistanceOfItselfAndAtMostHalfTheEarthOfAnother() {
    assertEquals(0, PARIS.distanceKm(PARIS));
    assertEquals(20015, new Position(0, 0).distanceKm(new Position(0, 180)), 1);
    assertEquals(
        222, new Position(0, 179).distanceKm(new Position(0, -179)), 1, "over the antimeridian");
  }

  @Test
  void coordinatesAreRoundedToAHundredth() {
    assertEquals(new Position(48.86, 2.35), PARIS);
    assertEquals(new Position(-0.57, -61.0), new Position(-0.567, -60.998));
  }

  @ParameterizedTest
  @CsvSource({
    "48.8566, 2.3522, '48.86,2.35'",
    "-21.1, 55.5, '-21.1,55.5'",
    "0.004, -0.01, '0.0,-0.01'"
  })
  void theTextThatRowsKeepReadsBackAsTheSamePosition(
      double latitude, double longitude, String text) {
    Position position = new Position(latitude, longitude);
    assertEquals(text, position.text());
    assertEquals(position, Position.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"91,0", "-90.1,0", "0,181", "0,-180.1", "NaN,0", "0,NaN"})
  void whatIsNotOnEarthIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Position.parse(text));
  }

  @Test
  void aTextWithoutTwoNumbersIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Position.parse("48.86"));
    assertThrows(IllegalArgumentException.class, () -> Position.parse("a,b"));
  }
}
