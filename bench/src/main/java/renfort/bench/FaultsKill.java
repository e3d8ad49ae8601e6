package renfort.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.bench.LoadBench.Session;
import renfort.bench.LoadCaller.Answer;
import renfort.bench.LoadCaller.Unexpected;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.local.Invariants;
import renfort.pool.PoolStore;
import renfort.professionals.ProfileStore;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * Kills the platform's process without a warning while clients register, submit and contact, starts
 * it again on the same data, and looks whether everything that was acknowledged is there.
 */
final class FaultsKill {
  /** How long what was taken in may need to become what it should. */
  private static final Duration WORKED_OFF = Duration.ofSeconds(60);

  private static final int CLIENTS = 4;
  private static final Duration START = Duration.ofMinutes(3);

  private final Path home;
  private final Path data;
  private final int port;
  private final LoadTally tally = new LoadTally();
  private final LoadCaller caller;
  private final List<String> broken = new ArrayList<>();
  private final List<Session> requesters = new CopyOnWriteArrayList<>();
  private final Queue<String> registered = new ConcurrentLinkedQueue<>();
  private final Map<String, Session> missions = new ConcurrentHashMap<>();
  private final Map<String, Held> contacts = new ConcurrentHashMap<>();
  private volatile boolean dying;

  /** A contact that was acknowledged. */
  private record Held(Session by, String mission, String until) {}

  private FaultsKill(Path home, Path data) {
    this.home = home;
    this.data = data;
    port = freePort();
    caller = new LoadCaller(URI.create("http://127.0.0.1:" + port), tally);
  }

  /**
   * Kills so many times.
   *
   * @param home the directory of template.yaml
   * @param data an empty directory
   * @param time how long the clients work before each kill
   */
  static FaultsBench.Part run(Path home, Path data, int rounds, Duration time) {
    FaultsKill kill = new FaultsKill(home, data);
    Formatter text = new Formatter(Locale.ROOT);
    for (int round = 1; round <= rounds + 1; round++) {
      long start = System.nanoTime();
      Process process = kill.start();
      try {
        double seconds = (System.nanoTime() - start) / 1e9;
        if (round > 1) {
          try {
            kill.look(round - 1);
          } catch (Unexpected e) {
            kill.broken.add("after kill " + (round - 1) + ": " + e.getMessage());
            break;
          }
        }
        if (round <= rounds) {
          kill.work(time, process);
        }
        text.format(
            "  start %d in %.1f s: %d people, %d missions, %d contacts acknowledged so far%n",
            round, seconds, kill.registered.size(), kill.missions.size(), kill.contacts.size());
      } finally {
        // on Linux this is kill -9
        kill(process);
      }
    }
    return new FaultsBench.Part(
        "kill -9: %d rounds, clients without an answer %d times%n%s"
            .formatted(rounds, kill.tally.count(LoadTally.NONE), text),
        kill.broken);
  }

  /** What bin/start ends in, with the staff accounts only. */
  private Process start() {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx320m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Drenfort.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            "renfort.local.Main",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString(),
            "--empty"));
    File log = data.resolveSibling(data.getFileName() + ".log").toFile();
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // whoever ends this process does not leave that one behind
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    LoadCaller knock = caller.with(new LoadTally());
    long end = System.nanoTime() + START.toNanos();
    while (knock.call("reference", "GET", "/api/reference", null, null).status() != 200) {
      if (!process.isAlive() || System.nanoTime() - end >= 0) {
        kill(process);
        throw new IllegalStateException("The platform does not start: see " + log);
      }
      LoadTown.pause(Duration.ofMillis(100));
    }
    return process;
  }

  private static void kill(Process process) {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The platform does not die");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Clients write and note what was acknowledged, until the process is killed under them. */
  private void work(Duration time, Process process) {
    LoadTown town = LoadTown.at(caller, Long.toString(System.nanoTime(), 36));
    if (requesters.isEmpty()) {
      for (int i = 0; i < CLIENTS; i++) {
        requesters.add(new Session(town, town.requester().email()));
      }
    }
    dying = false;
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Session requester : requesters) {
        threads.execute(() -> client(town, requester));
      }
      LoadTown.pause(time);
      dying = true;
      kill(process);
    }
  }

  private void client(LoadTown town, Session requester) {
    @Nullable String mission = null;
    for (int turn = 0; !dying; turn++) {
      try {
        String email = town.address();
        town.register(email).expect(202);
        registered.add(email);
        if (turn % 5 == 0) {
          mission = submit(town, requester);
        }
        if (mission != null) {
          contact(requester, mission);
        }
      } catch (Unexpected e) {
        if (!dying) {
          broken.add("A client broke off: " + e.getMessage());
          return;
        }
      }
    }
  }

  private String submit(LoadTown town, Session requester) {
    String id =
        requester
            .call(
                caller,
                "submit mission",
                "POST",
                "/api/missions",
                Map.of("missions", List.of(town.terms(100, 5))))
            .expect(201)
            .json()
            .at("/missions/0/id")
            .asText();
    missions.put(id, requester);
    return id;
  }

  /** Contacts the first who is free. */
  private void contact(Session requester, String mission) {
    String candidates = "/api/missions/" + mission + "/candidates";
    JsonNode page =
        requester.call(caller, "match", "GET", candidates + "?limit=100", null).expect(200).json();
    for (JsonNode item : page.path("items")) {
      String id = item.path("professionalId").asText();
      if (!item.has("heldUntil")) {
        Answer answer =
            requester.call(caller, "contact", "POST", candidates + "/" + id + "/contact", null);
        if (answer.status() == 200) {
          contacts.put(id, new Held(requester, mission, answer.json().path("heldUntil").asText()));
          return;
        }
      }
    }
  }

  /** Everything acknowledged is there, and all that has to hold does. */
  private void look(int round) {
    LoadTown town = LoadTown.at(caller.with(new LoadTally()), "");
    List<String> wrong = new ArrayList<>();
    LoadCaller looking = caller.with(new LoadTally());
    for (String email : registered) {
      // the mail was written with the registration, and is sent by now or soon
      if (town.link(email).isEmpty()) {
        wrong.add(email + " was told to be registered and has no link");
      }
    }
    missions.forEach(
        (id, requester) -> {
          int status =
              requester.call(looking, "mission", "GET", "/api/missions/" + id, null).status();
          if (status != 200) {
            wrong.add("mission " + id + " answers " + status);
          }
        });
    Map<String, Map<String, String>> held = new HashMap<>();
    contacts.forEach(
        (id, contact) -> {
          Map<String, String> shown =
              held.computeIfAbsent(contact.mission(), mission -> held(looking, contact));
          if (!contact.until().equals(shown.get(id))) {
            wrong.add(
                "%s was contacted for %s until %s and is not held"
                    .formatted(id, contact.mission(), contact.until()));
          }
        });
    try (DynamoDbClient tables =
        MatchingBench.client(URI.create("http://127.0.0.1:" + (port + 2)), List.of())) {
      Environment there = environment(tables);
      registered.stream()
          .filter(email -> !isWhole(there, email))
          .forEach(email -> wrong.add(email + " was told to be registered and is not whole"));
      wrong.addAll(new Invariants(there).broken());
    }
    wrong.forEach(one -> broken.add("after kill " + round + ": " + one));
  }

  /**
   * Whether somebody has an account, a sheet and a row of the pool, once the inbox is worked off.
   */
  private static boolean isWhole(Environment there, String email) {
    long end = System.nanoTime() + WORKED_OFF.toNanos();
    while (System.nanoTime() - end < 0) {
      if (new AccountStore(there)
          .ofAddress(email).stream()
              .flatMap(account -> Optional.ofNullable(account.professionalId()).stream())
              .anyMatch(
                  id ->
                      new ProfileStore(there).find(id).isPresent()
                          && new PoolStore(there).find(id).isPresent())) {
        return true;
      }
      LoadTown.pause(Duration.ofMillis(100));
    }
    return false;
  }

  /** Whom a mission holds until when, by its list. */
  private static Map<String, String> held(LoadCaller looking, Held contact) {
    Map<String, String> held = new HashMap<>();
    String path = "/api/missions/" + contact.mission() + "/candidates?limit=100";
    contact
        .by()
        .call(looking, "match", "GET", path, null)
        .expect(200)
        .json()
        .path("items")
        .forEach(
            item -> {
              if (item.path("status").asText().equals("CONTACTED")) {
                held.put(item.path("professionalId").asText(), item.path("heldUntil").asText());
              }
            });
    return held;
  }

  /** The tables of another process. */
  private static Environment environment(DynamoDbClient tables) {
    return new Environment(
        Invariants.variables(name -> name),
        Clock.systemUTC(),
        Ids.random(),
        new Clients(
            () -> tables,
            () -> untouched(S3Client.class),
            () -> untouched(S3Presigner.class),
            () -> untouched(SesV2Client.class),
            () -> untouched(CognitoIdentityProviderClient.class)));
  }

  private static <T> T untouched(Class<T> client) {
    throw new UnsupportedOperationException(client.getSimpleName() + " is not looked at");
  }

  /** A port with three free ones after it. */
  private static int freePort() {
    InetAddress here = InetAddress.getLoopbackAddress();
    for (int port = 21_000; port < 60_000; port += 10) {
      boolean free = true;
      for (int i = 0; i < 4 && free; i++) {
        try (ServerSocket _ = new ServerSocket(port + i, 1, here)) {
          // it is free
        } catch (IOException e) {
          free = false;
        }
      }
      if (free) {
        return port;
      }
    }
    throw new IllegalStateException("No four free ports in a row");
  }
}
