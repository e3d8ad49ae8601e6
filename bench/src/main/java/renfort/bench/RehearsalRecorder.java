package renfort.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.crac.Resource;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.local.LocalPlatform;
import renfort.local.Template;
import renfort.web.ApiHandler;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Records what the services answer while each routed function answers its sample event, for {@code
 * renfort.web.Rehearsal}.
 */
final class RehearsalRecorder {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final Pattern TOKEN = Pattern.compile("(eyJ[\\w-]+\\.[\\w-]+\\.)[\\w-]+");

  private final LocalPlatform platform;
  private final ColdStartScene scene;
  private final Path directory;

  RehearsalRecorder(LocalPlatform platform, Path home) throws IOException {
    this.platform = platform;
    this.scene = new ColdStartScene(platform, home);
    this.directory =
        Files.createDirectories(home.resolve("functions/src/main/resources/renfort/rehearsals"));
  }

  /** Writes one file for each function that a route leads to. */
  static void record(Path home) throws IOException, ReflectiveOperationException {
    try (LocalPlatform platform =
        LocalPlatform.start(LocalPlatform.Options.inMemory(home.resolve("template.yaml")))) {
      RehearsalRecorder recorder = new RehearsalRecorder(platform, home);
      for (Template.Function function : platform.template().functions()) {
        if (Resource.class.isAssignableFrom(Class.forName(function.handler()))) {
          recorder.record(function);
        }
      }
    }
  }

  private void record(Template.Function function) throws IOException, ReflectiveOperationException {
    scene.restore();
    Instant now = Instant.now();
    Map<String, Object> event = scene.event(function.id());
    List<Map<String, Object>> answers = new ArrayList<>();
    Environment environment =
        new Environment(
            platform.variables(function.id()),
            Clock.fixed(now, ZoneOffset.UTC),
            Ids.random(),
            platform.clients(new Recording(answers)));
    ApiHandler handler =
        Class.forName(function.handler())
            .asSubclass(ApiHandler.class)
            .getConstructor(Environment.class)
            .newInstance(environment);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.answer(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), answer);
    Map<String, Object> recorded = new LinkedHashMap<>();
    recorded.put("at", now.toString());
    recorded.put("variables", new TreeMap<>(environment.variables()));
    recorded.put("event", event);
    recorded.put("status", JSON.readTree(answer.toByteArray()).path("statusCode").asInt());
    recorded.put("answers", answers);
    String simple = function.handler().substring(function.handler().lastIndexOf('.') + 1);
    Files.writeString(
        directory.resolve(simple + ".json"), JSON.writeValueAsString(recorded) + "\n");
    System.out.println(simple + " " + recorded.get("status") + ", " + answers.size() + " answers");
  }

  /** Passes requests on, and keeps what is answered. */
  private record Recording(List<Map<String, Object>> answers) implements SdkHttpClient {
    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      ExecutableHttpRequest passed = HTTP.prepareRequest(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          HttpExecuteResponse response = passed.call();
          Optional<AbortableInputStream> stream = response.responseBody();
          byte[] body = stream.isPresent() ? stream.get().readAllBytes() : new byte[0];
          answers.add(
              Map.of(
                  "status",
                  response.httpResponse().statusCode(),
                  "headers",
                  response.httpResponse().headers().entrySet().stream()
                      .filter(header -> !header.getKey().equalsIgnoreCase("date"))
                      .collect(
                          Collectors.toMap(
                              Map.Entry::getKey,
                              header -> String.join(",", header.getValue()),
                              (one, other) -> one,
                              TreeMap::new)),
                  "body",
                  // a token that is kept in a file is to be good for nothing
                  TOKEN.matcher(new String(body, StandardCharsets.UTF_8)).replaceAll("$1none")));
          return HttpExecuteResponse.builder()
              .response(response.httpResponse())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
              .build();
        }

        @Override
        public void abort() {
          passed.abort();
        }
      };
    }

    @Override
    public void close() {}
  }
}
