package renfort.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortedLinesTest {

  private static SortedLines of(List<String> lines) {
    return new SortedLines((String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  @Test
  void everyLineIsFoundWhateverTheNumberAndLengthOfLines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add("%02d\t%s".formatted(i, "é".repeat(i * 7 % 11)));
      SortedLines sorted = of(lines);
      for (String line : lines) {
        assertEquals(List.of(line), sorted.startingWith(line.substring(0, 2)));
      }
      assertEquals(List.of(), sorted.startingWith("%02d".formatted(i + 1)));
    }
  }

  @Test
  void aPrefixFindsAllItsLinesInOrder() {
    SortedLines sorted = of(List.of("1", "10a", "10b", "2", "2A"));
    assertEquals(List.of("10a", "10b"), sorted.startingWith("10"));
    assertEquals(List.of("2", "2A"), sorted.startingWith("2"));
    assertEquals(List.of(), sorted.startingWith("0"));
    assertEquals(List.of(), sorted.startingWith("11"));
    assertEquals(List.of(), sorted.startingWith("3"));
    assertEquals(List.of(), sorted.startingWith("2Aa"));
  }

  @Test
  void noLineIsFoundInNothing() {
    assertEquals(List.of(), new SortedLines(new byte[0]).startingWith("1"));
  }
}
