package renfort.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renfort.environment.Ids;
import renfort.web.Json;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

@NullUnmarked // a null fails the test
class RequestUploadTest {
  private static final String SHA256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  private final Fixture fixture = new Fixture();
  private final RequestUpload function = new RequestUpload(fixture.environment());
  private String client = "192.0.2.1";

  private static Map<String, Object> form(Object... changes) {
    Map<String, Object> form = new HashMap<>();
    form.put("fileName", "carte.pdf");
    form.put("contentType", "application/pdf");
    form.put("size", 182_044);
    form.put("sha256", SHA256);
    for (int i = 0; i < changes.length; i += 2) {
      form.put((String) changes[i], changes[i + 1]);
    }
    return form;
  }

  private Answer post(Map<String, Object> form) throws IOException {
    Map<String, Object> event =
        Map.of(
            "routeKey",
            "POST /api/documents",
            "headers",
            Map.of("content-type", "application/json"),
            "requestContext",
            Map.of("http", Map.of("sourceIp", client)),
            "body",
            Json.write(form));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8)),
        output,
        mock(Context.class));
    Map<String, Object> answer = Json.readEvent(new ByteArrayInputStream(output.toByteArray()));
    return new Answer(
        (int) answer.get("statusCode"),
        Json.readEvent(
            new ByteArrayInputStream(
                ((String) answer.get("body")).getBytes(StandardCharsets.UTF_8))));
  }

  private record Answer(int status, Map<String, Object> body) {
    @SuppressWarnings("unchecked")
    Set<String> faults() {
      Set<String> faults = new TreeSet<>();
      for (Map<String, Object> error :
          (List<Map<String, Object>>) body.getOrDefault("errors", List.of())) {
        faults.add(error.get("field") + " " + error.get("code"));
      }
      return faults;
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void R3_aSlotIsSignedForThisFileOnlyAndForTenMinutes() throws IOException {
    Answer answer = post(form());

    assertEquals(201, answer.status());
    assertEquals(Set.of("documentId", "upload", "expiresAt"), answer.body().keySet());
    String documentId = (String) answer.body().get("documentId");
    assertTrue(Ids.isId(documentId));
    assertEquals("2026-11-23T08:10:00Z", answer.body().get("expiresAt"));
    Map<String, Object> upload = (Map<String, Object>) answer.body().get("upload");
    assertEquals("PUT", upload.get("method"));
    String url = (String) upload.get("url");
    assertTrue(url.contains("/uploads/" + documentId + "?"), url);
    assertTrue(url.contains("X-Amz-Expires=600&"), url);
    assertTrue(
        url.contains(
            "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-checksum-sha256&"),
        url);
    Map<String, String> headers = new HashMap<>();
    ((Map<String, String>) upload.get("headers"))
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    assertEquals(
        Map.of("content-type", "application/pdf", "x-amz-checksum-sha256", SHA256), headers);
  }

  /** Twelve mebibytes an hour here. */
  @Test
  void aClientUploadsSoMuchAnHourAndNoMore() throws IOException {
    assertEquals(201, post(form("size", 5 * 1024 * 1024)).status());
    assertEquals(201, post(form("size", 5 * 1024 * 1024)).status());
    assertEquals(429, post(form("size", 5 * 1024 * 1024)).status());
    assertEquals(201, post(form("size", 1024)).status());
    client = "198.51.100.9";
    assertEquals(201, post(form("size", 5 * 1024 * 1024)).status());
    client = "192.0.2.1";
    fixture.now = fixture.now.plus(Duration.ofHours(1));
    assertEquals(201, post(form("size", 5 * 1024 * 1024)).status());
  }

  @Test
  void whatWasAnnouncedIsKeptUntilItIsClaimed() throws IOException {
    Answer answer = post(form("fileName", "C:\\fakepath\\Ma carte.PDF"));

    Map<String, AttributeValue> row =
        fixture.guards.get("DOCUMENT#" + answer.body().get("documentId"));
    assertEquals("Ma carte.PDF", row.get("name").s());
    assertEquals("PDF", row.get("type").s());
    assertEquals("182044", row.get("size").n());
    assertEquals(SHA256, row.get("sha256").s());
    assertEquals(
        Long.toString(fixture.now.plus(SlotStore.CLAIMABLE).getEpochSecond()),
        row.get("until").n());
  }

  @ParameterizedTest
  @CsvSource({
    "carte.pdf, application/pdf",
    "carte.doc, application/msword",
    "carte.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "carte.jpg, image/jpeg",
    "carte.jpeg, image/jpeg"
  })
  void R3_theKindsOfTheGuideAreTaken(String fileName, String contentType) throws IOException {
    assertEquals(201, post(form("fileName", fileName, "contentType", contentType)).status());
  }

  @ParameterizedTest
  @CsvSource({
    "carte.png, image/png, contentType kind, fileName kind",
    "carte.pdf, image/png, contentType kind,",
    "carte.exe, application/pdf, fileName kind,",
    "carte.pdf, image/jpeg, contentType mismatch,",
    "../.pdf, application/pdf, fileName kind,"
  })
  void R3_otherKindsAreRefused(String fileName, String contentType, String fault, String other)
      throws IOException {
    Answer answer = post(form("fileName", fileName, "contentType", contentType));

    assertEquals(422, answer.status());
    assertEquals(other == null ? Set.of(fault) : Set.of(fault, other), answer.faults());
    assertEquals(Map.of(), fixture.guards);
  }

  @Test
  void R3_fiveMebibytesAreTakenAndNotOneByteMore() throws IOException {
    assertEquals(201, post(form("size", 5_242_880)).status());
    fixture.guards.clear();

    Answer answer = post(form("size", 5_242_881));

    assertEquals(422, answer.status());
    assertEquals(Set.of("size too-large"), answer.faults());
    assertTrue(answer.body().toString().contains("5 Mo"));
    assertEquals(Map.of(), fixture.guards);
  }

  @Test
  void allThatIsWrongIsToldAtOnce() throws IOException {
    assertEquals(
        Set.of(
            "contentType required",
            "fileName too-long",
            "sha256 sha256",
            "size range",
            "x unknown-field"),
        post(form(
                "fileName",
                "a".repeat(147) + ".pdf",
                "contentType",
                " ",
                "size",
                0,
                "sha256",
                "AAAA",
                "x",
                1))
            .faults());
    assertEquals(
        Set.of("contentType required", "fileName required", "sha256 required", "size required"),
        post(Map.of()).faults());
  }

  @ParameterizedTest
  @CsvSource({
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
    "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  })
  void aDigestHasOneSpellingOnly(String sha256) throws IOException {
    assertEquals(Set.of("sha256 sha256"), post(form("sha256", sha256)).faults());
  }

  @Test
  void aBrokenTableIsAnOutageAndOpensNothing() throws IOException {
    when(fixture.tables.transactWriteItems(any(TransactWriteItemsRequest.class)))
        .thenThrow(SdkClientException.create("out"));

    Answer answer = post(form());

    assertEquals(503, answer.status());
    assertFalse(answer.body().containsKey("upload"));
  }
}
