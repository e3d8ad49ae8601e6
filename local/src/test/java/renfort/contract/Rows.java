package renfort.contract;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import renfort.local.LocalPlatform;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Every row of every table, to prove that nothing was stored. */
public final class Rows {
  private static final Set<String> TABLES =
      Set.of(
          "AccountsTable",
          "ProfessionalsTable",
          "EstablishmentsTable",
          "MissionsTable",
          "CandidaciesTable",
          "RegionsTable",
          "JournalTable",
          "OutboxTable",
          "InboxTable",
          "GuardsTable");

  @SuppressWarnings("TimeInStaticInitializer") // one moment for every look
  private static final long WITHIN_THE_HOUR = Instant.now().plusSeconds(3600).getEpochSecond();

  private Rows() {}

  /** All rows as they stand once the streams have been followed. */
  public static Map<String, Set<String>> all(LocalPlatform platform) {
    platform.awaitStreams();
    Map<String, Set<String>> rows = new TreeMap<>();
    for (String table : TABLES) {
      rows.put(
          table,
          platform
              .clients()
              .dynamoDb()
              .scanPaginator(
                  ScanRequest.builder()
                      .tableName(platform.tableName(table))
                      .consistentRead(true)
                      .build())
              .items()
              .stream()
              .filter(Rows::lasts)
              .map(item -> new TreeMap<>(item).toString())
              .collect(Collectors.toSet()));
    }
    return rows;
  }

  /**
   * Rows whose time to live is over go when the engine likes: those that end within the hour are
   * left out. The hour is counted once, or a row would be in one look and not in the next.
   */
  private static boolean lasts(Map<String, AttributeValue> item) {
    AttributeValue until = item.get("until");
    return until == null || Long.parseLong(until.n()) > WITHIN_THE_HOUR;
  }
}
