package renfort.bench;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How operations were answered, and how long each took; for many threads. */
final class LoadTally {
  /** Stands for a call that got no answer. */
  static final int NONE = 0;

  private final Map<String, Distribution> millis = new TreeMap<>();
  private final Map<String, Map<Integer, Integer>> statuses = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private int withoutDelay;

  /** Takes note of one answer. */
  synchronized void add(String operation, int status, double took, boolean saysWhen, String text) {
    millis.computeIfAbsent(operation, name -> new Distribution()).add(took);
    statuses.computeIfAbsent(operation, name -> new TreeMap<>()).merge(status, 1, Integer::sum);
    if (status >= 500 && status != 503 && faults.size() < 10) {
      faults.add(operation + " answered " + status + ": " + text);
    }
    if ((status == 503 || status == 429) && !saysWhen) {
      withoutDelay++;
    }
  }

  /** How many answers there were. */
  synchronized int count() {
    return millis.values().stream().mapToInt(Distribution::count).sum();
  }

  /** How many answers had a status. */
  synchronized int count(int status) {
    return statuses.values().stream().mapToInt(counts -> counts.getOrDefault(status, 0)).sum();
  }

  /** How many answers of an operation had a status. */
  synchronized int count(String operation, int status) {
    return statuses.getOrDefault(operation, Map.of()).getOrDefault(status, 0);
  }

  /** How many answers said that the server is at fault; 503, which is told apart, is none. */
  synchronized int faults() {
    return statuses.values().stream()
        .flatMap(counts -> counts.entrySet().stream())
        .filter(entry -> entry.getKey() >= 500 && entry.getKey() != 503)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /**
   * What was answered otherwise than it may be, in words: another status below 500, or never a
   * success. Faults of the server are told apart.
   *
   * @param expected the statuses that each operation may have, a success first
   * @param enough how many calls of an operation must have had one success
   */
  synchronized List<String> unlike(Map<String, List<Integer>> expected, int enough) {
    List<String> unlike = new ArrayList<>();
    expected.forEach(
        (operation, allowed) -> {
          Map<Integer, Integer> counts = statuses.getOrDefault(operation, Map.of());
          counts.forEach(
              (status, count) -> {
                if (status != NONE && status < 500 && !allowed.contains(status)) {
                  unlike.add("%s answered %d %d times".formatted(operation, status, count));
                }
              });
          int calls = counts.values().stream().mapToInt(Integer::intValue).sum();
          if (calls >= enough && !counts.containsKey(allowed.getFirst())) {
            unlike.add("%s never succeeded: %s".formatted(operation, counts));
          }
        });
    return unlike;
  }

  /** How many 503 and 429 did not say when to come again. */
  synchronized int withoutDelay() {
    return withoutDelay;
  }

  /** Some of the answers that said that the server is at fault. */
  synchronized List<String> firstFaults() {
    return List.copyOf(faults);
  }

  /** A line for each operation. */
  synchronized String table() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format("operation           calls   p50 ms   p99 ms   max ms  answers%n");
    millis.forEach(
        (operation, took) ->
            text.format(
                "%-16s %8d %8.1f %8.1f %8.1f  %s%n",
                operation,
                took.count(),
                took.percentile(0.5),
                took.percentile(0.99),
                took.max(),
                statuses.get(operation)));
    return text.toString();
  }
}
