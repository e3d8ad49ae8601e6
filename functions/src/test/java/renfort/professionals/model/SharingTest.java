package renfort.professionals.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharingTest {
  @Test
  void R7_theSecondSheetFlagsTheFirst() {
    Sharing one = new Sharing(List.of("a"));
    Sharing two = one.joinedBy("b");

    assertFalse(one.isFlagged());
    assertTrue(two.isFlagged());
    assertEquals(Map.of("a", true), one.flagsChangedBy("b", two));
  }

  @Test
  void R7_theThirdFindsTheOthersFlagged() {
    Sharing two = new Sharing(List.of("a", "b"));

    assertEquals(Map.of(), two.flagsChangedBy("c", two.joinedBy("c")));
    assertEquals(
        Map.of(), two.joinedBy("c").flagsChangedBy("c", two), "two are left, and still flagged");
  }

  @Test
  void R7_whoIsLeftAloneIsNotFlaggedAnyMore() {
    Sharing two = new Sharing(List.of("a", "b"));
    Sharing one = two.leftBy("a");

    assertEquals(List.of("b"), one.sheets());
    assertEquals(Map.of("b", false), two.flagsChangedBy("a", one));
  }

  @Test
  void theFirstAndTheLastConcernNobodyElse() {
    Sharing none = new Sharing(List.of());
    Sharing one = none.joinedBy("a");

    assertEquals(Map.of(), none.flagsChangedBy("a", one));
    assertEquals(Map.of(), one.flagsChangedBy("a", none));
  }

  @Test
  void joiningTwiceIsJoiningOnce() {
    Sharing one = new Sharing(List.of("a"));

    assertEquals(one, one.joinedBy("a"));
  }
}
