package renfort.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import renfort.bench.LoadCaller.Answer;
import renfort.bench.LoadCaller.Unexpected;
import renfort.bench.LoadTown.Requester;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;

/**
 * Closed-loop load over HTTP on a platform in this very process: each client does one thing after
 * the other, in shares as in real life, and at the end all must hold that has to.
 */
public final class LoadBench {
  private static final String USAGE =
      """
      Usage: bin/bench-load [--seconds N] [--clients N] [--race N]
        --seconds N  how long the load lasts (60)
        --clients N  how many clients there are (16)
        --race N     before the load, so many contacts race for a few people (0)
      """;

  /** Who is there before the load begins, for each client. */
  private static final int REQUESTERS_PER_CLIENT = 2;

  private static final int PEOPLE_PER_CLIENT = 6;

  /** The people that a race is about. */
  private static final int RACED = 5;

  /** From how many calls on an operation must have succeeded once. */
  private static final int ENOUGH = 20;

  /**
   * What each operation may be answered, success first: others contact, decline and erase
   * meanwhile.
   */
  private static final Map<String, List<Integer>> EXPECTED =
      Map.ofEntries(
          Map.entry("log in", List.of(200)),
          Map.entry("upload slot", List.of(201)),
          Map.entry("upload", List.of(200)),
          Map.entry("register", List.of(202)),
          Map.entry("own candidacies", List.of(200)),
          Map.entry("decline", List.of(204, 404, 409)),
          Map.entry("submit mission", List.of(201)),
          Map.entry("match", List.of(200)),
          Map.entry("match, next page", List.of(200)),
          Map.entry("show sheet", List.of(200, 404)),
          Map.entry("contact", List.of(200, 409)),
          Map.entry("affect", List.of(200)),
          Map.entry("refuse", List.of(200)),
          Map.entry("release", List.of(200)));

  private final LocalPlatform platform;
  private final LoadTally tally = new LoadTally();
  private final LoadTown town;
  private final LoadCaller caller;
  private final List<Desk> desks = new CopyOnWriteArrayList<>();
  private final List<Session> volunteers = new CopyOnWriteArrayList<>();
  private final List<String> registered = new CopyOnWriteArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final int clients;
  private boolean outages;
  private double seconds;

  private LoadBench(LocalPlatform platform, int clients) {
    this.platform = platform;
    this.clients = clients;
    caller = new LoadCaller(platform.address(), tally);
    town = LoadTown.on(platform, caller.with(new LoadTally()));
  }

  /**
   * What a run found.
   *
   * @param calls how many calls the load made
   * @param faults answers of 500 and above, calls without an answer, and delays not told
   * @param broken what does not hold at the end, in words
   * @param text all of it, to be printed
   */
  public record Report(int calls, int faults, List<String> broken, String text) {}

  /** Runs and prints; ends with 1 when something is wrong, with 2 when misused. */
  public static void main(String[] arguments) {
    int seconds = 60;
    int clients = 16;
    int race = 0;
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        int number = Integer.parseInt(arguments[i + 1]);
        switch (arguments[i]) {
          case "--seconds" -> seconds = number;
          case "--clients" -> clients = number;
          case "--race" -> race = number;
          default -> throw new NumberFormatException(arguments[i]);
        }
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    Path home = Path.of(System.getProperty("renfort.home", "."));
    Report report = run(home, Duration.ofSeconds(seconds), clients, race);
    System.out.print(report.text());
    report.broken().forEach(System.out::println);
    System.exit(report.faults() > 0 || !report.broken().isEmpty() ? 1 : 0);
  }

  /**
   * Runs on a platform of its own, in memory.
   *
   * @param home the directory of template.yaml
   * @param race how many contacts race before the load
   */
  public static Report run(Path home, Duration time, int clients, int race) {
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatform.Options.inMemory(home.resolve("template.yaml")).patient())) {
      LoadBench bench = new LoadBench(platform, clients);
      bench.people(PEOPLE_PER_CLIENT * clients, REQUESTERS_PER_CLIENT * clients);
      if (race > 0) {
        bench.race(race);
      }
      bench.load(time);
      bench.settle("after the load");
      bench.tell(clients + " clients in the platform's own process");
      return bench.report();
    }
  }

  /** Faults in place until they are closed. */
  interface Trouble extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Runs on a platform with faults: they come once everybody is there and are gone before all is
   * looked at. An answer of 503 that says when to come again is right then.
   */
  static Report under(
      LocalPlatform platform, Duration time, int clients, Supplier<Trouble> faults) {
    LoadBench bench = new LoadBench(platform, clients);
    bench.outages = true;
    bench.people(PEOPLE_PER_CLIENT * clients, REQUESTERS_PER_CLIENT * clients);
    try (Trouble _ = faults.get()) {
      bench.load(time);
    }
    bench.settle("after the faults");
    bench.tell(clients + " clients");
    return bench.report();
  }

  /** Somebody with a token, renewed when it is over. */
  static class Session {
    private final LoadTown town;
    private final String email;
    private volatile String token;

    Session(LoadTown town, String email) {
      this.town = town;
      this.email = email;
      token = town.token(email);
    }

    String token() {
      return token;
    }

    String email() {
      return email;
    }

    /** The answer, asked for again with a new token when the old one was over. */
    Answer call(
        LoadCaller caller, String operation, String method, String path, @Nullable Object body) {
      Answer answer = caller.call(operation, method, path, token, body);
      if (answer.status() != 401) {
        return answer;
      }
      token = town.token(email);
      return caller.call(operation, method, path, token, body);
    }
  }

  /** A requester at work: missions, whom they list, and whom they contacted. */
  private static final class Desk extends Session {
    private final List<String> missions = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> shown = new ConcurrentHashMap<>();
    private final Map<String, String> cursors = new ConcurrentHashMap<>();
    private final Map<String, String> contacted = new ConcurrentHashMap<>();
    private final Map<String, String> affected = new ConcurrentHashMap<>();

    Desk(LoadTown town, Requester requester) {
      super(town, requester.email());
    }
  }

  private void people(int people, int requesters) {
    LoadTown.together(
        people,
        4,
        () -> {
          registered.add(town.volunteer());
          return true;
        });
    LoadTown.together(
        requesters,
        4,
        () -> {
          Desk desk = new Desk(town, town.requester());
          desk.missions.add(town.submit(desk.token(), 2, 5));
          return desks.add(desk);
        });
    registered.subList(0, people / 4).forEach(email -> volunteers.add(new Session(town, email)));
  }

  /** As many contacts as asked for, by all clients at once, for the same few people. */
  private void race(int contacts) {
    LoadTally racing = new LoadTally();
    LoadCaller racer = caller.with(racing);
    List<String> people = new ArrayList<>();
    Desk any = desks.getFirst();
    any.call(racer, "page", "GET", path(any.missions.getFirst(), "?limit=" + RACED), null)
        .expect(200)
        .json()
        .path("items")
        .forEach(item -> people.add(item.path("professionalId").asText()));
    AtomicInteger next = new AtomicInteger();
    Map<String, String> holders = new ConcurrentHashMap<>();
    List<String> twice = new CopyOnWriteArrayList<>();
    long start = System.nanoTime();
    everyClient(
        random -> {
          int turn = next.getAndIncrement();
          if (turn >= contacts) {
            return false;
          }
          Desk desk = desks.get(random.nextInt(desks.size()));
          String mission = desk.missions.getFirst();
          String person = people.get(turn % people.size());
          Answer answer =
              desk.call(racer, "contact", "POST", path(mission, "/" + person + "/contact"), null);
          if (answer.status() == 200) {
            String holder = holders.putIfAbsent(person, mission);
            if (holder != null && !holder.equals(mission)) {
              twice.add(person + " is held by " + holder + " and by " + mission);
            }
          }
          return true;
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    broken.addAll(twice);
    check("after the race");
    Formatter told = new Formatter(Locale.ROOT);
    told.format(
        "race: %d contacts of %d people by %d establishments in %.0f s: %d people held, each by"
            + " one%n",
        contacts, people.size(), desks.size(), seconds, holders.size());
    told.format("%s%n", racing.table());
    text.append(told);
    if (holders.size() != people.size()) {
      broken.add("Nobody got some of the people that all raced for: " + holders);
    }
    faults(racing);
  }

  private void load(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long start = System.nanoTime();
    everyClient(
        random -> {
          if (System.nanoTime() - end >= 0) {
            return false;
          }
          try {
            act(random);
          } catch (Unexpected e) {
            if (!outages || e.status() != 503) {
              throw e;
            }
          }
          return true;
        });
    seconds = (System.nanoTime() - start) / 1e9;
  }

  /** Lets all that is on its way arrive, then looks whether all holds. */
  private void settle(String when) {
    platform.awaitStreams(Duration.ofMinutes(3));
    if (outages) {
      // what could not be sent is due again later
      var _ = FaultsMails.sendAll(platform);
    }
    check(when);
    faults(tally);
  }

  private void tell(String who) {
    Formatter told = new Formatter(Locale.ROOT);
    told.format(
        "%s, %.0f s: %d calls, %.1f a second%n",
        who, seconds, tally.count(), tally.count() / seconds);
    told.format("%s", tally.table());
    told.format(
        "5xx %d, 503 %d, without an answer %d, 409 %d, 429 %d; 503 or 429 without Retry-After %d%n",
        tally.faults(),
        tally.count(503),
        tally.count(LoadTally.NONE),
        tally.count(409),
        tally.count(429),
        tally.withoutDelay());
    text.append(told);
    tally.firstFaults().forEach(fault -> text.append(fault).append('\n'));
  }

  private void act(SplittableRandom random) {
    Desk desk = desks.get(random.nextInt(desks.size()));
    String mission = desk.missions.get(random.nextInt(desk.missions.size()));
    int share = random.nextInt(100);
    if (share < 5) {
      String email = town.address();
      if (town.with(caller).register(email).status() == 202) {
        registered.add(email);
      }
    } else if (share < 13) {
      var _ =
          caller.call(
              "log in",
              "POST",
              "/api/sessions",
              null,
              Map.of("email", desk.email(), "password", LoadTown.PASSWORD, "keepSignedIn", false));
    } else if (share < 17) {
      submit(desk, random);
    } else if (share < 50) {
      match(desk, mission);
    } else if (share < 63) {
      person(desk, mission, random).ifPresent(person -> show(desk, mission, person));
    } else if (share < 79) {
      person(desk, mission, random).ifPresent(person -> contact(desk, mission, person));
    } else if (share < 87) {
      decide(desk, "affect", "affectations", desk.contacted, desk.affected);
    } else if (share < 93) {
      decide(desk, "refuse", "refusals", desk.contacted, null);
    } else if (share < 96) {
      decide(desk, "release", "releases", desk.affected, null);
    } else {
      decline(volunteers.get(random.nextInt(volunteers.size())));
    }
  }

  private void submit(Desk desk, SplittableRandom random) {
    Answer answer =
        desk.call(
            caller,
            "submit mission",
            "POST",
            "/api/missions",
            Map.of("missions", List.of(town.terms(1 + random.nextInt(3), random.nextInt(20)))));
    if (answer.status() == 201) {
      desk.missions.add(answer.json().at("/missions/0/id").asText());
    }
  }

  /** A page of a mission: the next one of the list, or the first again. */
  private void match(Desk desk, String mission) {
    String cursor = desk.cursors.remove(mission);
    Answer answer =
        desk.call(
            caller,
            cursor == null ? "match" : "match, next page",
            "GET",
            path(mission, cursor == null ? "" : "?cursor=" + cursor),
            null);
    if (answer.status() == 200) {
      List<String> people = new ArrayList<>();
      for (JsonNode item : answer.json().path("items")) {
        people.add(item.path("professionalId").asText());
      }
      desk.shown.put(mission, people);
      if (answer.json().has("next")) {
        desk.cursors.put(mission, answer.json().path("next").asText());
      }
    }
  }

  private static Optional<String> person(Desk desk, String mission, SplittableRandom random) {
    List<String> shown = desk.shown.getOrDefault(mission, List.of());
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(shown.get(random.nextInt(shown.size())));
  }

  private void show(Desk desk, String mission, String person) {
    var _ = desk.call(caller, "show sheet", "GET", path(mission, "/" + person), null);
  }

  private void contact(Desk desk, String mission, String person) {
    Answer answer =
        desk.call(caller, "contact", "POST", path(mission, "/" + person + "/contact"), null);
    if (answer.status() == 200) {
      desk.contacted.put(person, mission);
    }
  }

  private void decide(
      Desk desk,
      String operation,
      String route,
      Map<String, String> from,
      @Nullable Map<String, String> to) {
    for (Map.Entry<String, String> one : List.copyOf(from.entrySet())) {
      if (from.remove(one.getKey(), one.getValue())) {
        Answer answer =
            desk.call(
                caller,
                operation,
                "POST",
                "/api/missions/" + one.getValue() + "/" + route,
                Map.of("professionalIds", List.of(one.getKey())));
        String outcome = answer.json().at("/results/0/outcome").asText();
        if (to != null && outcome.equals("AFFECTED")) {
          to.put(one.getKey(), one.getValue());
        }
        return;
      }
    }
  }

  private void decline(Session volunteer) {
    Answer own =
        volunteer.call(caller, "own candidacies", "GET", "/api/professionals/me/candidacies", null);
    for (JsonNode item : own.json().path("items")) {
      String status = item.path("status").asText();
      if (status.equals("CONTACTED") || status.equals("AFFECTED")) {
        var _ =
            volunteer.call(
                caller,
                "decline",
                "POST",
                "/api/professionals/me/candidacies/" + item.path("missionId").asText() + "/decline",
                null);
        return;
      }
    }
  }

  private static String path(String mission, String rest) {
    return "/api/missions/" + mission + "/candidates" + rest;
  }

  /** One turn of a client; false when it is done. */
  private interface Turn {
    boolean take(SplittableRandom random);
  }

  private void everyClient(Turn turn) {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      for (int i = 0; i < clients; i++) {
        SplittableRandom random = new SplittableRandom(i);
        threads.execute(
            () -> {
              try {
                boolean more = true;
                while (more) {
                  more = turn.take(random);
                }
              } catch (RuntimeException e) {
                thrown.add(e);
              }
            });
      }
    }
    thrown.forEach(fault -> broken.add("A client broke off: " + fault));
  }

  /** What must hold of the data, of the mails, and of who was told that they are registered. */
  private void check(String when) {
    platform.awaitStreams(Duration.ofMinutes(3));
    Invariants invariants = new Invariants(platform);
    List<String> wrong = new ArrayList<>(invariants.broken());
    Map<String, Integer> mails = invariants.mails();
    int sent = mails.getOrDefault("SENT", 0);
    if (mails.containsKey("UNSENT") || mails.containsKey("GIVEN_UP")) {
      wrong.add("mails are left: " + mails);
    }
    int came = platform.mailbox().all().size();
    // what was sent and could not be marked is sent again (R26)
    if (outages ? came < sent : came != sent) {
      wrong.add(sent + " mails are marked sent, " + came + " came");
    }
    for (String email : registered) {
      if (platform.mailbox().to(email).isEmpty()) {
        wrong.add(email + " was told to be registered and heard nothing");
      }
    }
    wrong.forEach(one -> broken.add(when + ": " + one));
  }

  private void faults(LoadTally of) {
    if (faultsOf(of) > 0) {
      broken.add(
          "%d answers are faults, %d of them without Retry-After: %s"
              .formatted(faultsOf(of), of.withoutDelay(), of.firstFaults()));
    }
    // 409 says come again; under outages an own write whose answer was lost looks like another's
    List<Integer> besides = outages ? List.of(404, 409, 422) : List.of(409);
    Map<String, List<Integer>> expected = new HashMap<>();
    EXPECTED.forEach(
        (operation, allowed) ->
            expected.put(operation, Stream.concat(allowed.stream(), besides.stream()).toList()));
    broken.addAll(of.unlike(expected, ENOUGH));
  }

  private int faultsOf(LoadTally of) {
    return of.faults()
        + of.count(LoadTally.NONE)
        + of.withoutDelay()
        + (outages ? 0 : of.count(503));
  }

  private Report report() {
    Formatter told = new Formatter(Locale.ROOT);
    told.format(
        "people registered %d, mails %s, what does not hold %d%n",
        registered.size(), new Invariants(platform).mails(), broken.size());
    text.append(told);
    return new Report(tally.count(), faultsOf(tally), List.copyOf(broken), text.toString());
  }
}
