package renfort.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a form at fault answers never grows with what was sent. */
final class FormErrorsTest {
  @Test
  void atMostFiftyErrorsAreToldAndTheRestIsANumber() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      fields.put("x" + i + "<é>" + "y".repeat(i % 90), 1);
    }

    Problem problem = assertThrows(Refusal.class, () -> Form.of(fields).check()).problem();

    assertEquals(51, problem.errors().size());
    assertEquals(
        new Problem.FieldError("", "more", "Et 4950 autres erreurs."), problem.errors().getLast());
    problem.errors().forEach(error -> assertTrue(error.field().matches("[A-Za-z0-9._?-]{0,40}")));
    assertTrue(String.valueOf(problem.toResponse("r").body()).length() < 10_000);
  }

  @Test
  void fiftyErrorsAreAllTold() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      fields.put("x" + i, 1);
    }

    Problem problem = assertThrows(Refusal.class, () -> Form.of(fields).check()).problem();

    assertEquals(50, problem.errors().size());
  }
}
