package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

@ExtendWith(TinyPlatform.class)
class ObjectStoreTest {
  private static final byte[] CONTENT = "%PDF-1.7 hello".getBytes(StandardCharsets.UTF_8);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final LocalPlatform platform;
  private final S3Client s3;
  private final String bucket;

  ObjectStoreTest(LocalPlatform platform) {
    this.platform = platform;
    s3 = platform.clients().s3();
    bucket = platform.bucketName("Bucket");
  }

  @Test
  void aSignedPutTakesWhatWasSignedAndNothingElse() throws Exception {
    PresignedPutObjectRequest slot = slot("uploads/signed");
    assertEquals(403, put(slot, CONTENT, Map.of("content-type", "image/jpeg")).statusCode());
    byte[] longer = "%PDF-1.7 hello, but longer".getBytes(StandardCharsets.UTF_8);
    assertEquals(403, put(slot, longer, Map.of()).statusCode());
    byte[] other = "%PDF-1.7 hallo".getBytes(StandardCharsets.UTF_8);
    assertEquals(400, put(slot, other, Map.of()).statusCode());
    assertThrows(
        NoSuchKeyException.class,
        () -> s3.headObject(one -> one.bucket(bucket).key("uploads/signed")));
    assertEquals(200, put(slot, CONTENT, Map.of()).statusCode());
    assertEquals(
        "application/pdf",
        s3.headObject(one -> one.bucket(bucket).key("uploads/signed")).contentType());
  }

  /** Each client stores and removes the only object of a directory that all share. */
  @Test
  void sixClientsThatStoreAndRemoveAreNeverInEachOthersWay(@TempDir Path directory)
      throws Exception {
    try (LocalPlatform kept =
            LocalPlatform.start(
                LocalPlatform.Options.inMemory(TinyPlatform.TEMPLATE).keepingDataIn(directory));
        ExecutorService clients = Executors.newFixedThreadPool(6)) {
      S3Client objects = kept.clients().s3();
      String name = kept.bucketName("Bucket");
      List<Callable<Integer>> work = new ArrayList<>();
      for (int client = 0; client < 6; client++) {
        String key = "shared/directory/" + client;
        work.add(
            () -> {
              for (int i = 0; i < 400; i++) {
                var _ =
                    objects.putObject(
                        one -> one.bucket(name).key(key), RequestBody.fromBytes(CONTENT));
                var _ = objects.deleteObject(one -> one.bucket(name).key(key));
              }
              return 400;
            });
      }
      int stored = 0;
      for (Future<Integer> each : clients.invokeAll(work)) {
        stored += each.get();
      }
      assertEquals(2400, stored);
    }
  }

  @Test
  void anUnsignedRequestIsRefused() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(platform.objectsAddress() + "/" + bucket + "/uploads/x"))
            .PUT(BodyPublishers.ofByteArray(CONTENT))
            .build();
    assertEquals(403, HTTP.send(request, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void aSignedGetServesTheObjectAsAnAttachment() throws Exception {
    store("read/one");
    var link =
        platform
            .clients()
            .presigner()
            .presignGetObject(
                one ->
                    one.signatureDuration(Duration.ofMinutes(5))
                        .getObjectRequest(
                            get ->
                                get.bucket(bucket)
                                    .key("read/one")
                                    .responseContentDisposition("attachment; filename=\"a.pdf\"")));
    HttpResponse<byte[]> response =
        HTTP.send(HttpRequest.newBuilder(link.url().toURI()).build(), BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode());
    assertEquals(
        "attachment; filename=\"a.pdf\"",
        response.headers().firstValue("content-disposition").orElse(""));
    assertEquals(CONTENT.length, response.body().length);
  }

  @Test
  void aPageOfTheSiteMaySendDocumentsAndNoOther() throws Exception {
    assertEquals(
        platform.address().toString(),
        preflight(platform.address().toString(), "content-type,x-amz-checksum-sha256"));
    assertEquals("", preflight("https://elsewhere.example", "content-type"));
  }

  @Test
  void tagsAreSetReadAndRemoved() {
    store("tagged/source");
    var _ =
        s3.copyObject(
            one ->
                one.sourceBucket(bucket)
                    .sourceKey("tagged/source")
                    .destinationBucket(bucket)
                    .destinationKey("tagged/copy é")
                    .serverSideEncryption(ServerSideEncryption.AES256)
                    .tagging("state=pending")
                    .taggingDirective(TaggingDirective.REPLACE));
    assertEquals(List.of(tag("state", "pending")), tags("tagged/copy é"));
    assertEquals(List.of(), tags("tagged/source"));
    var _ = s3.deleteObjectTagging(one -> one.bucket(bucket).key("tagged/copy é"));
    assertEquals(List.of(), tags("tagged/copy é"));
    var _ =
        s3.putObjectTagging(
            one ->
                one.bucket(bucket)
                    .key("tagged/copy é")
                    .tagging(set -> set.tagSet(tag("a", "<b&"))));
    assertEquals(List.of(tag("a", "<b&")), tags("tagged/copy é"));
    assertThrows(
        NoSuchKeyException.class,
        () -> s3.deleteObjectTagging(one -> one.bucket(bucket).key("tagged/none")));
  }

  @Test
  void theLifecycleRulesDeleteWhatIsOld() {
    store("uploads/old");
    store("kept/old");
    store("kept/pending");
    var _ =
        s3.putObjectTagging(
            one ->
                one.bucket(bucket)
                    .key("kept/pending")
                    .tagging(set -> set.tagSet(tag("state", "pending"))));
    platform.runLifecycle();
    assertEquals(Set.of("uploads/old", "kept/old", "kept/pending"), present());
    platform.clock().advance(Duration.ofHours(25));
    platform.runLifecycle();
    assertEquals(Set.of("kept/old"), present());
  }

  private Set<String> present() {
    return Set.copyOf(
        s3.listObjectsV2(one -> one.bucket(bucket)).contents().stream()
            .map(one -> one.key())
            .filter(key -> key.endsWith("/old") || key.endsWith("/pending"))
            .toList());
  }

  private void store(String key) {
    var _ = s3.putObject(one -> one.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT));
  }

  private List<Tag> tags(String key) {
    return s3.getObjectTagging(one -> one.bucket(bucket).key(key)).tagSet();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private PresignedPutObjectRequest slot(String key) throws Exception {
    String sha256 =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(CONTENT));
    return platform
        .clients()
        .presigner()
        .presignPutObject(
            one ->
                one.signatureDuration(Duration.ofMinutes(10))
                    .putObjectRequest(
                        put ->
                            put.bucket(bucket)
                                .key(key)
                                .contentType("application/pdf")
                                .contentLength((long) CONTENT.length)
                                .checksumSHA256(sha256)));
  }

  private static HttpResponse<String> put(
      PresignedPutObjectRequest slot, byte[] content, Map<String, String> instead)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(slot.url().toString()))
            .PUT(BodyPublishers.ofByteArray(content));
    slot.signedHeaders()
        .forEach(
            (name, values) -> {
              if (!Set.of("host", "content-length").contains(name)) {
                request.header(name, instead.getOrDefault(name, values.getFirst()));
              }
            });
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private String preflight(String origin, String headers) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(platform.objectsAddress() + "/" + bucket + "/uploads/x"))
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "PUT")
            .header("Access-Control-Request-Headers", headers)
            .build();
    return HTTP.send(request, BodyHandlers.ofString())
        .headers()
        .firstValue("access-control-allow-origin")
        .orElse("");
  }
}
