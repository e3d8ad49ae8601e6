package renfort.reference.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {

  @ParameterizedTest
  @CsvSource({
    "0612345678, +33612345678",
    "06 12 34 56 78, +33612345678",
    "06.12.34.56.78, +33612345678",
    "06-12-34-56-78, +33612345678",
    "06\u00A012\u202F34 56 78, +33612345678",
    "+33612345678, +33612345678",
    "+33 6 12 34 56 78, +33612345678",
    "+33 (0)6 12 34 56 78, +33612345678",
    "0033 6 12 34 56 78, +33612345678",
    "02 40 08 33 33, +33240083333",
    "0972123456, +33972123456"
  })
  void aMainlandNumberIsReadInItsUsualForms(String text, String expected) {
    assertEquals(Optional.of(expected), Phones.e164(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0262, 262",
    "0263, 262",
    "0269, 262",
    "0639, 262",
    "0692, 262",
    "0693, 262",
    "0590, 590",
    "0690, 590",
    "0691, 590",
    "0594, 594",
    "0694, 594",
    "0596, 596",
    "0696, 596",
    "0697, 596",
    "0261, 33",
    "0638, 33",
    "0695, 33",
    "0699, 33"
  })
  void anOverseasNumberTakesTheCountryCodeOfItsTerritory(String start, String country) {
    String national = start.substring(1) + "123456";
    Optional<String> expected = Optional.of("+" + country + national);
    assertEquals(expected, Phones.e164("0" + national));
    assertEquals(expected, Phones.e164("+33" + national));
    assertEquals(expected, Phones.e164("+" + country + " " + national));
    assertEquals(expected, Phones.e164("00" + country + national));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "061234567",
        "06123456789",
        "0012345678",
        "612345678",
        "+3361234567",
        "+330612345678",
        "+44612345678",
        "+262612345678",
        "+590692123456",
        "+508410000",
        "15",
        "06 12 34 56 7a",
        "06/12/34/56/78",
        "",
        "٠٦١٢٣٤٥٦٧٨"
      })
  void anotherTextIsNoFrenchNumber(String text) {
    assertEquals(Optional.empty(), Phones.e164(text));
  }
}
