package renfort.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static renfort.accounts.Scene.PASSWORD;
import static renfort.accounts.Scene.setPassword;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import renfort.accounts.Scene.Answer;
import renfort.accounts.Scene.Call;
import renfort.accounts.model.Account;
import renfort.accounts.model.LinkPurpose;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Writes;

class SetPasswordTest {
  private final Scene scene = new Scene();
  private final SetPassword handler = new SetPassword(scene.environment, List.of());

  @Test
  void R4_theLinkSetsThePasswordAndConfirmsTheAddress() {
    List<Account> told = new ArrayList<>();
    Account account = scene.professional();

    Answer answer =
        setPassword(
            new SetPassword(scene.environment, List.of(telling(told::add))),
            scene.mint(account),
            PASSWORD);

    assertEquals(204, answer.status());
    assertEquals(Map.of(account.accountId(), PASSWORD), scene.cognito.users);
    assertEquals(List.of(account), told);
    assertFalse(told.getFirst().isConfirmed());
    assertEquals(scene.clock.instant(), scene.read(account).confirmedAt());
    assertEquals(List.of("PASSWORD_SET"), scene.journal());
  }

  @Test
  void R4_aLinkServesOnce() {
    String token = scene.mint(scene.professional());

    assertEquals(204, setPassword(handler, token, PASSWORD).status());
    assertGone(setPassword(handler, token, "Bruyere-Callune-2028"));
    assertTrue(scene.cognito.users.containsValue(PASSWORD));
  }

  @Test
  void R4_aFirstPasswordMakesTwoCallsAndAnotherEndsTheSessionsOfTheOneBefore() {
    Account account = scene.professional();
    String id = account.accountId();
    assertEquals(204, setPassword(handler, scene.mint(account), PASSWORD).status());
    assertEquals(List.of("create " + id, "set " + id), scene.cognito.calls);

    scene.cognito.calls.clear();
    String token = scene.mint(scene.read(account));
    assertEquals(204, setPassword(handler, token, "Bruyere-Callune-2028").status());
    assertEquals(List.of("set " + id, "signOut " + id), scene.cognito.calls);
  }

  @Test
  void R4_aLinkIsAliveWhenCognitoHasNoRoom() {
    String token = scene.mint(scene.professional());
    scene.cognito.throttles = true;
    assertEquals(429, setPassword(handler, token, PASSWORD).status());

    scene.cognito.throttles = false;
    assertEquals(204, setPassword(handler, token, PASSWORD).status());
  }

  @Test
  void R4_aLinkLivesFor72Hours() {
    String token = scene.mint(scene.professional());
    scene.clock.pass(Duration.ofDays(3));
    assertGone(setPassword(handler, token, PASSWORD));
    assertEquals(Map.of(), scene.cognito.users);

    scene.clock.pass(Duration.ofSeconds(-1));
    assertEquals(204, setPassword(handler, token, PASSWORD).status());
  }

  @Test
  void R4_aNewerLinkVoidsTheOlder() {
    Account account = scene.professional();
    String older = scene.mint(account);
    String newer = scene.mint(account);

    assertNotEquals(older, newer);
    assertGone(setPassword(handler, older, PASSWORD));
    assertEquals(204, setPassword(handler, newer, PASSWORD).status());
  }

  @Test
  void R4_anOlderLinkWhoseMailLeavesLateDoesNotVoidTheNewer() {
    Account account = scene.professional();
    Instant asked = scene.clock.instant();
    scene.clock.pass(Duration.ofMinutes(5));
    String newer = scene.mint(account);

    assertEquals(Optional.empty(), scene.mint(account, asked));
    assertEquals(204, setPassword(handler, newer, PASSWORD).status());
    assertEquals(Optional.empty(), scene.mint(account, asked), "nor once the newer was used");
  }

  @Test
  void whatIsNoLinkIsGoneAlike() {
    Account account = scene.professional();
    String token = scene.mint(account);
    String secret = token.substring(20);
    List<String> none =
        List.of(
            "x",
            account.accountId(),
            account.accountId() + ".",
            account.accountId() + "." + "A".repeat(43),
            "0".repeat(20) + secret,
            "EMAIL#" + Scene.EMAIL + secret,
            token + "=");

    Answer first = setPassword(handler, none.getFirst(), PASSWORD);
    assertGone(first);
    for (String other : none) {
      assertEquals(first, setPassword(handler, other, PASSWORD), other);
    }
    assertEquals(List.of(), scene.cognito.calls);
  }

  @Test
  void theLinkOfAnAccountThatIsGoneOrSwitchedOffIsGone() {
    Account account = scene.professional();
    String token = scene.mint(account);
    Writes writes = new Writes();
    scene.accounts.save(writes, account.staffOf(null, false));
    scene.commit(writes);
    assertGone(setPassword(handler, token, PASSWORD));

    scene.erase(scene.read(account));
    assertGone(setPassword(handler, token, PASSWORD));
    assertEquals(Optional.empty(), scene.mint(account, scene.clock.instant()));
  }

  @Test
  void theTableHoldsTheHashOfATokenOnly() {
    Account account = scene.professional();
    String token =
        scene
            .links
            .mint(account.accountId(), LinkPurpose.ACTIVATION, "submission", scene.clock.instant())
            .orElseThrow();

    Item row =
        scene.tables.rows("accounts").stream()
            .filter(one -> one.text("accountId").equals(account.accountId()))
            .findFirst()
            .orElseThrow();
    Item link = row.item("link").orElseThrow();
    assertFalse(row.attributes().toString().contains(token.substring(21)));
    assertEquals("ACTIVATION", link.text("purpose"));
    assertEquals("submission", link.text("submission"));
    assertEquals("https://renfort.example/mot-de-passe#token=" + token, scene.links.address(token));
  }

  @Test
  void R5_aWeakPasswordIsRefusedAndTheLinkLives() {
    String token = scene.mint(scene.professional());

    Answer weak = setPassword(handler, token, "abc");
    assertEquals(422, weak.status());
    assertEquals(
        List.of("password:length", "password:upper-case", "password:digit", "password:special"),
        weak.faults());
    assertEquals(List.of(), scene.cognito.calls);
    assertEquals(204, setPassword(handler, token, PASSWORD).status());
  }

  @Test
  void aPasswordThatCognitoRefusesLeavesTheLinkAlive() {
    String token = scene.mint(scene.professional());
    scene.cognito.refusesPasswords = true;

    Answer refused = setPassword(handler, token, PASSWORD);
    assertEquals(List.of("password:refused"), refused.faults());

    scene.cognito.refusesPasswords = false;
    assertEquals(204, setPassword(handler, token, PASSWORD).status());
  }

  @Test
  void spacesBelongToAPassword() {
    Account account = scene.professional();

    setPassword(handler, scene.mint(account), "Genets  Ajoncs 2027 !");

    assertEquals("Genets  Ajoncs 2027 !", scene.cognito.users.get(account.accountId()));
    assertEquals(
        List.of("password:characters"),
        setPassword(handler, scene.mint(account), " " + PASSWORD).faults());
  }

  @Test
  void bothFieldsAreAskedForAtOnce() {
    Answer answer = new Call("POST /api/passwords").with("other", 1).to(handler);

    assertEquals(
        List.of("token:required", "password:required", "other:unknown-field"), answer.faults());
  }

  @Test
  void anOutageOfCognitoGivesTheLinkBack() {
    Account account = scene.professional();
    String token = scene.mint(account);
    scene.cognito.out = true;

    Answer answer = setPassword(handler, token, PASSWORD);
    assertEquals(503, answer.status());
    assertFalse(scene.read(account).isConfirmed());
    assertEquals(List.of(), scene.journal());

    scene.cognito.out = false;
    assertEquals(204, setPassword(handler, token, PASSWORD).status());
  }

  @Test
  void anOutageOfTheRoomsAboveGivesTheLinkBack() {
    Account account = scene.professional();
    String token = scene.mint(account);
    SetPassword failing =
        new SetPassword(
            scene.environment,
            List.of(
                telling(
                    told -> {
                      throw new Outage("table", new IOException());
                    })));

    assertEquals(503, setPassword(failing, token, PASSWORD).status());
    assertFalse(scene.read(account).isConfirmed());
    assertEquals(204, setPassword(handler, token, PASSWORD).status());
  }

  @Test
  void twoRequestsWithOneLinkDoNotBothUseIt() {
    Account account = scene.professional();
    String token = scene.mint(account);
    List<Integer> second = new ArrayList<>();
    SetPassword first =
        new SetPassword(
            scene.environment,
            List.of(
                telling(
                    told -> second.add(setPassword(handler, token, "Bruyere-2028-x").status()))));

    assertEquals(204, setPassword(first, token, PASSWORD).status());
    assertEquals(List.of(409), second);
    assertEquals(PASSWORD, scene.cognito.users.get(account.accountId()));
  }

  @Test
  void aLinkWhoseRequestCrashedWorksAgainAfterAMinute() {
    String token = scene.mint(scene.professional());
    assertTrue(scene.links.show(token) instanceof Links.Showing.Leased);

    scene.clock.pass(Duration.ofSeconds(59));
    assertEquals(409, setPassword(handler, token, PASSWORD).status());
    scene.clock.pass(Duration.ofSeconds(1));
    assertEquals(204, setPassword(handler, token, PASSWORD).status());
  }

  @Test
  void theRoomsAboveAreToldAgainWhenTheAccountChangesMeanwhile() {
    Account account = scene.professional();
    List<String> told = new ArrayList<>();
    SetPassword slow =
        new SetPassword(scene.environment, List.of(telling(one -> told.add(one.lastName()))));
    String token = scene.mint(account);
    scene.tables.beforeTransaction =
        () -> {
          Writes writes = new Writes();
          scene.accounts.save(writes, account.named("Leroux", "Jeanne", null));
          scene.commit(writes);
        };

    assertEquals(204, setPassword(slow, token, PASSWORD).status());
    assertEquals(List.of("Morel", "Leroux"), told);
    assertTrue(scene.read(account).isConfirmed());
    assertEquals("Leroux", scene.read(account).lastName());
  }

  @Test
  void R29_anAccountErasedMeanwhileLeavesNoUserBehind() {
    Account account = scene.professional();
    String token = scene.mint(account);
    scene.tables.beforeTransaction = () -> scene.erase(account);

    assertGone(setPassword(handler, token, PASSWORD));
    assertEquals(Map.of(), scene.cognito.users);
  }

  @Test
  void aForgottenPasswordEndsTheOpenSessionsAndLeavesTheConfirmationAsItWas() {
    Account account = scene.confirmedProfessional();
    Instant confirmedAt = account.confirmedAt();
    scene.cognito.sessions.put("kept stolen", account.accountId());
    scene.clock.pass(Duration.ofDays(1));

    assertEquals(204, setPassword(handler, scene.mint(account), "Bruyere-Callune-2028").status());

    assertEquals(Map.of(), scene.cognito.sessions);
    assertEquals(confirmedAt, scene.read(account).confirmedAt());
    assertEquals("Bruyere-Callune-2028", scene.cognito.users.get(account.accountId()));
  }

  @Test
  void theSameKeyAnswersTheSameAndChangesNothing() {
    String token = scene.mint(scene.professional());
    Call call =
        new Call("POST /api/passwords")
            .header("idempotency-key", "k1")
            .with("token", token)
            .with("password", PASSWORD);

    assertEquals(204, call.to(handler).status());
    assertEquals(204, call.to(handler).status());
    assertEquals(List.of("PASSWORD_SET"), scene.journal());
  }

  @Test
  void theAnswerIsKeptInTheTransactionOfTheEffectAndNeedsNoOther() {
    String token = scene.mint(scene.professional());
    Call call =
        new Call("POST /api/passwords")
            .header("idempotency-key", "k1")
            .with("token", token)
            .with("password", PASSWORD);
    int before = Collections.frequency(scene.tables.calls, "transact");

    assertEquals(204, call.to(handler).status());
    assertEquals(1, Collections.frequency(scene.tables.calls, "transact") - before);
    assertEquals(204, call.to(handler).status());
    assertEquals(List.of("PASSWORD_SET"), scene.journal());
  }

  private static void assertGone(Answer answer) {
    assertEquals(410, answer.status());
    assertEquals("/problems/gone", answer.tree().get("type"));
  }

  private static AccountEvents telling(Consumer<Account> told) {
    return new AccountEvents() {
      @Override
      public Account passwordSet(Writes writes, Account account) {
        told.accept(account);
        return account;
      }

      @Override
      public void superseded(Account unproved) {
        throw new IllegalStateException("nobody is superseded here");
      }

      @Override
      public Optional<String> erased(
          String accountId, @Nullable String professionalId, @Nullable String place) {
        throw new IllegalStateException("nobody is erased here");
      }
    };
  }
}
