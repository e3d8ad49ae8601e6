package renfort.local;

import static renfort.local.Template.list;
import static renfort.local.Template.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the Cognito operations that the functions use, with Cognito's answers: users,
 * passwords, sessions. Policy, clients and validities are those of the template; the admin
 * operations take any caller, as nobody else reaches 127.0.0.1.
 */
final class AccountService {
  /** Few: they guard nothing but the logins of one laptop, and a first start makes 27 of them. */
  private static final int ROUNDS = 1_000;

  private static final Pattern PASSWORD = Pattern.compile("\\S+.*\\S+", Pattern.DOTALL);
  private static final String SPECIAL = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";
  private static final String BAD_LOGIN = "Incorrect username or password.";

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Stored stored;
  private final Tokens tokens;
  private final Map<String, User> users = new LinkedHashMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Map<String, Client> clients = new LinkedHashMap<>();
  private final Map<String, Pool> pools = new LinkedHashMap<>();

  private record Pool(
      String id, String issuer, Map<String, Object> policy, boolean caseSensitive) {}

  private record Client(
      String id,
      String poolId,
      java.util.List<String> flows,
      Duration access,
      Duration identity,
      Duration refresh,
      boolean hidesUnknown) {}

  private static final class User {
    String name = "";
    String sub = "";
    String salt = "";
    String hash = "";
    String status = "FORCE_CHANGE_PASSWORD";
    boolean enabled = true;
    Instant created = Instant.EPOCH;
    ObjectNode attributes = Trees.object();
  }

  /** A login: what its refresh token, kept as a hash, gives. */
  private record Session(
      String userKey, String clientId, String origin, Instant since, Instant until) {}

  /** Reads the pools and clients of the template. */
  AccountService(Template template, Resolver resolver, Clock clock, @Nullable Path file) {
    this.clock = clock;
    stored = new Stored(file);
    JsonNode saved = stored.load();
    tokens = Tokens.of(saved.path("key").asText());
    for (Template.Resource pool : template.resources("AWS::Cognito::UserPool")) {
      Map<String, Object> properties = object(resolver.resolve(pool.properties(), pool.id()));
      String id = poolId(pool);
      pools.put(
          id,
          new Pool(
              id,
              issuer(id),
              object(object(properties.get("Policies")).get("PasswordPolicy")),
              !Boolean.FALSE.equals(
                  object(properties.get("UsernameConfiguration")).get("CaseSensitive"))));
    }
    for (Template.Resource client : template.resources("AWS::Cognito::UserPoolClient")) {
      Map<String, Object> properties = object(resolver.resolve(client.properties(), client.id()));
      Map<String, Object> units = object(properties.get("TokenValidityUnits"));
      String id = clientId(client);
      clients.put(
          id,
          new Client(
              id,
              resolver.text(client.properties().get("UserPoolId"), client.id() + ".UserPoolId"),
              list(properties.get("ExplicitAuthFlows")).stream().map(Object::toString).toList(),
              validity(properties, units, "AccessToken", Duration.ofHours(1), "hours"),
              validity(properties, units, "IdToken", Duration.ofHours(1), "hours"),
              validity(properties, units, "RefreshToken", Duration.ofDays(30), "days"),
              "ENABLED".equals(properties.get("PreventUserExistenceErrors"))));
    }
    load(saved);
    save();
  }

  /** A pool's id here. */
  static String poolId(Template.Resource pool) {
    return LocalPlatform.REGION + "_" + digest(pool.id()).substring(0, 9);
  }

  /** A client's id here. */
  static String clientId(Template.Resource client) {
    return digest(client.id()).substring(0, 26);
  }

  /** A pool's issuer, as in the cloud. */
  static String issuer(String poolId) {
    return "https://cognito-idp." + LocalPlatform.REGION + ".amazonaws.com/" + poolId;
  }

  /** The claims of a token signed here; its dates are not looked at. */
  Optional<JsonNode> verify(String token) {
    return tokens.verify(token);
  }

  /** The public keys of a pool, null when there is no such pool. */
  @Nullable ObjectNode jwks(String poolId) {
    return pools.containsKey(poolId) ? tokens.jwks() : null;
  }

  /** What the service answers: a status and a JSON object. */
  record Answer(int status, ObjectNode body) {}

  /** Answers an operation. */
  synchronized Answer answer(String operation, JsonNode request) {
    try {
      ObjectNode body =
          switch (operation) {
            case "AdminCreateUser" -> create(request);
            case "AdminSetUserPassword" -> setPassword(request);
            case "AdminInitiateAuth" -> initiate(request);
            case "AdminGetUser" -> adminGet(request);
            case "AdminDeleteUser" -> delete(request);
            case "AdminDisableUser" -> enable(request, false);
            case "AdminEnableUser" -> enable(request, true);
            case "AdminUserGlobalSignOut" -> signOut(request);
            case "RevokeToken" -> revoke(request);
            case "GetUser" -> get(request);
            default -> throw new Refusal("InvalidAction", "Not known on the laptop: " + operation);
          };
      return new Answer(200, body);
    } catch (Refusal e) {
      return new Answer(400, Trees.object().put("__type", e.type).put("message", e.getMessage()));
    }
  }

  private ObjectNode create(JsonNode request) throws Refusal {
    Pool pool = pool(request);
    String key = key(pool, username(request));
    if (users.containsKey(key)) {
      throw new Refusal("UsernameExistsException", "User account already exists");
    }
    String password = request.path("TemporaryPassword").asText();
    if (!password.isEmpty()) {
      check(pool, password);
    }
    User user = new User();
    user.name = username(request);
    user.sub = UUID.randomUUID().toString();
    user.created = clock.instant();
    user.attributes.put("sub", user.sub);
    request
        .path("UserAttributes")
        .forEach(one -> user.attributes.put(one.path("Name").asText(), one.path("Value").asText()));
    hash(user, password.isEmpty() ? secret() : password);
    users.put(key, user);
    save();
    ObjectNode answer = Trees.object();
    answer.set("User", describe(user, "Attributes"));
    return answer;
  }

  private ObjectNode setPassword(JsonNode request) throws Refusal {
    Pool pool = pool(request);
    User user = known(pool, request);
    String password = request.path("Password").asText();
    check(pool, password);
    hash(user, password);
    user.status = request.path("Permanent").asBoolean() ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
    save();
    return Trees.object();
  }

  private ObjectNode initiate(JsonNode request) throws Refusal {
    Pool pool = pool(request);
    Client client = client(request.path("ClientId").asText());
    if (!client.poolId().equals(pool.id())) {
      throw new Refusal("ResourceNotFoundException", "User pool client does not exist.");
    }
    JsonNode parameters = request.path("AuthParameters");
    return switch (request.path("AuthFlow").asText()) {
      case "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH" -> {
        allow(client, "ALLOW_ADMIN_USER_PASSWORD_AUTH");
        yield login(pool, client, parameters);
      }
      case "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN" -> {
        allow(client, "ALLOW_REFRESH_TOKEN_AUTH");
        yield refresh(client, parameters.path("REFRESH_TOKEN").asText());
      }
      default ->
          throw new Refusal("InvalidParameterException", "Initiate Auth method not supported.");
    };
  }

  private ObjectNode login(Pool pool, Client client, JsonNode parameters) throws Refusal {
    if (!parameters.hasNonNull("USERNAME")) {
      throw new Refusal("InvalidParameterException", "Missing required parameter USERNAME");
    }
    if (!parameters.hasNonNull("PASSWORD")) {
      throw new Refusal("InvalidParameterException", "Missing required parameter PASSWORD");
    }
    String userKey = key(pool, parameters.path("USERNAME").asText());
    String password = parameters.path("PASSWORD").asText();
    User user = users.get(userKey);
    if (user == null) {
      var _ = derive(password, new byte[16]);
      throw client.hidesUnknown()
          ? new Refusal("NotAuthorizedException", BAD_LOGIN)
          : new Refusal("UserNotFoundException", "User does not exist.");
    }
    byte[] given = derive(password, HexFormat.of().parseHex(user.salt));
    if (!MessageDigest.isEqual(given, HexFormat.of().parseHex(user.hash))) {
      throw new Refusal("NotAuthorizedException", BAD_LOGIN);
    }
    if (!user.enabled) {
      throw new Refusal("NotAuthorizedException", "User is disabled.");
    }
    if (!user.status.equals("CONFIRMED")) {
      ObjectNode challenge =
          Trees.object().put("ChallengeName", "NEW_PASSWORD_REQUIRED").put("Session", secret());
      challenge.putObject("ChallengeParameters").put("USER_ID_FOR_SRP", user.name);
      return challenge;
    }
    Instant now = clock.instant();
    String token = secret() + secret();
    Session session =
        new Session(
            userKey, client.id(), UUID.randomUUID().toString(), now, now.plus(client.refresh()));
    sessions.values().removeIf(one -> !one.until().isAfter(now));
    sessions.put(digest(token), session);
    save();
    ObjectNode answer = issue(pool, client, user, session);
    ((ObjectNode) answer.path("AuthenticationResult")).put("RefreshToken", token);
    return answer;
  }

  private ObjectNode refresh(Client client, String token) throws Refusal {
    Session session = sessions.get(digest(token));
    if (session == null || !session.clientId().equals(client.id())) {
      throw new Refusal("NotAuthorizedException", "Invalid Refresh Token");
    }
    if (!session.until().isAfter(clock.instant())) {
      throw new Refusal("NotAuthorizedException", "Refresh Token has expired");
    }
    User user = users.get(session.userKey());
    if (user == null) {
      throw new Refusal("NotAuthorizedException", "Invalid Refresh Token");
    }
    if (!user.enabled) {
      throw new Refusal("NotAuthorizedException", "User is disabled.");
    }
    Pool pool = java.util.Objects.requireNonNull(pools.get(client.poolId()));
    return issue(pool, client, user, session);
  }

  private ObjectNode issue(Pool pool, Client client, User user, Session session) {
    Instant now = clock.instant();
    String event = UUID.randomUUID().toString();
    ObjectNode common =
        Trees.object()
            .put("sub", user.sub)
            .put("iss", pool.issuer())
            .put("origin_jti", session.origin())
            .put("event_id", event)
            .put("auth_time", session.since().getEpochSecond())
            .put("iat", now.getEpochSecond());
    ObjectNode access =
        common
            .deepCopy()
            .put("client_id", client.id())
            .put("token_use", "access")
            .put("scope", "aws.cognito.signin.user.admin")
            .put("exp", now.plus(client.access()).getEpochSecond())
            .put("jti", UUID.randomUUID().toString())
            .put("username", user.name);
    ObjectNode identity =
        common
            .deepCopy()
            .put("aud", client.id())
            .put("token_use", "id")
            .put("exp", now.plus(client.identity()).getEpochSecond())
            .put("jti", UUID.randomUUID().toString())
            .put("cognito:username", user.name);
    user.attributes.properties().forEach(one -> identity.putIfAbsent(one.getKey(), one.getValue()));
    ObjectNode answer = Trees.object();
    answer
        .putObject("AuthenticationResult")
        .put("AccessToken", tokens.sign(access))
        .put("IdToken", tokens.sign(identity))
        .put("ExpiresIn", client.access().toSeconds())
        .put("TokenType", "Bearer");
    answer.putObject("ChallengeParameters");
    return answer;
  }

  private ObjectNode adminGet(JsonNode request) throws Refusal {
    return describe(known(pool(request), request), "UserAttributes");
  }

  private ObjectNode delete(JsonNode request) throws Refusal {
    Pool pool = pool(request);
    User user = known(pool, request);
    String key = key(pool, user.name);
    users.remove(key);
    sessions.values().removeIf(session -> session.userKey().equals(key));
    save();
    return Trees.object();
  }

  private ObjectNode enable(JsonNode request, boolean enabled) throws Refusal {
    known(pool(request), request).enabled = enabled;
    save();
    return Trees.object();
  }

  private ObjectNode signOut(JsonNode request) throws Refusal {
    Pool pool = pool(request);
    String key = key(pool, known(pool, request).name);
    sessions.values().removeIf(session -> session.userKey().equals(key));
    save();
    return Trees.object();
  }

  private ObjectNode revoke(JsonNode request) throws Refusal {
    Client client = client(request.path("ClientId").asText());
    String hash = digest(request.path("Token").asText());
    Session session = sessions.get(hash);
    if (session != null) {
      if (!session.clientId().equals(client.id())) {
        throw new Refusal("UnauthorizedException", "Token was not issued to this client.");
      }
      sessions.remove(hash);
      save();
    }
    return Trees.object();
  }

  private ObjectNode get(JsonNode request) throws Refusal {
    Refusal invalid = new Refusal("NotAuthorizedException", "Invalid Access Token");
    JsonNode claims = verify(request.path("AccessToken").asText()).orElseThrow(() -> invalid);
    if (!claims.path("token_use").asText().equals("access")) {
      throw invalid;
    }
    if (claims.path("exp").asLong() <= clock.instant().getEpochSecond()) {
      throw new Refusal("NotAuthorizedException", "Access Token has expired");
    }
    Session session =
        sessions.values().stream()
            .filter(one -> one.origin().equals(claims.path("origin_jti").asText()))
            .findFirst()
            .orElseThrow(
                () -> new Refusal("NotAuthorizedException", "Access Token has been revoked"));
    User user = users.get(session.userKey());
    if (user == null || !user.enabled) {
      throw invalid;
    }
    ObjectNode answer = describe(user, "UserAttributes");
    answer.remove("Enabled");
    answer.remove("UserStatus");
    return answer;
  }

  private static ObjectNode describe(User user, String attributes) {
    ObjectNode tree =
        Trees.object()
            .put("Username", user.name)
            .put("Enabled", user.enabled)
            .put("UserStatus", user.status)
            .put("UserCreateDate", user.created.getEpochSecond())
            .put("UserLastModifiedDate", user.created.getEpochSecond());
    var list = tree.putArray(attributes);
    user.attributes
        .properties()
        .forEach(
            one ->
                list.addObject().put("Name", one.getKey()).put("Value", one.getValue().asText()));
    return tree;
  }

  private static void allow(Client client, String flow) throws Refusal {
    if (!client.flows().contains(flow)) {
      throw new Refusal("InvalidParameterException", "Auth flow not enabled for this client");
    }
  }

  private static String username(JsonNode request) throws Refusal {
    String name = request.path("Username").asText();
    if (name.isEmpty() || name.length() > 128) {
      throw new Refusal("InvalidParameterException", "1 validation error detected: 'username'");
    }
    return name;
  }

  private Pool pool(JsonNode request) throws Refusal {
    Pool pool = pools.get(request.path("UserPoolId").asText());
    if (pool == null) {
      throw new Refusal("ResourceNotFoundException", "User pool does not exist.");
    }
    return pool;
  }

  private Client client(String id) throws Refusal {
    Client client = clients.get(id);
    if (client == null) {
      throw new Refusal("ResourceNotFoundException", "User pool client " + id + " does not exist.");
    }
    return client;
  }

  private User known(Pool pool, JsonNode request) throws Refusal {
    User user = users.get(key(pool, username(request)));
    if (user == null) {
      throw new Refusal("UserNotFoundException", "User does not exist.");
    }
    return user;
  }

  private static String key(Pool pool, String name) {
    return pool.id() + '/' + (pool.caseSensitive() ? name : name.toLowerCase(Locale.ROOT));
  }

  private static void check(Pool pool, String password) throws Refusal {
    if (password.length() > 256 || !PASSWORD.matcher(password).matches()) {
      throw new Refusal(
          "InvalidParameterException",
          "1 validation error detected: Value at 'password' failed to satisfy constraint");
    }
    Map<String, Object> policy = pool.policy();
    long least = policy.get("MinimumLength") instanceof Number number ? number.longValue() : 8;
    demand(password.length() >= least, "Password not long enough");
    demand(
        !asked(policy, "RequireUppercase") || password.chars().anyMatch(c -> c >= 'A' && c <= 'Z'),
        "Password must have uppercase characters");
    demand(
        !asked(policy, "RequireLowercase") || password.chars().anyMatch(c -> c >= 'a' && c <= 'z'),
        "Password must have lowercase characters");
    demand(
        !asked(policy, "RequireNumbers") || password.chars().anyMatch(c -> c >= '0' && c <= '9'),
        "Password must have numeric characters");
    demand(
        !asked(policy, "RequireSymbols")
            || password.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)
            || password.strip().indexOf(' ') >= 0,
        "Password must have symbol characters");
  }

  private static boolean asked(Map<String, Object> policy, String rule) {
    return "true".equalsIgnoreCase(String.valueOf(policy.getOrDefault(rule, "false")));
  }

  private static void demand(boolean holds, String otherwise) throws Refusal {
    if (!holds) {
      throw new Refusal(
          "InvalidPasswordException", "Password did not conform with policy: " + otherwise);
    }
  }

  private void hash(User user, String password) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    user.salt = HexFormat.of().formatHex(salt);
    user.hash = HexFormat.of().formatHex(derive(password, salt));
  }

  private static byte[] derive(String password, byte[] salt) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, 256))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration validity(
      Map<String, Object> properties,
      Map<String, Object> units,
      String token,
      Duration otherwise,
      String unit) {
    if (!(properties.get(token + "Validity") instanceof Number amount) || amount.longValue() == 0) {
      return otherwise;
    }
    return switch (String.valueOf(units.getOrDefault(token, unit))) {
      case "seconds" -> Duration.ofSeconds(amount.longValue());
      case "minutes" -> Duration.ofMinutes(amount.longValue());
      case "hours" -> Duration.ofHours(amount.longValue());
      default -> Duration.ofDays(amount.longValue());
    };
  }

  private void load(JsonNode saved) {
    for (Map.Entry<String, JsonNode> entry : saved.path("users").properties()) {
      JsonNode tree = entry.getValue();
      User user = new User();
      user.name = tree.path("name").asText();
      user.sub = tree.path("sub").asText();
      user.salt = tree.path("salt").asText();
      user.hash = tree.path("hash").asText();
      user.status = tree.path("status").asText();
      user.enabled = tree.path("enabled").asBoolean();
      user.created = Instant.parse(tree.path("created").asText());
      user.attributes = tree.path("attributes").deepCopy();
      users.put(entry.getKey(), user);
    }
    for (Map.Entry<String, JsonNode> entry : saved.path("sessions").properties()) {
      JsonNode tree = entry.getValue();
      sessions.put(
          entry.getKey(),
          new Session(
              tree.path("user").asText(),
              tree.path("client").asText(),
              tree.path("origin").asText(),
              Instant.parse(tree.path("since").asText()),
              Instant.parse(tree.path("until").asText())));
    }
  }

  private void save() {
    if (stored.file() == null) {
      return;
    }
    ObjectNode tree = Trees.object().put("key", tokens.saved());
    ObjectNode people = tree.putObject("users");
    users.forEach(
        (key, user) -> {
          ObjectNode one =
              people
                  .putObject(key)
                  .put("name", user.name)
                  .put("sub", user.sub)
                  .put("salt", user.salt)
                  .put("hash", user.hash)
                  .put("status", user.status)
                  .put("enabled", user.enabled)
                  .put("created", user.created.toString());
          one.set("attributes", user.attributes);
        });
    ObjectNode logins = tree.putObject("sessions");
    sessions.forEach(
        (hash, session) ->
            logins
                .putObject(hash)
                .put("user", session.userKey())
                .put("client", session.clientId())
                .put("origin", session.origin())
                .put("since", session.since().toString())
                .put("until", session.until().toString()));
    stored.save(tree);
  }

  /** An error as the service names it. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;

    Refusal(String type, String message) {
      super(message, null, false, false);
      this.type = type;
    }
  }
}
