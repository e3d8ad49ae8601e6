package renfort.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import renfort.environment.Ids;

/**
 * Reads the fields of a JSON object and collects what is wrong with them, so that all is told at
 * once. A reader answers a stand-in for a field at fault; nothing read may be used before {@link
 * #check()} has passed on the outermost form.
 */
public final class Form {
  /** What stands in for a date at fault. */
  private static final LocalDate NO_DATE = LocalDate.of(2000, 1, 1);

  /** Dot-atoms at a host name (RFC 5321, 4.1.2): what no mail server takes is not tried. */
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?=.{1,64}@)ATOM(\\.ATOM)*@LABEL(\\.LABEL)+"
              .replace("ATOM", "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
              .replace("LABEL", "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"));

  /** How many errors are told; what is beyond is told as a number. */
  static final int MOST_ERRORS = 50;

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Map<String, Object> fields;
  private final String path;
  private final List<Problem.FieldError> errors;
  private final Set<String> read = new HashSet<>();
  private final List<Form> nested;

  private Form(
      Map<String, Object> fields, String path, List<Problem.FieldError> errors, List<Form> nested) {
    this.fields = fields;
    this.path = path;
    this.errors = errors;
    this.nested = nested;
    nested.add(this);
  }

  /** A form over the fields of a JSON object. */
  public static Form of(Map<String, Object> fields) {
    return new Form(fields, "", new ArrayList<>(), new ArrayList<>());
  }

  /** Whether the field was sent with a value. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** A text that must be there, without spaces at its ends. */
  public String text(String name, int max) {
    @Nullable String text = optionalText(name, max);
    if (text == null) {
      if (!isWrong(name)) {
        required(name);
      }
      return "";
    }
    return text;
  }

  /** A text, or null when it is absent or blank. */
  public @Nullable String optionalText(String name, int max) {
    @Nullable Object value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String string)) {
      error(name, "type", "Un texte est attendu.");
      return null;
    }
    String text = string.strip();
    if (text.codePointCount(0, text.length()) > max) {
      error(name, "too-long", max + " caractères au plus.");
      return null;
    }
    if (text.codePoints().anyMatch(Form::isUnusable)) {
      error(name, "characters", "Ce texte contient des caractères non admis.");
      return null;
    }
    return text.isEmpty() ? null : text;
  }

  /**
   * What no text may hold: control characters, halves of pairs, which UTF-8 cannot say, and changes
   * of the direction of writing, which make a name look like another.
   */
  private static boolean isUnusable(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
        || Character.getType(c) == Character.SURROGATE
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** A text on one line that must be there: a name, an address. */
  public String line(String name, int max) {
    String text = text(name, max);
    if (text.chars().anyMatch(Character::isISOControl)) {
      error(name, "characters", "Ce texte doit tenir sur une ligne.");
    }
    return text;
  }

  /** The name of a person that must be there, in composed characters. */
  public String personName(String name, int max) {
    return named(name, line(name, max), Names.PERSON);
  }

  /** The name or address of an establishment that must be there, in composed characters. */
  public String placeName(String name, int max) {
    return named(name, line(name, max), Names.PLACE);
  }

  /** The name of an establishment, or null when it is absent or blank. */
  public @Nullable String optionalPlaceName(String name, int max) {
    return has(name) && optionalText(name, max) != null ? placeName(name, max) : null;
  }

  private String named(String name, String text, Names kind) {
    String normal = Names.normal(text);
    if (!isWrong(name)) {
      kind.fault(normal).ifPresent(message -> error(name, "name", message));
    }
    return normal;
  }

  /** A text exactly as it was sent, spaces at its ends too: a password, a token. */
  public String verbatim(String name, int max) {
    @Nullable Object value = value(name);
    if (value == null || value.equals("")) {
      required(name);
      return "";
    }
    if (!(value instanceof String text)) {
      error(name, "type", "Un texte est attendu.");
      return "";
    }
    if (text.codePointCount(0, text.length()) > max) {
      error(name, "too-long", max + " caractères au plus.");
      return "";
    }
    return text;
  }

  /** An e-mail address, trimmed and in lower case (R1). */
  public String email(String name) {
    String email = text(name, 254).toLowerCase(Locale.ROOT);
    if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
      error(name, "email", "Cette adresse courriel n'est pas valide.");
    }
    return email;
  }

  /** A boolean that must be there. */
  public boolean flag(String name) {
    @Nullable Object value = value(name);
    if (value == null) {
      required(name);
      return false;
    }
    if (!(value instanceof Boolean flag)) {
      error(name, "type", "Vrai ou faux est attendu.");
      return false;
    }
    return flag;
  }

  /** A whole number that must be there, within bounds. */
  public int number(String name, int min, int max) {
    @Nullable Object value = value(name);
    if (value == null) {
      required(name);
      return min;
    }
    if (!(value instanceof Integer number) || number < min || number > max) {
      error(name, "range", "Un nombre entier de " + min + " à " + max + " est attendu.");
      return min;
    }
    return number;
  }

  /** A whole number, or null when it is absent. */
  public @Nullable Integer optionalNumber(String name, int min, int max) {
    return has(name) ? Integer.valueOf(number(name, min, max)) : absent(name);
  }

  /** A date that must be there. */
  public LocalDate date(String name) {
    @Nullable LocalDate date = optionalDate(name);
    if (date == null) {
      if (!isWrong(name)) {
        required(name);
      }
      return NO_DATE;
    }
    return date;
  }

  /** A date {@code YYYY-MM-DD} of the years 2000 to 2099, or null when it is absent. */
  public @Nullable LocalDate optionalDate(String name) {
    @Nullable Object value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text && DATE.matcher(text).matches()) {
      try {
        LocalDate date = LocalDate.parse(text);
        if (date.getYear() >= 2000 && date.getYear() < 2100) {
          return date;
        }
      } catch (DateTimeParseException e) {
        // told below
      }
    }
    error(name, "date", "Cette date n'est pas valide (AAAA-MM-JJ).");
    return null;
  }

  /** An id that must be there. */
  public String id(String name) {
    String id = text(name, 100);
    if (!id.isEmpty() && !Ids.isId(id)) {
      error(name, "unknown", "Cette référence n'est pas connue.");
    }
    return id;
  }

  /** A code that must be one of a list; empty only when it is at fault. */
  public <T> Optional<T> choice(String name, Function<String, Optional<T>> find) {
    String code = text(name, 100);
    if (code.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> found = find.apply(code);
    if (found.isEmpty()) {
      error(name, "choice", "Cette valeur n'est pas dans la liste.");
    }
    return found;
  }

  /** A constant of an enumeration, by name. */
  public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
    return choice(name, code -> constant(type, code));
  }

  /** Several different constants of an enumeration; the list must be there and may be empty. */
  public <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
    Set<E> chosen = new LinkedHashSet<>();
    for (String code : texts(name, 0, type.getEnumConstants().length)) {
      Optional<E> constant = constant(type, code);
      if (constant.isEmpty() || !chosen.add(constant.get())) {
        error(name, "choice", "Cette valeur n'est pas dans la liste.");
        break;
      }
    }
    return chosen;
  }

  /** A list of different texts. */
  public List<String> texts(String name, int min, int max) {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(name, min, max)) {
      if (!(element instanceof String text) || text.isBlank() || text.length() > 300) {
        error(name, "type", "Une liste de textes est attendue.");
        return List.of();
      }
      if (texts.contains(text.strip())) {
        error(name, "repeated", "Une valeur est répétée.");
        return List.of();
      }
      texts.add(text.strip());
    }
    return texts;
  }

  /** A nested object that must be there. */
  @SuppressWarnings("unchecked")
  public Form object(String name) {
    @Nullable Object value = value(name);
    if (value instanceof Map<?, ?> map) {
      return new Form((Map<String, Object>) map, path + name + ".", errors, nested);
    }
    if (value == null) {
      required(name);
    } else {
      error(name, "type", "Un objet est attendu.");
    }
    // its fields are not told missing one by one
    return new Form(Map.of(), path + name + ".", new ArrayList<>(), new ArrayList<>());
  }

  /** A list of nested objects. */
  @SuppressWarnings("unchecked")
  public List<Form> objects(String name, int min, int max) {
    List<Form> forms = new ArrayList<>();
    List<?> elements = elements(name, min, max);
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof Map<?, ?> map) {
        forms.add(
            new Form((Map<String, Object>) map, path + name + "[" + i + "].", errors, nested));
      } else {
        error(name + "[" + i + "]", "type", "Un objet est attendu.");
      }
    }
    return forms;
  }

  /** Notes what is wrong with a field of this form. */
  public void error(String name, String code, String message) {
    errors.add(new Problem.FieldError(path + name, code, message));
  }

  /** Whether something is wrong with a field so far. */
  public boolean isWrong(String name) {
    return errors.stream().anyMatch(error -> error.field().equals(path + name));
  }

  /**
   * Ends the reading.
   *
   * @throws Refusal 422 with all errors of this form and those nested in it, unknown fields among
   *     them
   */
  public void check() {
    for (Form form : nested) {
      for (String name : form.fields.keySet()) {
        if (!form.read.contains(name)) {
          form.error(escaped(name), "unknown-field", "Ce champ n'est pas connu.");
        }
      }
    }
    if (errors.size() > MOST_ERRORS) {
      int more = errors.size() - MOST_ERRORS;
      List<Problem.FieldError> told = new ArrayList<>(errors.subList(0, MOST_ERRORS));
      told.add(new Problem.FieldError("", "more", "Et " + more + " autres erreurs."));
      throw new Refusal(Problem.invalid(told));
    }
    if (!errors.isEmpty()) {
      throw new Refusal(Problem.invalid(List.copyOf(errors)));
    }
  }

  private List<?> elements(String name, int min, int max) {
    @Nullable Object value = value(name);
    if (value == null) {
      required(name);
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      error(name, "type", "Une liste est attendue.");
      return List.of();
    }
    if (list.size() < min || list.size() > max) {
      error(name, "size", "De " + min + " à " + max + " éléments sont attendus.");
      return List.of();
    }
    return list;
  }

  private @Nullable Object value(String name) {
    read.add(name);
    return fields.get(name);
  }

  private @Nullable Integer absent(String name) {
    read.add(name);
    return null;
  }

  private void required(String name) {
    error(name, "required", "Ce champ est obligatoire.");
  }

  private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String code) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(code)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }

  /**
   * A name from outside, safe to show: everything but letters, digits, dot, dash and underscore
   * replaced.
   */
  private static String escaped(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "?");
    return safe.length() > 40 ? safe.substring(0, 40) : safe;
  }
}
