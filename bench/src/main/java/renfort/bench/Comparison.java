package renfort.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.bench.Oracle.Entry;
import renfort.bench.Oracle.Group;
import renfort.bench.Oracle.Place;

/**
 * Compares the pages of one list with what the oracle expects: each page must go on where the one
 * before ended, leave nobody out and be ordered within as R13 says; the last page must be the end.
 */
final class Comparison {
  /** Within a page: in a band of a zone wishes met, then days covered. */
  static final Comparator<Entry> WITHIN_A_PAGE =
      Comparator.comparing((Entry entry) -> entry.place().group())
          .thenComparing(entry -> entry.place().unconfirmed())
          .thenComparingInt(Comparison::zone)
          .thenComparingInt(entry -> entry.place().band())
          .thenComparingInt(entry -> -entry.wishes())
          .thenComparingInt(entry -> -entry.days());

  private final List<Entry> expected;
  private final Map<String, Entry> byId = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private Place reached = new Place(Group.OWN, false, 0, 0, 0);
  private int passed;

  Comparison(List<Entry> expected) {
    this.expected = expected;
    expected.forEach(entry -> byId.put(entry.professionalId(), entry));
  }

  /**
   * What a page shows of somebody.
   *
   * @param coveredDays of the mission
   * @param reasons how many are told
   */
  record Shown(String professionalId, long distanceKm, long coveredDays, int reasons) {}

  /** Looks at the next page. */
  void page(List<Shown> page, boolean last) {
    List<Entry> entries = new ArrayList<>();
    for (Shown shown : page) {
      @Nullable Entry entry = byId.get(shown.professionalId());
      if (entry == null) {
        faults.add(shown.professionalId() + " does not match");
      } else if (!seen.add(shown.professionalId())) {
        faults.add(shown.professionalId() + " is there twice");
      } else {
        entries.add(entry);
        look(shown, entry);
      }
    }
    for (int i = 1; i < entries.size(); i++) {
      if (WITHIN_A_PAGE.compare(entries.get(i - 1), entries.get(i)) > 0) {
        faults.add("%s is before %s".formatted(entries.get(i - 1), entries.get(i)));
      }
    }
    passBy(entries, last);
  }

  /** Whoever stands before the page's last and was not shown up to now is missing. */
  private void passBy(List<Entry> entries, boolean last) {
    Place from = entries.stream().map(Entry::place).min(Comparator.naturalOrder()).orElse(reached);
    if (from.compareTo(reached) < 0) {
      faults.add("a page goes on with %s after %s".formatted(from, reached));
    }
    reached = entries.stream().map(Entry::place).max(Comparator.naturalOrder()).orElse(reached);
    for (;
        passed < expected.size() && (last || isBefore(expected.get(passed), reached));
        passed++) {
      if (!seen.contains(expected.get(passed).professionalId())) {
        faults.add(expected.get(passed) + " is missing");
      }
    }
  }

  private static boolean isBefore(Entry entry, Place place) {
    return entry.place().compareTo(place) < 0;
  }

  /** What was wrong so far, in words. */
  List<String> faults() {
    return faults;
  }

  private void look(Shown shown, Entry entry) {
    if (Math.abs(shown.distanceKm() - entry.distanceKm()) > 0.51) {
      faults.add("%s is at %d km for %s".formatted(entry, shown.distanceKm(), entry.distanceKm()));
    }
    if (entry.days() >= 0 && shown.coveredDays() != entry.days()) {
      faults.add("%s covers %d days".formatted(entry, shown.coveredDays()));
    }
    if (shown.reasons() == 0) {
      faults.add(entry + " has no reason");
    }
  }

  /** The nation is ranked as a whole within a page. */
  private static int zone(Entry entry) {
    return entry.place().group() == Group.NATION ? 0 : entry.place().zone();
  }
}
