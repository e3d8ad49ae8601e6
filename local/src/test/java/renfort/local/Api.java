package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of the API for tests. Immutable: {@link #as} and {@link #with} give another one.
 *
 * @param witness sees every answer
 */
public record Api(URI base, Map<String, String> headers, Consumer<Answer> witness) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  public Api(URI base) {
    this(base, Map.of(), answer -> {});
  }

  /** The same client, signed in with an access token. */
  public Api as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** The same client with one more header. */
  public Api with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Api(base, Map.copyOf(more), witness);
  }

  /** The same client, whose answers, and those of the clients made of it, are shown to somebody. */
  public Api seenBy(Consumer<Answer> somebody) {
    return new Api(base, headers, somebody);
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /** Without a body. */
  public Answer post(String path) {
    return send("POST", path, null);
  }

  /** With a tree of maps, lists and values, or a JsonNode, as JSON. */
  public Answer post(String path, Object tree) {
    return with("Content-Type", "application/json").send("POST", path, Trees.of(tree).toString());
  }

  public Answer put(String path, Object tree) {
    return with("Content-Type", "application/json").send("PUT", path, Trees.of(tree).toString());
  }

  /** Any request; the body as it is, with no type but that of the headers. */
  public Answer send(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      Answer answer =
          new Answer(
              method + " " + path,
              response.statusCode(),
              response.headers().map(),
              response.body());
      witness.accept(answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  public record Answer(String request, int status, Map<String, List<String>> headers, String text) {

    /** This answer, once its status is as expected; the failure shows what came instead. */
    public Answer expect(int expected) {
      assertEquals(expected, status, () -> request + " answered " + text);
      return this;
    }

    /** The body as JSON; a missing node when it is not. */
    public JsonNode json() {
      return Trees.read(text);
    }

    /** The body, once it is a problem document. */
    public JsonNode problem() {
      assertEquals("application/problem+json", type(), () -> request + " answered " + text);
      assertEquals(status, json().path("status").asInt(), text);
      return json();
    }

    /** The last part of a problem's type, as {@code held}. */
    public String problemType() {
      String type = problem().path("type").asText();
      return type.substring(type.lastIndexOf('/') + 1);
    }

    /** The media type without its parameters; empty when there is none. */
    public String type() {
      return header("content-type").map(type -> type.split(";", 2)[0]).orElse("");
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)))
          .map(List::getFirst);
    }

    /** The cookies set, as sent. */
    public List<String> cookies() {
      return headers.getOrDefault("set-cookie", List.of());
    }
  }
}
