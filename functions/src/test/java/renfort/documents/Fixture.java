package renfort.documents;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.mockito.stubbing.Answer;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The room over stand-ins for its two services, which keep what they are given. */
@NullUnmarked // a null fails the test
final class Fixture {
  static final String PROFESSIONAL = "pppppppppppppppppppp";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
  private static final Pattern SET = Pattern.compile("#(\\w+) = :(\\w+)");

  Instant now = Instant.parse("2026-11-23T08:00:00Z");
  final Map<String, StoredObject> objects = new TreeMap<>();
  final Map<String, Map<String, AttributeValue>> guards = new HashMap<>();

  /** The calls to the object store by their names, in order. */
  final List<String> calls = new ArrayList<>();

  final S3Client s3 = mock(S3Client.class);
  final DynamoDbClient tables = mock(DynamoDbClient.class);
  private int made = 0;

  /** An object as it is kept. */
  record StoredObject(SdkBytes bytes, String type, String tags) {
    StoredObject(byte[] content, String type, String tags) {
      this(SdkBytes.fromByteArray(content), type, tags);
    }

    byte[] content() {
      return bytes.asByteArray();
    }
  }

  Fixture() {
    when(s3.headObject(any(HeadObjectRequest.class))).then(this.<HeadObjectRequest>on(this::head));
    when(s3.getObjectAsBytes(any(GetObjectRequest.class)))
        .then(this.<GetObjectRequest>on(this::get));
    when(s3.copyObject(any(CopyObjectRequest.class))).then(this.<CopyObjectRequest>on(this::copy));
    when(s3.deleteObjectTagging(any(DeleteObjectTaggingRequest.class)))
        .then(this.<DeleteObjectTaggingRequest>on(this::untag));
    when(s3.deleteObjects(any(DeleteObjectsRequest.class)))
        .then(this.<DeleteObjectsRequest>on(this::delete));
    when(s3.listObjectsV2(any(ListObjectsV2Request.class)))
        .then(this.<ListObjectsV2Request>on(this::list));
    when(tables.batchGetItem(any(BatchGetItemRequest.class)))
        .then(call -> read(call.getArgument(0)));
    when(tables.query(any(QueryRequest.class)))
        .thenReturn(QueryResponse.builder().items(List.of()).build());
    when(tables.updateItem(any(UpdateItemRequest.class))).then(call -> count(call.getArgument(0)));
    when(tables.transactWriteItems(any(TransactWriteItemsRequest.class)))
        .then(call -> write(call.getArgument(0)));
  }

  Environment environment() {
    return new Environment(
        Map.of(
            "DOCUMENTS_BUCKET", "documents",
            "GUARDS_TABLE", "guards",
            "PROFESSIONALS_TABLE", "professionals",
            "ORIGIN_SECRETS", "open",
            "UPLOADED_MEBIBYTES_PER_HOUR", "12"),
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        },
        new Ids() {
          @Override
          public String next() {
            return String.format("%020d", ++made);
          }

          @Override
          public byte[] secret(int length) {
            return new byte[length];
          }
        },
        new Clients(
            () -> tables,
            () -> s3,
            () ->
                S3Presigner.builder()
                    .region(Region.EU_WEST_3)
                    .credentialsProvider(
                        StaticCredentialsProvider.create(
                            AwsBasicCredentials.create("key", "secret")))
                    .build(),
            () -> mock(SesV2Client.class),
            () -> mock(CognitoIdentityProviderClient.class)));
  }

  /** A counter of the guards, within its limit. */
  private UpdateItemResponse count(UpdateItemRequest request) {
    Map<String, AttributeValue> values = request.expressionAttributeValues();
    String name = request.key().get("guard").s();
    AttributeValue before =
        guards
            .getOrDefault(name, Map.of())
            .getOrDefault("count", AttributeValue.builder().n("0").build());
    int count = Integer.parseInt(before.n());
    if (count > Integer.parseInt(values.get(":room").n())) {
      throw ConditionalCheckFailedException.builder().build();
    }
    AttributeValue after =
        AttributeValue.fromN(Integer.toString(count + Integer.parseInt(values.get(":uses").n())));
    guards.put(name, Map.of("guard", request.key().get("guard"), "count", after));
    return UpdateItemResponse.builder().attributes(guards.get(name)).build();
  }

  private interface Service<T> {
    Object answer(T request);
  }

  private <T> Answer<Object> on(Service<T> service) {
    return call -> {
      calls.add(call.getMethod().getName());
      return service.answer(call.getArgument(0));
    };
  }

  private StoredObject object(String key) {
    StoredObject object = objects.get(key);
    if (object == null) {
      throw NoSuchKeyException.builder().statusCode(404).build();
    }
    return object;
  }

  static String etag(byte[] content) {
    return "\"" + Arrays.hashCode(content) + "\"";
  }

  private HeadObjectResponse head(HeadObjectRequest request) {
    StoredObject object = object(request.key());
    return HeadObjectResponse.builder()
        .contentLength((long) object.content().length)
        .contentType(object.type())
        .eTag(etag(object.content()))
        .build();
  }

  private ResponseBytes<GetObjectResponse> get(GetObjectRequest request) {
    byte[] content = object(request.key()).content();
    Matcher range = RANGE.matcher(request.range());
    if (!range.matches() || Integer.parseInt(range.group(2)) >= content.length) {
      throw S3Exception.builder().statusCode(416).build();
    }
    return ResponseBytes.fromByteArray(
        GetObjectResponse.builder().build(),
        Arrays.copyOfRange(
            content, Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)) + 1));
  }

  private CopyObjectResponse copy(CopyObjectRequest request) {
    StoredObject object = object(request.sourceKey());
    if (!etag(object.content()).equals(request.copySourceIfMatch())) {
      throw S3Exception.builder().statusCode(412).build();
    }
    objects.put(
        request.destinationKey(),
        new StoredObject(object.content(), object.type(), request.tagging()));
    return CopyObjectResponse.builder().build();
  }

  private DeleteObjectTaggingResponse untag(DeleteObjectTaggingRequest request) {
    StoredObject object = object(request.key());
    objects.put(request.key(), new StoredObject(object.content(), object.type(), ""));
    return DeleteObjectTaggingResponse.builder().build();
  }

  private DeleteObjectsResponse delete(DeleteObjectsRequest request) {
    for (ObjectIdentifier object : request.delete().objects()) {
      objects.remove(object.key());
    }
    return DeleteObjectsResponse.builder().build();
  }

  /** Two keys a page. */
  private ListObjectsV2Response list(ListObjectsV2Request request) {
    String after = request.continuationToken() == null ? "" : request.continuationToken();
    List<String> keys =
        objects.keySet().stream()
            .filter(key -> key.startsWith(request.prefix()) && key.compareTo(after) > 0)
            .toList();
    List<String> page = keys.subList(0, Math.min(2, keys.size()));
    return ListObjectsV2Response.builder()
        .contents(page.stream().map(key -> S3Object.builder().key(key).build()).toList())
        .isTruncated(page.size() < keys.size())
        .nextContinuationToken(page.isEmpty() ? null : page.getLast())
        .build();
  }

  private BatchGetItemResponse read(BatchGetItemRequest request) {
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    for (Map<String, AttributeValue> key : request.requestItems().get("guards").keys()) {
      Map<String, AttributeValue> row = guards.get(key.get("guard").s());
      if (row != null) {
        found.add(row);
      }
    }
    return BatchGetItemResponse.builder().responses(Map.of("guards", found)).build();
  }

  private TransactWriteItemsResponse write(TransactWriteItemsRequest request) {
    List<CancellationReason> reasons = new ArrayList<>();
    for (TransactWriteItem item : request.transactItems()) {
      boolean holds =
          item.update() == null
              ? !guards.containsKey(item.put().item().get("guard").s())
              : unclaimed(item.update());
      reasons.add(
          CancellationReason.builder().code(holds ? "None" : "ConditionalCheckFailed").build());
    }
    if (reasons.stream().anyMatch(reason -> !reason.code().equals("None"))) {
      throw TransactionCanceledException.builder().cancellationReasons(reasons).build();
    }
    for (TransactWriteItem item : request.transactItems()) {
      if (item.update() == null) {
        guards.put(item.put().item().get("guard").s(), item.put().item());
      } else {
        claim(item.update());
      }
    }
    return TransactWriteItemsResponse.builder().build();
  }

  private boolean unclaimed(Update update) {
    Map<String, AttributeValue> row = guards.get(update.key().get("guard").s());
    return row != null
        && !row.containsKey("claimedBy")
        && Long.parseLong(row.get("until").n())
            > Long.parseLong(update.expressionAttributeValues().get(":now").n());
  }

  private void claim(Update update) {
    Map<String, AttributeValue> row = new HashMap<>(update.key());
    Matcher set = SET.matcher(update.updateExpression());
    while (set.find()) {
      row.put(set.group(1), update.expressionAttributeValues().get(":" + set.group(2)));
    }
    guards.put(update.key().get("guard").s(), row);
  }
}
