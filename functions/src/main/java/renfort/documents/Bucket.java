package renfort.documents;

import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import renfort.documents.model.Document;
import renfort.documents.model.FileNames;
import renfort.documents.model.FileType;
import renfort.environment.Environment;
import renfort.storage.Outage;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PutObjectPresignRequest;

/**
 * The bucket of documents. {@code uploads/<documentId>} is what was sent to a slot, {@code
 * professionals/<professionalId>/<documentId>} what a sheet holds. A lifecycle rule removes both
 * uploads and copies tagged pending after a day. A fault of the service is an {@link Outage}.
 */
final class Bucket {
  static final String UPLOADS = "uploads/";

  /**
   * The tag of a copy whose sheet is not yet committed; template.yaml's lifecycle rule names it.
   */
  private static final String PENDING = "state=pending";

  private final String name;
  private final S3Client s3;
  private final Supplier<S3Presigner> presigner;

  Bucket(Environment environment) {
    this.name = environment.variable("DOCUMENTS_BUCKET");
    this.s3 = environment.clients().s3();
    this.presigner = environment.clients()::presigner;
  }

  static String upload(String documentId) {
    return UPLOADS + documentId;
  }

  /** The id that the key of an upload ends in. */
  static String documentId(String uploadKey) {
    return uploadKey.substring(UPLOADS.length());
  }

  static String copy(String professionalId, String documentId) {
    return copies(professionalId) + documentId;
  }

  private static String copies(String professionalId) {
    return "professionals/" + professionalId + "/";
  }

  /**
   * What the store says of an object.
   *
   * @param size in bytes
   * @param sha256 in base64, or null when the store doesn't say
   */
  record Found(long size, String contentType, @Nullable String sha256, String etag) {}

  /**
   * A signed upload.
   *
   * @param headers what the browser has to send along; the length it sends by itself
   */
  record SignedUpload(String url, Map<String, String> headers) {}

  /** An upload of exactly this length, type and content, and of nothing else. */
  SignedUpload signUpload(
      String documentId, FileType type, long size, String sha256, Duration lasts) {
    PutObjectRequest put =
        PutObjectRequest.builder()
            .bucket(name)
            .key(upload(documentId))
            .contentType(type.contentType())
            .contentLength(size)
            .checksumSHA256(sha256)
            .build();
    PresignedPutObjectRequest signed =
        call(
            () ->
                presigner
                    .get()
                    .presignPutObject(
                        PutObjectPresignRequest.builder()
                            .signatureDuration(lasts)
                            .putObjectRequest(put)
                            .build()));
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    signed.signedHeaders().forEach((header, values) -> headers.put(header, values.getFirst()));
    // a browser sets these itself and lets no page do it
    headers.remove("host");
    headers.remove("content-length");
    return new SignedUpload(signed.url().toString(), headers);
  }

  /** A link that saves the document under its name, without any page or proxy keeping it. */
  String signDownload(String professionalId, Document document, Duration lasts) {
    GetObjectRequest get =
        GetObjectRequest.builder()
            .bucket(name)
            .key(copy(professionalId, document.documentId()))
            .responseContentDisposition(FileNames.attachment(document.fileName()))
            .responseContentType(document.type().contentType())
            .responseCacheControl("private, no-store")
            .build();
    URL url =
        call(
            () ->
                presigner
                    .get()
                    .presignGetObject(
                        GetObjectPresignRequest.builder()
                            .signatureDuration(lasts)
                            .getObjectRequest(get)
                            .build())
                    .url());
    return url.toString();
  }

  Optional<Found> find(String key) {
    HeadObjectRequest head =
        HeadObjectRequest.builder()
            .bucket(name)
            .key(key)
            .checksumMode(ChecksumMode.ENABLED)
            .build();
    return unlessGone(
        () -> {
          HeadObjectResponse found = s3.headObject(head);
          return new Found(
              found.contentLength(),
              found.contentType() == null ? "" : found.contentType(),
              found.checksumSHA256(),
              found.eTag());
        });
  }

  /** Bytes of an object from one offset up to, and without, another. */
  Optional<byte[]> read(String key, long from, long to) {
    GetObjectRequest get =
        GetObjectRequest.builder()
            .bucket(name)
            .key(key)
            .range("bytes=" + from + "-" + (to - 1))
            .build();
    return unlessGone(() -> s3.getObjectAsBytes(get).asByteArray());
  }

  /**
   * Copies an upload within the store, to go away in a day unless it is {@link #settle}d.
   *
   * @return whether the upload was still there with that content
   */
  boolean copyPending(String documentId, String etag, String professionalId) {
    CopyObjectRequest copy =
        CopyObjectRequest.builder()
            .sourceBucket(name)
            .sourceKey(upload(documentId))
            .copySourceIfMatch(etag)
            .destinationBucket(name)
            .destinationKey(copy(professionalId, documentId))
            .taggingDirective(TaggingDirective.REPLACE)
            .tagging(PENDING)
            .build();
    return unlessGone(() -> s3.copyObject(copy)).isPresent();
  }

  /** Takes an object's tags off, if it is there. */
  void settle(String key) {
    DeleteObjectTaggingRequest untag =
        DeleteObjectTaggingRequest.builder().bucket(name).key(key).build();
    var _ = unlessGone(() -> s3.deleteObjectTagging(untag));
  }

  /** Deletes objects; one that is not there is no fault. At most 1000. */
  void delete(List<String> keys) {
    if (keys.isEmpty()) {
      return;
    }
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    DeleteObjectsRequest delete =
        DeleteObjectsRequest.builder()
            .bucket(name)
            .delete(Delete.builder().objects(objects).quiet(true).build())
            .build();
    DeleteObjectsResponse deleted = call(() -> s3.deleteObjects(delete));
    if (deleted.hasErrors() && !deleted.errors().isEmpty()) {
      throw new Outage("documents", new IllegalStateException(deleted.errors().getFirst().code()));
    }
  }

  void deleteCopies(String professionalId) {
    eachPage(copies(professionalId), this::delete);
  }

  /**
   * A part of the keys below a prefix.
   *
   * @param keys in their order
   * @param more whether there is more after the last
   */
  record Keys(List<String> keys, boolean more) {}

  /** The keys below a prefix that follow another one, or the first ones; at most 1000. */
  Keys after(String prefix, @Nullable String last, int most) {
    ListObjectsV2Request list =
        ListObjectsV2Request.builder()
            .bucket(name)
            .prefix(prefix)
            .startAfter(last)
            .maxKeys(most)
            .build();
    ListObjectsV2Response page = call(() -> s3.listObjectsV2(list));
    return new Keys(
        page.contents().stream().map(S3Object::key).toList(),
        Boolean.TRUE.equals(page.isTruncated()));
  }

  /** Goes through the keys below a prefix, at most 1000 at a time. */
  void eachPage(String prefix, Consumer<List<String>> use) {
    @Nullable String next = null;
    do {
      ListObjectsV2Request list =
          ListObjectsV2Request.builder()
              .bucket(name)
              .prefix(prefix)
              .continuationToken(next)
              .build();
      ListObjectsV2Response page = call(() -> s3.listObjectsV2(list));
      List<String> keys = new ArrayList<>();
      for (S3Object object : page.contents()) {
        keys.add(object.key());
      }
      use.accept(keys);
      next = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (next != null);
  }

  private static <T> T call(Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw new Outage("documents", e);
    }
  }

  /** The answer, or nothing when the object is not there (404) or no longer the one (412). */
  private static <T> Optional<T> unlessGone(Supplier<T> request) {
    try {
      return Optional.of(request.get());
    } catch (S3Exception e) {
      if (e.statusCode() == 404 || e.statusCode() == 412) {
        return Optional.empty();
      }
      throw new Outage("documents", e);
    } catch (SdkException e) {
      throw new Outage("documents", e);
    }
  }
}
