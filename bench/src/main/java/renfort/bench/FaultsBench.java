package renfort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import renfort.local.LocalPlatform;

/**
 * What happens when what the functions stand on fails: tables, mail service, the process itself,
 * the clock. Whatever it is, no acknowledged write is lost and all that has to hold does.
 */
public final class FaultsBench {
  private static final String USAGE =
      """
      Usage: bin/bench-faults [--seconds N] [--rounds N] [tables|mails|kill|clock]…
        --seconds N  how long clients work with faulty tables, and before each kill a fifth of it (60)
        --rounds N   how often the process is killed (5)
      """;

  private static final Set<String> PARTS = Set.of("tables", "mails", "kill", "clock");

  private FaultsBench() {}

  /**
   * What one kind of fault did.
   *
   * @param text to be printed
   * @param broken what did not hold, in words
   */
  public record Part(String text, List<String> broken) {}

  /** Runs and prints; ends with 1 when something did not hold, with 2 when misused. */
  public static void main(String[] arguments) {
    int seconds = 60;
    int rounds = 5;
    Set<String> wanted = new TreeSet<>();
    try {
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
          case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
          default -> wanted.add(arguments[i]);
        }
      }
      if (!PARTS.containsAll(wanted)) {
        throw new NumberFormatException(wanted.toString());
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    Path home = Path.of(System.getProperty("renfort.home", ".")).toAbsolutePath().normalize();
    boolean good = true;
    for (String part : wanted.isEmpty() ? new TreeSet<>(PARTS) : wanted) {
      Duration time = Duration.ofSeconds(seconds);
      Part done =
          switch (part) {
            case "tables" -> tables(home, time, 8);
            case "mails" -> mails(home, 100);
            case "kill" -> kill(home, rounds, time.dividedBy(5));
            default -> clock(home);
          };
      System.out.println(done.text());
      done.broken().stream().limit(20).forEach(System.out::println);
      System.out.println(part + ": what does not hold " + done.broken().size());
      good &= done.broken().isEmpty();
    }
    System.exit(good ? 0 : 1);
  }

  /** The mixed load with faulty tables and lagging indexes. */
  public static Part tables(Path home, Duration time, int clients) {
    return on(home, platform -> FaultsTables.run(platform, time, clients));
  }

  /** A mail service in trouble, and a sender that dies. */
  public static Part mails(Path home, int people) {
    return on(home, platform -> FaultsMails.run(platform, people));
  }

  /** A clock that jumps. */
  public static Part clock(Path home) {
    return on(home, FaultsClock::run);
  }

  /** A process that is killed under load. */
  public static Part kill(Path home, int rounds, Duration time) {
    try {
      Path directory = Files.createTempDirectory("renfort-kill");
      try {
        return FaultsKill.run(home, directory.resolve("data"), rounds, time);
      } finally {
        try (Stream<Path> files = Files.walk(directory)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Part on(Path home, Function<LocalPlatform, Part> run) {
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatform.Options.inMemory(home.resolve("template.yaml")).patient())) {
      return run.apply(platform);
    }
  }
}
