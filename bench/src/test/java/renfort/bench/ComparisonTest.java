package renfort.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renfort.bench.Comparison.Shown;
import renfort.bench.Oracle.Entry;
import renfort.bench.Oracle.Group;

/** A comparison that finds nothing would prove nothing. */
class ComparisonTest {
  private static final int LIMIT = 20;

  private final List<Entry> expected = longestList();

  private static List<Entry> longestList() {
    Population population = Population.of(1, 4_000, 40, Population.Spread.EVENLY);
    Oracle oracle = new Oracle(population, Population.NOW);
    return population.missions().stream()
        .map(oracle::list)
        .max(Comparator.comparingInt(List::size))
        .orElseThrow();
  }

  /** The pages as they ought to be. */
  private List<List<Shown>> pages() {
    List<List<Shown>> pages = new ArrayList<>();
    for (int from = 0; from < expected.size(); from += LIMIT) {
      pages.add(
          expected.subList(from, Math.min(expected.size(), from + LIMIT)).stream()
              .sorted(Comparison.WITHIN_A_PAGE)
              .map(
                  entry ->
                      new Shown(
                          entry.professionalId(),
                          Math.round(entry.distanceKm()),
                          Math.max(0, entry.days()),
                          1))
              .collect(Collectors.toCollection(ArrayList::new)));
    }
    return pages;
  }

  private boolean isRight(List<List<Shown>> pages) {
    Comparison comparison = new Comparison(expected);
    for (int i = 0; i < pages.size(); i++) {
      comparison.page(pages.get(i), i + 1 == pages.size());
    }
    return comparison.faults().isEmpty();
  }

  @Test
  void thePopulationMakesALongListOfManyKinds() {
    assertTrue(expected.size() > 4 * LIMIT, () -> expected.size() + " people");
    assertTrue(expected.stream().anyMatch(entry -> entry.place().group() == Group.REGION));
    assertTrue(expected.stream().anyMatch(entry -> entry.place().group() == Group.NATION));
    assertTrue(expected.stream().anyMatch(entry -> entry.place().unconfirmed()));
    assertTrue(expected.stream().map(entry -> entry.place().zone()).distinct().count() > 2);
  }

  @Test
  void theRightListIsRightWithFullAndWithShortPages() {
    assertTrue(isRight(pages()));
    List<List<Shown>> shorter = pages();
    List<Shown> first = shorter.removeFirst();
    shorter.addFirst(new ArrayList<>());
    shorter.addFirst(first);
    assertTrue(isRight(shorter));
  }

  @Test
  void somebodyMissingIsFound() {
    List<List<Shown>> pages = pages();
    pages.getFirst().removeFirst();
    assertFalse(isRight(pages));
  }

  @Test
  void aMissingEndIsFound() {
    List<List<Shown>> pages = pages();
    pages.removeLast();
    assertFalse(isRight(pages));
  }

  @Test
  void somebodyListedTwiceIsFound() {
    List<List<Shown>> pages = pages();
    pages.getLast().add(pages.getLast().getLast());
    assertFalse(isRight(pages));
  }

  @Test
  void somebodyWhoDoesNotMatchIsFound() {
    List<List<Shown>> pages = pages();
    pages.getLast().add(new Shown("somebody", 1, 1, 1));
    assertFalse(isRight(pages));
  }

  @Test
  void aPageBeforeItsTurnIsFound() {
    List<List<Shown>> pages = pages();
    Collections.swap(pages, 0, 2);
    assertFalse(isRight(pages));
  }

  @Test
  void anotherOrderWithinAPageIsFound() {
    List<List<Shown>> pages = pages();
    Collections.reverse(pages.getFirst());
    assertFalse(isRight(pages));
  }

  @Test
  void aWrongDistanceOrAMissingReasonIsFound() {
    List<List<Shown>> pages = pages();
    Shown first = pages.getFirst().removeFirst();
    pages
        .getFirst()
        .addFirst(
            new Shown(first.professionalId(), first.distanceKm() + 1, first.coveredDays(), 1));
    assertFalse(isRight(pages));
    pages = pages();
    pages
        .getFirst()
        .set(0, new Shown(first.professionalId(), first.distanceKm(), first.coveredDays(), 0));
    assertFalse(isRight(pages));
  }
}
