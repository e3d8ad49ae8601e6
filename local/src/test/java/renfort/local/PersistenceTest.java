package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.Tag;

@ResourceLock("Listener")
class PersistenceTest {
  @TempDir Path data;

  @Test
  void everythingIsThereAfterARestart() {
    String refresh;
    try (LocalPlatform first = start()) {
      Listener.forget();
      put(first, "before");
      first.awaitStreams();
      String bucket = first.bucketName("Bucket");
      var _ =
          first
              .clients()
              .s3()
              .putObject(
                  one -> one.bucket(bucket).key("kept/a b").tagging("state=pending"),
                  RequestBody.fromString("kept"));
      MailboxTest.send(first, "a@exemple.fr", "Objet", "Texte");
      refresh = GatewayTest.login(first, "stays").refreshToken();
    }
    assertEquals(List.of("before"), Listener.takenIds());
    try (LocalPlatform second = start()) {
      put(second, "after");
      second.awaitStreams();
      assertEquals(List.of("before", "after"), Listener.takenIds());
      assertEquals(
          2,
          second
              .clients()
              .dynamoDb()
              .query(
                  query ->
                      query
                          .tableName("ThingsTable")
                          .indexName("byKind")
                          .keyConditionExpression("kind = :kind")
                          .expressionAttributeValues(
                              Map.of(":kind", AttributeValue.fromS("wanted"))))
              .count());
      String bucket = second.bucketName("Bucket");
      assertEquals(
          "kept",
          second
              .clients()
              .s3()
              .getObjectAsBytes(one -> one.bucket(bucket).key("kept/a b"))
              .asUtf8String());
      assertEquals(
          List.of(Tag.builder().key("state").value("pending").build()),
          second
              .clients()
              .s3()
              .getObjectTagging(one -> one.bucket(bucket).key("kept/a b"))
              .tagSet());
      assertEquals("Objet", second.mailbox().to("a@exemple.fr").getFirst().subject());
      String token =
          second
              .clients()
              .cognito()
              .adminInitiateAuth(
                  one ->
                      one.userPoolId(second.reference("Pool"))
                          .clientId(second.reference("ShortClient"))
                          .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                          .authParameters(Map.of("REFRESH_TOKEN", refresh)))
              .authenticationResult()
              .accessToken();
      var _ = new Api(second.address()).as(token).get("/api/closed").expect(201);
    }
  }

  @Test
  void aSecondPlatformIsKeptOffTheSameDataAndTheSamePort() {
    try (LocalPlatform first = start()) {
      String message =
          String.valueOf(assertThrows(IllegalStateException.class, this::start).getMessage());
      assertTrue(message.contains("in use"), message);
      UncheckedIOException taken =
          assertThrows(
              UncheckedIOException.class,
              () ->
                  LocalPlatform.start(
                      LocalPlatform.Options.inMemory(TinyPlatform.TEMPLATE)
                          .onPort(first.address().getPort())));
      assertInstanceOf(BindException.class, taken.getCause());
    }
  }

  private LocalPlatform start() {
    return LocalPlatform.start(
        LocalPlatform.Options.inMemory(TinyPlatform.TEMPLATE).keepingDataIn(data));
  }

  private static void put(LocalPlatform platform, String id) {
    var _ =
        platform
            .clients()
            .dynamoDb()
            .putItem(
                one ->
                    one.tableName("ThingsTable")
                        .item(
                            Map.of(
                                "id",
                                AttributeValue.fromS(id),
                                "kind",
                                AttributeValue.fromS("wanted"))));
  }
}
