package renfort.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API: finds the route, checks the token, calls the function with an event of payload
 * format 2.0 and renders its answer, with API Gateway's own answers where there is none.
 */
final class Gateway implements HttpHandler {
  private static final int MOST = 10 << 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Routes routes;
  private final Authorizers authorizers;
  private final Functions functions;
  private final Optional<Throttle> throttle;
  private final Clock clock;

  Gateway(
      List<Template.Route> routes,
      Authorizers authorizers,
      Functions functions,
      Optional<Throttle> throttle,
      Clock clock) {
    this.routes = new Routes(routes);
    this.authorizers = authorizers;
    this.functions = functions;
    this.throttle = throttle;
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String requestId = UUID.randomUUID().toString();
    exchange.getResponseHeaders().set("apigw-requestid", requestId);
    Optional<Routes.Match> match =
        routes.find(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    if (match.isEmpty()) {
      refuse(exchange, 404, "Not Found");
      return;
    }
    Template.Route route = match.get().route();
    if (throttle.isPresent() && !throttle.get().take(route.key())) {
      refuse(exchange, 429, "Too Many Requests");
      return;
    }
    ObjectNode authorizer = Trees.object();
    if (route.authorizer().isPresent()) {
      Authorizers.Verdict verdict =
          authorizers.judge(
              route.authorizer().get(),
              route.scopes(),
              one(exchange.getRequestHeaders().get("Authorization")));
      switch (verdict) {
        case Authorizers.Verdict.Granted granted ->
            authorizer.set("jwt", claims(granted.claims(), route.scopes()));
        case Authorizers.Verdict.Unauthorized() -> {
          exchange.getResponseHeaders().set("www-authenticate", "Bearer");
          refuse(exchange, 401, "Unauthorized");
          return;
        }
        case Authorizers.Verdict.Forbidden() -> {
          exchange
              .getResponseHeaders()
              .set("www-authenticate", "Bearer error=\"insufficient_scope\"");
          refuse(exchange, 403, "Forbidden");
          return;
        }
      }
    }
    Optional<byte[]> body = HttpFront.body(exchange, MOST);
    if (body.isEmpty()) {
      refuse(exchange, 413, "Request Entity Too Large");
      return;
    }
    ObjectNode event = event(exchange, match.get(), body.get(), requestId, authorizer);
    try {
      answer(exchange, functions.invoke(route.functionId(), Trees.bytes(event)));
    } catch (Functions.FunctionFault e) {
      e.printStackTrace(System.err);
      refuse(exchange, 500, "Internal Server Error");
    }
  }

  /** A header's value; lines that are repeated are one with commas, as for the function. */
  private static @Nullable String one(@Nullable List<String> values) {
    return values == null ? null : String.join(",", values);
  }

  private ObjectNode event(
      HttpExchange exchange,
      Routes.Match match,
      byte[] body,
      String requestId,
      ObjectNode authorizer) {
    Headers headers = exchange.getRequestHeaders();
    Instant now = clock.instant();
    String path = Routes.decode(exchange.getRequestURI().getRawPath());
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    String routeKey = match.route().key();
    ObjectNode event =
        Trees.object()
            .put("version", "2.0")
            .put("routeKey", routeKey)
            .put("rawPath", path)
            .put("rawQueryString", query);
    cookies(event, headers);
    ObjectNode given = event.putObject("headers");
    headers.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!lower.equals("cookie")) {
            given.put(lower, String.join(",", values));
          }
        });
    Map<String, String> parameters = query(query);
    if (!parameters.isEmpty()) {
      event.set("queryStringParameters", Trees.of(parameters));
    }
    if (!match.parameters().isEmpty()) {
      event.set("pathParameters", Trees.of(match.parameters()));
    }
    ObjectNode context =
        event
            .putObject("requestContext")
            .put("accountId", LocalPlatform.ACCOUNT)
            .put("apiId", "local")
            .put("domainName", Optional.ofNullable(headers.getFirst("Host")).orElse("127.0.0.1"))
            .put("domainPrefix", "local")
            .put("requestId", requestId)
            .put("routeKey", routeKey)
            .put("stage", "$default")
            .put("time", TIME.format(now))
            .put("timeEpoch", now.toEpochMilli());
    context
        .putObject("http")
        .put("method", exchange.getRequestMethod())
        .put("path", path)
        .put("protocol", exchange.getProtocol())
        .put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress())
        .put("userAgent", Optional.ofNullable(headers.getFirst("User-Agent")).orElse(""));
    if (!authorizer.isEmpty()) {
      context.set("authorizer", authorizer);
    }
    body(event, body);
    return event;
  }

  private static void cookies(ObjectNode event, Headers headers) {
    List<String> lines = headers.getOrDefault("Cookie", List.of());
    if (!lines.isEmpty()) {
      ArrayNode cookies = event.putArray("cookies");
      for (String line : lines) {
        for (String cookie : line.split(";", -1)) {
          if (!cookie.isBlank()) {
            cookies.add(cookie.strip());
          }
        }
      }
    }
  }

  private static void body(ObjectNode event, byte[] body) {
    if (body.length == 0) {
      event.put("isBase64Encoded", false);
      return;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      event.put("body", text).put("isBase64Encoded", false);
    } catch (CharacterCodingException e) {
      event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
    }
  }

  /** The claims as API Gateway gives them, every one a text. */
  private static ObjectNode claims(JsonNode claims, List<?> scopes) {
    ObjectNode jwt = Trees.object();
    ObjectNode texts = jwt.putObject("claims");
    claims
        .properties()
        .forEach(
            claim -> {
              JsonNode value = claim.getValue();
              String text =
                  value.isArray()
                      ? value
                          .valueStream()
                          .map(JsonNode::asText)
                          .collect(Collectors.joining(" ", "[", "]"))
                      : value.asText();
              texts.put(claim.getKey(), text);
            });
    if (scopes.isEmpty()) {
      jwt.putNull("scopes");
    } else {
      jwt.set("scopes", Trees.of(scopes));
    }
    return jwt;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.merge(
            Routes.decode(name.replace('+', ' ')),
            Routes.decode(value.replace('+', ' ')),
            (one, other) -> one + "," + other);
      }
    }
    return parameters;
  }

  private static void answer(HttpExchange exchange, byte[] output) throws IOException {
    JsonNode answer = Trees.read(output);
    if (answer.isMissingNode() && output.length > 0) {
      System.err.println("A function's answer is not JSON");
      refuse(exchange, 500, "Internal Server Error");
      return;
    }
    if (!answer.path("statusCode").isNumber()) {
      HttpFront.send(exchange, 200, Map.of("Content-Type", "application/json"), output);
      return;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain;charset=UTF-8");
    answer
        .path("headers")
        .properties()
        .forEach(
            header ->
                headers.put(
                    header.getKey().equalsIgnoreCase("content-type")
                        ? "Content-Type"
                        : header.getKey(),
                    header.getValue().asText()));
    answer
        .path("cookies")
        .forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie.asText()));
    String text = answer.path("body").asText("");
    byte[] body =
        answer.path("isBase64Encoded").asBoolean()
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    if (body.length == 0 && !answer.path("headers").has("content-type")) {
      headers.remove("Content-Type");
    }
    HttpFront.send(exchange, answer.path("statusCode").asInt(), headers, body);
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    HttpFront.send(
        exchange, status, "application/json", Trees.object().put("message", message).toString());
  }
}
