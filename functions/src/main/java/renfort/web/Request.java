package renfort.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.environment.Ids;

/**
 * A request in the HTTP API's payload format 2.0.
 *
 * @param route method and path as declared in template.yaml, like {@code GET /api/missions/{id}}
 * @param path the path parameters
 * @param query the query parameters
 * @param headers by lower-case name
 * @param cookies as {@code name=value}
 * @param body the text, empty when there is none, null when it is not UTF-8
 * @param user the {@code username} of the verified access token (an accountId), or null on a public
 *     route
 * @param signedInAt when the password was given that the token goes back to, or null on a public
 *     route
 * @param sourceIp the client's address
 * @param requestId names the request in the log and in problems
 */
public record Request(
    String route,
    Map<String, String> path,
    Map<String, String> query,
    Map<String, String> headers,
    List<String> cookies,
    @Nullable String body,
    @Nullable String user,
    @Nullable Instant signedInAt,
    String sourceIp,
    String requestId) {

  /** What a body may weigh (contract: 64 KiB, then 413). */
  public static final int MAX_BODY = 64 * 1024;

  @SuppressWarnings("unchecked")
  static Request of(Map<String, Object> event, Origin origin) {
    Map<String, Object> context =
        (Map<String, Object>) event.getOrDefault("requestContext", Map.of());
    Map<String, Object> http = (Map<String, Object>) context.getOrDefault("http", Map.of());
    Map<String, Object> authorizer =
        (Map<String, Object>) context.getOrDefault("authorizer", Map.of());
    Map<String, Object> jwt = (Map<String, Object>) authorizer.getOrDefault("jwt", Map.of());
    Map<String, Object> claims = (Map<String, Object>) jwt.getOrDefault("claims", Map.of());
    String body = (String) event.get("body");
    Map<String, String> headers =
        (Map<String, String>) (Map<String, ?>) orEmpty(event.get("headers"));
    return new Request(
        (String) event.getOrDefault("routeKey", ""),
        (Map<String, String>) (Map<String, ?>) orEmpty(event.get("pathParameters")),
        (Map<String, String>) (Map<String, ?>) orEmpty(event.get("queryStringParameters")),
        headers,
        (List<String>) event.getOrDefault("cookies", List.of()),
        text(body, Boolean.TRUE.equals(event.get("isBase64Encoded"))),
        (String) claims.get("username"),
        signedInAt(claims),
        origin.client(headers, (String) http.getOrDefault("sourceIp", "")),
        (String) context.getOrDefault("requestId", ""));
  }

  /** A token that was refreshed is issued anew, but keeps the time of the sign-in. */
  private static @Nullable Instant signedInAt(Map<String, Object> claims) {
    @Nullable Object seconds = claims.getOrDefault("auth_time", claims.get("iat"));
    try {
      return seconds == null ? null : Instant.ofEpochSecond(Long.parseLong(seconds.toString()));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable String text(@Nullable String body, boolean base64) {
    if (body == null) {
      return "";
    }
    if (!base64) {
      return body;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Base64.getDecoder().decode(body)))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> orEmpty(@Nullable Object map) {
    return map == null ? Map.of() : (Map<String, Object>) map;
  }

  /**
   * A path parameter that is an id; one of another form names nothing.
   *
   * @throws Refusal 404
   */
  public String id(String name) {
    String id = path.getOrDefault(name, "");
    if (!Ids.isId(id)) {
      throw new Refusal(Problem.notFound());
    }
    return id;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * The different values of a cookie. Several are a sign that another site of the same domain has
   * planted one.
   */
  public List<String> cookies(String name) {
    return cookies.stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(name.length() + 1))
        .distinct()
        .toList();
  }

  /**
   * The body as a form.
   *
   * @throws Refusal 413 over 64 KiB, 415 when it is not declared as JSON, 400 when it is not a JSON
   *     object
   */
  @SuppressWarnings("unchecked")
  public Form form() {
    if (body != null && body.getBytes(StandardCharsets.UTF_8).length > MAX_BODY) {
      throw new Refusal(
          Problem.of(413, "too-large", "La demande est trop volumineuse (64 Kio au plus)."));
    }
    String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      throw new Refusal(
          Problem.of(
              415, "unsupported-media-type", "La demande doit être de type application/json."));
    }
    try {
      if (body != null && Json.read(body) instanceof Map<?, ?> fields) {
        return Form.of((Map<String, Object>) fields);
      }
    } catch (Json.MalformedJson e) {
      // answered below, like JSON that is not an object
    }
    throw new Refusal(Problem.of(400, "not-json", "La demande n'est pas un objet JSON."));
  }
}
