package renfort.reference.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

  @ParameterizedTest
  @ValueSource(strings = {"10123456781", "81000000000", "10999999997"})
  void anRppsNumberHasElevenDigitsAndALuhnKey(String number) {
    assertEquals(Optional.of(number), Identifiers.rpps(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10123456780", // wrong key
        "10123456871", // two digits exchanged
        "1012345674", // ten digits, right key
        "101234567810",
        "1012345678A",
        "",
        "١٠١٢٣٤٥٦٧٨١",
        "-0123456781",
        "10123456781\n"
      })
  void anotherTextIsNoRppsNumber(String text) {
    assertEquals(Optional.empty(), Identifiers.rpps(text));
  }

  @Test
  void spacesAndCaseOfAnIdentifierDoNotCount() {
    assertEquals(Optional.of("10123456781"), Identifiers.rpps("10 123 456 781"));
    assertEquals(Optional.of("2A0000014"), Identifiers.finess(" 2a 000 001 4 "));
    assertEquals(Optional.of("9D1234567"), Identifiers.adeli("9d 12345 67"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"750712184", "440000016", "970000014"})
  void aFinessNumberHasNineDigitsAndALuhnKey(String number) {
    assertEquals(Optional.of(number), Identifiers.finess(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2A0000014", "2A1234562", "2B0000012", "2B1234560"})
  void inCorsica2ACountsAs21And2BAs22(String number) {
    assertEquals(Optional.of(number), Identifiers.finess(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "750712185",
        "75071218",
        "7507121840",
        "2A0000012",
        "2B0000014",
        "2C0000010",
        "A20000014",
        "7507A2184",
        "123456",
        ""
      })
  void anotherTextIsNoFinessNumber(String text) {
    assertEquals(Optional.empty(), Identifiers.finess(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2C000001", "A2000001", "2a00A001", "3A000001", "44 É0001"})
  void noKeyMakesAFinessNumberOfOtherLetters(String start) {
    for (int key = 0; key <= 9; key++) {
      assertEquals(Optional.empty(), Identifiers.finess(start + key));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "350000014, 35",
    "010000015, 01",
    "950000018, 95",
    "2A0000014, 2A",
    "2B0000012, 2B",
    "970100012, 971 977 978",
    "970200010, 972",
    "970300018, 973",
    "970400016, 974",
    "980500019, 976",
    "971000013, 971 977 978",
    "974000010, 974",
    "976000018, 976",
    "978000016, 978",
    "200000012, ''",
    "960000012, ''",
    "990000012, ''",
    "970000014, ''",
    "980000012, ''"
  })
  void R8_aFinessNumbersBeginningNamesItsDepartement(String finess, String departements) {
    assertEquals(
        departements.isEmpty() ? Set.of() : Set.of(departements.split(" ")),
        Identifiers.departementsOf(finess));
  }

  @ParameterizedTest
  @ValueSource(strings = {"441234567", "2A1234567", "9A1234567"})
  void anAdeliNumberHasNineDigitsOrLettersAndNoKeyToCheck(String number) {
    assertEquals(Optional.of(number), Identifiers.adeli(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"44123456", "4412345678", "44-123456", "44123456É", ""})
  void anotherTextIsNoAdeliNumber(String text) {
    assertEquals(Optional.empty(), Identifiers.adeli(text));
  }

  @ParameterizedTest
  @CsvSource({
    "RPPS, 10123456781, 10123456781",
    "RPPS, 441234567,",
    "ADELI, 441234567, 441234567",
    "ADELI, 10123456781,",
    "NONE, 10123456781,"
  })
  void anIdentifierIsReadAsItsTypeSays(IdentifierType type, String text, String expected) {
    assertEquals(Optional.ofNullable(expected), type.read(text));
  }
}
