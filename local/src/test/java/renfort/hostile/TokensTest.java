package renfort.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import renfort.World;
import renfort.contract.Rows;
import renfort.contract.Witness;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.professionals.Volunteers;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;

/**
 * Access tokens that are forged, over, or another's. The platform is one of its own, which keeps
 * its signing key in a file: the tests know the key, so that each token is wrong in one way only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private LocalPlatform platform;
  private Api api;
  private World.Requester requester;
  private String good;
  private PrivateKey key;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    platform =
        LocalPlatform.start(
            LocalPlatform.Options.inMemory(PlatformExtension.root().resolve("template.yaml"))
                .keepingDataIn(data)
                .patient());
    api = new Api(platform.address()).seenBy(new Witness());
    requester = new World(platform, api).unapproved();
    good = token(requester.api());
    byte[] stored =
        Base64.getDecoder()
            .decode(
                JSON.readTree(Files.readString(data.resolve("accounts.json")))
                    .path("key")
                    .asText());
    key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(stored));
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  private static String token(Api signedIn) {
    return signedIn.headers().getOrDefault("Authorization", "").substring("Bearer ".length());
  }

  private JsonNode part(int index) throws Exception {
    return JSON.readTree(Base64.getUrlDecoder().decode(good.split("\\.", -1)[index]));
  }

  /** The good token's claims with a change, under a header of one's own, without a signature. */
  private String content(Map<String, Object> header, Consumer<ObjectNode> change) throws Exception {
    ObjectNode claims = (ObjectNode) part(1);
    change.accept(claims);
    return ENCODER.encodeToString(JSON.writeValueAsBytes(header))
        + "."
        + ENCODER.encodeToString(JSON.writeValueAsBytes(claims));
  }

  private Map<String, Object> header(String alg) throws Exception {
    return Map.of("kid", part(0).path("kid").asText(), "alg", alg);
  }

  private static String signed(String content, PrivateKey with) throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(with);
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + ENCODER.encodeToString(signature.sign());
  }

  private String changed(Consumer<ObjectNode> change) throws Exception {
    return signed(content(header("RS256"), change), key);
  }

  private JsonNode publicKey() {
    return new Api(platform.servicesAddress())
        .get("/" + pool() + "/.well-known/jwks.json")
        .expect(200)
        .json()
        .at("/keys/0");
  }

  private String pool() {
    return platform.reference("UserPool");
  }

  private void isNobody(String name, String token) {
    Map<String, Set<String>> before = Rows.all(platform);
    for (Answer answer :
        List.of(
            api.as(token).get("/api/me"),
            api.as(token).post("/api/missions", Map.of("missions", List.of())),
            api.as(token).delete("/api/me"))) {
      assertEquals(401, answer.status(), name + " got " + answer.text());
      assertEquals("{\"message\":\"Unauthorized\"}", answer.text(), name);
      assertTrue(answer.header("www-authenticate").isPresent());
    }
    assertEquals(before, Rows.all(platform), name);
  }

  @Test
  void whatTheTestsSignIsTakenWhenNothingIsWrongWithIt() throws Exception {
    api.as(changed(claims -> {})).get("/api/me").expect(200);
  }

  @Test
  void anotherIssuersTokenIsNone() throws Exception {
    isNobody(
        "another pool of ours",
        changed(claims -> claims.put("iss", claims.path("iss").asText() + "X")));
    isNobody("no issuer", changed(claims -> claims.remove("iss")));
  }

  @Test
  void aTokenSignedWithAnotherKeyIsNone() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    PrivateKey other = generator.generateKeyPair().getPrivate();
    isNobody("another key", signed(content(header("RS256"), claims -> {}), other));
    isNobody(
        "a key that the token brings along",
        signed(
            content(
                Map.of("alg", "RS256", "kid", "mine", "jku", "http://127.0.0.1:1/jwks.json"),
                claims -> {}),
            other));
  }

  @Test
  void aTokenWithoutASignatureIsNone() throws Exception {
    for (String none : List.of("none", "None", "NONE", "")) {
      isNobody("alg " + none, content(header(none), claims -> {}) + ".");
      isNobody("alg " + none, signed(content(header(none), claims -> {}), key));
    }
    String[] parts = good.split("\\.", -1);
    isNobody("no signature", parts[0] + "." + parts[1] + ".");
    isNobody("two parts", parts[0] + "." + parts[1]);
    isNobody("four parts", good + ".x");
  }

  @Test
  void thePublicKeyIsNoSecretToSignWith() throws Exception {
    JsonNode jwk = publicKey();
    PublicKey open =
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(
                    new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path("n").asText())),
                    new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path("e").asText()))));
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(open.getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    secrets.put("pem", pem.getBytes(StandardCharsets.US_ASCII));
    secrets.put("der", open.getEncoded());
    secrets.put("n", jwk.path("n").asText().getBytes(StandardCharsets.US_ASCII));
    for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getValue(), "HmacSHA256"));
      String content = content(header("HS256"), claims -> {});
      byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
      isNobody("HS256 by " + secret.getKey(), content + "." + ENCODER.encodeToString(signature));
      String said = content(header("RS256"), claims -> {});
      isNobody(
          "RS256 in name by " + secret.getKey(),
          said
              + "."
              + ENCODER.encodeToString(mac.doFinal(said.getBytes(StandardCharsets.US_ASCII))));
    }
  }

  @Test
  void claimsChangedBehindTheSignatureAreNone() throws Exception {
    String victim = token(new World(platform, api).unapproved().api());
    String[] mine = good.split("\\.", -1);
    String[] theirs = victim.split("\\.", -1);
    isNobody("another's claims", mine[0] + "." + theirs[1] + "." + mine[2]);
  }

  @Test
  void anExpiredTokenIsNoneAndSoIsOneOfTomorrow() throws Exception {
    long now = platform.clock().instant().getEpochSecond();
    isNobody("over", changed(claims -> claims.put("exp", now - 1)));
    isNobody("for ever", changed(claims -> claims.remove("exp")));
    isNobody("of tomorrow", changed(claims -> claims.put("iat", now + 3600)));
    isNobody("not before tomorrow", changed(claims -> claims.put("nbf", now + 3600)));
    try {
      platform.clock().advance(Duration.ofMinutes(16));
      isNobody("after a quarter of an hour", good);
    } finally {
      platform.clock().reset();
    }
  }

  @Test
  void anotherClientsTokenIsNone() throws Exception {
    isNobody("another client", changed(claims -> claims.put("client_id", "another")));
    isNobody("no client", changed(claims -> claims.remove("client_id")));
    isNobody("another audience", changed(claims -> claims.put("aud", "another")));
  }

  @Test
  void anIdTokenOpensNothing() {
    JsonNode account = api.as(good).get("/api/me").expect(200).json();
    String identity =
        platform
            .clients()
            .cognito()
            .adminInitiateAuth(
                one ->
                    one.userPoolId(pool())
                        .clientId(platform.reference("SessionClient"))
                        .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                        .authParameters(
                            Map.of(
                                "USERNAME",
                                account.path("accountId").asText(),
                                "PASSWORD",
                                Volunteers.PASSWORD)))
            .authenticationResult()
            .idToken();
    Map<String, Set<String>> before = Rows.all(platform);
    for (Answer answer :
        List.of(api.as(identity).get("/api/me"), api.as(identity).delete("/api/me"))) {
      assertEquals("{\"message\":\"Forbidden\"}", answer.expect(403).text());
    }
    assertEquals(before, Rows.all(platform));
  }

  @Test
  void aTokenWithoutTheScopeOpensNothing() throws Exception {
    for (String scope : List.of("", "openid", "aws.cognito.signin.user.administrator")) {
      String token = changed(claims -> claims.put("scope", scope));
      assertEquals("{\"message\":\"Forbidden\"}", api.as(token).get("/api/me").expect(403).text());
    }
  }

  @Test
  void aTokenOfNobodyIsNobody() throws Exception {
    for (String name : List.of("zzzzzzzzzzzzzzzzzzzz", "", "EMAIL#" + requester.email(), "x")) {
      Answer answer =
          api.as(changed(claims -> claims.put("username", name))).get("/api/me").expect(401);
      assertEquals("unauthorized", answer.problemType());
    }
    Answer answer = api.as(changed(claims -> claims.remove("username"))).get("/api/me").expect(401);
    assertEquals("unauthorized", answer.problemType());
  }

  @Test
  void oneHeaderIsAskedForInAnyCaseOfItsScheme() {
    URI base = api.base();
    String stranger = token(new World(platform, api).unapproved().api());
    for (String scheme : List.of("Bearer", "bearer", "BEARER")) {
      Answer answer = Raw.send(base, "GET", "/api/me", "Authorization: " + scheme + " " + good);
      assertTrue(answer.expect(200).text().contains(requester.email()));
    }
    for (String[] headers :
        List.of(
            new String[] {"Authorization: Bearer " + good, "Authorization: Bearer " + stranger},
            new String[] {"Authorization: Bearer " + stranger, "Authorization: Bearer " + good},
            new String[] {"Authorization: Bearer x", "authorization: Bearer " + good},
            new String[] {"Authorization: Bearer " + good + ", Bearer " + stranger},
            new String[] {"Authorization: Basic " + good},
            new String[] {"Authorization: Bearer Bearer " + good},
            new String[] {"Authorization: Bearer"},
            new String[] {"Authorization: Bearer " + "x".repeat(20_000)},
            new String[] {"X-Authorization: Bearer " + good},
            new String[] {"Cookie: Authorization=Bearer " + good})) {
      Answer answer = Raw.send(base, "GET", "/api/me", headers);
      assertEquals("{\"message\":\"Unauthorized\"}", answer.expect(401).text());
      assertFalse(answer.text().contains(requester.email()));
    }
    Answer inTheQuery = api.get("/api/me?authorization=" + good + "&access_token=" + good);
    inTheQuery.expect(401);
  }
}
