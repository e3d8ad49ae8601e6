package renfort.reference.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** French telephone numbers, mainland and overseas (national numbering plan of ARCEP). */
public final class Phones {

  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\u00A0\\u202F.\\-]+");

  /**
   * National, {@code 0} and 9 digits, or international with {@code +} or {@code 00} and an optional
   * {@code (0)}.
   */
  private static final Pattern FORM =
      Pattern.compile("(?:0|(?:\\+|00)(33|262|590|594|596)(?:\\(0\\))?)([1-9][0-9]{8})");

  /** Country codes of the overseas départements by the first three digits after the national 0. */
  private static final Map<String, List<String>> OVERSEAS =
      Map.of(
          "262", List.of("262", "263", "269", "639", "692", "693"),
          "590", List.of("590", "690", "691"),
          "594", List.of("594", "694"),
          "596", List.of("596", "696", "697"));

  private Phones() {}

  /**
   * The number in E.164, for instance {@code +33612345678} or {@code +262692123456}, or empty when
   * it is not a French number. Spaces, dots and dashes don't count. An overseas number written with
   * +33 gets its own country code; a number of another territory than its country code is refused.
   */
  public static Optional<String> e164(String text) {
    Matcher matcher = FORM.matcher(SEPARATORS.matcher(text).replaceAll(""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String written = matcher.group(1);
    String number = matcher.group(2);
    String country = country(number);
    boolean coherent = written == null || written.equals("33") || written.equals(country);
    return coherent ? Optional.of("+" + country + number) : Optional.empty();
  }

  private static String country(String number) {
    String prefix = number.substring(0, 3);
    return OVERSEAS.entrySet().stream()
        .filter(territory -> territory.getValue().contains(prefix))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("33");
  }
}
