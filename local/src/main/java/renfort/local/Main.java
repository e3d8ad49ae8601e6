package renfort.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Starts the platform for people: {@code bin/start [--port N] [--data DIR] [--empty]}. */
public final class Main {
  private static final String USAGE =
      """
      Usage: bin/start [--port N] [--data DIR] [--empty]
        --port N    port of the site and of the API (8080); the next three serve the parts
        --data DIR  where everything stays between starts (.local)
        --empty     with the staff accounts only
      """;

  private Main() {}

  private record Wish(int port, Path data, boolean empty) {}

  /** A wish that cannot be read; the message says why. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Runs until it is asked to stop; exit code 0 then, 1 when it cannot start, 2 when misused. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = System.out;
    Path home = Path.of(System.getProperty("renfort.home", "")).toAbsolutePath().normalize();
    Wish wish;
    try {
      wish = read(arguments, home);
    } catch (Unreadable e) {
      System.err.print(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    Stopping stopping = new Stopping();
    Runtime.getRuntime().addShutdownHook(new Thread(stopping, "stop"));
    try {
      LocalPlatform platform =
          LocalPlatform.start(
              LocalPlatform.Options.inMemory(home.resolve("template.yaml"))
                  .onPort(wish.port())
                  .keepingDataIn(wish.data())
                  .withSchedules()
                  .withThrottling()
                  .patient(),
              started -> {
                stopping.platform = started;
                prepare(started, wish);
              });
      tell(out, platform, wish);
    } catch (UncheckedIOException e) {
      stopping.exit = 1;
      System.err.println(
          e.getCause() instanceof BindException
              ? "Port %d is taken: choose another with --port".formatted(wish.port())
              : "Cannot start: " + e.getMessage());
      System.exit(1);
    } catch (RuntimeException e) {
      stopping.exit = 1;
      System.err.println("Cannot start: " + e.getMessage());
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        System.err.println("  because of " + cause);
      }
      System.exit(1);
    }
    stopping.done.await();
  }

  /** What must be there before the first visitor. */
  private static void prepare(LocalPlatform platform, Wish wish) {
    platform.runLifecycle();
    Path filled = wish.data().resolve("filled");
    boolean fills = !wish.empty() && !Files.exists(filled);
    // the volunteers need no staff: both are made at once, so that the first visitor waits less
    CompletableFuture<Void> volunteers =
        fills
            ? CompletableFuture.runAsync(() -> new Volunteers(platform).fill())
            : CompletableFuture.completedFuture(null);
    once(
        wish.data().resolve("staff"),
        () -> {
          try (LocalPlatform.Door door = platform.backDoor()) {
            new Demonstration(platform, door.address()).staff();
          }
        });
    if (fills) {
      once(
          filled,
          () -> {
            volunteers.join();
            try (LocalPlatform.Door door = platform.backDoor()) {
              new Demonstration(platform, door.address()).fill();
            }
          });
    }
  }

  /** Does what these data have not seen yet, and marks that they have. */
  private static void once(Path mark, Runnable work) {
    if (!Files.exists(mark)) {
      work.run();
      try {
        Files.createFile(mark);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void tell(PrintStream out, LocalPlatform platform, Wish wish) {
    out.printf(
        """

        Renfort is running. Ctrl-C stops it; what was done stays in %s

          Site          %2$s/
          API           %2$s/api/reference
          Mails         %2$s/_local/

          Logins, password %3$s
            ars.<region>@exemple.fr   an agency; <region> is an INSEE code, as in %4$s
            national@exemple.fr       the national level
            etablissement@exemple.fr  an approved requester        (not with --empty)
            professionnel@exemple.fr  a volunteer                  (not with --empty)

        """,
        wish.data(), platform.address(), Demonstration.PASSWORD, Demonstration.agency("11"));
    out.flush();
  }

  private static Wish read(String[] arguments, Path home) throws Unreadable {
    int port = 8080;
    Path data = home.resolve(".local");
    boolean empty = false;
    Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
    while (!left.isEmpty()) {
      String option = left.pop();
      switch (option) {
        case "--empty" -> empty = true;
        case "--port" -> port = port(value(option, left));
        case "--data" -> data = Path.of(value(option, left)).toAbsolutePath().normalize();
        default -> throw new Unreadable("Unknown option " + option);
      }
    }
    return new Wish(port, data, empty);
  }

  private static String value(String option, Deque<String> left) throws Unreadable {
    if (left.isEmpty()) {
      throw new Unreadable(option + " lacks its value");
    }
    return left.pop();
  }

  private static int port(String text) throws Unreadable {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new Unreadable("No port: " + text);
    }
    return Integer.parseInt(text);
  }

  /** Closes the platform when the process is asked to end, and ends it as wanted. */
  private static final class Stopping implements Runnable {
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable LocalPlatform platform;
    private volatile int exit;

    @Override
    public void run() {
      LocalPlatform running = platform;
      if (running != null && exit == 0) {
        try {
          running.close();
        } catch (RuntimeException e) {
          System.err.println(e.getMessage() + ": " + e.getCause());
          exit = 1;
        }
      }
      done.countDown();
      // a process ended by a signal would not say 0
      Runtime.getRuntime().halt(exit);
    }
  }
}
