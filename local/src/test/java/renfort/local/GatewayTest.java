package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;

@ExtendWith(TinyPlatform.class)
class GatewayTest {

  @Test
  void givesTheFunctionAnEventOfFormatTwo(Api api) {
    Api.Answer answer =
        api.with("X-Seen", "yes")
            .with("Cookie", "a=1; b=2")
            .send("POST", "/api/open?q=a+b&q=%C3%A9&empty", "{\"é\":1}")
            .expect(201);
    JsonNode event = answer.json().path("event");
    assertEquals("2.0", event.path("version").asText());
    assertEquals("POST /api/open", event.path("routeKey").asText());
    assertEquals("/api/open", event.path("rawPath").asText());
    assertEquals("q=a+b&q=%C3%A9&empty", event.path("rawQueryString").asText());
    assertEquals("a b,é", event.at("/queryStringParameters/q").asText());
    assertEquals("", event.at("/queryStringParameters/empty").asText("absent"));
    assertEquals("yes", event.at("/headers/x-seen").asText());
    assertTrue(event.at("/headers/cookie").isMissingNode());
    assertEquals(Trees.of(List.of("a=1", "b=2")), event.path("cookies"));
    assertEquals("{\"é\":1}", event.path("body").asText());
    assertFalse(event.path("isBase64Encoded").asBoolean(true));
    JsonNode context = event.path("requestContext");
    assertEquals("$default", context.path("stage").asText());
    assertEquals("POST", context.at("/http/method").asText());
    assertEquals("/api/open", context.at("/http/path").asText());
    assertEquals("127.0.0.1", context.at("/http/sourceIp").asText());
    assertEquals(answer.header("apigw-requestid").orElse(""), context.path("requestId").asText());
    assertTrue(answer.json().path("remaining").asInt() > 500);
  }

  @Test
  void givesBytesThatAreNoTextInBase64(Api api) throws Exception {
    var response =
        java.net.http.HttpClient.newHttpClient()
            .send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(api.base() + "/api/open"))
                    .POST(
                        java.net.http.HttpRequest.BodyPublishers.ofByteArray(
                            new byte[] {(byte) 0xFF, 0}))
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
    JsonNode event = Trees.read(response.body()).path("event");
    assertEquals("/wA=", event.path("body").asText());
    assertTrue(event.path("isBase64Encoded").asBoolean());
  }

  @Test
  void rendersStatusHeadersAndCookiesOfTheAnswer(Api api) {
    Api.Answer answer = api.get("/api/open").expect(201);
    assertEquals("application/json", answer.type());
    assertEquals("1", answer.header("x-one").orElse(""));
    assertEquals(List.of("a=1; Path=/", "b=2"), answer.cookies());
  }

  @Test
  void takesAnAnswerWithoutStatusAsJson(Api api) {
    Api.Answer answer = api.get("/api/open?bare").expect(200);
    assertEquals("application/json", answer.type());
    assertEquals(Trees.of(Map.of("bare", true)), answer.json());
  }

  @Test
  void decodesPathParametersAndPrefersFixedSegments(Api api) {
    assertEquals(
        "a/b é+",
        api.get("/api/things/a%2Fb%20%C3%A9+").json().at("/event/pathParameters/id").asText());
    assertEquals(
        "GET /api/things/mine", api.get("/api/things/mine").json().at("/event/routeKey").asText());
  }

  @Test
  void answersLikeApiGatewayWhereNoFunctionDoes(Api api) {
    for (Api.Answer missing :
        List.of(
            api.get("/api/none"),
            api.post("/api/things/1"),
            api.get("/api/things/"),
            api.get("/api/open/"))) {
      assertMessage("Not Found", missing.expect(404));
    }
    assertMessage("Internal Server Error", api.get("/api/open?break").expect(500));
    assertMessage("Internal Server Error", api.get("/api/open?wait").expect(500));
    assertMessage("Internal Server Error", api.get("/api/open?nonsense").expect(500));
    assertMessage(
        "Request Entity Too Large",
        api.send("POST", "/api/open", "x".repeat((10 << 20) + 1)).expect(413));
  }

  @Test
  void letsAccessTokensInUntilTheyExpire(Api api, LocalPlatform platform) {
    AuthenticationResultType tokens = login(platform, "gateway-1");
    JsonNode jwt =
        api.as(tokens.accessToken())
            .get("/api/closed")
            .expect(201)
            .json()
            .at("/event/requestContext/authorizer/jwt");
    assertEquals("gateway-1", jwt.at("/claims/username").asText());
    assertTrue(jwt.at("/claims/exp").isTextual());
    assertEquals(Trees.of(List.of("aws.cognito.signin.user.admin")), jwt.path("scopes"));
    platform.clock().advance(Duration.ofMinutes(16));
    assertMessage("Unauthorized", api.as(tokens.accessToken()).get("/api/closed").expect(401));
  }

  @Test
  void keepsOthersOut(Api api, LocalPlatform platform) {
    AuthenticationResultType tokens = login(platform, "gateway-2");
    assertMessage("Unauthorized", api.get("/api/closed").expect(401));
    assertMessage("Unauthorized", api.as("a.b.c").get("/api/closed").expect(401));
    String token = tokens.accessToken();
    String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
    assertMessage("Unauthorized", api.as(forged).get("/api/closed").expect(401));
    assertMessage("Forbidden", api.as(tokens.idToken()).get("/api/closed").expect(403));
    assertMessage("Forbidden", api.as(token).get("/api/scoped").expect(403));
  }

  @Test
  void resolvesTheVariablesOfAFunction(Api api, LocalPlatform platform) {
    JsonNode variables = api.get("/api/open").json().path("variables");
    assertEquals("ThingsTable", variables.path("THINGS_TABLE").asText());
    assertEquals(platform.bucketName("Bucket"), variables.path("BUCKET").asText());
    assertEquals(platform.address().toString(), variables.path("SITE_URL").asText());
    assertEquals("a-test", variables.path("JOINED").asText());
    assertEquals(
        "test/arn:aws:dynamodb:eu-west-3:000000000000:table/ThingsTable",
        variables.path("CHOSEN").asText());
  }

  @Test
  void theFunctionsTimeIsThePlatforms(Api api, LocalPlatform platform) {
    platform.clock().set(java.time.Instant.parse("2031-05-06T07:08:09Z"));
    assertTrue(
        api.get("/api/open").json().path("time").asText().startsWith("2031-05-06T07:08"),
        "the clock was set");
  }

  @Test
  void theTemplatesRateLimitsCountWhenAskedFor() {
    try (LocalPlatform throttled =
        LocalPlatform.start(
            LocalPlatform.Options.inMemory(TinyPlatform.TEMPLATE).withThrottling())) {
      Api client = new Api(throttled.address());
      for (int request = 0; request < 5; request++) {
        client.get("/api/open").expect(201);
      }
      assertMessage("Too Many Requests", client.get("/api/open").expect(429));
      client.get("/api/things/1").expect(201);
    }
  }

  @Test
  void aPageSaysWhatIsHereBeforeTheSiteIsBuilt(Api api) {
    Api.Answer page = api.get("/").expect(200);
    assertTrue(page.text().contains("/_local/"), page.text());
  }

  static AuthenticationResultType login(LocalPlatform platform, String user) {
    String pool = platform.reference("Pool");
    var cognito = platform.clients().cognito();
    var _ = cognito.adminCreateUser(one -> one.userPoolId(pool).username(user));
    var _ =
        cognito.adminSetUserPassword(
            one -> one.userPoolId(pool).username(user).password("Right-Horse-1!").permanent(true));
    return cognito
        .adminInitiateAuth(
            one ->
                one.userPoolId(pool)
                    .clientId(platform.reference("ShortClient"))
                    .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
                    .authParameters(Map.of("USERNAME", user, "PASSWORD", "Right-Horse-1!")))
        .authenticationResult();
  }

  private static void assertMessage(String message, Api.Answer answer) {
    assertEquals("application/json", answer.type(), answer.text());
    assertEquals(Trees.of(Map.of("message", message)), answer.json());
  }
}
