package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  private static final String SCRIPT = "console.log('é');".repeat(100);

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpFront front;

  @BeforeEach
  void build(@TempDir Path pages) throws IOException {
    Files.writeString(pages.resolve("index.html"), "<!doctype html><title>Renfort</title>");
    Files.createDirectory(pages.resolve("assets"));
    Files.writeString(pages.resolve("assets/index-1.js"), SCRIPT);
    Files.write(pages.resolve("assets/font.woff2"), new byte[] {1, 2, 3});
    front = new HttpFront(0);
    front.open(new Site(pages));
  }

  @AfterEach
  void close() {
    front.close();
  }

  @Test
  void aPathWithoutAnExtensionIsTheApplication() throws Exception {
    HttpResponse<byte[]> page = get("/structure/besoin", "identity");
    assertEquals(200, page.statusCode());
    assertTrue(text(page.body()).contains("Renfort"));
    assertEquals("no-cache", header(page, "cache-control"));
    assertEquals(404, get("/assets/index-0.js", "identity").statusCode());
  }

  @Test
  void textIsCompressedForWhoTakesIt() throws Exception {
    HttpResponse<byte[]> small = get("/assets/index-1.js", "br, gzip");
    assertEquals("gzip", header(small, "content-encoding"));
    assertEquals("Accept-Encoding", header(small, "vary"));
    assertTrue(header(small, "cache-control").contains("immutable"));
    assertTrue(small.body().length < SCRIPT.length() / 2);
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(small.body()))) {
      assertEquals(SCRIPT, text(stream.readAllBytes()));
    }
    HttpResponse<byte[]> plain = get("/assets/index-1.js", "identity");
    assertEquals("", header(plain, "content-encoding"));
    assertEquals(SCRIPT, text(plain.body()));
    assertEquals("", header(get("/assets/font.woff2", "gzip"), "content-encoding"));
  }

  @Test
  void nothingOutsideIsServed() throws Exception {
    HttpResponse<byte[]> answer = get("/%2e%2e/%2e%2e/etc/hosts.txt", "identity");
    assertEquals(404, answer.statusCode());
    assertFalse(text(answer.body()).contains("localhost"));
  }

  private HttpResponse<byte[]> get(String path, String encodings) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path))
            .header("Accept-Encoding", encodings)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
