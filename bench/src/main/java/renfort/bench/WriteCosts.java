package renfort.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import renfort.bench.LoadTown.Requester;
import renfort.bench.WriteMeter.Cost;
import renfort.local.LocalPlatform;
import renfort.reference.model.Identifiers;

/**
 * What the writes of each act cost in write units: the acts are done over HTTP on a platform of
 * this process, and the writes of the function that answers and of those that follow by streams are
 * counted on their way to the tables.
 */
final class WriteCosts {
  /** What one registration may cost; what follows by streams comes apart. */
  private static final double REGISTRATION_BAR = 15;

  /** How often each act is done. */
  private static final int TIMES = 3;

  private final LocalPlatform platform;
  private final LoadCaller caller;
  private final LoadTown town;
  private final WriteMeter meter;
  private final Map<String, Cost> answering = new LinkedHashMap<>();
  private final Map<String, Cost> following = new LinkedHashMap<>();

  private WriteCosts(LocalPlatform platform) {
    this.platform = platform;
    caller = new LoadCaller(platform.address(), new LoadTally());
    town = LoadTown.on(platform, caller);
    meter = new WriteMeter(MatchingBench.client(platform, List.of()));
  }

  /**
   * What was counted.
   *
   * @param text to be printed
   * @param registration write units of the usual registration, its indexes counted twice too
   * @param fullest write units of one with all that a form may have, its indexes counted once
   * @param good whether both are within the bar
   */
  record Report(String text, double registration, double fullest, boolean good) {}

  /**
   * Counts on a platform of its own.
   *
   * @param home the directory of template.yaml
   */
  static Report count(Path home) {
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatform.Options.inMemory(home.resolve("template.yaml")).patient())) {
      WriteCosts costs = new WriteCosts(platform);
      try (var _ = platform.faults().intercept(costs.meter)) {
        costs.act();
      }
      return costs.report();
    }
  }

  private void act() {
    List<String> people = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      String email = town.address();
      Map<String, Object> form = town.form(email);
      measure("register", () -> register(form));
      measure("set the first password", () -> town.activate(email));
      people.add(email);
    }
    for (int i = 0; i < TIMES; i++) {
      Map<String, Object> form = town.form(town.address());
      form.put("identifierType", "RPPS");
      form.put("identifier", rpps(i));
      form.put("profession", "10");
      form.put("speciality", "SM54");
      form.put("mobility", List.of("LOCAL", "DEPARTMENTAL", "NATIONAL"));
      form.put(
          "availabilities",
          List.of(
              Map.of(
                  "start",
                  town.today().toString(),
                  "end",
                  town.today().plusDays(60).toString(),
                  "weekdays",
                  true,
                  "weekend",
                  true)));
      form.put("diplomaId", town.upload());
      measure("register, all a form has", () -> register(form));
    }
    for (String email : people) {
      String token = town.token(email);
      measure(
          "edit the sheet",
          () ->
              caller.call("edit", "PUT", "/api/professionals/me", token, town.sheet()).expect(200));
    }
    Requester requester = town.requester();
    String[] token = {town.token(requester.email())};
    String[] mission = new String[1];
    for (int i = 0; i < TIMES; i++) {
      measure("submit a mission", () -> mission[0] = town.submit(token[0], 5, 5));
    }
    String candidates = "/api/missions/" + mission[0] + "/candidates";
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      ids.clear();
      measure(
          "a page of candidates",
          () ->
              caller
                  .call("page", "GET", candidates, token[0], null)
                  .expect(200)
                  .json()
                  .path("items")
                  .forEach(item -> ids.add(item.path("professionalId").asText())));
    }
    for (String id : ids) {
      measure(
          "a sheet seen",
          () -> caller.call("sheet", "GET", candidates + "/" + id, token[0], null).expect(200));
      contact(candidates, id, token[0]);
    }
    decide("affect", mission[0], "affectations", ids.get(0), token[0]);
    decide("refuse", mission[0], "refusals", ids.get(1), token[0]);
    platform.advance(Duration.ofHours(31));
    measure("sweep: a reminder", () -> platform.runSchedule("SweepHolds"));
    platform.advance(Duration.ofHours(6));
    measure("sweep: a hold is over", () -> platform.runSchedule("SweepHolds"));
    measure("sweep: nothing is due", () -> platform.runSchedule("SweepHolds"));
  }

  private void register(Map<String, Object> form) {
    caller.call("register", "POST", "/api/professionals", null, form).expect(202);
  }

  private void contact(String candidates, String id, String token) {
    measure(
        "contact",
        () ->
            caller
                .call("contact", "POST", candidates + "/" + id + "/contact", token, null)
                .expect(200));
  }

  private void decide(String act, String mission, String route, String id, String token) {
    measure(
        act,
        () ->
            caller
                .call(
                    act,
                    "POST",
                    "/api/missions/" + mission + "/" + route,
                    token,
                    Map.of("professionalIds", List.of(id)))
                .expect(200));
  }

  private void measure(String act, Runnable run) {
    platform.awaitStreams();
    var _ = meter.take();
    run.run();
    platform.awaitStreams();
    Cost answered = Cost.NONE;
    Cost followed = Cost.NONE;
    for (Map.Entry<String, Cost> one : meter.take().entrySet()) {
      boolean follows =
          platform.template().streams().stream()
              .anyMatch(stream -> stream.functionId().equals(one.getKey()));
      answered = follows ? answered : answered.plus(one.getValue());
      followed = follows ? followed.plus(one.getValue()) : followed;
    }
    answering.merge(act, answered, (one, other) -> one.total() > other.total() ? one : other);
    following.merge(act, followed, (one, other) -> one.total() > other.total() ? one : other);
  }

  private static String rpps(int number) {
    for (int key = 0; key < 10; key++) {
      Optional<String> found = Identifiers.rpps("9%09d".formatted(700 + number) + key);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalStateException("no key");
  }

  private Report report() {
    Formatter text = new Formatter(Locale.ROOT);
    text.format(
        "write units                 tables  indexes  together  at most  reported  then by"
            + " streams%n");
    answering.forEach(
        (act, cost) ->
            text.format(
                "%-26s %7.0f %8.0f %9.0f %8.0f %9.0f %16.0f%n",
                act,
                cost.table(),
                cost.indexes(),
                cost.total(),
                cost.atMost(),
                cost.reported(),
                following.getOrDefault(act, Cost.NONE).total()));
    double registration = answering.getOrDefault("register", Cost.NONE).atMost();
    double fullest = answering.getOrDefault("register, all a form has", Cost.NONE).total();
    boolean good = Math.max(registration, fullest) <= REGISTRATION_BAR;
    return new Report(text.toString(), registration, fullest, good);
  }
}
