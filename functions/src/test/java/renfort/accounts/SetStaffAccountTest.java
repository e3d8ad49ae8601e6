package renfort.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;

class SetStaffAccountTest {
  private static final Map<String, Object> BRETAGNE =
      Map.of("email", "ARS.Bretagne@exemple.fr", "role", "AGENCY", "region", "53", "enabled", true);

  private final Scene scene = new Scene();
  private final SetStaffAccount handler = new SetStaffAccount(scene.environment);

  @Test
  void anAgencysAccountIsMadeWithAnActivationMail() {
    Map<String, Object> answer = Scene.invoke(handler, BRETAGNE);

    assertEquals(true, answer.get("created"));
    Account account = account();
    assertEquals(account.accountId(), answer.get("accountId"));
    assertEquals(Role.AGENCY, account.role());
    assertEquals("53", account.region());
    assertEquals("ARS Bretagne", account.firstName() + " " + account.lastName());
    assertTrue(account.enabled());
    assertFalse(account.isConfirmed());
    assertEquals(List.of("ACTIVATION"), mails());
    assertEquals(List.of("STAFF_ACCOUNT_SET"), scene.journal());
  }

  @Test
  void theNationalLevelHasNoRegion() {
    Scene.invoke(handler, Map.of("email", "n@exemple.fr", "role", "NATIONAL", "enabled", true));
    Account account = scene.accounts.findByEmail("n@exemple.fr").orElseThrow();

    assertEquals("Niveau national", account.firstName() + " " + account.lastName());
    assertEquals(null, account.region());
    assertEquals(
        List.of("region:unexpected"),
        faults(
            Map.of("email", "n@exemple.fr", "role", "NATIONAL", "region", "53", "enabled", true)));
  }

  @Test
  void askedAgainItChangesNothing() {
    Object accountId = Scene.invoke(handler, BRETAGNE).get("accountId");

    assertEquals(Map.of("accountId", accountId, "created", false), Scene.invoke(handler, BRETAGNE));
    assertEquals(List.of("ACTIVATION"), mails());
    assertEquals(List.of("STAFF_ACCOUNT_SET"), scene.journal());
  }

  @Test
  void switchedOffItsSessionsEndAndSwitchedOnItComesBack() {
    Scene.invoke(handler, BRETAGNE);
    Account account = account();
    Scene.setPassword(
        new SetPassword(scene.environment, List.of()), scene.mint(account), Scene.PASSWORD);
    scene.cognito.sessions.put("day open", account.accountId());

    Scene.invoke(handler, with("enabled", false));
    assertFalse(account().enabled());
    assertEquals(Map.of(), scene.cognito.sessions);

    Scene.invoke(handler, with("enabled", true));
    assertTrue(account().enabled());
    assertTrue(account().isConfirmed());
    assertEquals(List.of("ACTIVATION"), mails(), "its password is still good");
    assertEquals(3, scene.journal().stream().filter("STAFF_ACCOUNT_SET"::equals).count());
  }

  @Test
  void sessionsThatCouldNotBeEndedAreEndedByTheNextCall() {
    Scene.invoke(handler, BRETAGNE);
    scene.cognito.users.put(account().accountId(), Scene.PASSWORD);
    scene.cognito.sessions.put("day open", account().accountId());
    scene.cognito.out = true;
    IllegalStateException fault =
        assertThrows(
            IllegalStateException.class, () -> Scene.invoke(handler, with("enabled", false)));
    assertEquals(null, fault.getCause());

    scene.cognito.out = false;
    Scene.invoke(handler, with("enabled", false));
    assertEquals(Map.of(), scene.cognito.sessions);
  }

  @Test
  void anAgencyMayMoveToAnotherRegion() {
    Scene.invoke(handler, BRETAGNE);

    Scene.invoke(handler, with("region", "28"));

    assertEquals("28", account().region());
  }

  @Test
  void anAddressOfAnotherRoleIsRefused() {
    Account professional = scene.confirmedProfessional();

    assertEquals(List.of("email:other-role"), faults(with("email", Scene.EMAIL)));
    assertEquals(professional, scene.read(professional));
    assertEquals(List.of(), mails());
  }

  @Test
  void badInputIsToldAllAtOnce() {
    assertEquals(
        List.of("email:email", "role:choice", "enabled:required", "admin:unknown-field"),
        faults(Map.of("email", "x", "role", "PROFESSIONAL", "region", "99", "admin", true)));
    assertEquals(List.of("region:choice"), faults(with("region", "99")));
    assertEquals(List.of("email:unknown"), faults(with("enabled", false)));
    assertEquals(List.of(), scene.tables.rows("accounts"));
  }

  private Account account() {
    return scene.accounts.findByEmail("ars.bretagne@exemple.fr").orElseThrow();
  }

  private List<String> mails() {
    return scene.mails().stream().map(mail -> mail.text("template")).toList();
  }

  private List<String> faults(Map<String, Object> event) {
    return ((List<?>) Scene.invoke(handler, event).getOrDefault("errors", List.of()))
        .stream()
            .map(error -> ((Map<?, ?>) error).get("field") + ":" + ((Map<?, ?>) error).get("code"))
            .toList();
  }

  private static Map<String, Object> with(String field, Object value) {
    Map<String, Object> event = new HashMap<>(BRETAGNE);
    event.put(field, value);
    return event;
  }
}
