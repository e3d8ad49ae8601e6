package renfort.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renfort.accounts.model.PasswordRules;

class PasswordRulesTest {
  private final PasswordRules rules = PasswordTable.read();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Abcdefghij1!",
        "Genets Ajoncs 2027 !",
        "ÉcoleMaternelle-1",
        "Aa1-😀😀😀😀😀😀😀😀"
      })
  void R5_aPasswordWithOneOfEachIsTaken(String password) {
    assertEquals(List.of(), codes(password));
  }

  @ParameterizedTest
  @CsvSource({
    "Abcdefghi1!, length",
    "abcdefghij1!, upper-case",
    "ABCDEFGHIJ1!, lower-case",
    "Abcdefghijk!, digit",
    "Abcdefghij12, special",
    // letters and digits of other alphabets are not those that Cognito counts
    "éÉcdefghij1!, upper-case",
    "ABCDEFGHIJé1!, lower-case",
    "Abcdefghij٣!, digit",
    "Abcdefghij1€, special",
    "'Abcdefghi 12', special"
  })
  void R5_eachRuleAloneIsToldWhenItIsBroken(String password, String code) {

    assertEquals(List.of(code), codes(password));
  }

  @Test
  void R5_allThatIsMissingIsToldAtOnce() {
    assertEquals(List.of("length", "upper-case", "lower-case", "digit", "special"), codes(""));
  }

  @Test
  void R5_atMost256Characters() {
    String start = "Aa1!";
    assertEquals(List.of(), codes(start + "x".repeat(252)));
    assertEquals(List.of("length"), codes(start + "x".repeat(253)));
    assertEquals(List.of(), codes(start + "😀".repeat(252)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " Abcdefghij1!",
        "Abcdefghij1! ",
        "Abcdefghij1!\u00a0",
        "Abcdef\nghij1!",
        "Abcdef\u0000ghij1!",
        "Abcdefghij1!\ud83d"
      })
  void whatCognitoWouldNotKeepAsItIsIsRefused(String password) {
    assertEquals(List.of("characters"), codes(password));
  }

  @Test
  void R5_theSpecialCharactersAreThoseThatCognitoCounts() {
    String ascii =
        IntStream.rangeClosed('!', '~')
            .filter(c -> !Character.isLetterOrDigit(c))
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    String special = rules.classes().getLast().characters();

    assertEquals(
        ascii,
        special.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining()));
    String label = rules.classes().getLast().label();
    assertTrue(label.endsWith(String.join(" ", special.split(""))), label);
  }

  @Test
  void R5_thePoolOfTheTemplateAsksForTheSame() throws IOException {
    String template = Files.readString(Path.of("../template.yaml"));
    Matcher minimum = Pattern.compile("MinimumLength: (\\d+)").matcher(template);

    assertTrue(minimum.find());
    assertEquals(rules.length().min(), Integer.parseInt(minimum.group(1)));
    for (String required : List.of("Uppercase", "Lowercase", "Numbers", "Symbols")) {
      assertTrue(template.contains("Require" + required + ": true"), required);
    }
  }

  private List<String> codes(String password) {
    return rules.faults(password).stream().map(PasswordRules.Fault::code).toList();
  }
}
