package renfort.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client of the API over HTTP that keeps a tally of its calls. */
final class LoadCaller {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final URI base;
  private final LoadTally tally;

  LoadCaller(URI base, LoadTally tally) {
    this.base = base;
    this.tally = tally;
  }

  /** The same client with another tally. */
  LoadCaller with(LoadTally other) {
    return new LoadCaller(base, other);
  }

  /**
   * What came back.
   *
   * @param status {@link LoadTally#NONE} when nothing did
   */
  record Answer(int status, String text) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException e) {
        return MissingNode.getInstance();
      }
    }

    /**
     * This answer once its status is as expected.
     *
     * @throws Unexpected when it is not
     */
    Answer expect(int expected) {
      if (status != expected) {
        throw new Unexpected(expected, this);
      }
      return this;
    }
  }

  /** An answer with another status than what follows needs. */
  static final class Unexpected extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Unexpected(int expected, Answer answer) {
      super("Answered %d instead of %d: %s".formatted(answer.status(), expected, answer.text()));
      status = answer.status();
    }

    int status() {
      return status;
    }
  }

  /**
   * Calls.
   *
   * @param operation what it is counted as
   * @param token of who calls, or null
   * @param body anything that is JSON, or null
   */
  Answer call(
      String operation, String method, String path, @Nullable String token, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(2));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(JSON.valueToTree(body).toString()));
    }
    return send(operation, request.build());
  }

  /** Sends a request to any address. */
  Answer send(String operation, HttpRequest request) {
    long start = System.nanoTime();
    Answer answer;
    boolean saysWhen = false;
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      answer = new Answer(response.statusCode(), response.body());
      saysWhen = response.headers().firstValue("retry-after").isPresent();
    } catch (IOException e) {
      answer = new Answer(LoadTally.NONE, String.valueOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
    double took = (System.nanoTime() - start) / 1e6;
    tally.add(operation, answer.status(), took, saysWhen, answer.text());
    return answer;
  }
}
