package renfort.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Volunteer;
import renfort.contract.Rows;
import renfort.contract.Witness;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.OwnPlatform;
import renfort.professionals.Volunteers;

/** Links of mails, replayed and guessed, over HTTP; SetPasswordTest has the rules alone (R4). */
@ExtendWith(OwnPlatform.class)
class LinksTest {
  private static final String MINE = "Genets-Ajoncs-2028";

  private LocalPlatform platform;
  private Api api;
  private World world;
  private Volunteers volunteers;

  @BeforeEach
  void world(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api.seenBy(new Witness());
    world = new World(platform, this.api);
    volunteers = world.volunteers();
  }

  private Answer use(String token) {
    return api.post("/api/passwords", Map.of("token", token, "password", MINE));
  }

  private void isGone(String token) {
    Map<String, Set<String>> before = Rows.all(platform);
    Answer answer = use(token).expect(410);
    assertEquals("gone", answer.problemType());
    assertEquals(before, Rows.all(platform), token);
  }

  private void signsIn(String email, String password, int status) {
    api.post("/api/sessions", Map.of("email", email, "password", password, "keepSignedIn", false))
        .expect(status);
  }

  @Test
  void R4_aLinkThatWasUsedOpensNothingToWhoFindsIt() {
    String email = Volunteers.address();
    api.post("/api/professionals", volunteers.form(email)).expect(202);
    String token = volunteers.lastToken(email);
    volunteers.activate(email);

    isGone(token);
    signsIn(email, Volunteers.PASSWORD, 200);
    signsIn(email, MINE, 401);
  }

  @Test
  void R4_aGuessedSecretOpensNoAccount() {
    Volunteer victim = world.volunteer();
    Volunteer attacker = world.volunteer();
    String theirs = volunteers.lastToken(victim.email());
    String own = volunteers.lastToken(attacker.email());
    assertNotEquals(theirs, own);
    int dot = theirs.indexOf('.');
    String account = theirs.substring(0, dot);
    String secret = theirs.substring(dot + 1);
    for (String guess :
        List.of(
            account + own.substring(dot),
            own.substring(0, dot) + "." + secret,
            account + "." + "A".repeat(43),
            account + "." + (secret.charAt(0) == 'A' ? 'B' : 'A') + secret.substring(1),
            account + "." + secret.substring(0, 42),
            account + "." + secret + "A",
            account + "." + secret + "=",
            account.toUpperCase(java.util.Locale.ROOT) + "." + secret,
            " " + theirs,
            theirs + "\n",
            theirs + "\u0000",
            account,
            "." + secret,
            account + "..",
            "EMAIL#" + victim.email() + "." + secret,
            account + "." + "é".repeat(43))) {
      isGone(guess);
    }
    use(theirs).expect(204);
    use(own).expect(204);
  }

  @Test
  void R4_theOlderLinkIsGoneThoughItWasNeverUsed() {
    Volunteer victim = world.volunteer();
    String older = volunteers.lastToken(victim.email());
    api.post("/api/password-links", Map.of("email", victim.email())).expect(202);
    String newer = volunteers.lastToken(victim.email());
    assertNotEquals(older, newer);

    isGone(older);
    use(newer).expect(204);
    isGone(older);
    isGone(newer);
  }

  @Test
  void R8_aLinkOfAForgottenPasswordOpensNoDrafts() {
    String email = Volunteers.address();
    String finess = World.finess();
    api.post("/api/needs", world.need(email, finess, List.of(world.terms()))).expect(202);
    volunteers.activate(email);
    // a stranger knows the address and submits in its name
    api.post("/api/needs", world.need(email, finess, List.of(world.terms()))).expect(202);
    api.post("/api/password-links", Map.of("email", email)).expect(202);

    use(volunteers.lastToken(email)).expect(204);

    Api requester =
        api.as(
            api.post(
                    "/api/sessions",
                    Map.of("email", email, "password", MINE, "keepSignedIn", false))
                .expect(200)
                .json()
                .path("accessToken")
                .asText());
    List<String> statuses = new ArrayList<>();
    requester
        .get("/api/missions")
        .expect(200)
        .json()
        .path("items")
        .forEach(mission -> statuses.add(mission.path("status").asText()));
    assertEquals(List.of("DRAFT", "OPEN"), statuses.stream().sorted().toList());
  }

  @Test
  void otherSecretsAreNoLinks() {
    Volunteer victim = world.volunteer();
    String account = volunteers.lastToken(victim.email()).split("\\.", 2)[0];
    Answer session =
        api.post(
                "/api/sessions",
                Map.of(
                    "email",
                    world.unapproved().email(),
                    "password",
                    Volunteers.PASSWORD,
                    "keepSignedIn",
                    false))
            .expect(200);
    String refresh = session.cookies().getFirst().split("[=;]", 3)[1];
    isGone(refresh.length() > 200 ? refresh.substring(0, 200) : refresh);
    isGone(victim.id());
    isGone(account + "." + victim.id());
    JsonNode errors =
        use(session.json().path("accessToken").asText()).expect(422).json().path("errors");
    assertEquals("token", errors.at("/0/field").asText());
  }

  @Test
  void veryLongTokensAreRefusedBeforeAnythingIsAsked() {
    Map<String, Long> calls = platform.faults().calls();
    for (int length : List.of(201, 10_000, 60_000)) {
      Answer answer = use("x".repeat(length)).expect(422);
      assertEquals("token", answer.json().at("/errors/0/field").asText());
      assertTrue(answer.text().length() < 1000, "no echo");
    }
    isGone("x".repeat(200));
    assertEquals(
        calls.getOrDefault("TABLES UpdateItem", 0L),
        platform.faults().calls().getOrDefault("TABLES UpdateItem", 0L));
  }
}
