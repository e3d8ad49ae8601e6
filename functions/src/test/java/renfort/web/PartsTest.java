package renfort.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import renfort.storage.BadPlace;
import renfort.web.Parts.Read;

class PartsTest {
  private final List<String> read = new ArrayList<>();
  private final Parts parts =
      new Parts().with("A", list("a", 3)).with("B", list("b", 0)).with("C", list("c", 4));

  @Test
  void eachAnswerHoldsAsManyRowsAsItMayAndAllAreReadOnce() {
    List<Integer> answers = new ArrayList<>();
    @Nullable Map<String, String> place = Map.of();
    while (place != null) {
      int before = read.size();
      place = parts.read(place, 2);
      answers.add(read.size() - before);
    }

    assertEquals(List.of("a0", "a1", "a2", "c0", "c1", "c2", "c3"), read);
    assertEquals(List.of(2, 2, 2, 1), answers);
  }

  @Test
  void whatFitsIsOneAnswer() {
    assertNull(parts.read(Map.of(), 8));
    assertEquals(7, read.size());
  }

  @Test
  void aPlaceThatNoAnswerGaveIsRefused() {
    assertThrows(BadPlace.class, () -> parts.read(Map.of("part", "D"), 2));
    assertThrows(BadPlace.class, () -> parts.read(Map.of("at", "1"), 2));
  }

  private BiFunction<Map<String, String>, Integer, Read> list(String name, int rows) {
    return (from, most) -> {
      int first = Integer.parseInt(from.getOrDefault("at", "0"));
      int end = Math.min(rows, first + most);
      for (int row = first; row < end; row++) {
        read.add(name + row);
      }
      return Read.upTo(end - first, end == rows ? null : Integer.toString(end));
    };
  }
}
