package renfort.accounts;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import renfort.accounts.model.PasswordRules;
import renfort.web.Json;

/** Reads the rules of passwords from the table that the site reads too. */
final class PasswordTable {
  static final String RESOURCE = "password-rules.json";

  private PasswordTable() {}

  static PasswordRules read() {
    try (InputStream input = PasswordTable.class.getResourceAsStream(RESOURCE)) {
      Map<String, Object> table = Json.readEvent(requireNonNull(input, RESOURCE));
      List<PasswordRules.CharacterClass> classes = new ArrayList<>();
      for (Object element : (List<?>) part(table, "classes")) {
        Map<?, ?> row = (Map<?, ?>) element;
        classes.add(
            new PasswordRules.CharacterClass(
                (String) part(row, "code"),
                (String) part(row, "characters"),
                (String) part(row, "label")));
      }
      Map<?, ?> length = (Map<?, ?>) part(table, "length");
      return new PasswordRules(
          new PasswordRules.Length(
              (String) part(length, "code"),
              (Integer) part(length, "min"),
              (Integer) part(length, "max"),
              (String) part(length, "label")),
          List.copyOf(classes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object part(Map<?, ?> row, String name) {
    return requireNonNull(row.get(name), name);
  }
}
