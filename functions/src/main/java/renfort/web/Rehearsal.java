package renfort.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A request as it was recorded, with all that the services answered to it ({@code bin/bench-cold
 * --record}): before its snapshot a function answers it over and over from memory, so that the
 * snapshot holds code that is loaded and compiled. Nothing leaves the process, and nothing is kept.
 */
public final class Rehearsal {
  /** As often as the virtual machine wants code to be called before it compiles it well. */
  private static final int ROUNDS = 200;

  private final Map<String, String> variables;
  private final Clock clock;
  private final byte[] event;
  private final long status;
  private final List<Map<String, Object>> answers;

  @SuppressWarnings("unchecked")
  private Rehearsal(Map<String, Object> recorded) {
    variables = (Map<String, String>) recorded.getOrDefault("variables", Map.of());
    clock = Clock.fixed(Instant.parse((String) recorded.getOrDefault("at", "")), ZoneOffset.UTC);
    event = Json.write(recorded.get("event")).getBytes(StandardCharsets.UTF_8);
    status = ((Number) recorded.getOrDefault("status", 0)).longValue();
    answers = (List<Map<String, Object>>) recorded.getOrDefault("answers", List.of());
  }

  /**
   * What was recorded for a function.
   *
   * @return null when nothing was
   */
  public static @Nullable Rehearsal of(Class<? extends ApiHandler> function) throws IOException {
    try (InputStream recorded =
        Rehearsal.class.getResourceAsStream(
            "/renfort/rehearsals/" + function.getSimpleName() + ".json")) {
      return recorded == null ? null : new Rehearsal(Json.readEvent(recorded));
    }
  }

  /** The status of the answer. */
  public long status() {
    return status;
  }

  /**
   * Answers it many times.
   *
   * @throws IllegalStateException when the function does not ask and answer as it did
   */
  public void play(Class<? extends ApiHandler> function)
      throws IOException, ReflectiveOperationException {
    Recorded services = new Recorded();
    ApiHandler handler =
        function
            .getConstructor(Environment.class)
            .newInstance(
                new Environment(variables, clock, Ids.random(), Clients.answeredBy(services)));
    PrintStream log = System.out;
    try {
      // nobody has done what it would tell
      System.setOut(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
      play(handler, services);
    } finally {
      System.setOut(log);
    }
  }

  private void play(ApiHandler handler, Recorded services) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      services.begin();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      handler.answer(new ByteArrayInputStream(event), answer);
      Object told =
          Json.readEvent(new ByteArrayInputStream(answer.toByteArray())).get("statusCode");
      if (services.isMore() || !(told instanceof Number number) || number.longValue() != status) {
        throw new IllegalStateException(handler.getClass().getSimpleName() + " answers " + told);
      }
    }
  }

  /** The services: each request is given the answer that came next. */
  private final class Recorded implements SdkHttpClient {
    private Iterator<Map<String, Object>> next = answers.iterator();

    void begin() {
      next = answers.iterator();
    }

    boolean isMore() {
      return next.hasNext();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          if (!next.hasNext()) {
            throw new IOException("more is asked for than was recorded");
          }
          return response(next.next());
        }

        @Override
        public void abort() {}
      };
    }

    @SuppressWarnings("unchecked")
    private static HttpExecuteResponse response(Map<String, Object> answer) {
      byte[] body = String.valueOf(answer.get("body")).getBytes(StandardCharsets.UTF_8);
      SdkHttpResponse.Builder head =
          SdkHttpResponse.builder()
              .statusCode(((Number) answer.getOrDefault("status", 0)).intValue());
      ((Map<String, String>) answer.getOrDefault("headers", Map.of())).forEach(head::putHeader);
      return HttpExecuteResponse.builder()
          .response(head.build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
          .build();
    }

    @Override
    public void close() {}
  }
}
