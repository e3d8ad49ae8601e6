package renfort.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static renfort.accounts.Scene.EMAIL;
import static renfort.accounts.Scene.PASSWORD;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import renfort.accounts.Scene.Answer;
import renfort.accounts.Scene.Call;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Ids;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;
import renfort.web.Logged;

class SessionsTest {
  private static final String CLEARED =
      "renfort_session=; Max-Age=0; Path=/api/sessions; HttpOnly; Secure; SameSite=Strict";

  private final Scene scene = new Scene();
  private final Sessions handler = new Sessions(scene.environment, List.of());

  @Test
  void aSessionGivesTheAccountAndACookieThatOnlyItsRoutesGet() {
    Account account = scene.confirmedProfessional();

    Answer answer = signIn(EMAIL, PASSWORD);

    assertEquals(200, answer.status());
    assertEquals(900, answer.tree().get("expiresIn"));
    assertEquals(AccountView.of(account), answer.tree().get("account"));
    assertTrue(String.valueOf(answer.tree().get("accessToken")).startsWith("header."));
    assertEquals("no-store", answer.headers().get("cache-control"));
    assertEquals(
        "renfort_session=day.refresh1; Max-Age=43200; Path=/api/sessions; HttpOnly; Secure;"
            + " SameSite=Strict",
        answer.cookies().getFirst());
    assertTrue(scene.cognito.sessions.containsKey("day refresh1"));
  }

  @Test
  void aSessionThatIsKeptOpenLivesFor30Days() {
    scene.confirmedProfessional();

    Answer answer =
        new Call("POST /api/sessions")
            .with("email", " Jeanne.Morel@Exemple.fr")
            .with("password", PASSWORD)
            .with("keepSignedIn", true)
            .to(handler);

    assertEquals(
        "renfort_session=kept.refresh1; Max-Age=2592000; Path=/api/sessions; HttpOnly; Secure;"
            + " SameSite=Strict",
        answer.cookies().getFirst());
    assertTrue(scene.cognito.sessions.containsKey("kept refresh1"));
  }

  @Test
  void R1_whateverIsWrongTheAnswerAndTheWorkAreTheSame() {
    Account account = scene.confirmedProfessional();
    scene.tables.calls.clear();
    Answer wrong = signIn(EMAIL, "Bruyere-Callune-2028");
    List<String> work = List.copyOf(scene.tables.calls);
    assertEquals(401, wrong.status());
    assertEquals(List.of(), wrong.cookies());
    scene.tables.calls.clear();

    assertEquals(wrong, signIn("personne@exemple.fr", PASSWORD));
    assertEquals(work, scene.tables.calls);
    String asked = scene.cognito.calls.getLast();
    assertTrue(asked.startsWith("signIn "), "Cognito is asked all the same");
    assertFalse(Ids.isId(asked.substring(7)), "with a name that nobody can have");

    Writes writes = new Writes();
    scene.accounts.save(writes, account.staffOf(null, false));
    scene.commit(writes);
    assertEquals(wrong, signIn(EMAIL, PASSWORD), "switched off");

    scene.erase(scene.read(account));
    assertEquals(wrong, signIn(EMAIL, PASSWORD), "erased");

    scene.professional();
    assertEquals(wrong, signIn(EMAIL, PASSWORD), "never activated");
  }

  @Test
  void tenFailuresPerAddressAndIpInAQuarterOfAnHour() {
    scene.confirmedProfessional();
    scene.clock.pass(Duration.ofMinutes(2));
    for (String email : List.of(EMAIL, "personne@exemple.fr")) {
      for (int i = 0; i < 10; i++) {
        assertEquals(401, signIn(email, "x").status());
      }
      int asked = scene.cognito.calls.size();

      Answer blocked = signIn(email, PASSWORD);

      assertEquals(429, blocked.status());
      assertEquals("780", blocked.headers().get("retry-after"));
      assertEquals("/problems/too-many-requests", blocked.tree().get("type"));
      assertEquals(asked, scene.cognito.calls.size());
    }
    assertEquals(200, from("198.51.100.2", EMAIL, PASSWORD).status(), "from elsewhere");
    scene.clock.pass(Duration.ofMinutes(13));
    assertEquals(200, signIn(EMAIL, PASSWORD).status(), "when the time is over");
  }

  @Test
  void aHundredFailuresPerAddressAndHourFromAnywhere() {
    scene.confirmedProfessional();
    for (int i = 0; i < 100; i++) {
      assertEquals(401, from("203.0.113." + i, EMAIL, "x").status());
    }

    for (int i = 0; i < 11; i++) {
      Answer blocked = from("198.51.100.7", EMAIL, PASSWORD);
      assertEquals(429, blocked.status());
      assertEquals("3600", blocked.headers().get("retry-after"), "always how long it really is");
    }

    scene.clock.pass(Duration.ofHours(1));
    assertEquals(200, from("198.51.100.7", EMAIL, PASSWORD).status());
  }

  @Test
  void aDeviceThatSignedInBeforeIsNotLockedOutByStrangers() {
    Account account = scene.confirmedProfessional();
    Object device = signIn(EMAIL, PASSWORD).cookies().getLast();
    assertTrue(
        device
            .toString()
            .matches(
                "renfort_device=[A-Za-z0-9_-]{43}; Max-Age=34560000; Path=/api/sessions; HttpOnly;"
                    + " Secure; SameSite=Strict"),
        device.toString());
    String cookie = device.toString().split(";", 2)[0];
    assertFalse(row(account).attributes().toString().contains(cookie.split("=", 2)[1]));
    for (int i = 0; i < 100; i++) {
      from("203.0.113." + i, EMAIL, "x");
    }
    assertEquals(429, signIn(EMAIL, PASSWORD).status());

    Answer own = signingIn(EMAIL, PASSWORD).cookie(cookie).to(handler);

    assertEquals(200, own.status());
    assertTrue(own.cookies().getLast().toString().startsWith(cookie + ";"), "the same, longer");
    for (int i = 0; i < 10; i++) {
      assertEquals(401, signingIn(EMAIL, "x").cookie(cookie).to(handler).status());
    }
    assertEquals(429, signingIn(EMAIL, PASSWORD).cookie(cookie).to(handler).status());
  }

  @Test
  void aDeviceOfAnotherIsOfNoUse() {
    scene.confirmedProfessional();
    signIn(EMAIL, PASSWORD);
    String foreign = "renfort_device=" + "A".repeat(43);
    for (int i = 0; i < 10; i++) {
      Answer answer = signingIn(EMAIL, "x").cookie(foreign).to(handler);
      assertEquals(401, answer.status());
      assertEquals(List.of(), answer.cookies());
    }

    assertEquals(429, signingIn(EMAIL, PASSWORD).cookie(foreign).to(handler).status());
  }

  @Test
  void ofTheDevicesOfAnAccountTheLastTenAreKnown() {
    Account account = scene.confirmedProfessional();
    for (int i = 0; i < 12; i++) {
      assertEquals(2, signIn(EMAIL, PASSWORD).cookies().size());
    }

    assertEquals(10, row(account).texts("devices").size());
  }

  @Test
  void aNewPasswordByLinkEndsALockout() {
    Account account = scene.confirmedProfessional();
    for (int i = 0; i < 100; i++) {
      from("203.0.113." + i, EMAIL, "x");
    }
    assertEquals(429, signIn(EMAIL, PASSWORD).status());
    scene.clock.pass(Duration.ofSeconds(5));

    String token = scene.mint(scene.read(account));
    assertEquals(
        204,
        new Call("POST /api/passwords")
            .with("token", token)
            .with("password", "Bruyere-Callune-2028")
            .to(new SetPassword(scene.environment, List.of()))
            .status());

    assertEquals(200, signIn(EMAIL, "Bruyere-Callune-2028").status());
    assertEquals(1, row(account).texts("devices").size(), "known anew");
  }

  @Test
  void whatCognitoHasNoRoomForIs429AndNotCounted() throws Throwable {
    scene.confirmedProfessional();
    scene.cognito.throttles = true;
    String log =
        Logged.by(
            () -> {
              for (int i = 0; i < 12; i++) {
                Answer answer = signIn(EMAIL, PASSWORD);
                assertEquals(429, answer.status());
                int wait = Integer.parseInt(String.valueOf(answer.headers().get("retry-after")));
                assertTrue(wait >= 2 && wait < 20, wait + " s");
              }
            });
    scene.cognito.throttles = false;

    assertTrue(log.contains("\"event\":\"service-throttled\""), log);
    assertEquals(200, signIn(EMAIL, PASSWORD).status());
  }

  @Test
  void whatSucceedsAndWhatCognitoCouldNotAnswerIsNotCounted() {
    scene.confirmedProfessional();
    for (int i = 0; i < 12; i++) {
      assertEquals(200, signIn(EMAIL, PASSWORD).status());
    }
    scene.cognito.out = true;
    for (int i = 0; i < 12; i++) {
      assertEquals(503, signIn(EMAIL, PASSWORD).status());
    }
    scene.cognito.out = false;
    assertEquals(401, signIn(EMAIL, "x").status());
  }

  @Test
  void aPasswordWhoseRequestCrashedBeforeItSaidSoConfirmsAtTheFirstSignIn() {
    Account account = scene.staff();
    String token = scene.mint(account);
    scene.cognito.users.put(account.accountId(), PASSWORD);
    List<Account> told = new ArrayList<>();
    Answer answer = signInTelling(told::add);

    assertEquals(200, answer.status());
    assertEquals(List.of(account), told);
    assertTrue(scene.read(account).isConfirmed());
    assertEquals(List.of("PASSWORD_SET"), scene.journal());
    assertEquals(
        410,
        Scene.setPassword(new SetPassword(scene.environment, List.of()), token, PASSWORD).status(),
        "its link has served");
  }

  @Test
  void whoIsErasedWhileTheySignInIsRefusedAndNotLoggedAsSignedIn() throws Throwable {
    Account account = scene.staff();
    scene.cognito.users.put(account.accountId(), PASSWORD);
    String log = Logged.by(() -> assertEquals(401, signInTelling(scene::erase).status()));

    assertTrue(log.contains("\"event\":\"sign-in-refused\""), log);
    assertFalse(log.contains("\"event\":\"signed-in\""), log);
  }

  @Test
  void aRefreshGivesANewAccessTokenAndLeavesTheCookie() {
    Account account = scene.confirmedProfessional();
    signIn(EMAIL, PASSWORD);

    Answer answer = refresh("renfort_session=day.refresh1");

    assertEquals(200, answer.status());
    assertEquals(AccountView.of(account), answer.tree().get("account"));
    assertEquals(List.of(), answer.cookies());
  }

  @Test
  void aRefreshTokenThatCognitoChangesGoesToTheCookie() {
    scene.confirmedProfessional();
    signIn(EMAIL, PASSWORD);
    scene.cognito.rotates = true;

    assertTrue(
        refresh("renfort_session=day.refresh1")
            .cookies()
            .getFirst()
            .toString()
            .startsWith("renfort_session=day.refresh2; Max-Age=43200;"));
  }

  @Test
  void withoutALiveSessionARefreshIs401AndTheCookieGoes() {
    Account account = scene.confirmedProfessional();
    signIn(EMAIL, PASSWORD);
    int asked = scene.cognito.calls.size();

    for (String none :
        List.of("renfort_session=", "renfort_session=other.refresh1", "other=day.refresh1")) {
      assertOver(refresh(none));
    }
    assertOver(new Call("POST /api/sessions/refresh").to(handler));
    assertEquals(
        asked, scene.cognito.calls.size(), "Cognito is not asked about what is no session");

    assertOver(refresh("renfort_session=kept.refresh1"));
    scene.erase(account);
    assertOver(refresh("renfort_session=day.refresh1"));
  }

  @Test
  void aSessionOfAnAccountThatIsSwitchedOffIsNotRenewed() {
    Account account = scene.confirmedProfessional();
    signIn(EMAIL, PASSWORD);
    Writes writes = new Writes();
    scene.accounts.save(writes, account.staffOf(null, false));
    scene.commit(writes);

    assertOver(refresh("renfort_session=day.refresh1"));
  }

  @Test
  void anOutageDuringARefreshLeavesTheCookie() {
    scene.confirmedProfessional();
    signIn(EMAIL, PASSWORD);
    scene.cognito.out = true;

    Answer answer = refresh("renfort_session=day.refresh1");
    assertEquals(503, answer.status());
    assertEquals(List.of(), answer.cookies());
  }

  @Test
  void aNewSessionEndsTheOneOfTheBrowsersCookie() {
    scene.confirmedProfessional();
    signIn(EMAIL, PASSWORD);

    Answer answer = signingIn(EMAIL, PASSWORD).cookie("renfort_session=day.refresh1").to(handler);

    assertEquals(200, answer.status());
    assertTrue(answer.cookies().getFirst().toString().startsWith("renfort_session=day.refresh2;"));
    assertOver(refresh("renfort_session=day.refresh1"));
    assertEquals(200, refresh("renfort_session=day.refresh2").status());
  }

  @Test
  void whoSignsInOrIsRefusedIsLoggedByIdOnly() throws Throwable {
    Account account = scene.confirmedProfessional();

    String log =
        Logged.by(
            () -> {
              signIn(EMAIL, PASSWORD);
              signIn(EMAIL, "Bruyere-Callune-2028");
              signIn("personne@exemple.fr", PASSWORD);
            });

    String id = account.accountId();
    assertTrue(log.contains("\"event\":\"signed-in\",\"accountId\":\"" + id), log);
    assertTrue(log.contains("\"event\":\"sign-in-refused\",\"accountId\":\"" + id), log);
    assertTrue(log.contains("\"event\":\"sign-in-refused\",\"accountId\":\"unknown"), log);
    assertFalse(log.contains("@"), log);
    assertFalse(log.contains("Callune"), log);
  }

  @Test
  void signingOutEndsTheSessionAtTheServerToo() {
    scene.confirmedProfessional();
    signIn(EMAIL, PASSWORD);

    Answer answer = signOut("renfort_session=day.refresh1");

    assertEquals(204, answer.status());
    assertEquals(List.of(CLEARED), answer.cookies());
    assertEquals(Map.of(), scene.cognito.sessions);
    assertOver(refresh("renfort_session=day.refresh1"));
  }

  @Test
  void signingOutWithoutASessionIsNoFault() {
    for (String cookie : List.of("other=1", "renfort_session=day.gone", "renfort_session=%00")) {
      Answer answer = signOut(cookie);
      assertEquals(204, answer.status(), cookie);
      assertEquals(List.of(CLEARED), answer.cookies());
    }
  }

  @Test
  void anotherSiteCannotSignSomebodyInWithAForm() {
    Answer answer =
        new Call("POST /api/sessions")
            .with("email", EMAIL)
            .header("content-type", "text/plain")
            .to(handler);

    assertEquals(415, answer.status());
  }

  @Test
  void allThreeFieldsAreAskedForAtOnce() {
    Answer answer = new Call("POST /api/sessions").with("other", 1).to(handler);

    assertEquals(
        List.of(
            "email:required", "password:required", "keepSignedIn:required", "other:unknown-field"),
        answer.faults());
    assertEquals(List.of(), scene.tables.calls);
  }

  @Test
  void theAccountIsShownAsTheContractSays() {
    Account requester =
        scene.stored(
            new Account(
                scene.environment.ids().next(),
                Role.REQUESTER,
                "camille@exemple.fr",
                "Leroux",
                "Camille",
                "+33199001234",
                null,
                Scene.EHPAD,
                true,
                null,
                null,
                true,
                false,
                1));

    Answer answer =
        new Call("GET /api/me").as(requester.accountId()).to(new ShowAccount(scene.environment));

    assertEquals(
        Map.of(
            "accountId", requester.accountId(),
            "role", "REQUESTER",
            "email", "camille@exemple.fr",
            "lastName", "Leroux",
            "firstName", "Camille",
            "phone", "+33199001234",
            "establishment",
                Map.of(
                    "finess", "350000014",
                    "name", "EHPAD des Genêts",
                    "address", "12 rue des Genêts",
                    "postalCode", "35000",
                    "city", "Rennes",
                    "region", "53",
                    "approved", true)),
        answer.body());
  }

  @Test
  void aTokenThatOutlivesItsAccountIs401() {
    Account account = scene.professional();
    scene.erase(account);

    assertEquals(
        401,
        new Call("GET /api/me")
            .as(account.accountId())
            .to(new ShowAccount(scene.environment))
            .status());
  }

  private Answer signIn(String email, String password) {
    return from("198.51.100.1", email, password);
  }

  /** An account's row. */
  private Item row(Account account) {
    return Database.of(scene.environment)
        .get(
            scene.environment.variable("ACCOUNTS_TABLE"),
            Database.key("accountId", account.accountId()))
        .orElseThrow();
  }

  private Answer from(String ip, String email, String password) {
    return signingIn(email, password).from(ip).to(handler);
  }

  private static Call signingIn(String email, String password) {
    return new Call("POST /api/sessions")
        .with("email", email)
        .with("password", password)
        .with("keepSignedIn", false);
  }

  /** A sign-in at whose confirmation something happens. */
  private Answer signInTelling(Consumer<Account> confirmed) {
    AccountEvents events =
        new AccountEvents() {
          @Override
          public Account passwordSet(Writes writes, Account account) {
            confirmed.accept(account);
            return account;
          }

          @Override
          public void superseded(Account unproved) {
            throw new IllegalStateException("nobody is superseded here");
          }

          @Override
          public Optional<String> erased(
              String accountId, @Nullable String professionalId, @Nullable String place) {
            return Optional.empty();
          }
        };
    return signingIn(EMAIL, PASSWORD).to(new Sessions(scene.environment, List.of(events)));
  }

  private Answer refresh(String cookie) {
    return new Call("POST /api/sessions/refresh").cookie(cookie).to(handler);
  }

  private Answer signOut(String cookie) {
    return new Call("DELETE /api/sessions").cookie(cookie).to(handler);
  }

  private static void assertOver(Answer answer) {
    assertEquals(401, answer.status());
    assertEquals(List.of(CLEARED), answer.cookies());
  }
}
