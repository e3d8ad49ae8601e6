package renfort.reference;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How people write the names of cities. */
final class CityNames {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Z0-9]+");
  private static final Pattern CEDEX =
      Pattern.compile(
          "\\bC[EÉ]DEX(?:\\s+\\d{1,2})?\\s*$", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern ARRONDISSEMENT =
      Pattern.compile("(PARIS|LYON|MARSEILLE)\\d{1,2}(?:ER|E|EME)?(?:ARRONDISSEMENT)?");

  private CityNames() {}

  /**
   * The form in which two spellings of a city are compared: without case, accents, ligatures,
   * hyphens, apostrophes and spaces, "St" and "Ste" in full, and without the arrondissement of
   * Paris, Lyon and Marseille.
   */
  static String fold(String city) {
    String plain = MARKS.matcher(Normalizer.normalize(city, Normalizer.Form.NFD)).replaceAll("");
    String upper = plain.toUpperCase(Locale.ROOT).replace("Œ", "OE").replace("Æ", "AE");
    String joined =
        Arrays.stream(BETWEEN_WORDS.split(upper))
            .map(CityNames::inFull)
            .collect(Collectors.joining());
    var arrondissement = ARRONDISSEMENT.matcher(joined);
    return arrondissement.matches() ? arrondissement.group(1) : joined;
  }

  /** Whether the name ends in "CEDEX" or "CEDEX n". */
  static boolean hasCedex(String city) {
    return CEDEX.matcher(city).find();
  }

  /** The name without "CEDEX" or "CEDEX n" at its end. */
  static String withoutCedex(String city) {
    return CEDEX.matcher(city).replaceFirst("");
  }

  private static String inFull(String word) {
    return switch (word) {
      case "ST" -> "SAINT";
      case "STE" -> "SAINTE";
      default -> word;
    };
  }
}
