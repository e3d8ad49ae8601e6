package renfort.accounts.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What a password must be like (R5). The table behind it serves the site as well; its special
 * characters are those that Cognito counts (developer guide, "password requirements").
 *
 * @param length how long it must be
 * @param classes of characters, each of which it must have one of
 */
public record PasswordRules(Length length, List<CharacterClass> classes) {

  /**
   * How long a password must be, in Unicode characters.
   *
   * @param code a stable word
   * @param label what is asked for, in French, to be read after "doit comporter"
   */
  public record Length(String code, int min, int max, String label) {}

  /**
   * Characters of which a password must have one.
   *
   * @param code a stable word
   * @param characters all of them
   * @param label what is asked for, in French, to be read after "doit comporter"
   */
  public record CharacterClass(String code, String characters, String label) {}

  /**
   * Something that a password lacks.
   *
   * @param code a stable word
   * @param message in French
   */
  public record Fault(String code, String message) {}

  /** What Cognito would not take, although every rule holds. */
  private static final Fault UNUSABLE =
      new Fault(
          "characters",
          "Le mot de passe ne doit ni commencer ni finir par une espace, ni contenir de caractère"
              + " de contrôle.");

  /** All that is wrong with a password; nothing when it may be used. */
  public List<Fault> faults(String password) {
    List<Fault> faults = new ArrayList<>();
    int characters = password.codePointCount(0, password.length());
    if (characters < length.min() || characters > length.max()) {
      faults.add(lack(length.code(), length.label()));
    }
    for (CharacterClass wanted : classes) {
      if (password.chars().noneMatch(c -> wanted.characters().indexOf(c) >= 0)) {
        faults.add(lack(wanted.code(), wanted.label()));
      }
    }
    if (!password.isEmpty()
        && (isSpace(password.codePointAt(0))
            || isSpace(password.codePointBefore(password.length()))
            || password.codePoints().anyMatch(PasswordRules::isControl))) {
      faults.add(UNUSABLE);
    }
    return faults;
  }

  private static Fault lack(String code, String label) {
    return new Fault(code, "Le mot de passe doit comporter " + label + ".");
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static boolean isControl(int character) {
    // half of a pair cannot be sent in UTF-8: another half would open the account as well
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
  }
}
