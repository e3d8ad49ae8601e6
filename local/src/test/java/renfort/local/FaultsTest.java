package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InternalErrorException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** The functions see the SDK's own exceptions, and nothing is done unless the fault says so. */
@ExtendWith(TinyPlatform.class)
class FaultsTest {
  private final LocalPlatform platform;
  private final Faults faults;

  FaultsTest(LocalPlatform platform) {
    this.platform = platform;
    this.faults = platform.faults();
  }

  @Test
  void aBrokenTableAnswersSoAfterTheSdksTries() {
    try (Injection broken = faults.failTable("ThingsTable")) {
      assertThrows(InternalServerErrorException.class, () -> put("broken"));
      assertTrue(broken.hits() > 1, "the SDK tries again");
    }
    assertFalse(isThere("broken"));
    put("broken");
    assertTrue(isThere("broken"));
  }

  @Test
  void aFaultOfOneTableLeavesTheOthers() {
    try (Injection broken = faults.failTable("Things")) {
      put("other");
      assertEquals(0, broken.hits());
    }
  }

  @Test
  void throttlingAndConflictsAreToldAsTheTablesDo() {
    try (Injection throttled = faults.throttleTables(1)) {
      assertThrows(ProvisionedThroughputExceededException.class, () -> put("throttled"));
      assertTrue(throttled.hits() > 0);
    }
    try (Injection conflict = faults.conflict(1)) {
      assertThrows(TransactionConflictException.class, () -> put("conflict"));
      TransactionCanceledException cancelled =
          assertThrows(TransactionCanceledException.class, () -> transact("one", "two"));
      assertEquals(2, cancelled.cancellationReasons().size());
      assertEquals("TransactionConflict", cancelled.cancellationReasons().get(1).code());
      assertFalse(isThere("conflict"));
      assertTrue(conflict.hits() > 1);
    }
    assertFalse(isThere("throttled") || isThere("one") || isThere("two"));
  }

  @Test
  void anAnswerMayBeLostAfterTheWork() {
    try (Injection lost = faults.inject(Service.TABLES, Fault.LOST_ANSWER, call -> true)) {
      assertThrows(SdkClientException.class, () -> put("lost"));
      assertTrue(lost.hits() > 0);
    }
    assertTrue(isThere("lost"));
    try (Injection away = faults.inject(Service.TABLES, Fault.UNREACHABLE, call -> true)) {
      assertThrows(SdkClientException.class, () -> put("away"));
      assertTrue(away.hits() > 0);
    }
    assertFalse(isThere("away"));
  }

  @Test
  void objectsAccountsAndMailsFailToo() {
    String bucket = platform.bucketName("Bucket");
    try (Injection objects = faults.failObjects()) {
      assertThrows(
          S3Exception.class,
          () -> platform.clients().s3().listObjectsV2(one -> one.bucket(bucket)));
      assertTrue(objects.hits() > 0);
    }
    try (Injection accounts = faults.failAccounts()) {
      assertThrows(
          InternalErrorException.class,
          () ->
              platform
                  .clients()
                  .cognito()
                  .adminGetUser(
                      one -> one.userPoolId(platform.reference("Pool")).username("nobody")));
      assertTrue(accounts.hits() > 0);
    }
    try (Injection mails = faults.failMails()) {
      assertThrows(
          SesV2Exception.class, () -> MailboxTest.send(platform, "none@exemple.fr", "a", "b"));
      assertTrue(mails.hits() > 0);
    }
    assertTrue(platform.mailbox().to("none@exemple.fr").isEmpty());
  }

  @Test
  void chanceIsRepeatable() {
    faults.seed(7);
    String first = draws();
    faults.seed(7);
    assertEquals(first, draws());
    assertTrue(first.contains("true") && first.contains("false"));
  }

  private String draws() {
    StringBuilder draws = new StringBuilder();
    for (int draw = 0; draw < 50; draw++) {
      draws.append(faults.chance(0.3)).append(' ');
    }
    return draws.toString();
  }

  private DynamoDbClient tables() {
    return platform.clients().dynamoDb();
  }

  private void put(String id) {
    var _ =
        tables()
            .putItem(
                one ->
                    one.tableName("ThingsTable")
                        .item(Map.of("id", AttributeValue.fromS("fault-" + id))));
  }

  private void transact(String... ids) {
    List<TransactWriteItem> items =
        Arrays.stream(ids)
            .map(
                id ->
                    TransactWriteItem.builder()
                        .put(
                            put ->
                                put.tableName("ThingsTable")
                                    .item(Map.of("id", AttributeValue.fromS("fault-" + id))))
                        .build())
            .toList();
    var _ = tables().transactWriteItems(write -> write.transactItems(items));
  }

  private boolean isThere(String id) {
    return tables()
        .getItem(
            one ->
                one.tableName("ThingsTable")
                    .consistentRead(true)
                    .key(Map.of("id", AttributeValue.fromS("fault-" + id))))
        .hasItem();
  }
}
