package renfort.bench;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import renfort.storage.Item;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Counts the calls to the tables, and what the queries of candidates and all other reads cost, for
 * one thread.
 */
final class Meter implements ExecutionInterceptor {
  private static final Set<String> INDEXES =
      Set.of("pool", "nearPool", "nationalPool", "specialityPool");

  private final Map<String, Integer> calls = new TreeMap<>();
  private double reported;
  private double charged;
  private int rows;
  private double others;

  /**
   * What was counted since the last look.
   *
   * @param reported read units as the engine reports them, at least half a unit per query
   * @param charged read units by DynamoDB's own rule: half a unit for each 4 KiB begun
   * @param rows that the queries read
   * @param others read units of all other reads by that rule; consistent ones cost twice as much
   */
  record Count(double reported, double charged, int rows, double others) {}

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    calls.merge(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), 1, Integer::sum);
    if (context.request() instanceof QueryRequest query
        && context.response() instanceof QueryResponse response
        && query.indexName() != null
        && INDEXES.contains(query.indexName())) {
      reported += Math.max(0.5, response.consumedCapacity().capacityUnits());
      charged += begun(response.items()) * 0.5;
      rows += response.count();
    } else {
      others += units(context.request(), context.response());
    }
  }

  private static double units(SdkRequest request, SdkResponse response) {
    return switch (response) {
      case GetItemResponse get -> begun(List.of(get.item()));
      case BatchGetItemResponse get -> {
        long found =
            get.responses().values().stream()
                .flatMap(List::stream)
                .mapToLong(item -> begun(List.of(item)))
                .sum();
        // a key that leads to nothing costs a unit too
        int asked =
            ((BatchGetItemRequest) request)
                .requestItems().values().stream().mapToInt(keys -> keys.keys().size()).sum();
        yield found + asked - get.responses().values().stream().mapToInt(List::size).sum();
      }
      case QueryResponse query ->
          begun(query.items()) * (((QueryRequest) request).indexName() == null ? 1 : 0.5);
      default -> 0;
    };
  }

  /** How many pieces of 4 KiB are begun, at least one. */
  private static int begun(List<Map<String, AttributeValue>> items) {
    int bytes = items.stream().mapToInt(item -> Item.of(item).size()).sum();
    return Math.max(1, Math.ceilDiv(bytes, 4096));
  }

  /** What was counted since it was asked last. */
  Count take() {
    Count count = new Count(reported, charged, rows, others);
    reported = 0;
    charged = 0;
    rows = 0;
    others = 0;
    return count;
  }

  /** How often each operation was called. */
  Map<String, Integer> calls() {
    return calls;
  }
}
