package renfort.reference.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identifiers of people and establishments. Each method answers the form that is stored and
 * compared, without spaces and in upper case, or empty when the text is no such identifier.
 */
public final class Identifiers {

  private static final Pattern RPPS = Pattern.compile("[0-9]{11}");
  private static final Pattern ADELI = Pattern.compile("[0-9A-Z]{9}");
  private static final Pattern FINESS = Pattern.compile("(?:[0-9]{2}|2[AB])[0-9]{7}");

  private Identifiers() {}

  /**
   * A number of the Répertoire partagé des professionnels de santé: 11 digits, Luhn key over all
   * 11.
   */
  public static Optional<String> rpps(String text) {
    return canonical(text, RPPS).filter(Identifiers::luhn);
  }

  /**
   * An ADELI number: 9 digits or letters. No longer issued since 2024, still accepted, without a
   * key to check.
   */
  public static Optional<String> adeli(String text) {
    return canonical(text, ADELI);
  }

  /**
   * A FINESS number: the département's 2 characters and 7 digits, Luhn key over all 9. In Corsica
   * 2A counts as 21 and 2B as 22.
   */
  public static Optional<String> finess(String text) {
    return canonical(text, FINESS).filter(n -> luhn(n.replace('A', '1').replace('B', '2')));
  }

  private static Optional<String> canonical(String text, Pattern form) {
    String compact = text.replace(" ", "").toUpperCase(Locale.ROOT);
    return form.matcher(compact).matches() ? Optional.of(compact) : Optional.empty();
  }

  /**
   * ISO/IEC 7812-1: from the right, every second digit is doubled; the sum of all digits ends in 0.
   */
  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
