package renfort.reference.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Identifiers of people and establishments. Each method answers the form that is stored and
 * compared, without spaces and in upper case, or empty when the text is no such identifier.
 */
public final class Identifiers {

  private static final Pattern RPPS = Pattern.compile("[0-9]{11}");
  private static final Pattern ADELI = Pattern.compile("[0-9A-Z]{9}");
  private static final Pattern FINESS = Pattern.compile("(?:[0-9]{2}|2[AB])[0-9]{7}");

  private static final Set<String> GUADELOUPE = Set.of("971", "977", "978");

  /** 01 to 95 without 20, which Corsica gave up for 2A and 2B. */
  private static final Set<String> MAINLAND =
      Stream.concat(
              IntStream.rangeClosed(1, 95).filter(n -> n != 20).mapToObj("%02d"::formatted),
              Stream.of("2A", "2B"))
          .collect(Collectors.toUnmodifiableSet());

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

  /**
   * The départements that a FINESS number may lie in by its beginning (R8): its first two
   * characters, overseas 9701 Guadeloupe, 9702 Martinique, 9703 Guyane, 9704 La Réunion and 9805
   * Mayotte, or the département's own code as people write it (971 to 978). Saint-Barthélemy (977)
   * and Saint-Martin (978) have numbers of Guadeloupe.
   *
   * @param finess as {@link #finess} answers it
   * @return codes of départements; none when the beginning is not known
   */
  public static Set<String> departementsOf(String finess) {
    String two = finess.substring(0, 2);
    if (MAINLAND.contains(two)) {
      return Set.of(two);
    }
    return switch (finess.substring(0, 4)) {
      case "9701" -> GUADELOUPE;
      case "9702" -> Set.of("972");
      case "9703" -> Set.of("973");
      case "9704" -> Set.of("974");
      case "9805" -> Set.of("976");
      default ->
          switch (finess.substring(0, 3)) {
            case "971" -> GUADELOUPE;
            case "972", "973", "974", "976", "977", "978" -> Set.of(finess.substring(0, 3));
            default -> Set.of();
          };
    };
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
