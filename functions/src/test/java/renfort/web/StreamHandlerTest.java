package renfort.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.TimeLeft;
import renfort.web.StreamHandler.Change;

class StreamHandlerTest {
  private final List<Change> seen = new ArrayList<>();

  @Test
  void aChangeIsReadWithAllItsTypes() throws IOException {
    String answer =
        call(
            seen::add,
            record(
                "1",
                """
                {"id":{"S":"é"},"count":{"N":"12"},"open":{"BOOL":true},"none":{"NULL":true},
                 "place":{"M":{"city":{"S":"Lyon"}}},"ids":{"L":[{"S":"a"},{"S":"b"}]},
                 "rows":{"L":[{"M":{"n":{"N":"7"}}}]},"set":{"SS":["x"]}}\
                """));

    assertEquals("{\"batchItemFailures\":[]}", answer);
    Change change = seen.getFirst();
    assertEquals("MODIFY", change.eventName());
    assertEquals("k1", change.keys().text("id"));
    Item image = change.image().orElseThrow();
    assertEquals("é", image.text("id"));
    assertEquals(Instant.ofEpochSecond(12), image.instant("count").orElseThrow());
    assertTrue(image.flag("open"));
    assertEquals("Lyon", image.item("place").orElseThrow().text("city"));
    assertEquals(List.of("a", "b"), image.texts("ids"));
    assertEquals(7, image.items("rows").getFirst().number("n"));
  }

  @Test
  void aRemovedItemHasNoImage() throws IOException {
    call(
        seen::add,
        """
        {"eventID":"e","eventName":"REMOVE",
         "dynamodb":{"Keys":{"id":{"S":"k"}},"SequenceNumber":"1"}}\
        """);

    assertTrue(seen.getFirst().image().isEmpty());
  }

  @Test
  void whatFailsIsReportedAndTheRestIsDone() throws IOException {
    String answer =
        call(
            change -> {
              switch (change.keys().text("id")) {
                case "k2" -> throw new Outage("mail", new IOException("x"));
                case "k3" -> throw new IllegalStateException("bug");
                default -> seen.add(change);
              }
            },
            record("1", "{}"),
            record("2", "{}"),
            record("3", "{}"),
            record("4", "{}"));

    assertEquals(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"},{\"itemIdentifier\":\"3\"}]}", answer);
    assertEquals(
        List.of("k1", "k4"), seen.stream().map(change -> change.keys().text("id")).toList());
  }

  @Test
  void aFaultIsLoggedWithoutWhatItSays() throws Throwable {
    String line =
        Logged.by(
            () ->
                call(
                    change -> {
                      throw new Outage("mail", new IOException("jeanne@exemple.fr"));
                    },
                    record("1", "{\"email\":{\"S\":\"jeanne@exemple.fr\"}}")));
    assertTrue(line.contains("renfort.storage.Outage") && line.contains("event1"), line);
    assertFalse(line.contains("jeanne"), line);
  }

  @Test
  void aScheduledFunctionThatFailsFailsItsCallWithoutSayingWhy() {
    ScheduledHandler handler =
        new ScheduledHandler() {
          @Override
          protected void run(TimeLeft time) {
            throw new IllegalStateException("jeanne@exemple.fr");
          }
        };

    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                handler.handleRequest(
                    new ByteArrayInputStream(new byte[0]),
                    new ByteArrayOutputStream(),
                    mock(Context.class)));

    assertEquals("failed: the log tells where", thrown.getMessage());
    assertEquals(null, thrown.getCause());
  }

  private static String record(String number, String image) {
    return """
    {"eventID":"event%s","eventName":"MODIFY","dynamodb":{"Keys":{"id":{"S":"k%s"}},
     "NewImage":%s,"SequenceNumber":"%s"}}\
    """
        .formatted(number, number, image, number);
  }

  private static String call(Consumer<Change> work, String... records) throws IOException {
    StreamHandler handler =
        new StreamHandler() {
          @Override
          protected void handle(Change change) {
            work.accept(change);
          }
        };
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    String event = "{\"Records\":[" + String.join(",", records) + "]}";
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        output,
        mock(Context.class));
    return output.toString(StandardCharsets.UTF_8);
  }
}
