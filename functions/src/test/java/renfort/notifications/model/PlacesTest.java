package renfort.notifications.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlacesTest {

  @Test
  void aValueIsEscapedInHtmlAndLeftAloneInText() {
    Map<String, String> values = Map.of("name", "<script>alert(\"O'Neil\") & co</script>");

    assertEquals(
        "<p>&lt;script&gt;alert(&quot;O&#39;Neil&quot;) &amp; co&lt;/script&gt;</p>",
        Places.fillHtml("<p>{{name}}</p>", values));
    assertEquals(
        "Bonjour <script>alert(\"O'Neil\") & co</script>,",
        Places.fillText("Bonjour {{name}},", values));
  }

  @Test
  void aValueIsNeverReadAsAPlace() {
    Map<String, String> values = Map.of("a", "{{b}} $1 \\ {{#b}}", "b", "secret");

    assertEquals("{{b}} $1 \\ {{#b}}", Places.fillText("{{a}}", values));
  }

  @Test
  void aValueBreaksNoLineAndTurnsNoText() {
    assertEquals(
        "Anne Bcc: x Durand y z",
        Places.fillText("{{a}}", Map.of("a", "Anne\r\nBcc: x\u2028Durand\u202ey\u0000z")));
  }

  @Test
  void aSectionStaysWhenThereIsAValueAndItsOppositeWhenThereIsNone() {
    String text = "{{#a}}avec {{a}}\n{{/a}}{{^a}}sans{{/a}}";

    assertEquals("avec 1\n", Places.fillText(text, Map.of("a", "1")));
    assertEquals("sans", Places.fillText(text, Map.of()));
    String nested = "{{#a}}a{{#b}} et {{b}}{{/b}}{{^b}} seul{{/b}}{{/a}}";
    assertEquals("a et 2", Places.fillText(nested, Map.of("a", "1", "b", "2")));
    assertEquals("a seul", Places.fillText(nested, Map.of("a", "1")));
  }

  @Test
  void aPlaceWithoutAValueIsABug() {
    assertThrows(IllegalStateException.class, () -> Places.fillText("{{a}}", Map.of()));
  }
}
