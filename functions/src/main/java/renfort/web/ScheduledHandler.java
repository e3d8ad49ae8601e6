package renfort.web;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * A function that a schedule calls. A fault is logged by its class only and fails the call, so that
 * Lambda counts it; what was left is taken up by the next call.
 */
public abstract class ScheduledHandler implements RequestStreamHandler {

  /** Does what is due. */
  protected abstract void run();

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      run();
    } catch (RuntimeException fault) {
      Log.error(getClass().getSimpleName(), "", fault);
      // the runtime writes what it is thrown to the log, and a message may hold people's data
      throw new IllegalStateException("failed: the log tells where");
    }
    Json.write(Map.of(), output);
  }
}
