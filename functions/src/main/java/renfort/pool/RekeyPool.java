package renfort.pool;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.reference.Regions;
import renfort.reference.model.Region;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Report;
import renfort.storage.TimeLeft;
import renfort.web.Json;
import renfort.web.Log;

/**
 * Called by an operator, without a route, when a release finds the rows of the pool by other keys:
 * gives every row the keys of today, region by region side by side. A call that runs out of time or
 * is killed is gone on with by the next; rows that have their keys are left alone.
 *
 * <p>In: nothing. Out: {@code {state, changed, left}}: COMPLETE with nothing left when all rows
 * have their keys, MORE or ELSEWHERE (another call is at it) when it is to be called again.
 */
public final class RekeyPool implements RequestStreamHandler {
  private final PoolStore pool;
  private final Sweep sweep;

  public RekeyPool() {
    this(Environment.ofProcess());
  }

  public RekeyPool(Environment environment) {
    this.pool = new PoolStore(environment);
    this.sweep = new Sweep(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    try {
      TimeLeft time =
          context == null ? TimeLeft.unlimited() : TimeLeft.of(context::getRemainingTimeInMillis);
      Report report = rekey(time);
      report.faults().forEach(fault -> Log.error(getClass().getSimpleName(), "", fault));
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("state", report.state().name());
      answer.put("changed", report.done());
      answer.put("left", report.later());
      Json.write(answer, output);
    } catch (RuntimeException fault) {
      Log.error(getClass().getSimpleName(), "", fault);
      // the runtime writes what it is thrown to the log, and a message may hold people's data
      throw new IllegalStateException("failed: the log tells where; call again");
    }
  }

  private Report rekey(TimeLeft time) {
    Map<String, Sweep.Source<Item>> parts = new LinkedHashMap<>();
    for (Region region : Regions.all()) {
      parts.put(region.code(), sweep.rows(pool.everybody(region.code())));
    }
    return sweep.run("RekeyPool", parts, pool::rekey, null, time);
  }
}
