package renfort.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases that the site's test reads too. */
@NullUnmarked // a null fails the test
final class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"person", "place"})
  void R2_namesAreTakenAndRefusedAsTheTableSays(String name) throws IOException {
    Names kind = name.equals("person") ? Names.PERSON : Names.PLACE;
    Map<?, ?> cases;
    try (var input = NamesTest.class.getResourceAsStream("names-cases.json")) {
      cases = (Map<?, ?>) Json.readEvent(input).get(name);
    }
    List<Object> wrong = new ArrayList<>();
    for (Object taken : (List<?>) cases.get("taken")) {
      if (kind.fault(Names.normal((String) taken)).isPresent()) {
        wrong.add(taken);
      }
    }
    for (Object refused : (List<?>) cases.get("refused")) {
      // a line break is told by itself
      if (!refused.toString().contains("\n")
          && kind.fault(Names.normal((String) refused)).isEmpty()) {
        wrong.add(refused);
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
