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
 * Compares the pages of one list with what the oracle expects: each page must be the next part of
 * the expected list, ordered within the page as R13 says, and the last page must be its end.
 */
final class Comparison {
  /** Within a page: confirmed addresses of a zone first, then wishes met, then days covered. */
  static final Comparator<Entry> WITHIN_A_PAGE =
      Comparator.comparing((Entry entry) -> entry.place().group())
          .thenComparingInt(Comparison::zone)
          .thenComparing(entry -> entry.place().unconfirmed())
          .thenComparingInt(entry -> -entry.wishes())
          .thenComparingInt(entry -> -entry.days());

  private final List<Entry> expected;
  private final Map<String, Entry> byId = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private int at;

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
    List<Place> places = entries.stream().map(Entry::place).sorted().toList();
    List<Place> due =
        expected.subList(at, Math.min(expected.size(), at + entries.size())).stream()
            .map(Entry::place)
            .toList();
    if (!places.equals(due)) {
      faults.add("a page at %d shows %s instead of %s".formatted(at, places, due));
    }
    for (int i = 1; i < entries.size(); i++) {
      if (WITHIN_A_PAGE.compare(entries.get(i - 1), entries.get(i)) > 0) {
        faults.add("%s is before %s".formatted(entries.get(i - 1), entries.get(i)));
      }
    }
    at += entries.size();
    if (last && at < expected.size()) {
      faults.add("%d of %d are missing".formatted(expected.size() - at, expected.size()));
    }
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
