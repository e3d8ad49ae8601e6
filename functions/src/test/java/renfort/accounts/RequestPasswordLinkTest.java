package renfort.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renfort.accounts.Scene.Answer;
import renfort.accounts.Scene.Call;
import renfort.accounts.model.Account;
import renfort.storage.Writes;

class RequestPasswordLinkTest {
  private final Scene scene = new Scene();
  private final RequestPasswordLink handler = new RequestPasswordLink(scene.environment);

  @Test
  void R4_aKnownAddressGetsAMailWithoutAnyTextOrToken() {
    Account account = scene.professional();

    Answer answer = ask("  Jeanne.MOREL@exemple.fr ");

    assertEquals(202, answer.status());
    assertEquals(Map.of(), answer.body());
    assertEquals(1, scene.mails().size());
    assertEquals("PASSWORD_RESET", scene.mails().getFirst().text("template"));
    assertEquals(account.accountId(), scene.mails().getFirst().text("to"));
  }

  @Test
  void R1_anUnknownAddressGetsTheSameAnswerAndNoMailForTheSameWork() {
    scene.professional();
    scene.tables.calls.clear();
    Answer known = ask(Scene.EMAIL);
    List<String> work = List.copyOf(scene.tables.calls);
    scene.tables.calls.clear();

    Answer unknown = ask("personne@exemple.fr");

    assertEquals(known, unknown);
    assertEquals(work, scene.tables.calls);
    assertTrue(work.contains("transact"));
    assertEquals(1, scene.mails().size());
  }

  @Test
  void anAccountThatIsSwitchedOffOrErasedGetsNoMail() {
    Account account = scene.professional();
    Writes writes = new Writes();
    scene.accounts.save(writes, account.staffOf(null, false));
    scene.commit(writes);
    assertEquals(202, ask(Scene.EMAIL).status());

    scene.erase(scene.read(account));
    assertEquals(202, ask(Scene.EMAIL).status());

    // the erasure is confirmed by a mail of its own
    assertEquals(
        List.of("ACCOUNT_ERASED"),
        scene.mails().stream().map(mail -> mail.text("template")).toList());
  }

  @Test
  void R27_noLinkThatIsAskedForIsDropped() {
    scene.professional();
    for (int i = 0; i < 12; i++) {
      assertEquals(202, ask(Scene.EMAIL).status());
    }

    assertEquals(12, scene.mails().size());
  }

  @Test
  void theSameKeySendsOneMail() {
    scene.professional();
    Call call =
        new Call("POST /api/password-links")
            .header("idempotency-key", "k1")
            .with("email", Scene.EMAIL);

    assertEquals(202, call.to(handler).status());
    assertEquals(202, call.to(handler).status());
    assertEquals(1, scene.mails().size());
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String none :
        List.of(
            "jeanne",
            "a..b@exemple.fr",
            ".a@exemple.fr",
            "a.@exemple.fr",
            "a@-exemple.fr",
            "a@exemple-.fr",
            "a@exemple",
            "a".repeat(65) + "@exemple.fr")) {
      assertEquals(List.of("email:email"), ask(none).faults(), none);
    }
    assertEquals(List.of(), scene.tables.calls);
  }

  @Test
  void whatIsAnAddressIsTaken() {
    for (String one :
        List.of("a.b-c+d@ex-emple.sante.fr", "a".repeat(64) + "@exemple.fr", "o'neill_1@x.fr")) {
      assertEquals(202, ask(one).status(), one);
    }
  }

  @Test
  void anOutageOfTheTableIsToldAsOne() {
    scene.tables.out = true;

    assertEquals(503, ask(Scene.EMAIL).status());
  }

  private Answer ask(String email) {
    return new Call("POST /api/password-links").with("email", email).to(handler);
  }
}
