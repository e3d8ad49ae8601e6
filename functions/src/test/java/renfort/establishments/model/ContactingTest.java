package renfort.establishments.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renfort.establishments.model.Contacting.Slot;
import renfort.establishments.model.Contacting.Tally;

/** R16: the slots and tallies of an establishment. */
class ContactingTest {
  private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);

  @Test
  void R16_aSlotIsFreeFromTheEndOfItsHoldOnSweptOrNot() {
    Contacting contacting = holding(3, Map.of(0, NOW.plusSeconds(1), 1, NOW));
    assertEquals(1, contacting.held(NOW));
    assertEquals(List.of(1, 2), contacting.freeSlots(NOW));
    assertEquals(List.of(0, 1, 2), contacting.freeSlots(NOW.plusSeconds(1)));
  }

  @Test
  void R16_aFullEstablishmentHasNoSlotLeft() {
    Contacting contacting = holding(2, Map.of(0, NOW.plusSeconds(1), 1, NOW.plusSeconds(1)));
    assertEquals(List.of(), contacting.freeSlots(NOW));
  }

  @Test
  void R16_aLoweredLimitCountsTheHoldsAboveIt() {
    Instant live = NOW.plusSeconds(1);
    // two of three above the limit: one slot may be used, and the third above it is free by time
    Contacting contacting = holding(3, Map.of(5, live, 7, live, 8, NOW));
    assertEquals(List.of(0), contacting.freeSlots(NOW));
    assertEquals(List.of(), holding(3, Map.of(5, live, 6, live, 7, live, 8, live)).freeSlots(NOW));
    // 0 and 2 are taken and one is above: none of the three is free for another
    assertEquals(List.of(), holding(3, Map.of(0, live, 2, live, 5, live)).freeSlots(NOW));
  }

  @Test
  void R16_whoeverTakesAFreeSlotStaysWithinTheLimit() {
    Instant live = NOW.plusSeconds(1);
    for (int taken = 0; taken < 1 << 8; taken++) {
      for (int limit = 1; limit <= 8; limit++) {
        Map<Integer, Instant> slots = new HashMap<>();
        for (int slot = 0; slot < 8; slot++) {
          if ((taken & (1 << slot)) != 0) {
            slots.put(slot, live);
          }
        }
        // all that may be taken at once is taken
        List<Integer> free = holding(limit, slots).freeSlots(NOW);
        int before = slots.size();
        free.forEach(slot -> slots.put(slot, live));
        assertEquals(Math.max(limit, before), slots.size(), "limit " + limit + ", taken " + taken);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10, 199, 200, 2000})
  void R16_theSharesOfADayMakeUpTheLimit(int limit) {
    Contacting contacting = new Contacting(new Limits(1, limit), Map.of(), Map.of());
    assertEquals(limit, IntStream.range(0, Contacting.TALLIES).map(contacting::share).sum());
  }

  @Test
  void R16_aNewDayBeginsAtZeroAndAClockBehindCountsIntoIt() {
    Contacting contacting =
        new Contacting(
            new Limits(60, 200),
            Map.of(),
            Map.of(0, new Tally(TODAY, 20), 1, new Tally(TODAY.minusDays(1), 20)));
    assertEquals(20, contacting.contacted(TODAY));
    assertEquals(IntStream.range(1, 10).boxed().toList(), contacting.openTallies(TODAY));
    assertEquals(0, contacting.contacted(TODAY.plusDays(1)));
    assertEquals(40, contacting.contacted(TODAY.minusDays(1)));
  }

  @Test
  void R16_aDayThatIsUsedUpHasNoTallyLeft() {
    Map<Integer, Tally> tallies = new HashMap<>();
    IntStream.range(0, 10).forEach(tally -> tallies.put(tally, new Tally(TODAY, 20)));
    assertEquals(List.of(), contacting(200, tallies).openTallies(TODAY));
    assertEquals(10, contacting(210, tallies).openTallies(TODAY).size());
    // lowered within the day: one tally has room, the day has not
    tallies.put(9, new Tally(TODAY, 0));
    assertEquals(List.of(), contacting(100, tallies).openTallies(TODAY));
  }

  private static Contacting holding(int limit, Map<Integer, Instant> until) {
    Map<Integer, Slot> slots = new HashMap<>();
    until.forEach((number, end) -> slots.put(number, new Slot("mission", "person" + number, end)));
    return new Contacting(new Limits(limit, 200), slots, Map.of());
  }

  private static Contacting contacting(int limit, Map<Integer, Tally> tallies) {
    return new Contacting(new Limits(60, limit), Map.of(), tallies);
  }
}
