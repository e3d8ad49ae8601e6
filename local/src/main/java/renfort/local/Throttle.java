package renfort.local;

import static renfort.local.Template.object;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rate limits that the template puts on its routes: a bucket of tokens for each route. */
final class Throttle {
  private final Map<String, Limit> limits;
  private final Limit otherwise;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  private record Limit(double rate, double burst) {
    static Limit of(Map<String, Object> settings, Limit otherwise) {
      return settings.get("ThrottlingRateLimit") instanceof Number rate
              && settings.get("ThrottlingBurstLimit") instanceof Number burst
          ? new Limit(rate.doubleValue(), burst.doubleValue())
          : otherwise;
    }
  }

  /** The settings of all routes, and those of single routes by their key. */
  Throttle(Map<String, Object> all, Map<String, Object> byRoute) {
    otherwise = Limit.of(all, new Limit(10_000, 5_000));
    limits = new ConcurrentHashMap<>();
    byRoute.forEach((key, settings) -> limits.put(key, Limit.of(object(settings), otherwise)));
  }

  /** Takes a request to a route; false when it is one too many. */
  boolean take(String routeKey) {
    return buckets
        .computeIfAbsent(routeKey, key -> new Bucket(limits.getOrDefault(key, otherwise)))
        .take();
  }

  private static final class Bucket {
    private final Limit limit;
    private double tokens;
    private long at = System.nanoTime();

    Bucket(Limit limit) {
      this.limit = limit;
      tokens = limit.burst();
    }

    synchronized boolean take() {
      long now = System.nanoTime();
      tokens = Math.min(limit.burst(), tokens + (now - at) * limit.rate() / 1e9);
      at = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }
}
