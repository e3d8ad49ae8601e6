package renfort.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import renfort.local.Faults.Injection;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;

/**
 * How many mails a second leave the outbox: people register while the mail service is out, then
 * ResendMails sends what waits, shards side by side, each mail counted against its limits (R26,
 * R27, docs/adr/0021-mails-within-limits.md).
 */
public final class MailsBench {
  private static final String USAGE =
      """
      Usage: bin/bench-mails [--people N]
        --people N  how many register, two mails each (200)
      """;

  /** Longer than the wait after a first try. */
  private static final Duration STEP = Duration.ofMinutes(10);

  /** As often as the schedule may run until all have left. */
  private static final int RUNS = 50;

  private MailsBench() {}

  /**
   * What was measured.
   *
   * @param text to be printed
   * @param broken what did not hold, in words
   */
  public record Report(String text, List<String> broken) {}

  /** Runs and prints; ends with 1 when a mail is left, with 2 when misused. */
  public static void main(String[] arguments) {
    int people = 200;
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        if (!arguments[i].equals("--people")) {
          throw new NumberFormatException(arguments[i]);
        }
        people = Integer.parseInt(arguments[i + 1]);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    Path home = Path.of(System.getProperty("renfort.home", ".")).toAbsolutePath().normalize();
    Report report = run(home, people);
    System.out.print(report.text());
    report.broken().forEach(System.out::println);
    System.exit(report.broken().isEmpty() ? 0 : 1);
  }

  /** Lets so many people register and their mails leave, on a platform of its own. */
  public static Report run(Path home, int people) {
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatform.Options.inMemory(home.resolve("template.yaml")).patient())) {
      LoadTown town = LoadTown.on(platform, new LoadCaller(platform.address(), new LoadTally()));
      platform.awaitStreams();
      try (Injection _ = platform.faults().failMails(1)) {
        var _ = LoadTown.together(people, 4, () -> town.register(town.address()).expect(202));
        platform.awaitStreams(Duration.ofMinutes(5));
      }
      return send(platform, 2 * people);
    }
  }

  private static Report send(LocalPlatform platform, int mails) {
    Invariants invariants = new Invariants(platform);
    int before = platform.mailbox().all().size();
    long nanos = 0;
    for (int run = 0; run < RUNS && invariants.mails().containsKey("UNSENT"); run++) {
      platform.clock().advance(STEP);
      long began = System.nanoTime();
      var _ = platform.runSchedule("ResendMails");
      nanos += System.nanoTime() - began;
    }
    int sent = platform.mailbox().all().size() - before;
    List<String> broken = new ArrayList<>();
    Map<String, Integer> states = invariants.mails();
    if (sent != mails || states.containsKey("UNSENT") || states.containsKey("GIVEN_UP")) {
      broken.add("%d of %d mails have left: %s".formatted(sent, mails, states));
    }
    double seconds = nanos / 1e9;
    return new Report(
        String.format(
            Locale.ROOT,
            "%d mails to %d people in %.1f s: %.0f a second%n",
            sent,
            mails / 2,
            seconds,
            sent / seconds),
        broken);
  }
}
