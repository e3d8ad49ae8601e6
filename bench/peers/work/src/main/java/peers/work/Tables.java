package peers.work;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The work by the SDK's own client. */
public final class Tables implements Store {
  private final DynamoDbClient client;
  private final Map<String, String> names;

  public Tables(DynamoDbClient client, Map<String, String> names) {
    this.client = client;
    this.names = names;
  }

  /** On the client and the tables of the process's environment. */
  public static Tables ofProcess() {
    return new Tables(client(), System.getenv());
  }

  /** The client that all peers use. */
  public static DynamoDbClient client() {
    return DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
  }

  @Override
  public String finess(String accountId) {
    Map<String, AttributeValue> account = get("ACCOUNTS_TABLE", "accountId", accountId);
    return account.isEmpty() || !account.get("approved").bool()
        ? null
        : account.get("establishment").m().get("finess").s();
  }

  @Override
  public Map<String, String> mission(String missionId) {
    Map<String, AttributeValue> mission = get("MISSIONS_TABLE", "missionId", missionId);
    if (mission.isEmpty()) {
      return null;
    }
    Map<String, AttributeValue> establishment = mission.get("establishment").m();
    return Map.of(
        "finess", mission.get("finess").s(),
        "profession", mission.get("profession").s(),
        "region", establishment.get("region").s(),
        "departement", establishment.get("departement").s());
  }

  @Override
  public List<Person> people(String partition, int limit) {
    return client
        .query(
            request ->
                request
                    .tableName(names.get("PROFESSIONALS_TABLE"))
                    .indexName("pool")
                    .keyConditionExpression("p = :p")
                    .expressionAttributeValues(Map.of(":p", AttributeValue.fromS(partition)))
                    .limit(limit))
        .items()
        .stream()
        .map(
            row ->
                new Person(
                    row.get("professionalId").s(),
                    row.get("l").s(),
                    row.get("f").s(),
                    row.get("v").s(),
                    Long.parseLong(row.get("w").n())))
        .toList();
  }

  @Override
  public void record(String subject, String at, String actor, List<String> shown) {
    client.putItem(
        request ->
            request
                .tableName(names.get("JOURNAL_TABLE"))
                .item(
                    Map.of(
                        "subject", AttributeValue.fromS(subject),
                        "at", AttributeValue.fromS(at),
                        "action", AttributeValue.fromS("LISTED"),
                        "actor", AttributeValue.fromS(actor),
                        "shown",
                            AttributeValue.fromL(
                                shown.stream().map(AttributeValue::fromS).toList()))));
  }

  private Map<String, AttributeValue> get(String table, String key, String value) {
    return client
        .getItem(
            request ->
                request
                    .tableName(names.get(table))
                    .key(Map.of(key, AttributeValue.fromS(value)))
                    .consistentRead(true))
        .item();
  }
}
