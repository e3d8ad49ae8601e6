package renfort.web;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import renfort.environment.Environment;
import renfort.storage.BadPlace;
import renfort.storage.Jitter;
import renfort.storage.Outage;
import renfort.storage.Throttled;

/**
 * A function behind the HTTP API: reads the event, lets the subclass answer, and turns what went
 * wrong into a problem. No exception's text and no personal data leave it or reach the log.
 *
 * <p>Before Lambda takes the snapshot that later starts go on from (SnapStart), it is primed: what
 * a first request would load is loaded, and compiled, by then.
 */
public abstract class ApiHandler implements RequestStreamHandler, Resource {
  /** Reads what a request reads first, in the name of nobody: it changes nothing. */
  private static final String PRIMER =
      """
      {"version": "2.0", "headers": {"content-type": "application/json"}, "body": "{}",
       "queryStringParameters": {"postalCode": "75001"},
       "requestContext": {"http": {"sourceIp": "192.0.2.1"},
         "authorizer": {"jwt": {"claims": {"username": "00000000000000000000"}}}}}
      """;

  /** Often enough that what speaks to the services is compiled; the rest is rehearsed. */
  private static final int PRIMERS = 30;

  /** Whoever a service held back is asked to come back within these, not all at once. */
  private static final Duration WAIT = Duration.ofSeconds(2);

  private static final Duration WAIT_MOST = Duration.ofSeconds(20);

  private final Origin origin;

  // it is called back when the whole function is made; where nothing takes snapshots, never
  @SuppressWarnings("this-escape")
  protected ApiHandler(Environment environment) {
    this.origin = new Origin(environment);
    Core.getGlobalContext().register(this);
  }

  /**
   * Parses, authorises, calls one use case, renders.
   *
   * @throws Refusal when the request is not readable, valid or allowed
   * @throws Outage when a service is out
   */
  protected abstract Response handle(Request request);

  /**
   * Where a form is read before any table, the subclass adds a read: the connection is to stand.
   */
  protected void prime() {}

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    answer(input, output);
  }

  /** Answers an event of the HTTP API; nothing of Lambda's context is needed for it. */
  public final void answer(InputStream input, OutputStream output) throws IOException {
    Map<String, Object> event = Json.readEvent(input);
    // a call that keeps the snapshot in use (template.yaml) has no route
    Json.write(event.containsKey("routeKey") ? answer(event) : Map.of(), output);
  }

  private Map<String, Object> answer(Map<String, Object> event) {
    Request request = Request.of(event, origin);
    Response response =
        origin.vouchesFor(request.headers()) ? answer(request) : pastTheSite(request);
    if (response.status() >= 400 && response.status() < 500) {
      Log.refused(request, response.status());
    }
    return response.toEvent();
  }

  /** Counted by an alarm: a distribution whose secret is not ours any more is refused as well. */
  private static Response pastTheSite(Request request) {
    Log.info("not-through-site", Map.of("requestId", request.requestId()));
    return Problem.of(403, "not-through-site", "Cette adresse n'est pas celle du site.")
        .toResponse(request.requestId());
  }

  private Response answer(Request request) {
    try {
      return handle(request);
    } catch (Refusal refusal) {
      return refusal.problem().toResponse(request.requestId());
    } catch (BadPlace place) {
      return Paging.refused().problem().toResponse(request.requestId());
    } catch (Throttled throttled) {
      // an alarm counts it (template.yaml)
      Log.info(
          "service-throttled",
          Map.of("service", throttled.service(), "requestId", request.requestId()));
      return Problem.of(429, "too-many-requests", "Trop de demandes en ce moment.")
          .withDetail("Rien n'a été modifié : réessayez dans quelques secondes.")
          .toResponse(request.requestId())
          .withHeader("retry-after", Long.toString(Jitter.between(WAIT, WAIT_MOST).toSeconds()));
    } catch (Outage outage) {
      Log.error(request.route(), request.requestId(), outage);
      return Problem.unavailable().toResponse(request.requestId()).withHeader("retry-after", "5");
    } catch (RuntimeException bug) {
      Log.error(request.route(), request.requestId(), bug);
      return Problem.of(500, "internal", "Une erreur est survenue : elle a été signalée.")
          .toResponse(request.requestId());
    }
  }

  @Override
  public final void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    // each by itself: the rehearsal needs no service, so an outage of one costs the first calls
    // only
    loaded("rehearsal", this::rehearse);
    loaded("services", this::callServices);
  }

  private void rehearse() throws IOException, ReflectiveOperationException {
    Rehearsal rehearsal = Rehearsal.of(getClass());
    if (rehearsal != null) {
      rehearsal.play(getClass());
    }
  }

  private void callServices() throws IOException {
    Request request =
        Request.of(
            Json.readEvent(new ByteArrayInputStream(PRIMER.getBytes(StandardCharsets.UTF_8))),
            origin);
    for (int round = 0; round < PRIMERS; round++) {
      Json.write(primed(request).toEvent(), OutputStream.nullOutputStream());
      prime();
    }
  }

  private interface Step {
    void run() throws IOException, ReflectiveOperationException;
  }

  /** A slower first request is no reason to publish nothing: an alarm counts the line. */
  private void loaded(String step, Step run) {
    try {
      run.run();
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError fault) {
      Log.info(
          "not-primed",
          Map.of(
              "where",
              getClass().getSimpleName(),
              "step",
              step,
              "fault",
              fault.getClass().getName()));
    }
  }

  private Response primed(Request request) {
    try {
      return handle(request);
    } catch (Refusal refusal) {
      return refusal.problem().toResponse(request.requestId());
    }
  }

  /** Nothing that was read is kept, so nothing is too old. */
  @Override
  public final void afterRestore(org.crac.Context<? extends Resource> context) {}
}
