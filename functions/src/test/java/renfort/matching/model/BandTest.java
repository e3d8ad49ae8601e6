package renfort.matching.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandTest {

  @ParameterizedTest
  @CsvSource({
    "0, WITHIN_10",
    "10, WITHIN_10",
    "10.49, WITHIN_10",
    "10.5, WITHIN_25",
    "25.49, WITHIN_25",
    "25.5, WITHIN_50",
    "50.49, WITHIN_50",
    "50.5, FURTHER",
    "9300, FURTHER"
  })
  void R13_aBandGoesByTheKilometresThatAreShown(double km, Band band) {
    assertEquals(band, Band.of(km));
    assertEquals(true, band.fromKm() <= km && km <= band.toKm());
  }
}
