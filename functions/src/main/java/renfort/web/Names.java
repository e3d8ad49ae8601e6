package renfort.web;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a name may be, from the table that the site reads too: lists show it, mails greet with it,
 * and anybody may have written it.
 */
final class Names {
  static final String RESOURCE = "names.json";

  /** A person's family or given name. */
  static final Names PERSON = new Names("person");

  /** The name or the address of an establishment, an employer. */
  static final Names PLACE = new Names("place");

  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f]+");

  private final String message;
  private final List<Pattern> taken;
  private final List<Pattern> refused;

  private Names(String kind) {
    Map<?, ?> rule = (Map<?, ?>) requireNonNull(table().get(kind));
    this.message = (String) requireNonNull(rule.get("message"));
    this.taken = patterns(rule, "taken");
    this.refused = patterns(rule, "refused");
  }

  /** What is wrong with a name, in French; nothing when it may be one. */
  Optional<String> fault(String name) {
    boolean isOne =
        taken.stream().allMatch(pattern -> pattern.matcher(name).find())
            && refused.stream().noneMatch(pattern -> pattern.matcher(name).find());
    return isOne ? Optional.empty() : Optional.of(message);
  }

  /** A name as it is compared and stored: composed characters (NFC), single plain spaces. */
  static String normal(String written) {
    return SPACES.matcher(Normalizer.normalize(written, Normalizer.Form.NFC)).replaceAll(" ");
  }

  private static Map<String, Object> table() {
    try (InputStream input = Names.class.getResourceAsStream(RESOURCE)) {
      return Json.readEvent(requireNonNull(input, RESOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Pattern> patterns(Map<?, ?> rule, String list) {
    return ((List<?>) requireNonNull(rule.get(list)))
        .stream().map(pattern -> Pattern.compile((String) pattern)).toList();
  }
}
