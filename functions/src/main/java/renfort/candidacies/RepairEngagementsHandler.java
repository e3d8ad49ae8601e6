package renfort.candidacies;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.storage.Sweep;
import renfort.storage.TimeLeft;
import renfort.web.Json;
import renfort.web.Log;

/**
 * Called by an operator, without a route, once after the deployment that brought it
 * (docs/operations.md).
 *
 * <p>In: {@code {}}. Out: {@code {state, repaired, later}}: MORE asks for another call, and so does
 * COMPLETE with some {@code later}; to call it again when all is done changes nothing.
 */
public final class RepairEngagementsHandler implements RequestStreamHandler {
  private final RepairEngagements repairEngagements;

  public RepairEngagementsHandler() {
    this(Environment.ofProcess());
  }

  public RepairEngagementsHandler(Environment environment) {
    this.repairEngagements = new RepairEngagements(environment);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    Sweep.Report report;
    try {
      report =
          repairEngagements.run(
              context == null
                  ? TimeLeft.unlimited()
                  : TimeLeft.of(context::getRemainingTimeInMillis));
      report.faults().forEach(fault -> Log.error(getClass().getSimpleName(), "", fault));
    } catch (RuntimeException fault) {
      Log.error(getClass().getSimpleName(), "", fault);
      // the runtime writes what it is thrown to the log, and a message may hold people's data
      throw new IllegalStateException("failed: the log tells where; call again");
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("state", report.state().name());
    answer.put("repaired", report.done());
    answer.put("later", report.later());
    Json.write(answer, output);
  }
}
