package renfort.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import renfort.local.LocalPlatform;

/**
 * Measures whether the time of an answer reveals whom an address belongs to (R1). Both public forms
 * are sent with addresses of five classes in random order. The area under the curve of a class is
 * the share of pairs in which its call takes longer than the call of an unknown address; 0.5
 * reveals nothing.
 */
public final class TimingBench {
  private static final String USAGE =
      """
      Usage: bin/bench-timing [--calls N]
        --calls N  how often each class is asked for by each form (200)
      """;

  /** What the areas of the whole form may be away from 0.5. */
  private static final double MARGIN = .05;

  /** After so many calls of each class the worker catches up: its work is not to be measured. */
  private static final int TURN = 25;

  private static final String UNKNOWN = "unknown";

  private final LocalPlatform platform;
  private final LoadTown town;
  private final LoadCaller caller;
  private final Random random = new Random(11);

  private TimingBench(LocalPlatform platform) {
    this.platform = platform;
    this.caller = new LoadCaller(platform.address(), new LoadTally());
    this.town = LoadTown.on(platform, caller);
  }

  /**
   * What was measured.
   *
   * @param text to be printed
   * @param broken what did not hold, in words
   */
  public record Report(String text, List<String> broken) {}

  /** Runs and prints; ends with 1 when an area is out of its bounds, with 2 when misused. */
  public static void main(String[] arguments) {
    int calls = 200;
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        if (!arguments[i].equals("--calls")) {
          throw new NumberFormatException(arguments[i]);
        }
        calls = Integer.parseInt(arguments[i + 1]);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    Path home = Path.of(System.getProperty("renfort.home", ".")).toAbsolutePath().normalize();
    Report report = run(home, calls, MARGIN);
    System.out.print(report.text());
    report.broken().forEach(System.out::println);
    System.exit(report.broken().isEmpty() ? 0 : 1);
  }

  /**
   * Measures on a platform of its own.
   *
   * @param calls how often each class is asked for by each form
   * @param margin what an area may be away from 0.5
   */
  public static Report run(Path home, int calls, double margin) {
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatform.Options.inMemory(home.resolve("template.yaml")).patient())) {
      return new TimingBench(platform).measure(calls, margin);
    }
  }

  private Report measure(int calls, double margin) {
    Map<String, Supplier<String>> classes = classes();
    Formatter text = new Formatter(Locale.ROOT);
    List<String> broken = new ArrayList<>();
    for (String form : List.of("/api/needs", "/api/professionals")) {
      // what is compiled in the middle would be measured of one class and not of the other
      var _ = ask(form, classes, Math.max(5, calls / 4));
      Map<String, List<Long>> times = new LinkedHashMap<>();
      Map<String, Double> areas = Map.of();
      // equal classes come within the bounds sooner or later, others never do
      for (int round = 1; round <= 4; round++) {
        ask(form, classes, calls)
            .forEach(
                (name, more) ->
                    times.computeIfAbsent(name, each -> new ArrayList<>()).addAll(more));
        areas = areas(times);
        if (areas.values().stream().allMatch(area -> isEqual(area, margin))) {
          break;
        }
      }
      areas.forEach(
          (name, area) -> {
            List<Long> theirs = times.getOrDefault(name, List.of());
            Distribution millis = new Distribution();
            theirs.forEach(nanos -> millis.add(nanos / 1e6));
            text.format(
                "%-20s %-12s %4d calls, p50 %5.1f ms, area %.3f%n",
                form, name, theirs.size(), millis.percentile(.5), area);
            if (!isEqual(area, margin)) {
              broken.add("%s tells %s from an unknown address: %.3f".formatted(form, name, area));
            }
          });
    }
    return new Report(text.toString(), broken);
  }

  private static boolean isEqual(double area, double margin) {
    return Math.abs(area - .5) <= margin;
  }

  /** The classes of address that nothing may tell apart, each to be asked for again and again. */
  private Map<String, Supplier<String>> classes() {
    String unconfirmed = town.address();
    town.register(unconfirmed).expect(202);
    String confirmed = town.volunteer();
    String requester = town.requester().email();
    Map<String, Supplier<String>> classes = new LinkedHashMap<>();
    classes.put(UNKNOWN, town::address);
    classes.put("unconfirmed", () -> unconfirmed);
    classes.put("confirmed", () -> confirmed);
    classes.put("requester", () -> requester);
    classes.put("staff", town::agencyAddress);
    return classes;
  }

  /** Asks for each class so often; how long each call took, by class. */
  private Map<String, List<Long>> ask(
      String form, Map<String, Supplier<String>> classes, int calls) {
    Map<String, List<Long>> times = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(classes.keySet());
    String finess = LoadTown.finess();
    for (int call = 1; call <= calls; call++) {
      Collections.shuffle(order, random);
      for (String name : order) {
        String email = classes.getOrDefault(name, town::address).get();
        Map<String, Object> body =
            form.equals("/api/needs") ? town.need(email, finess) : town.form(email);
        long began = System.nanoTime();
        caller.call(name, "POST", form, null, body).expect(202);
        times.computeIfAbsent(name, each -> new ArrayList<>()).add(System.nanoTime() - began);
      }
      if (call % TURN == 0 || call == calls) {
        platform.awaitStreams(Duration.ofMinutes(5));
      }
    }
    return times;
  }

  /** How often a call of each class takes longer than one of an unknown address. */
  static Map<String, Double> areas(Map<String, List<Long>> times) {
    Map<String, Double> areas = new LinkedHashMap<>();
    List<Long> unknown = times.getOrDefault(UNKNOWN, List.of());
    times.forEach(
        (name, theirs) -> {
          double longer = 0;
          for (long one : theirs) {
            for (long other : unknown) {
              longer += one > other ? 1 : one == other ? .5 : 0;
            }
          }
          areas.put(name, longer / theirs.size() / unknown.size());
        });
    return areas;
  }
}
