package renfort.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on 127.0.0.1 with a thread for each request. */
final class HttpFront implements AutoCloseable {
  static {
    // without it the kernel holds the second packet of an answer back for 40 ms
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Takes the port; {@link #open} begins to answer.
   *
   * @throws IOException when the port is taken
   */
  HttpFront(int port) throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1024);
    server.setExecutor(threads);
  }

  int port() {
    return server.getAddress().getPort();
  }

  void open(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          } catch (RuntimeException e) {
            e.printStackTrace(System.err);
            if (exchange.getResponseCode() == -1) {
              send(exchange, 500, "application/json", "{\"message\":\"Internal Server Error\"}");
            }
          }
        });
    server.start();
  }

  @Override
  public void close() {
    if (threads.isShutdown()) {
      return;
    }
    server.stop(0);
    threads.shutdownNow();
  }

  /** The body of a request, absent when it is longer than allowed. */
  static Optional<byte[]> body(HttpExchange exchange, int most) throws IOException {
    try (InputStream stream = exchange.getRequestBody()) {
      byte[] bytes = stream.readNBytes(most + 1);
      return bytes.length > most ? Optional.empty() : Optional.of(bytes);
    }
  }

  static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
    send(exchange, status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
  }

  static void send(HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean empty =
        body.length == 0
            || exchange.getRequestMethod().equals("HEAD")
            || status == 204
            || status == 304;
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      try (OutputStream output = exchange.getResponseBody()) {
        output.write(body);
      }
    }
  }
}
