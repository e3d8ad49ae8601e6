package renfort.local;

import static renfort.local.Template.list;
import static renfort.local.Template.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JWT authorizers of the HTTP API: issuer, audience, dates and scope, as API Gateway asks. */
final class Authorizers {
  private final AccountService accounts;
  private final Clock clock;
  private final Map<String, Declared> declared = new LinkedHashMap<>();

  private record Declared(String issuer, List<String> audience) {}

  /** What a request's token comes to. */
  sealed interface Verdict {
    /** The claims of a good token. */
    record Granted(JsonNode claims) implements Verdict {}

    /** No token, or one that is not good: 401. */
    record Unauthorized() implements Verdict {}

    /** A good token without a scope that the route asks: 403. */
    record Forbidden() implements Verdict {}
  }

  Authorizers(Template template, Resolver resolver, AccountService accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
    Map<String, Object> all = object(object(template.httpApi().get("Auth")).get("Authorizers"));
    all.forEach(
        (name, authorizer) -> {
          Map<String, Object> jwt =
              object(
                  resolver.resolve(
                      object(authorizer).get("JwtConfiguration"), "Authorizer " + name));
          declared.put(
              name,
              new Declared(
                  String.valueOf(jwt.get("issuer")),
                  list(jwt.get("audience")).stream().map(Object::toString).toList()));
        });
    template
        .routes()
        .forEach(
            route ->
                route
                    .authorizer()
                    .filter(name -> !declared.containsKey(name))
                    .ifPresent(
                        name -> {
                          throw new Template.TemplateFault(route.key() + ": no authorizer " + name);
                        }));
  }

  /** Judges the Authorization header of a request to a route with an authorizer. */
  Verdict judge(String authorizer, List<?> scopes, @Nullable String header) {
    Declared asked = java.util.Objects.requireNonNull(declared.get(authorizer));
    if (header == null) {
      return new Verdict.Unauthorized();
    }
    String token =
        header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : header;
    Optional<JsonNode> verified = accounts.verify(token);
    if (verified.isEmpty()) {
      return new Verdict.Unauthorized();
    }
    JsonNode claims = verified.get();
    long now = clock.instant().getEpochSecond();
    String audience = claims.path(claims.has("aud") ? "aud" : "client_id").asText();
    boolean good =
        claims.path("iss").asText().equals(asked.issuer())
            && asked.audience().contains(audience)
            && claims.path("exp").asLong() > now
            && claims.path("nbf").asLong() <= now
            && claims.path("iat").asLong() <= now;
    if (!good) {
      return new Verdict.Unauthorized();
    }
    List<String> granted = new ArrayList<>(List.of(claims.path("scope").asText().split(" ", -1)));
    granted.addAll(List.of(claims.path("scp").asText().split(" ", -1)));
    boolean inScope =
        scopes.isEmpty() || scopes.stream().anyMatch(scope -> granted.contains(scope.toString()));
    return inScope ? new Verdict.Granted(claims) : new Verdict.Forbidden();
  }
}
