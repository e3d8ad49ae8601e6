package renfort.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.contract.Rows;
import renfort.contract.Witness;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.OwnPlatform;
import renfort.professionals.Volunteers;

/** Sessions, headers and bodies that somebody has tampered with. */
@ExtendWith(OwnPlatform.class)
class RequestsTest {
  private static final String COOKIE = "renfort_session";

  private LocalPlatform platform;
  private Api api;
  private World world;

  @BeforeEach
  void world(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api.seenBy(new Witness());
    world = new World(platform, this.api);
  }

  // sessions

  private String cookie(String email, boolean kept) {
    Answer answer =
        api.post(
                "/api/sessions",
                Map.of("email", email, "password", Volunteers.PASSWORD, "keepSignedIn", kept))
            .expect(200);
    String set = answer.cookies().getFirst();
    return set.substring(COOKIE.length() + 1, set.indexOf(';'));
  }

  private Answer refresh(String... cookies) {
    List<String> pairs = new ArrayList<>();
    for (String cookie : cookies) {
      pairs.add(COOKIE + "=" + cookie);
    }
    return api.with("Cookie", String.join("; ", pairs)).post("/api/sessions/refresh");
  }

  private static void isOver(Answer answer) {
    assertEquals("unauthorized", answer.expect(401).problemType());
    assertTrue(answer.cookies().getFirst().startsWith(COOKIE + "=; Max-Age=0;"));
  }

  @Test
  void aCookieThatWasChangedIsNoSession() {
    Requester requester = world.unapproved();
    String cookie = cookie(requester.email(), false);
    refresh(cookie).expect(200);
    String token = cookie.substring("day.".length());
    for (String changed :
        List.of(
            "",
            "day.",
            token,
            "kept." + token,
            "DAY." + token,
            "day." + token + "x",
            "day." + token.substring(1),
            "day." + (token.charAt(0) == 'a' ? 'b' : 'a') + token.substring(1),
            "day." + token + "." + token,
            "day.x",
            "day.../../" + token,
            "\"" + cookie + "\"",
            "day." + "x".repeat(4001),
            cookie + "%00",
            "day.%s%n<script>")) {
      isOver(refresh(changed));
    }
    refresh(cookie).expect(200);
  }

  @Test
  void aCookieGivesItsOwnSessionWhoeverTheTokenIsOf() {
    Requester one = world.unapproved();
    Requester other = world.unapproved();
    String cookie = cookie(other.email(), true);

    Answer answer =
        one.api().with("Cookie", COOKIE + "=" + cookie).post("/api/sessions/refresh").expect(200);

    assertEquals(other.email(), answer.json().at("/account/email").asText());
    assertEquals(one.email(), one.api().get("/api/me").json().path("email").asText());
  }

  @Test
  void ofTwoSessionsNoneIsRenewedAndBothAreEnded() {
    String victim = cookie(world.unapproved().email(), false);
    String planted = cookie(world.unapproved().email(), false);

    isOver(refresh(planted, victim));
    isOver(refresh(victim, planted));
    refresh(victim, victim).expect(200);
    isOver(
        Raw.send(
            api.base(),
            "POST",
            "/api/sessions/refresh",
            "Cookie: " + COOKIE + "=" + planted,
            "Cookie: " + COOKIE + "=" + victim));

    api.with("Cookie", COOKIE + "=" + planted + "; " + COOKIE + "=" + victim)
        .delete("/api/sessions")
        .expect(204);
    isOver(refresh(victim));
    isOver(refresh(planted));
  }

  @Test
  void aSessionThatWasEndedIsOverForWhoeverKeptItsCookie() {
    Requester requester = world.unapproved();
    String cookie = cookie(requester.email(), true);
    String another = cookie(requester.email(), true);
    api.with("Cookie", COOKIE + "=" + cookie).delete("/api/sessions").expect(204);
    isOver(refresh(cookie));
    refresh(another).expect(200);
  }

  // headers

  @Test
  void theAddressThatTriesAreCountedByIsNotWhatAHeaderSays() {
    Map<String, Object> wrong =
        Map.of("email", Volunteers.address(), "password", "Wrong-Horse-1", "keepSignedIn", false);
    for (int turn = 0; turn < 10; turn++) {
      forwarded("192.0.2." + turn).post("/api/sessions", wrong).expect(401);
    }
    assertEquals(
        "too-many-requests",
        forwarded("198.51.100.1").post("/api/sessions", wrong).expect(429).problemType());
  }

  private Api forwarded(String by) {
    return api.with("X-Forwarded-For", by)
        .with("Forwarded", "for=" + by)
        .with("X-Real-IP", by)
        .with("True-Client-IP", by);
  }

  @Test
  void noHeaderMakesOneMethodAnother() {
    Requester requester = world.unapproved();
    String mission = requester.submit(world.terms());
    Map<String, Set<String>> before = Rows.all(platform);
    for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
      Api overriding = requester.api().with(name, "DELETE");
      overriding.get("/api/missions/" + mission).expect(200);
      Answer none =
          Raw.send(
              api.base(),
              "POST",
              "/api/missions/" + mission,
              name + ": DELETE",
              "Authorization: " + requester.api().headers().get("Authorization"));
      assertEquals("{\"message\":\"Not Found\"}", none.expect(404).text());
      overriding.get("/api/missions/" + mission + "?_method=DELETE").expect(200);
    }
    assertEquals(before, Rows.all(platform));
  }

  @Test
  void aLinkLeadsToOurSiteWhateverTheHostHeaderSays() {
    String email = Volunteers.address();
    world.volunteers().confirmed(email);
    byte[] body = "{\"email\":\"%s\"}".formatted(email).getBytes(StandardCharsets.UTF_8);

    Raw.send(
            api.base(),
            "POST",
            "/api/password-links",
            body,
            "Host: evil.example",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: javascript",
            "Forwarded: host=evil.example",
            "Origin: https://evil.example",
            "Referer: https://evil.example/",
            "Content-Type: application/json")
        .expect(202);

    String mail = world.volunteers().mail(email, "Réinitialisation de votre mot de passe");
    assertTrue(mail.contains(platform.address() + "/mot-de-passe#token="), mail);
    assertFalse(
        platform.mailbox().to(email).stream()
            .anyMatch(one -> (one.text() + one.html()).contains("evil")));
  }

  @Test
  void noOtherSiteMayReadAnAnswer() {
    String token = world.unapproved().api().headers().getOrDefault("Authorization", "");
    for (Answer answer :
        List.of(
            Raw.send(
                api.base(),
                "GET",
                "/api/me",
                "Origin: https://evil.example",
                "Authorization: " + token),
            Raw.send(
                api.base(),
                "OPTIONS",
                "/api/me",
                "Origin: https://evil.example",
                "Access-Control-Request-Method: DELETE"))) {
      assertTrue(
          answer.headers().keySet().stream().noneMatch(name -> name.startsWith("access-control-")),
          answer.headers().toString());
    }
  }

  @Test
  void aPathThatClimbsNamesNoRouteAndNoFile() {
    for (String path :
        List.of(
            "/api/../api/me",
            "/api/missions/../me",
            "/api/missions/..%2f..%2fme",
            "/api//me",
            "/api/me/",
            "/api/me;x=1",
            "/api/me%00",
            "/API/ME",
            "/api/missions/%2e%2e/me",
            "/assets/../../template.yaml",
            "/..%2f..%2ftemplate.yaml",
            "/%2e%2e/%2e%2e/pom.xml")) {
      Answer answer = Raw.send(api.base(), "GET", path);
      assertNotEquals(500, answer.status(), path);
      assertFalse(answer.text().contains("AWS::Serverless"), path);
      assertFalse(answer.text().contains("<modelVersion>"), path);
      if (path.startsWith("/api")) {
        assertTrue(List.of(400, 401, 404).contains(answer.status()), path + " " + answer.status());
      }
    }
  }

  // bodies

  private Answer need(byte[] body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/json");
    return Raw.send(api.base(), "POST", "/api/needs", body, all.toArray(String[]::new));
  }

  private String good() {
    return Texts.json(
        world.need(Volunteers.address(), World.finess(), List.of(world.terms("count", 7))));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void bytesThatAreNoPlainJsonAreNotReadAsIt() throws IOException {
    String good = good();
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    bodies.put("compressed", gzip(utf8(good)));
    bodies.put("a bomb", gzip(new byte[20 << 20]));
    bodies.put("utf-16", good.getBytes(StandardCharsets.UTF_16));
    bodies.put("utf-32", good.getBytes(StandardCharsets.UTF_32BE));
    bodies.put("latin-1", good.replace("Anne", "Hélène").getBytes(StandardCharsets.ISO_8859_1));
    bodies.put("a byte order mark", utf8("\ufeff" + good));
    bodies.put("zeros", new byte[100]);
    bodies.put(
        "half a pair in bytes", new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'});
    Map<String, Set<String>> before = Rows.all(platform);
    bodies.forEach(
        (name, body) -> {
          for (String encoding : List.of("identity", "gzip")) {
            Answer answer = need(body, "Content-Encoding: " + encoding);
            assertEquals(400, answer.status(), name + " " + answer.text());
            assertEquals("not-json", answer.problemType(), name);
          }
        });
    assertEquals(before, Rows.all(platform));
  }

  @Test
  void aNameThatIsGivenTwiceIsRefusedWhereverItIs() {
    String good = good();
    Map<String, Set<String>> before = Rows.all(platform);
    for (String twice :
        List.of(
            good.replace("\"count\":7", "\"count\":7,\"count\":500"),
            good.replace("\"count\":7", "\"count\":7,\"\\u0063ount\":500"),
            good.replaceFirst("\\{", "{\"missions\":[],"))) {
      assertNotEquals(good, twice);
      assertEquals("not-json", need(utf8(twice)).expect(400).problemType());
    }
    assertEquals(before, Rows.all(platform));
  }

  @Test
  void numbersThatAreNoneOfOursAreRefused() {
    String good = good();
    Map<String, Set<String>> before = Rows.all(platform);
    for (String number :
        List.of(
            "1e400",
            "-1e400",
            "1e2",
            "7.0",
            "1e-400",
            "2147483648",
            "-0",
            "4294967303",
            "18446744073709551623",
            "9".repeat(900),
            "1e999999999",
            "true",
            "\"7\"",
            "[7]")) {
      Answer answer = need(utf8(good.replace("\"count\":7", "\"count\":" + number))).expect(422);
      assertEquals("invalid", answer.problemType(), number);
      assertEquals("missions[0].count", answer.json().at("/errors/0/field").asText(), number);
      assertEquals(1, answer.json().path("errors").size(), answer.text());
    }
    for (String number : List.of("NaN", "Infinity", "07", "+7", ".7", "0x7", "9".repeat(5000))) {
      Answer answer = need(utf8(good.replace("\"count\":7", "\"count\":" + number))).expect(400);
      assertEquals("not-json", answer.problemType(), number);
    }
    assertEquals(before, Rows.all(platform));
  }

  @Test
  void depthAndBreadthBringNothingDown() {
    Map<String, Set<String>> before = Rows.all(platform);
    for (String deep :
        List.of(
            "[".repeat(10_000) + "]".repeat(10_000),
            "{\"missions\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
            "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))) {
      assertEquals("not-json", need(utf8(deep)).expect(400).problemType());
    }
    Answer nested = need(utf8("{\"missions\":" + "[".repeat(500) + "]".repeat(500) + "}"));
    assertEquals("invalid", nested.expect(422).problemType());
    StringBuilder broad = new StringBuilder("{");
    for (int i = 0; broad.length() < 65_000; i++) {
      broad.append('"').append(Integer.toString(i, 36)).append("\":0,");
    }
    broad.append("\"z-\":0}");
    Answer wide = need(utf8(broad.toString())).expect(422);
    assertEquals("invalid", wide.problemType());
    assertTrue(wide.text().length() < 2 << 20, "the answer is no bomb either");
    assertEquals(before, Rows.all(platform));
  }

  @Test
  void whatNoTextMayHoldIsRefusedInEveryText() {
    String good = good();
    Map<String, Set<String>> before = Rows.all(platform);
    Map<String, String> fields =
        Map.of(
            "requester.lastName", "Le Goff",
            "requester.firstName", "Anne",
            "establishment.address", "2 rue Henri Le Guilloux");
    for (String bad :
        List.of(
            "\\ud800",
            "\\udc00x",
            "\\udc00\\ud800",
            "\\u0000",
            "\\u001b[2J",
            "\\u007f",
            "\\u0085",
            "\\r\\nBcc: x@exemple.org",
            "\\u202e",
            "\\u2066x\\u2069")) {
      fields.forEach(
          (field, value) -> {
            Answer answer =
                need(utf8(good.replace(value, value.substring(0, 2) + bad + "x"))).expect(422);
            JsonNode errors = answer.json().path("errors");
            assertEquals(1, errors.size(), bad + " " + answer.text());
            assertEquals(field, errors.at("/0/field").asText(), bad);
            assertEquals("characters", errors.at("/0/code").asText(), bad);
          });
      Map<String, Object> signIn = new LinkedHashMap<>();
      signIn.put("email", "MARK@exemple.org");
      signIn.put("password", "x");
      signIn.put("keepSignedIn", false);
      String body = Texts.json(signIn).replace("MARK", "a" + bad + "a");
      Answer answer =
          Raw.send(
              api.base(), "POST", "/api/sessions", utf8(body), "Content-Type: application/json");
      assertEquals("email", answer.expect(422).json().at("/errors/0/field").asText(), bad);
    }
    assertEquals(before, Rows.all(platform));
  }

  @Test
  void whatLooksStrangeAndIsTextStaysAsItWasSent() {
    String email = Volunteers.address();
    Map<String, Object> form = world.volunteers().form(email);
    form.put("lastName", "O'Brien-Nguyễn");
    form.put("firstName", "J.-P. d’Été");
    form.put(
        "message", "<b>=1+1</b> \ud83d\ude00 ligne 1\nligne 2\t${7*7} {{7*7}} %00 ' OR 1=1 --");
    Api me = world.volunteers().confirmed(form);
    JsonNode sheet = me.get("/api/professionals/me").expect(200).json();
    for (String field : List.of("lastName", "firstName", "message")) {
      assertEquals(form.get(field), sheet.path(field).asText());
    }
    platform.awaitStreams();
    platform
        .mailbox()
        .to(email)
        .forEach(mail -> assertFalse(mail.html().contains("<b>=1"), mail.html()));
  }
}
