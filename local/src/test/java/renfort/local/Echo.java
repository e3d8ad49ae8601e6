package renfort.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import renfort.environment.Environment;

/** Answers with the event and the variables it was given; breaks or waits when the query asks. */
public final class Echo implements RequestStreamHandler {
  private final Environment environment;

  public Echo(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode event = Trees.read(input.readAllBytes());
    switch (event.path("rawQueryString").asText()) {
      case "break" -> throw new IllegalStateException("asked to break");
      case "wait" -> pause();
      case "bare" -> output.write(Trees.bytes(Trees.object().put("bare", true)));
      case "nonsense" -> output.write(new byte[] {'n', 'o'});
      default -> {
        ObjectNode body = Trees.object();
        body.set("event", event);
        body.set("variables", Trees.of(environment.variables()));
        body.put("remaining", context.getRemainingTimeInMillis());
        body.put("time", environment.clock().instant().toString());
        ObjectNode answer = Trees.object().put("statusCode", 201).put("body", body.toString());
        answer.putObject("headers").put("content-type", "application/json").put("x-one", "1");
        answer.putArray("cookies").add("a=1; Path=/").add("b=2");
        output.write(Trees.bytes(answer));
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
