package renfort.accounts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Passwords.Kind;
import renfort.accounts.SignIn.Outcome;
import renfort.environment.Environment;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/**
 * POST /api/sessions, POST /api/sessions/refresh, DELETE /api/sessions. The access token goes to
 * the page's memory, the refresh token to a cookie that no script reads and no other site sends.
 * What is answered is never kept under an Idempotency-Key: it is a key itself.
 */
public final class Sessions extends ApiHandler {
  private static final String COOKIE = "renfort_session";

  /**
   * Which app client, and its refresh token in the characters that a cookie may hold (RFC 6265).
   */
  private static final Pattern VALUE = Pattern.compile("(day|kept)\\.([A-Za-z0-9._~+/=-]{1,4000})");

  /** A device that signed in before: a secret, and nothing of a person. */
  private static final String DEVICE = "renfort_device";

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** As long as browsers keep a cookie at most (RFC 6265bis). */
  private static final Duration DEVICE_LIFE = Duration.ofDays(400);

  /** How many secrets of devices are looked at: there is one, unless another was planted. */
  private static final int MOST_DEVICES = 3;

  private final SignIn signIn;

  public Sessions() {
    this(Environment.ofProcess());
  }

  public Sessions(Environment environment) {
    // who signs in without having been confirmed is staff: nothing of the rooms above waits for it
    this(environment, List.of());
  }

  /** With the rooms above that are told when a password turns out to be set. */
  public Sessions(Environment environment, List<AccountEvents> events) {
    super(environment);
    this.signIn = new SignIn(environment, events);
  }

  @Override
  protected void prime() {
    signIn.prime();
  }

  @Override
  protected Response handle(Request request) {
    return switch (request.route()) {
      case "POST /api/sessions" -> open(request);
      case "POST /api/sessions/refresh" -> renew(request);
      case "DELETE /api/sessions" -> end(request);
      default -> throw new Refusal(Problem.notFound());
    };
  }

  private Response open(Request request) {
    Form form = request.form();
    String email = form.email("email");
    String password = form.verbatim("password", 256);
    boolean keepSignedIn = form.flag("keepSignedIn");
    form.check();
    Kind kind = keepSignedIn ? Kind.KEPT : Kind.DAY;
    List<String> devices =
        request.cookies(DEVICE).stream()
            .filter(value -> SECRET.matcher(value).matches())
            .limit(MOST_DEVICES)
            .toList();
    return switch (signIn.signIn(email, password, kind, request.sourceIp(), devices)) {
      case Outcome.SignedIn signedIn -> {
        // one at a time in a browser: what its cookie was good for ends
        endAll(request);
        yield session(signedIn, kind);
      }
      case Outcome.Refused refused ->
          throw new Refusal(
              Problem.of(401, "unauthorized", "Adresse courriel ou mot de passe incorrect."));
      case Outcome.TooMany tooMany ->
          Problem.of(429, "too-many-requests", "Trop de tentatives de connexion.")
              .withDetail("Patientez avant de réessayer, ou demandez un nouveau mot de passe.")
              .toResponse(request.requestId())
              .withHeader("retry-after", Long.toString(seconds(tooMany.left())));
    };
  }

  private Response renew(Request request) {
    List<Held> sessions = held(request);
    // of two sessions none is renewed: one of them may be a stranger's, planted to be used instead
    return Optional.of(sessions)
        .filter(all -> all.size() == 1)
        .map(List::getFirst)
        .flatMap(
            held ->
                signIn
                    .renew(held.refreshToken(), held.kind())
                    .map(signedIn -> session(signedIn, held.kind())))
        .orElseGet(
            () ->
                Problem.unauthorized()
                    .toResponse(request.requestId())
                    .withCookie(cookie(COOKIE, "", Duration.ZERO)));
  }

  private Response end(Request request) {
    endAll(request);
    return Response.noContent().withCookie(cookie(COOKIE, "", Duration.ZERO));
  }

  private void endAll(Request request) {
    held(request).forEach(held -> signIn.end(held.refreshToken(), held.kind()));
  }

  private static Response session(Outcome.SignedIn signedIn, Kind kind) {
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("accessToken", signedIn.tokens().accessToken());
    session.put("expiresIn", signedIn.tokens().expiresIn());
    session.put("account", AccountView.of(signedIn.account()));
    Response response = Response.ok(session);
    @Nullable String refreshToken = signedIn.tokens().refreshToken();
    if (refreshToken != null) {
      response = response.withCookie(cookie(COOKIE, word(kind) + "." + refreshToken, life(kind)));
    }
    return signedIn.device() == null
        ? response
        : response.withCookie(cookie(DEVICE, signedIn.device(), DEVICE_LIFE));
  }

  /** What a cookie says: the session's kind and its refresh token. */
  private record Held(Kind kind, String refreshToken) {}

  private static List<Held> held(Request request) {
    return request.cookies(COOKIE).stream()
        .map(VALUE::matcher)
        .filter(Matcher::matches)
        .map(
            value -> new Held(value.group(1).equals("kept") ? Kind.KEPT : Kind.DAY, value.group(2)))
        .toList();
  }

  private static String cookie(String name, String value, Duration life) {
    return name
        + "="
        + value
        + "; Max-Age="
        + life.toSeconds()
        + "; Path=/api/sessions; HttpOnly; Secure; SameSite=Strict";
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case DAY -> "day";
      case KEPT -> "kept";
    };
  }

  /** As the app clients of template.yaml have it. */
  private static Duration life(Kind kind) {
    return switch (kind) {
      case DAY -> Duration.ofHours(12);
      case KEPT -> Duration.ofDays(30);
    };
  }

  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
