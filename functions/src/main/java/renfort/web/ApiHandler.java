package renfort.web;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import renfort.storage.BadPlace;
import renfort.storage.Outage;

/**
 * A function behind the HTTP API: reads the event, lets the subclass answer, and turns what went
 * wrong into a problem. No exception's text and no personal data leave it or reach the log.
 */
public abstract class ApiHandler implements RequestStreamHandler {

  /**
   * Parses, authorises, calls one use case, renders.
   *
   * @throws Refusal when the request is not readable, valid or allowed
   * @throws Outage when a service is out
   */
  protected abstract Response handle(Request request);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Request request = Request.of(Json.readEvent(input));
    Json.write(answer(request).toEvent(), output);
  }

  private Response answer(Request request) {
    try {
      return handle(request);
    } catch (Refusal refusal) {
      return refusal.problem().toResponse(request.requestId());
    } catch (BadPlace place) {
      return Paging.refused().problem().toResponse(request.requestId());
    } catch (Outage outage) {
      Log.error(request.route(), request.requestId(), outage);
      return Problem.unavailable().toResponse(request.requestId()).withHeader("retry-after", "5");
    } catch (RuntimeException bug) {
      Log.error(request.route(), request.requestId(), bug);
      return Problem.of(500, "internal", "Une erreur est survenue : elle a été signalée.")
          .toResponse(request.requestId());
    }
  }
}
