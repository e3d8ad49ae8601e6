package renfort.bench;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the runs of {@link ColdStart} found, and the bars that it is held to. */
final class ColdStartReport {
  /** The names of the table's columns, as they are printed. */
  static final List<String> COLUMNS =
      List.of(
          "function",
          "status",
          "cold ms",
          "x no-op",
          "cpu ms",
          "x no-op",
          "restored ms",
          "at rest MiB",
          "peak MiB");

  private static final double RATIO = 12;
  private static final double RATIO_AIM = 9;
  private static final double RESTORED = 60;
  private static final double RESTORED_AIM = 40;
  private static final double WARM_50 = 15;
  private static final double WARM_50_AIM = 10;
  private static final double WARM_99 = 40;
  private static final double WARM_99_AIM = 25;
  private static final double MEMORY = 160;
  private static final double MEMORY_AIM = 120;
  private static final double PEER = 1;
  private static final double PEER_AIM = 1.3;

  private final Map<String, Figures> rows = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Distribution warm = new Distribution();
  private final String head;

  /** What was measured of one function. */
  static final class Figures {
    final Distribution cold = new Distribution();

    /** Cold starts over those of the function that does nothing, just before and just after. */
    final Distribution ratio = new Distribution();

    /** Processor time of a cold start, in ms. */
    final Distribution used = new Distribution();

    /** The same over that of the function that does nothing. */
    final Distribution usedRatio = new Distribution();

    /** Of a peer: cold starts over those of ours in the same run. */
    final Distribution overOurs = new Distribution();

    final Distribution restored = new Distribution();
    final Distribution resident = new Distribution();
    final Distribution peak = new Distribution();
    String status = "-";
  }

  /**
   * @param head what was run, in lines
   */
  ColdStartReport(String head) {
    this.head = head;
  }

  /** The figures of a function, to be added to. */
  Figures of(String name) {
    return rows.computeIfAbsent(name, each -> new Figures());
  }

  /** How long warm calls of the measured function took, in ms. */
  Distribution warm() {
    return warm;
  }

  /** Notes a call that failed or was answered wrongly. */
  void fault(String fault) {
    faults.add(fault);
  }

  /** Calls that failed or were answered wrongly, in words. */
  List<String> faults() {
    return faults;
  }

  /** A bar and what came of it. */
  private record Bar(
      String what, double measured, double bar, double aim, boolean least, boolean hard) {
    boolean isMet() {
      return least ? measured >= bar : measured <= bar;
    }

    String told() {
      return String.format(
          Locale.ROOT,
          "%-44s %8.1f   %s %-5.1f aim %-5.1f %s%n",
          what,
          measured,
          least ? "≥" : "≤",
          bar,
          aim,
          isMet() ? "ok" : hard ? "missed" : "missed (a time: warns only)");
    }
  }

  private List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    @Nullable Figures ours = rows.get(ColdStartScene.MATCHING);
    if (ours == null || ours.cold.count() == 0) {
      return bars;
    }
    String name = ColdStartScene.MATCHING;
    bars.add(
        new Bar(
            name + ", cold, × no-op", ours.ratio.percentile(0.5), RATIO, RATIO_AIM, false, true));
    bars.add(
        new Bar(
            name + ", cold, processor time × no-op",
            ours.usedRatio.percentile(0.5),
            RATIO,
            RATIO_AIM,
            false,
            true));
    rows.forEach(
        (peer, figures) -> {
          if (figures.overOurs.count() > 0) {
            bars.add(
                new Bar(
                    peer + ", cold, × " + name,
                    figures.overOurs.percentile(0.5),
                    PEER,
                    PEER_AIM,
                    true,
                    true));
          }
        });
    bars.add(
        new Bar(
            "first call after restoring, ms",
            ours.restored.percentile(0.5),
            RESTORED,
            RESTORED_AIM,
            false,
            false));
    if (warm.count() > 0) {
      bars.add(new Bar("warm, p50, ms", warm.percentile(0.5), WARM_50, WARM_50_AIM, false, false));
      bars.add(new Bar("warm, p99, ms", warm.percentile(0.99), WARM_99, WARM_99_AIM, false, false));
    }
    if (ours.resident.max() > 0) {
      bars.add(
          new Bar(
              "resident memory at rest, MiB",
              ours.resident.percentile(0.5),
              MEMORY,
              MEMORY_AIM,
              false,
              true));
    }
    return bars;
  }

  /** Whether every answer was right and every bar that is no time is met. */
  boolean isGood() {
    return faults.isEmpty() && bars().stream().allMatch(bar -> bar.isMet() || !bar.hard());
  }

  /** All of it, to be printed. */
  String text() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format("%s%n%n", head);
    text.format("%-22s %7s %8s %8s %7s %8s %12s %12s %9s%n", COLUMNS.toArray());
    rows.forEach(
        (name, figures) ->
            text.format(
                "%-22s %7s %8.0f %8.1f %7.0f %8.1f %12.1f %12.0f %9.0f%n",
                name,
                figures.status,
                figures.cold.percentile(0.5),
                figures.ratio.percentile(0.5),
                figures.used.percentile(0.5),
                figures.usedRatio.percentile(0.5),
                figures.restored.percentile(0.5),
                figures.resident.percentile(0.5),
                figures.peak.percentile(0.5)));
    if (warm.count() > 0) {
      text.format(
          "%n%s, %d warm calls: p50 %.1f, p99 %.1f, max %.1f ms%n",
          ColdStartScene.MATCHING,
          warm.count(),
          warm.percentile(0.5),
          warm.percentile(0.99),
          warm.max());
    }
    text.format("%n");
    bars().forEach(bar -> text.format("%s", bar.told()));
    text.format("wrong or failed answers: %d%n", faults.size());
    faults.forEach(fault -> text.format("  %s%n", fault));
    return text.toString();
  }
}
