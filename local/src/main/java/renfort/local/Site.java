package renfort.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * The built pages, as the cloud's site gives them: a path without an extension is the application
 * itself. Before the pages are built, one page that says where everything is.
 */
final class Site implements HttpHandler {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final Path pages;

  /**
   * @param pages the directory of the built pages; it may be absent, and may come later
   */
  Site(Path pages) {
    this.pages = pages.toAbsolutePath().normalize();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    Map<String, String> answer = new LinkedHashMap<>();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      answer.put("Allow", "GET, HEAD");
      HttpFront.send(exchange, 405, answer, new byte[0]);
      return;
    }
    String path = exchange.getRequestURI().getPath();
    Path index = pages.resolve("index.html");
    if (!Files.isRegularFile(index)) {
      answer.put("Content-Type", Site.type("index.html"));
      HttpFront.send(
          exchange, path.equals("/") ? 200 : 404, answer, WELCOME.getBytes(StandardCharsets.UTF_8));
      return;
    }
    boolean page = !path.substring(path.lastIndexOf('/') + 1).contains(".");
    Path file = page ? index : inside(path);
    if (!Files.isRegularFile(file)) {
      answer.put("Content-Type", "text/plain; charset=utf-8");
      HttpFront.send(exchange, 404, answer, "Page introuvable".getBytes(StandardCharsets.UTF_8));
      return;
    }
    String type = type(file.toString());
    byte[] body = Files.readAllBytes(file);
    answer.put("Content-Type", type);
    answer.put(
        "Cache-Control",
        path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    if (isText(type)) {
      answer.put("Vary", "Accept-Encoding");
      if (takesGzip(exchange)) {
        answer.put("Content-Encoding", "gzip");
        body = gzip(body);
      }
    }
    HttpFront.send(exchange, 200, answer, body);
  }

  private static boolean isText(String type) {
    return type.startsWith("text/") || type.contains("json") || type.contains("svg");
  }

  private static boolean takesGzip(HttpExchange exchange) {
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return accepted != null
        && Arrays.stream(accepted.split(",")).map(String::strip).anyMatch("gzip"::equals);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream(body.length / 3);
    try (OutputStream output = new GZIPOutputStream(small)) {
      output.write(body);
    }
    return small.toByteArray();
  }

  private Path inside(String path) {
    try {
      Path file = pages.resolve(path.substring(1)).normalize();
      return file.startsWith(pages) ? file : pages;
    } catch (InvalidPathException e) {
      return pages;
    }
  }

  private static String type(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }

  private static final String WELCOME =
      """
      <!doctype html>
      <html lang="fr">
      <head><meta charset="utf-8"><title>Renfort</title></head>
      <body>
      <h1>Renfort</h1>
      <p>Les pages du site ne sont pas construites. Ce qui répond ici :</p>
      <ul>
      <li><a href="/api/reference">/api/…</a> : l’interface de programmation</li>
      <li><a href="/_local/">/_local/</a> : les courriels envoyés</li>
      </ul>
      </body>
      </html>
      """;
}
