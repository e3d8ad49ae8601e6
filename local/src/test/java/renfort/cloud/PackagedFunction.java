package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.local.Template;

/**
 * A function of the packaged jar in a process of its own, as Lambda runs it: AWS's Runtime
 * Interface Client, and nothing else beside the jar. The services are the platform's; Lambda's
 * Runtime API is a stub here.
 */
final class PackagedFunction implements AutoCloseable {
  /** The jar that is deployed. */
  static final Path JAR = PlatformExtension.root().resolve("functions/target/functions.jar");

  private static final String API = "/2018-06-01/runtime/";
  private static final int SECONDS = 90;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Call(String id, String event, CompletableFuture<String> answer) {}

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final Map<String, Call> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> broken = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer runtime;
  private final Path log;
  private final Process process;

  /** Starts a function of the template. */
  PackagedFunction(LocalPlatform platform, String functionId) {
    assertTrue(Files.exists(JAR), () -> "No " + JAR + ": mvn -pl functions package makes it");
    Template.Function function =
        platform.template().functions().stream()
            .filter(each -> each.id().equals(functionId))
            .findFirst()
            .orElseThrow();
    try {
      runtime =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
      runtime.setExecutor(threads);
      runtime.createContext("/", this::answer);
      runtime.start();
      log = Files.createTempFile("renfort-" + functionId, ".log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  JAR + File.pathSeparator + runtimeClient(),
                  "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                  function.handler())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
      builder.environment().putAll(environment(platform, function));
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var _ =
        process
            .onExit()
            .thenRun(() -> broken.completeExceptionally(new IOException("it has ended")));
  }

  /** Calls the function; fails when it throws, with what it has logged. */
  JsonNode call(Object event) {
    try {
      Call call =
          new Call(
              UUID.randomUUID().toString(),
              MAPPER.writeValueAsString(event),
              new CompletableFuture<>());
      calls.add(call);
      CompletableFuture.anyOf(call.answer(), broken).get(SECONDS, TimeUnit.SECONDS);
      return MAPPER.readTree(call.answer().join());
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + logged(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the process has written. */
  String logged() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    runtime.stop(0);
    threads.shutdownNow();
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.equals(API + "invocation/next")) {
        next(exchange);
        return;
      }
      String[] parts = path.substring(API.length()).split("/", -1);
      if (parts[0].equals("invocation") && parts[2].equals("response")) {
        running.remove(parts[1]).answer().complete(body);
      } else if (parts[0].equals("invocation") && parts[2].equals("error")) {
        running.remove(parts[1]).answer().completeExceptionally(new IOException(body));
      } else if (path.equals(API + "init/error")) {
        broken.completeExceptionally(new IOException(body));
      }
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    Call call;
    try {
      call = calls.take();
    } catch (InterruptedException e) {
      // closed
      Thread.currentThread().interrupt();
      return;
    }
    running.put(call.id(), call);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", call.id());
    headers.set(
        "Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + SECONDS * 1000L));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-west-3:123456789012:function:packaged");
    byte[] event = call.event().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  private Map<String, String> environment(LocalPlatform platform, Template.Function function) {
    Map<String, String> environment = new HashMap<>(platform.variables(function.id()));
    String services = platform.servicesAddress().toString();
    URI own = URI.create("http://127.0.0.1:" + runtime.getAddress().getPort());
    environment.putAll(
        Map.of(
            "_HANDLER", function.handler(),
            "AWS_LAMBDA_RUNTIME_API", own.getAuthority(),
            "AWS_LAMBDA_FUNCTION_NAME", function.id(),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory()),
            "AWS_REGION", "eu-west-3",
            "AWS_ACCESS_KEY_ID", "local",
            "AWS_SECRET_ACCESS_KEY", "local-secret"));
    environment.putAll(
        Map.of(
            "AWS_ENDPOINT_URL_DYNAMODB",
            platform.tablesAddress().toString(),
            "AWS_ENDPOINT_URL_S3",
            platform.objectsAddress().toString(),
            "AWS_ENDPOINT_URL_SESV2",
            services,
            "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
            services));
    return environment;
  }

  /** The Runtime Interface Client and what it needs, out of the tests' own class path. */
  private static String runtimeClient() {
    List<String> jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    entry.contains("aws-lambda-java-runtime-interface-client")
                        || entry.contains("aws-lambda-java-serialization"))
            .toList();
    assertTrue(jars.size() >= 2, jars::toString);
    return String.join(File.pathSeparator, jars);
  }
}
