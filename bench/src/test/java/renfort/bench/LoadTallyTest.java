package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadTallyTest {
  private static final Map<String, List<Integer>> EXPECTED =
      Map.of("contact", List.of(200, 409), "match", List.of(200));

  private final LoadTally tally = new LoadTally();

  @Test
  void whatIsAnsweredAsItMayBeIsNoFault() {
    add("contact", 200, 409, 503, LoadTally.NONE);
    add("match", 200);
    assertEquals(List.of(), tally.unlike(EXPECTED, 2));
  }

  @Test
  void anotherStatusIsAFault() {
    add("match", 200, 403, 403);
    assertEquals(List.of("match answered 403 2 times"), tally.unlike(EXPECTED, 2));
  }

  @Test
  void whatNeverSucceedsIsAFault() {
    add("contact", 409, 409);
    assertEquals(List.of("contact never succeeded: {409=2}"), tally.unlike(EXPECTED, 2));
    assertEquals(List.of(), tally.unlike(EXPECTED, 3));
  }

  private void add(String operation, int... statuses) {
    for (int status : statuses) {
      tally.add(operation, status, 1, true, "");
    }
  }
}
