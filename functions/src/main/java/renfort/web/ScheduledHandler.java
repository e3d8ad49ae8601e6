package renfort.web;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.storage.TimeLeft;

/**
 * A function that a schedule calls. At its end it logs {@code heartbeat}: an alarm watches that it
 * comes (template.yaml). A fault is logged by its class only and fails the call, so that Lambda
 * counts it; what was left is taken up by the next call.
 */
public abstract class ScheduledHandler implements RequestStreamHandler {

  /**
   * Does what is due.
   *
   * @param time how long it may work; what is not begun by then is left to the next call
   */
  protected abstract void run(TimeLeft time);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    try {
      run(context == null ? TimeLeft.unlimited() : TimeLeft.of(context::getRemainingTimeInMillis));
    } catch (RuntimeException fault) {
      Log.error(getClass().getSimpleName(), "", fault);
      // the runtime writes what it is thrown to the log, and a message may hold people's data
      throw new IllegalStateException("failed: the log tells where");
    }
    Log.info(
        "heartbeat", Map.of("function", getClass().getSimpleName().replaceFirst("Handler$", "")));
    Json.write(Map.of(), output);
  }
}
