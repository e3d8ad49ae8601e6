package renfort.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

/**
 * Lambda's Runtime API for one process, on 127.0.0.1: hands it events and takes its answers, with
 * the time of each. Under SnapStart the process asks for its restoration first, which waits for
 * {@link #restore}, and reads its credentials here.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final String CREDENTIALS = "/2021-04-23/credentials";
  private static final Duration MOST = Duration.ofSeconds(60);

  static {
    // without it the kernel holds the second packet of an answer back for 40 ms
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final Map<String, Call> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final CompletableFuture<Long> restored = new CompletableFuture<>();
  private final CompletableFuture<Answer> broken = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /**
   * What a call came to; times as of {@link System#nanoTime}.
   *
   * @param body what the function answered
   * @param handed when the process was given the event
   * @param answered when its answer was here
   */
  record Answer(String body, long handed, long answered) {}

  /** A process that has failed or takes too long. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /** An event on its way, and what waits for its answer. */
  private static final class Call {
    private final String id = UUID.randomUUID().toString();
    private final byte[] event;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile long handed;

    Call(byte[] event) {
      this.event = event;
    }
  }

  RuntimeApi() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Host and port, as in AWS_LAMBDA_RUNTIME_API. */
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where a process under SnapStart reads its credentials. */
  String credentials() {
    return "http://" + authority() + CREDENTIALS;
  }

  /** Gives an event to the process, once it asks for one. */
  CompletableFuture<Answer> call(byte[] event) {
    Call call = new Call(event);
    calls.add(call);
    return call.answer;
  }

  /** Waits for the answer of a call. */
  Answer answer(CompletableFuture<Answer> call) throws Failed {
    return await(CompletableFuture.anyOf(call, broken).thenApply(first -> call.join()));
  }

  /** Waits until the process under SnapStart has run its hooks and asks for its restoration. */
  void awaitReady() throws Failed {
    var _ = await(CompletableFuture.anyOf(ready, broken));
  }

  /** Restores a process under SnapStart, as after a snapshot. */
  long restore() {
    long now = System.nanoTime();
    restored.complete(now);
    return now;
  }

  /** Tells those who wait that the process has ended. */
  void ended() {
    broken.completeExceptionally(new IOException("the process has ended"));
  }

  private static <T> T await(CompletableFuture<T> future) throws Failed {
    try {
      return future.get(MOST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new Failed(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
    } catch (TimeoutException e) {
      throw new Failed("no answer within " + MOST.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("interrupted");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      long now = System.nanoTime();
      String[] parts =
          path.startsWith(RUNTIME) ? path.substring(RUNTIME.length()).split("/", -1) : null;
      if (path.equals(CREDENTIALS)) {
        send(exchange, 200, ColdStartProcess.temporaryCredentials(Instant.now()));
      } else if (parts == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (path.equals(RUNTIME + "invocation/next")) {
        next(exchange);
      } else if (path.equals(RUNTIME + "restore/next")) {
        ready.complete(now);
        restored.join();
        exchange.sendResponseHeaders(200, -1);
      } else if (parts[0].equals("invocation") && parts.length == 3) {
        posted(parts[1], parts[2], body, now);
        exchange.sendResponseHeaders(202, -1);
      } else {
        // init/error and restore/error
        broken.completeExceptionally(new IOException(path + " " + text(body)));
        exchange.sendResponseHeaders(202, -1);
      }
    }
  }

  private void posted(String id, String what, byte[] body, long now) throws IOException {
    Call call = running.remove(id);
    if (call == null) {
      throw new IOException("no call has the id " + id);
    }
    if (what.equals("response")) {
      call.answer.complete(new Answer(text(body), call.handed, now));
    } else {
      call.answer.completeExceptionally(new IOException(text(body)));
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
    running.put(call.id, call);
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", call.id);
    headers.set(
        "Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + MOST.toMillis()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-west-3:000000000000:function:bench");
    call.handed = System.nanoTime();
    send(exchange, 200, call.event);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    restored.cancel(false);
    threads.shutdownNow();
    server.stop(0);
  }
}
