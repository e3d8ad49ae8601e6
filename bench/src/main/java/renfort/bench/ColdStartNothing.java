package renfort.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The function that does nothing: what the virtual machine and Lambda's client cost alone. */
public final class ColdStartNothing implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    output.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
  }
}
