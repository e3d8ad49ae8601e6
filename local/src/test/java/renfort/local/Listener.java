package renfort.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import renfort.environment.Environment;

/** Remembers the records and schedules it was called with; refuses what it is told to refuse. */
public final class Listener implements RequestStreamHandler {
  static final List<JsonNode> EVENTS = new CopyOnWriteArrayList<>();
  static final List<JsonNode> TAKEN = new CopyOnWriteArrayList<>();
  static final Set<String> REFUSED = ConcurrentHashMap.newKeySet();
  static final AtomicInteger BROKEN = new AtomicInteger();

  public Listener(Environment environment) {}

  static void forget() {
    EVENTS.clear();
    TAKEN.clear();
    REFUSED.clear();
    BROKEN.set(0);
  }

  static List<String> takenIds() {
    return TAKEN.stream().map(record -> id(record)).toList();
  }

  private static String id(JsonNode record) {
    return record.at("/dynamodb/Keys/id/S").asText();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode event = Trees.read(input.readAllBytes());
    EVENTS.add(event);
    if (BROKEN.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("told to break");
    }
    ObjectNode answer = Trees.object();
    ArrayNode failures = answer.putArray("batchItemFailures");
    for (JsonNode record : event.path("Records")) {
      if (REFUSED.contains(id(record))) {
        failures.add(
            Trees.of(Map.of("itemIdentifier", record.at("/dynamodb/SequenceNumber").asText())));
        break;
      }
      TAKEN.add(record);
    }
    output.write(Trees.bytes(answer));
  }
}
