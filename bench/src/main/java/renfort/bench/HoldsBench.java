package renfort.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import renfort.accounts.model.Establishment;
import renfort.candidacies.Candidacies;
import renfort.candidacies.Candidacies.Contacted;
import renfort.environment.Environment;
import renfort.establishments.ContactStore;
import renfort.establishments.model.Contacting;
import renfort.establishments.model.Limits;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.pool.PoolStore;
import renfort.pool.model.Availability;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Position;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * How contacts of one establishment go: many at once against its limits, then at a steady rate with
 * limits that let all through (docs/adr/0018-numbered-slots.md). On local tables, without HTTP.
 */
public final class HoldsBench {
  private static final String USAGE =
      """
      Usage: bin/bench-holds [--contacts N] [--rate N] [--seconds N]
        --contacts N  how many contacts race (10000)
        --rate N      contacts a second afterwards (50)
        --seconds N   for how long, at most 500 contacts in all (10)
      """;

  private static final int MISSIONS = 200;
  private static final int THREADS = 64;

  private final Environment environment;
  private final MissionStore missions;
  private final PoolStore pool;
  private final ContactStore contacts;
  private final Candidacies candidacies;
  private final Invariants invariants;

  private HoldsBench(LocalPlatform platform) {
    environment = Invariants.environment(platform);
    missions = new MissionStore(environment);
    pool = new PoolStore(environment);
    contacts = new ContactStore(environment);
    candidacies = new Candidacies(environment);
    invariants = new Invariants(environment);
  }

  /** Runs and prints; ends with 1 when a limit was passed, with 2 when misused. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    int racing = 10_000;
    int rate = 50;
    int seconds = 10;
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        int number = Integer.parseInt(arguments[i + 1]);
        switch (arguments[i]) {
          case "--contacts" -> racing = number;
          case "--rate" -> rate = number;
          case "--seconds" -> seconds = number;
          default -> throw new NumberFormatException(arguments[i]);
        }
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    Path template = Path.of(System.getProperty("renfort.home", ".")).resolve("template.yaml");
    List<String> wrong = new ArrayList<>();
    try (LocalPlatform platform =
        LocalPlatform.start(LocalPlatform.Options.inMemory(template).patient())) {
      HoldsBench bench = new HoldsBench(platform);
      wrong.addAll(bench.race(racing));
      wrong.addAll(bench.steady(rate, Math.min(500, rate * seconds)));
    }
    wrong.forEach(System.out::println);
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  /** All contacts at once, by as many threads as a burst may have. */
  private List<String> race(int count) throws InterruptedException, ExecutionException {
    String finess = "350000014";
    List<String> where = missions(finess);
    List<String> people = people(Math.min(count, 1_000));
    long start = System.nanoTime();
    List<Timed> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Timed>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String mission = where.get(i * 7 % MISSIONS);
        String person = people.get(i % people.size());
        calls.add(threads.submit(() -> contact(mission, person, System.nanoTime())));
      }
      for (Future<Timed> call : calls) {
        answers.add(call.get());
      }
    }
    return tell(
        "race: %d contacts by one establishment".formatted(count),
        finess,
        start,
        answers,
        people,
        where);
  }

  /** Each contact begins at its time, however long those before take. */
  private List<String> steady(int rate, int count) throws InterruptedException, ExecutionException {
    String finess = "350000022";
    Writes writes = new Writes();
    contacts.save(writes, finess, new Limits(Limits.MOST_HOLDS, Limits.MOST_CONTACTS), 0);
    Database.of(environment).commit(writes);
    List<String> where = missions(finess);
    List<String> people = people(count);
    List<Timed> answers = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Timed>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long due = start + i * 1_000_000_000L / rate;
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        String mission = where.get(i % MISSIONS);
        String person = people.get(i);
        calls.add(threads.submit(() -> contact(mission, person, due)));
      }
      for (Future<Timed> call : calls) {
        answers.add(call.get());
      }
    }
    return tell(
        "steady: %d contacts by one establishment, %d a second".formatted(count, rate),
        finess,
        start,
        answers,
        people,
        where);
  }

  private record Timed(String answer, double millis) {}

  private Timed contact(String mission, String person, long due) {
    Contacted contacted =
        candidacies.contact(mission, person, "requester", false, Duration.ofHours(36));
    return new Timed(
        contacted instanceof Contacted.Refused(var reason)
            ? reason.name()
            : contacted.getClass().getSimpleName(),
        (System.nanoTime() - due) / 1e6);
  }

  private List<String> tell(
      String what,
      String finess,
      long start,
      List<Timed> answers,
      List<String> people,
      List<String> where) {
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Integer> counts = new TreeMap<>();
    answers.forEach(answer -> counts.merge(answer.answer(), 1, Integer::sum));
    double[] times =
        answers.stream()
            .filter(answer -> answer.answer().equals("Held"))
            .mapToDouble(Timed::millis)
            .sorted()
            .toArray();
    Contacting contacting = contacts.find(finess);
    Instant now = environment.clock().instant();
    LocalDate today = Regions.find("53").orElseThrow().today(environment.clock());
    Formatter told = new Formatter(Locale.ROOT);
    told.format(
        "%s in %.1f s: %s%n  held %d of %d, contacted today %d of %d; those held: p50 %.1f ms, p99"
            + " %.1f ms%n",
        what,
        seconds,
        counts,
        contacting.held(now),
        contacting.limits().holds(),
        contacting.contacted(today),
        contacting.limits().contactsPerDay(),
        at(times, 0.5),
        at(times, 0.99));
    System.out.print(told);
    return invariants.broken(people, where);
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }

  private List<String> missions(String finess) {
    Establishment establishment =
        new Establishment(finess, "CH", "1 rue", "35000", "Rennes", "53", "35", 48.11, -1.68);
    LocalDate start = Regions.find("53").orElseThrow().today(environment.clock()).plusDays(7);
    Terms terms = new Terms(start, start.plusDays(9), "60", null, 1, false, false, false, false);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MISSIONS; i++) {
      Mission mission =
          Mission.submitted(
              environment.ids().next(),
              establishment,
              "requester",
              terms,
              Mission.Status.OPEN,
              environment.clock().instant());
      Writes writes = new Writes();
      missions.create(writes, mission);
      Database.of(environment).commit(writes);
      ids.add(mission.missionId());
    }
    return ids;
  }

  private List<String> people(int count) {
    Availability availability =
        new Availability(
            List.of(
                new Period(
                    Regions.find("53").orElseThrow().today(environment.clock()), null, true, true)),
            List.of());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = environment.ids().next();
      Writes writes = new Writes();
      pool.create(
          writes,
          new PoolRow(
              id,
              "Kerbrat",
              "Solène",
              "35000",
              "Rennes",
              "35",
              new Position(48.11, -1.68),
              "60",
              null,
              "53",
              IdentifierType.NONE,
              null,
              true,
              true,
              false,
              Set.of(),
              true,
              true,
              false,
              false,
              availability,
              null,
              environment.clock().instant(),
              false,
              0));
      Database.of(environment).commit(writes);
      ids.add(id);
    }
    return ids;
  }
}
