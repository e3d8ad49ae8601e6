package renfort.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import renfort.bench.ColdStartProcess.Function;
import renfort.bench.ColdStartReport.Figures;
import renfort.bench.RuntimeApi.Answer;
import renfort.bench.RuntimeApi.Failed;
import renfort.local.LocalPlatform;
import renfort.local.Template;

/**
 * Starts every function in a fresh process, as Lambda does, on one core, with its sample event:
 * from the start of the process to the first answer, in turns with a function that does nothing;
 * then from the restoration of a SnapStart process to its first answer. What it answers must be
 * what the platform answers. Arguments: {@code [--peers] [--runs N] [--functions A,B]}, or {@code
 * --record} to record what functions rehearse.
 */
public final class ColdStart {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTHING = "(no-op)";
  private static final int MEMORY = 512;

  private static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";
  private static final byte[] NO_EVENT = {'{', '}'};

  private final LocalPlatform platform;
  private final ColdStartScene scene;
  private final Plan plan;
  private final String jar;
  private final Cores cores;
  private final ColdStartReport report;
  private final Function nothing = nothing();

  /**
   * What to run.
   *
   * @param home the directory of template.yaml
   * @param functions only these; empty for all
   * @param runs of each
   * @param peers what does the work of MatchCandidates by other means
   * @param warmUp calls of MatchCandidates before the warm ones
   * @param warm calls of MatchCandidates that are timed; none when it is 0
   */
  record Plan(
      Path home,
      List<String> functions,
      int runs,
      List<ColdStartPeers.Peer> peers,
      int warmUp,
      int warm) {}

  /**
   * Where processes run.
   *
   * @param pin what goes before a command to keep it on one core; empty when nothing can
   * @param all the cores that this process had before
   * @param told the same in words
   */
  private record Cores(List<String> pin, List<Integer> all, String told) implements AutoCloseable {

    /** Takes the last core for the functions, and leaves the others to this process. */
    static Cores take() {
      List<Integer> all = allowed();
      if (all.isEmpty() || !succeeds("taskset", "--version")) {
        return new Cores(List.of(), List.of(), "not pinned to a core: there is no taskset here");
      }
      int last = all.getLast();
      if (all.size() > 1) {
        // the tables would take their share of the functions' core
        moveTo(all.subList(0, all.size() - 1));
      }
      return new Cores(
          List.of("taskset", "-c", Integer.toString(last)),
          all,
          "each pinned to core "
              + last
              + (all.size() > 1 ? ", the tables on the others" : ", shared with the tables"));
    }

    @Override
    public void close() {
      if (all.size() > 1) {
        moveTo(all);
      }
    }

    private static void moveTo(List<Integer> cores) {
      String list = String.join(",", cores.stream().map(String::valueOf).toList());
      var _ =
          succeeds("taskset", "-a", "-c", "-p", list, Long.toString(ProcessHandle.current().pid()));
    }

    private static List<Integer> allowed() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
        return lines
            .filter(line -> line.startsWith("Cpus_allowed_list:"))
            .flatMap(line -> Arrays.stream(line.split(":", -1)[1].strip().split(",", -1)))
            .map(range -> range.split("-", -1))
            .flatMapToInt(
                range ->
                    IntStream.rangeClosed(
                        Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])))
            .boxed()
            .toList();
      } catch (IOException e) {
        return List.of();
      }
    }

    private static boolean succeeds(String... command) {
      try {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /**
   * A function that is measured.
   *
   * @param eventOf whose sample event it gets; empty for the function that does nothing
   * @param expected what the platform answers to the same
   * @param peer whether it is none of ours
   */
  private record Subject(Function function, String eventOf, JsonNode expected, boolean peer) {}

  private ColdStart(LocalPlatform platform, Plan plan, Cores cores) {
    this.platform = platform;
    this.plan = plan;
    scene = new ColdStartScene(platform, plan.home());
    boolean isPackaged = isPackaged(plan.home());
    Path packaged = jar(plan.home());
    // in a build of tests only there is no jar yet: the classes and their jars do
    jar = isPackaged ? packaged.toString() : System.getProperty("java.class.path");
    this.cores = cores;
    report =
        new ColdStartReport(
            String.format(
                    Locale.ROOT,
                    "runs         %d, medians; Java %s%nprocesses    %s%nthe jar      %s",
                    plan.runs(),
                    Runtime.version(),
                    cores.told(),
                    isPackaged
                        ? String.format(Locale.ROOT, "%.1f MB", packaged.toFile().length() / 1e6)
                        : "not packaged: the class path of the build")
                + plan.peers().stream()
                    .map(
                        peer ->
                            String.format(
                                Locale.ROOT, "; %s %.1f MB", peer.name(), peer.size() / 1e6))
                    .collect(Collectors.joining()));
  }

  /** Runs and prints; ends with 1 when an answer is wrong or a bar that is no time is missed. */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Path home = Path.of(System.getProperty("renfort.home", ".")).toAbsolutePath().normalize();
    int runs = 5;
    List<String> functions = List.of();
    boolean peers = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--peers" -> peers = true;
        case "--runs" -> runs = Integer.parseInt(arguments[++i]);
        case "--record" -> {
          RehearsalRecorder.record(home);
          return;
        }
        case "--functions" -> functions = List.of(arguments[++i].split(",", -1));
        default -> {
          System.err.println("bin/bench-cold [--peers] [--runs N] [--functions A,B] | --record");
          System.exit(2);
        }
      }
    }
    if (!isPackaged(home)) {
      maven(home, "-pl", "functions", "package", "-DskipTests");
    }
    ColdStartReport report =
        run(
            new Plan(
                home, functions, runs, peers ? ColdStartPeers.build(home) : List.of(), 1500, 500));
    System.out.print(report.text());
    System.exit(report.isGood() ? 0 : 1);
  }

  private static Path jar(Path home) {
    return home.resolve("functions/target/functions.jar");
  }

  /** Whether the jar is there and holds what was compiled last. */
  private static boolean isPackaged(Path home) {
    long packaged = jar(home).toFile().lastModified();
    try (Stream<Path> classes = Files.walk(home.resolve("functions/target/classes"))) {
      return classes.allMatch(file -> file.toFile().lastModified() <= packaged);
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs on a platform of its own. */
  static ColdStartReport run(Plan plan) throws IOException {
    // one account is asked for the same page more often than a day allows (R27)
    LocalPlatform.Options options =
        LocalPlatform.Options.inMemory(plan.home().resolve("template.yaml"))
            .with(Map.of("CandidatePagesPerDay", "1000000"));
    try (Cores cores = Cores.take();
        LocalPlatform platform = LocalPlatform.start(options)) {
      ColdStart bench = new ColdStart(platform, plan, cores);
      bench.measure();
      return bench.report;
    }
  }

  private void measure() throws IOException {
    List<Subject> subjects = subjects();
    for (int run = 0; run < plan.runs(); run++) {
      double ours = 0;
      for (Subject subject : subjects) {
        double cold = measure(subject, ours);
        ours = subject.function().name().equals(ColdStartScene.MATCHING) ? cold : ours;
      }
    }
    if (plan.warm() > 0) {
      for (Subject subject : subjects) {
        if (subject.function().name().equals(ColdStartScene.MATCHING)) {
          warm(subject);
        }
      }
    }
  }

  /** The function that does nothing, ours, and the peers. */
  private List<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    subjects.add(new Subject(nothing, "", JSON.createObjectNode().put("statusCode", 200), false));
    List<String> wanted = plan.functions().isEmpty() ? scene.functions() : plan.functions();
    for (String id : wanted) {
      Template.Function declared = scene.function(id);
      subjects.add(
          new Subject(
              new Function(
                  id, jar, declared.handler(), declared.memory(), scene.variables(declared)),
              id,
              answered(id),
              false));
    }
    Template.Function matching = scene.function(ColdStartScene.MATCHING);
    JsonNode page =
        plan.peers().isEmpty() ? MissingNode.getInstance() : answered(ColdStartScene.MATCHING, 1);
    for (ColdStartPeers.Peer peer : plan.peers()) {
      Map<String, String> variables = new HashMap<>(scene.variables(matching));
      variables.putAll(peer.variables());
      subjects.add(
          new Subject(
              new Function(
                  peer.name(), peer.classPath(), peer.handler(), matching.memory(), variables),
              ColdStartScene.MATCHING,
              page,
              true));
    }
    return subjects;
  }

  private static Function nothing() {
    String own =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Files.exists(Path.of(entry, "renfort/bench/ColdStartNothing.class")))
            .findFirst()
            .orElseThrow();
    return new Function(NOTHING, own, ColdStartNothing.class.getName(), MEMORY, Map.of());
  }

  /**
   * What the platform answers to a function's sample event, asked until the tables, which are not
   * measured, are warm: for the one that is compared as often as that takes, for others in turn.
   */
  private JsonNode answered(String id) {
    return answered(
        id, Math.max(1, id.equals(ColdStartScene.MATCHING) ? plan.warmUp() : plan.warmUp() / 50));
  }

  private JsonNode answered(String id, int times) {
    JsonNode answer = MissingNode.getInstance();
    for (int i = 0; i < times; i++) {
      // the list changes nothing
      if (i == 0 || !id.equals(ColdStartScene.MATCHING)) {
        scene.restore();
      }
      answer = platform.invoke(id, scene.event(id));
    }
    platform.awaitStreams();
    return answer;
  }

  /** The status of an HTTP answer, else ok or what is wrong with it. */
  private static String status(JsonNode answer) {
    if (answer.has("statusCode")) {
      return answer.path("statusCode").asText();
    }
    return answer.isObject()
            && answer.path("batchItemFailures").isEmpty()
            && !answer.has("errorMessage")
            && !answer.has("errors")
        ? "ok"
        : "failed";
  }

  /**
   * Measures a function once.
   *
   * @param ours the cold start of the measured function of ours in this run, in ms; 0 before it
   * @return the cold start, in ms; 0 when it failed
   */
  private double measure(Subject subject, double ours) throws IOException {
    Figures figures = report.of(subject.function().name());
    Started before = nothingOnce();
    Started cold = cold(subject, figures);
    Started after = nothingOnce();
    if (cold.isThere() && before.isThere() && after.isThere()) {
      figures.cold.add(cold.millis());
      figures.ratio.add(2 * cold.millis() / (before.millis() + after.millis()));
      figures.used.add(cold.used());
      figures.usedRatio.add(2 * cold.used() / (before.used() + after.used()));
    }
    if (cold.isThere() && ours > 0 && subject.peer()) {
      figures.overOurs.add(cold.millis() / ours);
    }
    restored(subject, figures);
    return cold.millis();
  }

  /**
   * A cold start.
   *
   * @param millis from the start of the process to the answer
   * @param used processor time until then, in ms
   */
  private record Started(double millis, double used) {
    boolean isThere() {
      return millis > 0;
    }
  }

  private static final Started NEVER = new Started(0, 0);

  private static Started started(ColdStartProcess process, Answer answer) {
    return new Started(millis(process.started(), answer.answered()), process.used().toMillis());
  }

  /** A cold start of the function that does nothing. */
  private Started nothingOnce() throws IOException {
    try (ColdStartProcess process = new ColdStartProcess(nothing, false, cores.pin())) {
      return started(process, process.call(NO_EVENT));
    } catch (Failed e) {
      report.fault(NOTHING + ": " + e.getMessage());
      return NEVER;
    }
  }

  private Started cold(Subject subject, Figures figures) throws IOException {
    scene.restore();
    byte[] event = event(subject);
    Set<Object> before = scene.state();
    try (ColdStartProcess process = new ColdStartProcess(subject.function(), false, cores.pin())) {
      try {
        Answer answer = process.call(event);
        Started cold = started(process, answer);
        check(subject, figures, answer);
        if (figures.status.equals("ok") && scene.state().equals(before)) {
          report.fault(subject.function().name() + " found nothing to do");
        }
        process.rest();
        figures.resident.add(process.memory("VmRSS"));
        figures.peak.add(process.memory("VmHWM"));
        return cold;
      } catch (Failed e) {
        failed(subject, figures, e, process);
        return NEVER;
      }
    }
  }

  private void restored(Subject subject, Figures figures) throws IOException {
    scene.restore();
    byte[] event = event(subject);
    try (ColdStartProcess process = new ColdStartProcess(subject.function(), true, cores.pin())) {
      try {
        Answer answer = process.restoreAndCall(event);
        figures.restored.add(millis(answer.handed(), answer.answered()));
        if (process.logged().contains("not-primed")) {
          report.fault(subject.function().name() + " was not primed: " + process.logged());
        }
        check(subject, figures, answer);
      } catch (Failed e) {
        failed(subject, figures, e, process);
      }
    }
  }

  private byte[] event(Subject subject) {
    return subject.eventOf().isEmpty() ? NO_EVENT : scene.bytes(subject.eventOf());
  }

  private void check(Subject subject, Figures figures, Answer answer) throws IOException {
    String name = subject.function().name();
    JsonNode tree = JSON.readTree(answer.body());
    figures.status = status(tree);
    if (!figures.status.equals(status(subject.expected()))) {
      report.fault(
          "%s answered %s, the platform %s".formatted(name, answer.body(), subject.expected()));
    } else if (!figures.status.equals("ok") && !figures.status.startsWith("2")) {
      report.fault("%s does not do its work: %s".formatted(name, answer.body()));
    } else if (subject.eventOf().equals(ColdStartScene.MATCHING)) {
      JsonNode page = page(tree);
      JsonNode expected = page(subject.expected());
      if (page.path("items").size() != ColdStartScene.PAGE
          || !page.path("items").equals(expected.path("items"))
          || page.has("next") != expected.has("next")) {
        report.fault("%s answered %s, the platform %s".formatted(name, page, expected));
      }
    }
  }

  /** The list of an answer: its people with all that is told of them, and where it goes on. */
  private static JsonNode page(JsonNode answer) throws IOException {
    return JSON.readTree(answer.path("body").asText());
  }

  private void failed(Subject subject, Figures figures, Failed fault, ColdStartProcess process) {
    figures.status = "failed";
    report.fault(
        "%s: %s%n%s"
            .formatted(subject.function().name(), fault.getMessage(), process.logged().indent(4)));
  }

  /** Calls one process many times, restored as those are that answer requests. */
  private void warm(Subject subject) throws IOException {
    scene.restore();
    try (ColdStartProcess process = new ColdStartProcess(subject.function(), true, cores.pin())) {
      Figures figures = report.of(subject.function().name());
      try {
        var _ = process.restoreAndCall(event(subject));
        for (int i = -plan.warmUp(); i < plan.warm(); i++) {
          Answer answer = process.call(event(subject));
          check(subject, figures, answer);
          if (i >= 0) {
            report.warm().add(millis(answer.handed(), answer.answered()));
          }
        }
      } catch (Failed e) {
        failed(subject, figures, e, process);
      }
    }
  }

  /** Builds something, on this virtual machine. */
  static void maven(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-ntp"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Maven's own Guava asks for it on this Java, which else warns of it (JEP 498)
    builder.environment().merge("MAVEN_OPTS", UNSAFE, (given, more) -> given + " " + more);
    try {
      if (builder.start().waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " has failed in " + directory);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static double millis(long from, long to) {
    return (double) (to - from) / TimeUnit.MILLISECONDS.toNanos(1);
  }
}
