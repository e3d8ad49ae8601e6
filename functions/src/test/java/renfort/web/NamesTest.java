package renfort.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases that the site's test reads too. */
final class NamesTest {
  @ParameterizedTest
  @EnumSource(Names.class)
  void R2_namesAreTakenAndRefusedAsTheTableSays(Names kind) throws IOException {
    Map<?, ?> cases;
    try (var input = NamesTest.class.getResourceAsStream("names-cases.json")) {
      cases = (Map<?, ?>) Json.readEvent(input).get(kind.name().toLowerCase(Locale.ROOT));
    }
    List<Object> wrong = new ArrayList<>();
    for (Object name : (List<?>) cases.get("taken")) {
      if (kind.fault(Names.normal((String) name)).isPresent()) {
        wrong.add(name);
      }
    }
    for (Object name : (List<?>) cases.get("refused")) {
      // a line break is told by itself
      if (!name.toString().contains("\n") && kind.fault(Names.normal((String) name)).isEmpty()) {
        wrong.add(name);
      }
    }

    assertEquals(List.of(), wrong);
    assertTrue(((List<?>) cases.get("refused")).size() > 15);
  }

  @Test
  void R2_aNameIsStoredInComposedCharactersWithPlainSpaces() {
    assertEquals("Éloïse Le Goff", Names.normal("E\u0301loi\u0308se\u00a0Le  Goff"));
  }
}
