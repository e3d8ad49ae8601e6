package renfort.bench;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import renfort.storage.Item;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Counts the calls to the tables, and what the queries of candidates cost, for one thread. */
final class Meter implements ExecutionInterceptor {
  private static final Set<String> INDEXES = Set.of("pool", "nationalPool", "specialityPool");

  private final Map<String, Integer> calls = new TreeMap<>();
  private double reported;
  private double charged;
  private int rows;

  /**
   * What was counted since the last look.
   *
   * @param reported read units as the engine reports them, at least half a unit per query
   * @param charged read units by DynamoDB's own rule: half a unit for each 4 KiB begun
   * @param rows that the queries read
   */
  record Count(double reported, double charged, int rows) {}

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    calls.merge(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), 1, Integer::sum);
    if (context.request() instanceof QueryRequest query
        && context.response() instanceof QueryResponse response
        && query.indexName() != null
        && INDEXES.contains(query.indexName())) {
      reported += Math.max(0.5, response.consumedCapacity().capacityUnits());
      int bytes = response.items().stream().mapToInt(item -> Item.of(item).size()).sum();
      charged += Math.max(0.5, Math.ceilDiv(bytes, 4096) * 0.5);
      rows += response.count();
    }
  }

  /** What was counted since it was asked last. */
  Count take() {
    Count count = new Count(reported, charged, rows);
    reported = 0;
    charged = 0;
    rows = 0;
    return count;
  }

  /** How often each operation was called. */
  Map<String, Integer> calls() {
    return calls;
  }
}
