package renfort.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.bench.Comparison.Shown;
import renfort.bench.Population.Spread;
import renfort.candidacies.CandidacyStore;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;
import renfort.matching.CandidateSearch;
import renfort.matching.CandidateSearch.Page;
import renfort.matching.MatchCandidates;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import renfort.web.Json;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Matches missions against a synthetic pool on the tables of the local platform: every list is
 * followed to its end and compared with a brute-force oracle, every page's pool reads are counted,
 * and the handler is timed. Then what writes cost is counted, and PostgreSQL is asked the same.
 */
public final class MatchingBench {
  /** One account asks for all pages here, which it may not in a day (R27). */
  private static final String UNLIMITED =
      "pages=1000000,sheets=1000000,documents=1000000,establishmentTimes=3,agencyTimes=5,"
          + "missions=200,missionsUnapproved=40";

  private static final long SEED = 20_260_302;

  /** The contract's default length of a page. */
  private static final int LIMIT = 20;

  /** How many pages of each mission the handler is asked for. */
  private static final int HANDLER_PAGES = 3;

  private static final String ROUTE = "GET /api/missions/{id}/candidates";

  private final Spread spread;
  private final Population population;
  private final Oracle oracle;
  private final Meter meter = new Meter();
  private final Environment environment;
  private final BulkLoad people;
  private final List<String> faults = new ArrayList<>();
  private final Distribution units = new Distribution();
  private final Distribution firstPageUnits = new Distribution();
  private final Distribution charged = new Distribution();
  private final Distribution allUnits = new Distribution();
  private final Distribution rows = new Distribution();
  private final Distribution items = new Distribution();
  private final Distribution listed = new Distribution();
  private final Distribution searchMillis = new Distribution();
  private final Distribution firstMillis = new Distribution();
  private final Distribution nextMillis = new Distribution();
  private String besides = "";
  private int emptyPages;
  private int shortPages;
  private int unlikeUnits;
  private Duration seeding = Duration.ZERO;
  private Duration following = Duration.ZERO;

  private MatchingBench(LocalPlatform platform, int people, int missions, Spread spread) {
    this.spread = spread;
    population = Population.of(SEED, people, missions, spread);
    oracle = new Oracle(population, Population.NOW);
    environment = environment(platform, client(platform, List.of(meter)));
    this.people = new BulkLoad(client(platform, List.of()));
  }

  /**
   * What a run found.
   *
   * @param pages how many pages of candidates were read
   * @param wrongAnswers how many differences from the oracle, and pages whose read units were
   *     counted otherwise on the way to the tables
   * @param unitsAt99 read units that a page takes of the pool, at the 99th percentile
   * @param emptyShare how many of the pages were empty though more people follow, 0 to 1
   * @param calls how often each operation of the tables was called while measuring
   * @param firstFaults some of the differences, in words
   * @param text all of it, to be printed
   * @param row the same in one line of a table of sizes
   */
  public record Report(
      int pages,
      int wrongAnswers,
      double unitsAt99,
      double emptyShare,
      Map<String, Integer> calls,
      List<String> firstFaults,
      String text,
      String row) {

    /** Whether the bars are met: no wrong answer, at most 10 units, under 2 % of empty pages. */
    public boolean isGood() {
      return wrongAnswers == 0 && unitsAt99 <= CandidateSearch.BUDGET && emptyShare < 0.02;
    }
  }

  private static final String USAGE =
      """
      Usage: bin/bench-matching [--sizes N,N…] [--spread even|inhabitants] [--postgres] [people] [missions]
        people      how many volunteers (100000); with --sizes one run for each
        missions    how many missions' lists are followed (600; 60 from a million people on)
        --spread    draws homes and establishments by commune or by inhabitant; both when absent
        --postgres  asks PostgreSQL for the same first pages, over the same people
      """;

  private record Wish(List<Integer> sizes, int missions, List<Spread> spreads, boolean postgres) {
    static Wish read(String[] arguments) {
      List<Integer> sizes = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      List<Spread> spreads = List.of(Spread.values());
      boolean postgres = false;
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--sizes" -> {
            for (String size : arguments[++i].split(",", -1)) {
              sizes.add(Integer.parseInt(size));
            }
          }
          case "--spread" ->
              spreads =
                  switch (arguments[++i]) {
                    case "even" -> List.of(Spread.EVENLY);
                    case "inhabitants" -> List.of(Spread.BY_INHABITANTS);
                    case String other -> throw new NumberFormatException(other);
                  };
          case "--postgres" -> postgres = true;
          default -> numbers.add(Integer.parseInt(arguments[i]));
        }
      }
      if (sizes.isEmpty()) {
        sizes.add(numbers.isEmpty() ? 100_000 : numbers.removeFirst());
      }
      return new Wish(sizes, numbers.isEmpty() ? 0 : numbers.getFirst(), spreads, postgres);
    }

    int missions(int people) {
      return missions > 0 ? missions : people < 1_000_000 ? 600 : 60;
    }
  }

  /** Runs and prints; ends with 1 when a bar is missed, with 2 when misused. */
  public static void main(String[] arguments) {
    Path home = Path.of(System.getProperty("renfort.home", "."));
    Wish wish;
    try {
      wish = Wish.read(arguments);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    boolean good = true;
    WriteCosts.Report costs = WriteCosts.count(home);
    System.out.println(costs.text());
    good &= costs.good();
    StringBuilder rows = new StringBuilder();
    for (int people : wish.sizes()) {
      for (Spread spread : wish.spreads()) {
        Report report = run(home, people, wish.missions(people), spread, wish.postgres());
        System.out.println(report.text());
        report.firstFaults().forEach(System.out::println);
        rows.append(report.row());
        good &= report.isGood();
      }
    }
    if (wish.sizes().size() > 1 || wish.spreads().size() > 1) {
      System.out.println(
          "   people drawn           missions   pages  on a page  units: mean  p50   p99   max"
              + "  in all: p50   p99  page, ms: p50    p99  next: p50    p99 empty%  wrong");
      System.out.print(rows);
    }
    System.exit(good ? 0 : 1);
  }

  /**
   * Runs on a platform of its own.
   *
   * @param home the directory of template.yaml
   * @param postgres whether PostgreSQL is asked too
   */
  public static Report run(Path home, int people, int missions, Spread spread, boolean postgres) {
    LocalPlatform.Options options =
        LocalPlatform.Options.inMemory(home.resolve("template.yaml")).withMissingFunctions();
    try (LocalPlatform platform = LocalPlatform.start(options)) {
      MatchingBench bench = new MatchingBench(platform, people, missions, spread);
      bench.store(platform);
      bench.followLists();
      bench.timeHandler();
      if (postgres) {
        bench.askPostgres();
      }
      return bench.report();
    }
  }

  /** A client of the tables with nothing between. */
  static DynamoDbClient client(LocalPlatform platform, List<ExecutionInterceptor> interceptors) {
    return client(platform.tablesAddress(), interceptors);
  }

  /** A client of the tables at an address, with no faults before it. */
  static DynamoDbClient client(URI tables, List<ExecutionInterceptor> interceptors) {
    return DynamoDbClient.builder()
        .region(Region.EU_WEST_3)
        .endpointOverride(tables)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local-secret")))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(configuration -> configuration.executionInterceptors(interceptors))
        .build();
  }

  /** A function's environment at the time of the population. */
  private static Environment environment(LocalPlatform platform, DynamoDbClient tables) {
    Map<String, String> variables = new HashMap<>(platform.variables("MatchCandidates"));
    variables.putAll(Invariants.variables(platform::tableName));
    variables.put("QUOTAS", UNLIMITED);
    Clients others = platform.clients();
    return new Environment(
        variables,
        Clock.fixed(Population.NOW, ZoneOffset.UTC),
        Ids.random(),
        new Clients(() -> tables, others::s3, others::presigner, others::ses, others::cognito));
  }

  private void store(LocalPlatform platform) {
    long start = System.nanoTime();
    // each of a hundred thousand people would be handed to a function, one after the other
    var _ =
        client(platform, List.of())
            .updateTable(
                update ->
                    update
                        .tableName(platform.tableName("ProfessionalsTable"))
                        .streamSpecification(stream -> stream.streamEnabled(false)));
    Environment loading = environment(platform, people);
    PoolStore pool = new PoolStore(loading);
    store(people, population.people(), pool::create);
    seeding = Duration.ofNanos(System.nanoTime() - start);
    BulkLoad others = new BulkLoad(client(platform, List.of()));
    Environment loadingOthers = environment(platform, others);
    MissionStore missions = new MissionStore(loadingOthers);
    CandidacyStore candidacies = new CandidacyStore(loadingOthers);
    AccountStore accounts = new AccountStore(loadingOthers);
    store(others, population.missions(), missions::create);
    store(others, population.candidacies(), candidacies::save);
    store(
        others,
        population.missions(),
        (writes, mission) -> accounts.create(writes, requester(mission)));
  }

  private static <T> void store(BulkLoad load, List<T> all, BiConsumer<Writes, T> store) {
    Database database = new Database(load);
    Writes writes = new Writes();
    for (T one : all) {
      store.accept(writes, one);
      if (writes.size() >= Writes.LIMIT) {
        commit(database, writes);
        writes = new Writes();
      }
    }
    commit(database, writes);
  }

  private static void commit(Database database, Writes writes) {
    if (!(database.commit(writes) instanceof Commit.Done)) {
      throw new IllegalStateException("The population could not be stored");
    }
  }

  /** Each mission has a requester of its own. */
  private static Account requester(Mission mission) {
    return new Account(
        mission.submittedBy(),
        Role.REQUESTER,
        mission.establishment().finess() + "@exemple.fr",
        "Martin",
        "Camille",
        "+33612345678",
        null,
        mission.establishment(),
        true,
        null,
        Population.NOW,
        true,
        false,
        0);
  }

  /** Follows every list to its end, and counts what each page costs. */
  private void followLists() {
    long start = System.nanoTime();
    CandidateSearch search = new CandidateSearch(environment);
    for (Mission mission : population.missions()) {
      Comparison comparison = new Comparison(oracle.list(mission));
      @Nullable Map<String, String> place = Map.of();
      int before = (int) items.sum();
      for (boolean first = true; place != null; first = false) {
        var _ = meter.take();
        long asked = System.nanoTime();
        Page page = search.search(mission, false, place, LIMIT);
        if (first) {
          searchMillis.add((System.nanoTime() - asked) / 1e6);
        }
        count(page, meter.take(), first);
        comparison.page(
            page.candidates().stream()
                .map(
                    candidate ->
                        new Shown(
                            candidate.row().professionalId(),
                            candidate.distanceKm(),
                            candidate.coveredDays(),
                            candidate.reasons(0).size()))
                .toList(),
            page.next() == null);
        place = page.next();
      }
      listed.add(items.sum() - before);
      note(mission, comparison);
    }
    following = Duration.ofNanos(System.nanoTime() - start);
  }

  private void count(Page page, Meter.Count count, boolean first) {
    units.add(page.units());
    if (first) {
      firstPageUnits.add(page.units());
    }
    charged.add(count.charged());
    rows.add(count.rows());
    items.add(page.candidates().size());
    unlikeUnits += page.units() == count.reported() ? 0 : 1;
    if (page.next() != null && page.candidates().isEmpty()) {
      emptyPages++;
    } else if (page.next() != null && page.candidates().size() < LIMIT) {
      shortPages++;
    }
  }

  /** Asks the handler for the first pages of every mission, as the gateway would. */
  private void timeHandler() {
    MatchCandidates handler = new MatchCandidates(environment);
    for (Mission mission : population.missions()) {
      Comparison comparison = new Comparison(oracle.list(mission));
      @Nullable String cursor = null;
      for (int page = 0; page < HANDLER_PAGES && (page == 0 || cursor != null); page++) {
        byte[] event = event(mission, cursor);
        var _ = meter.take();
        long start = System.nanoTime();
        byte[] answer = invoke(handler, event);
        (page == 0 ? firstMillis : nextMillis).add((System.nanoTime() - start) / 1e6);
        Meter.Count count = meter.take();
        allUnits.add(count.charged() + count.others());
        Map<?, ?> body = body(answer);
        cursor = (String) body.get("next");
        comparison.page(shown(body), cursor == null);
      }
      note(mission, comparison);
    }
  }

  private static byte[] event(Mission mission, @Nullable String cursor) {
    Map<String, Object> event = new TreeMap<>();
    event.put("version", "2.0");
    event.put("routeKey", ROUTE);
    event.put("pathParameters", Map.of("id", mission.missionId()));
    if (cursor != null) {
      event.put("queryStringParameters", Map.of("cursor", cursor));
    }
    event.put(
        "requestContext",
        Map.of(
            "requestId",
            "bench",
            "http",
            Map.of("method", "GET", "sourceIp", "127.0.0.1"),
            "authorizer",
            Map.of("jwt", Map.of("claims", Map.of("username", mission.submittedBy())))));
    return Json.write(event).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] invoke(MatchCandidates handler, byte[] event) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      handler.answer(new ByteArrayInputStream(event), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return output.toByteArray();
  }

  private static Map<?, ?> body(byte[] answer) {
    try {
      Map<?, ?> response =
          (Map<?, ?>) Objects.requireNonNull(Json.read(new String(answer, StandardCharsets.UTF_8)));
      if (!Objects.equals(response.get("statusCode"), 200)) {
        throw new IllegalStateException("The handler answered " + response);
      }
      return (Map<?, ?>)
          Objects.requireNonNull(Json.read(Objects.requireNonNull((String) response.get("body"))));
    } catch (Json.MalformedJson e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Shown> shown(Map<?, ?> body) {
    List<Shown> shown = new ArrayList<>();
    for (Object item : (List<?>) Objects.requireNonNull(body.get("items"))) {
      Map<?, ?> candidate = (Map<?, ?>) item;
      shown.add(
          new Shown(
              String.valueOf(candidate.get("professionalId")),
              number(candidate.get("distanceKm")),
              number(candidate.get("coveredDays")),
              ((List<?>) Objects.requireNonNull(candidate.get("reasons"))).size()));
    }
    return shown;
  }

  private static long number(@Nullable Object value) {
    return ((Number) Objects.requireNonNull(value)).longValue();
  }

  private void note(Mission mission, Comparison comparison) {
    comparison
        .faults()
        .forEach(fault -> faults.add("Mission " + mission.missionId() + ": " + fault));
  }

  /** Asks PostgreSQL for the same first pages. */
  private void askPostgres() {
    Postgres.Report report = Postgres.ask(population, oracle);
    besides = report.text();
    faults.addAll(report.faults());
  }

  private Report report() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format(
        "people                   %d, drawn %s, stored in %.1f s%n",
        population.people().size(), spread.told(), seeding.toMillis() / 1e3);
    text.format(
        "bytes of a pool row      mean %.0f, max %d%n", people.meanSize(), people.largestSize());
    text.format(
        "missions                 %d, with %d candidacies; lists of mean %.0f, max %.0f people%n",
        population.missions().size(), population.candidacies().size(), listed.mean(), listed.max());
    text.format(
        "pages of %d              %d, each list followed to its end in %.0f s%n",
        LIMIT, units.count(), following.toMillis() / 1e3);
    text.format("people on a page         mean %.1f%n", items.mean());
    text.format("rows read for a page     %s%n", told(rows));
    text.format("read units of the pool   %s%n", told(units));
    text.format("  of a first page        %s%n", told(firstPageUnits));
    text.format("  by the sizes of rows   %s%n", told(charged));
    text.format("  counted otherwise      %d pages%n", unlikeUnits);
    text.format("read units in all        %s%n", told(allUnits));
    text.format(
        "cut by the budget        %d pages short, %d empty (%.2f %%), each with a place to go on%n",
        shortPages, emptyPages, 100 * emptyShare());
    text.format("wrong answers            %d%n", faults.size());
    text.format("search, first page       %s ms%n", told(searchMillis));
    text.format("handler, first page      %s ms%n", told(firstMillis));
    text.format("handler, next pages      %s ms%n", told(nextMillis));
    text.format("calls to the tables      %s%n", meter.calls());
    text.format("%s", besides);
    return new Report(
        units.count(),
        faults.size() + unlikeUnits,
        units.percentile(0.99),
        emptyShare(),
        Map.copyOf(meter.calls()),
        faults.stream().limit(20).toList(),
        text.toString(),
        String.format(
            Locale.ROOT,
            "%9d %-14s %9d %7d %10.1f %12.1f %4.1f %5.1f %5.1f %12.1f %5.1f %14.1f %6.1f %10.1f"
                + " %6.1f %6.2f %6d%n",
            population.people().size(),
            spread.told(),
            population.missions().size(),
            units.count(),
            items.mean(),
            units.mean(),
            units.percentile(0.5),
            units.percentile(0.99),
            units.max(),
            allUnits.percentile(0.5),
            allUnits.percentile(0.99),
            firstMillis.percentile(0.5),
            firstMillis.percentile(0.99),
            nextMillis.percentile(0.5),
            nextMillis.percentile(0.99),
            100 * emptyShare(),
            faults.size() + unlikeUnits));
  }

  private double emptyShare() {
    return units.count() == 0 ? 0 : (double) emptyPages / units.count();
  }

  private static String told(Distribution values) {
    return String.format(
        Locale.ROOT,
        "mean %.1f, p50 %.1f, p99 %.1f, max %.1f",
        values.mean(),
        values.percentile(0.5),
        values.percentile(0.99),
        values.max());
  }
}
