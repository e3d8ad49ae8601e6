package renfort.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import renfort.bench.RuntimeApi.Answer;
import renfort.bench.RuntimeApi.Failed;

/**
 * A function in a process of its own, as Lambda's managed Java 25 runtime runs it: AWS's Runtime
 * Interface Client, the function's jar, the flags and variables that the runtime sets.
 */
final class ColdStartProcess implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  /** The heap's share of a function's memory, in the managed runtime. */
  private static final double HEAP = 0.85;

  private static final int KIB_PER_MIB = 1024;
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final int LOOKS = 50;
  private static final int LINES = 12;
  private static final int WIDTH = 400;

  /**
   * What to run.
   *
   * @param name as it is printed
   * @param classPath of the handler, without the Runtime Interface Client
   * @param handler the class
   * @param memory in MiB
   * @param variables the function's own
   */
  record Function(
      String name, String classPath, String handler, int memory, Map<String, String> variables) {}

  private final RuntimeApi api = new RuntimeApi();
  private final Path directory = Files.createTempDirectory("renfort-cold");
  private final Path log = directory.resolve("log");
  private final Process process;
  private final long started;

  /**
   * Starts a function.
   *
   * @param snapStart whether it is started for a snapshot
   * @param pin what goes before the command to keep it on one core; empty when nothing can
   */
  ColdStartProcess(Function function, boolean snapStart, List<String> pin) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(function, snapStart, pin))
            // the client looks for classes in its working directory as well
            .directory(Files.createDirectory(directory.resolve("task")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "");
    environment.clear();
    environment.put("PATH", path);
    environment.putAll(environment(function, snapStart));
    started = System.nanoTime();
    process = builder.start();
    var _ = process.onExit().thenRun(api::ended);
  }

  /** When it was started, as of {@link System#nanoTime}. */
  long started() {
    return started;
  }

  /** Gives it an event and waits for its answer. */
  Answer call(byte[] event) throws Failed {
    return api.answer(api.call(event));
  }

  /**
   * Waits for the snapshot, restores it and calls it.
   *
   * @return its answer, handed over when it was restored
   */
  Answer restoreAndCall(byte[] event) throws Failed {
    api.awaitReady();
    // a snapshot is of a process at rest: the compilers are done with what the hooks have warmed
    rest();
    CompletableFuture<Answer> call = api.call(event);
    long restored = api.restore();
    Answer answer = api.answer(call);
    return new Answer(answer.body(), restored, answer.answered());
  }

  /** Waits until it uses no processor time any more, 5 s at most. */
  void rest() {
    Duration before = used();
    for (int i = 0; i < LOOKS; i++) {
      try {
        Thread.sleep(QUIET);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      Duration now = used();
      if (now.equals(before)) {
        return;
      }
      before = now;
    }
  }

  /** How much processor time it has used; in steps of 10 ms on Linux. */
  Duration used() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * A figure of /proc/PID/status in MiB: VmRSS what is resident now, VmHWM what was at most; 0
   * where there is no /proc.
   */
  double memory(String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith(name + ":"))
              .map(line -> line.replaceAll("\\D", ""))
              .mapToDouble(Double::parseDouble)
              .findFirst()
              .orElse(0)
          / KIB_PER_MIB;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The last lines that it has written, cut to a width that can be read. */
  String logged() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
          .map(line -> line.substring(0, Math.min(line.length(), WIDTH)))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> command(Function function, boolean snapStart, List<String> pin) {
    List<String> command = new ArrayList<>(pin);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:MaxHeapSize=" + (long) (function.memory() * KIB_PER_MIB * HEAP) + "k",
            // what the virtual machine begins with where there is that much memory, and not this
            // machine's: it would never collect anything
            "-XX:InitialHeapSize=" + function.memory() * KIB_PER_MIB / 64 + "k",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:+TieredCompilation"));
    if (!snapStart) {
      // from Java 25 on the managed runtime leaves this out under SnapStart
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(
        List.of(
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-Djava.net.preferIPv4Stack=true",
            "-cp",
            runtimeClient() + File.pathSeparator + function.classPath(),
            CLIENT,
            function.handler()));
    return command;
  }

  private Map<String, String> environment(Function function, boolean snapStart) {
    Map<String, String> environment = new HashMap<>(function.variables());
    environment.putAll(
        Map.of(
            "_HANDLER",
            function.handler(),
            "AWS_LAMBDA_RUNTIME_API",
            api.authority(),
            "AWS_LAMBDA_FUNCTION_NAME",
            function.name(),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            Integer.toString(function.memory()),
            "AWS_LAMBDA_FUNCTION_VERSION",
            "1",
            "AWS_LAMBDA_LOG_FORMAT",
            "JSON",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            snapStart ? "snap-start" : "on-demand",
            "LAMBDA_TASK_ROOT",
            directory.resolve("task").toString()));
    environment.putAll(
        Map.of(
            "AWS_EXECUTION_ENV", "AWS_Lambda_java25",
            "AWS_REGION", "eu-west-3",
            "AWS_DEFAULT_REGION", "eu-west-3",
            "LANG", "en_US.UTF-8",
            "TZ", ":UTC"));
    if (snapStart) {
      // keys in the environment would be those of the snapshot's time
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", api.credentials());
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "local-token");
    } else {
      environment.put("AWS_ACCESS_KEY_ID", "local");
      environment.put("AWS_SECRET_ACCESS_KEY", "local-secret");
    }
    return environment;
  }

  /**
   * What a process under SnapStart reads as its credentials. Lambda's have a session token as well,
   * which the platform's object store does not know.
   */
  static byte[] temporaryCredentials(Instant now) {
    return """
    {"AccessKeyId":"local","SecretAccessKey":"local-secret","Expiration":"%s"}\
    """
        .formatted(now.plus(Duration.ofHours(6)))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The Runtime Interface Client and what it needs, out of this process's own class path. */
  private static String runtimeClient() {
    List<String> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    Stream.of(
                            "aws-lambda-java-runtime-interface-client",
                            "aws-lambda-java-serialization",
                            "aws-lambda-java-core",
                            "utils-lite")
                        .anyMatch(entry::contains))
            .toList();
    if (jars.size() < 4) {
      throw new IllegalStateException("The Runtime Interface Client is not there: " + jars);
    }
    return String.join(File.pathSeparator, jars);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    api.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
