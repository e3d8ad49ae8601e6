package renfort.professionals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.local.Api;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

@ExtendWith(PlatformExtension.class)
class RegistrationTest {
  private static final String RECEIVED = "Proposition de renfort prise en compte";
  private static final String ACTIVATION = "Activation de votre compte Renfort";
  private static final String ALREADY = "Vous avez déjà un compte";
  private static final String OTHER_ROLE = "Votre adresse est déjà celle d'un autre compte";

  private LocalPlatform platform;
  private Api api;
  private Volunteers volunteers;

  @BeforeEach
  void volunteers(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    volunteers = new Volunteers(platform, api);
  }

  @Test
  void R2_everyFieldOfTheFormIsOnTheSheet() {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form("  " + email.toUpperCase(Locale.ROOT));
    form.put("speciality", "SI07");
    form.put("identifierType", "RPPS");
    form.put("identifier", Volunteers.rpps());
    form.put("employer", "Clinique des Ajoncs");
    form.put("city", "RENNES");
    form.put("message", "Disponible la nuit également.");
    form.put(
        "availabilities",
        List.of(
            Volunteers.period(volunteers.start().toString(), true, false),
            Map.of(
                "start",
                volunteers.start().plusDays(40).toString(),
                "end",
                volunteers.start().plusDays(50).toString(),
                "weekdays",
                false,
                "weekend",
                true)));
    form.put("mobility", List.of("NATIONAL", "LOCAL"));
    form.put("diplomaId", volunteers.upload("diplôme.pdf"));

    Api.Answer answer = api.post("/api/professionals", form).expect(202);
    assertEquals("{}", answer.text());
    volunteers.activate(email);
    JsonNode sheet = volunteers.signIn(email).get("/api/professionals/me").expect(200).json();

    for (String field : List.of("consent", "identityDocumentId", "diplomaId")) {
      form.remove(field);
    }
    form.put("email", email);
    form.put("phone", "+33261911234");
    form.put("city", "Rennes");
    form.put("mobility", List.of("LOCAL", "NATIONAL"));
    form.put("version", 1);
    form.put("available", true);
    form.put("emailConfirmed", true);
    form.put("reference", sheet.path("reference").asText());
    form.put(
        "documents",
        List.of(
            Map.of("kind", "IDENTITY", "fileName", "identite.pdf"),
            Map.of("kind", "DIPLOMA", "fileName", "diplôme.pdf")));
    assertEquals(Volunteers.tree(form), Volunteers.tree(sheet));
    assertTrue(sheet.path("reference").asText().matches("RF-[0-9A-HJKMNP-TV-Z]{6}"));
  }

  @Test
  void R4_twoMailsAreSent() {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    api.post("/api/professionals", form).expect(202);

    assertEquals(List.of(ACTIVATION, RECEIVED), volunteers.subjects(email));
    String received = volunteers.mail(email, RECEIVED);
    assertTrue(received.contains("Bretagne"), received);
    assertTrue(received.contains("Infirmier diplômé d'État"), received);
    assertTrue(received.contains("Le code postal servant à vous localiser est 35000"), received);
  }

  @Test
  void R2_anInvalidFormIsRefusedWholeWithEveryField() {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    form.remove("lastName");
    form.put("city", "Brest");
    form.put("consent", false);
    form.put("identityDocumentId", "00000000000000000000");
    form.put("diplomaId", volunteers.upload("d.pdf", "application/pdf", Volunteers.TEXT));

    JsonNode problem = api.post("/api/professionals", form).expect(422).problem();

    assertEquals(
        Set.of("lastName", "city", "consent", "identityDocumentId", "diplomaId"),
        Volunteers.fields(problem));
    assertNothingStored(email);
  }

  @Test
  void R3_aDocumentAtFaultRefusesTheWholeRegistration() {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    form.put("diplomaId", volunteers.upload("d.pdf", "application/pdf", Volunteers.TEXT));

    JsonNode problem = api.post("/api/professionals", form).expect(422).problem();

    assertEquals(Set.of("diplomaId"), Volunteers.fields(problem));
    assertNothingStored(email);
    form.put("diplomaId", volunteers.upload("d.pdf"));
    api.post("/api/professionals", form).expect(202);
    assertEquals(2, volunteers.documents(professionalId(email)).size());
  }

  @Test
  void R3_oneUploadServesOnce() {
    Map<String, Object> form = volunteers.form(Volunteers.address());
    form.put("diplomaId", form.get("identityDocumentId"));
    JsonNode twice = api.post("/api/professionals", form).expect(422).problem();
    assertEquals(Set.of("diplomaId"), Volunteers.fields(twice));

    form.remove("diplomaId");
    api.post("/api/professionals", form).expect(202);
    String other = Volunteers.address();
    form.put("email", other);
    JsonNode again = api.post("/api/professionals", form).expect(422).problem();
    assertEquals(Set.of("identityDocumentId"), Volunteers.fields(again));
    assertNothingStored(other);
  }

  @Test
  void R1_aConfirmedSheetIsNotChanged() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    final JsonNode before = me.get("/api/professionals/me").expect(200).json();
    final var row = volunteers.poolRow(professionalId(email)).orElseThrow();
    platform.mailbox().clear();

    Map<String, Object> second = volunteers.form(email);
    second.put("lastName", "Le Goff");
    Api.Answer answer = api.post("/api/professionals", second).expect(202);

    assertEquals("{}", answer.text());
    assertEquals(before, me.get("/api/professionals/me").expect(200).json());
    assertEquals(
        row.attributes(), volunteers.poolRow(professionalId(email)).orElseThrow().attributes());
    assertEquals(1, volunteers.documents(professionalId(email)).size());
    assertEquals(List.of(ALREADY), volunteers.subjects(email));
  }

  @Test
  void R1_anAddressOfAnotherRoleGetsAMailAndStoresNothing() {
    String email = staff();

    api.post("/api/professionals", volunteers.form(email)).expect(202);

    assertTrue(volunteers.professionalId(email).isEmpty());
    assertEquals("AGENCY", volunteers.account(email).orElseThrow().text("role"));
    assertTrue(volunteers.subjects(email).contains(OTHER_ROLE));
  }

  @Test
  void R1_theUploadsOfAKnownAddressAreUsedUpTooAndLeaveNothing() {
    for (String known : List.of(confirmed(), staff())) {
      int documents = volunteers.allDocuments();
      Map<String, Object> form = volunteers.form(known);
      api.post("/api/professionals", form).expect(202);
      platform.awaitStreams();

      assertEquals(documents, volunteers.allDocuments());
      JsonNode again = api.post("/api/professionals", form).expect(422).problem();
      assertEquals(Set.of("identityDocumentId"), Volunteers.fields(again));
    }
  }

  @Test
  void R1_aDocumentAtFaultIsToldWhoeverTheAddressBelongsTo() {
    for (String email : List.of(Volunteers.address(), confirmed(), staff())) {
      Map<String, Object> form = volunteers.form(email);
      form.put("identityDocumentId", "00000000000000000000");

      JsonNode problem = api.post("/api/professionals", form).expect(422).problem();

      assertEquals(Set.of("identityDocumentId"), Volunteers.fields(problem));
    }
  }

  @Test
  void aRepeatedKeyRegistersOnce() {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    Api keyed = api.with("Idempotency-Key", "inscription-1");

    keyed.post("/api/professionals", form).expect(202);
    keyed.post("/api/professionals", form).expect(202);

    assertEquals(List.of(ACTIVATION, RECEIVED), volunteers.subjects(email));
    assertEquals(1, volunteers.profile(professionalId(email)).orElseThrow().number("version"));
  }

  @Test
  void aBrokenTableOrBucketIs503AndNothingIsStored() {
    for (String table : List.of("InboxTable", "GuardsTable")) {
      String email = Volunteers.address();
      Map<String, Object> form = volunteers.form(email);
      try (Injection _ = platform.faults().failTable(platform.tableName(table))) {
        api.post("/api/professionals", form).expect(503).problem();
      }
      assertNothingStored(email);
      api.post("/api/professionals", form).expect(202);
    }
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    try (Injection _ = platform.faults().failObjects()) {
      api.post("/api/professionals", form).expect(503).problem();
    }
    assertNothingStored(email);
  }

  @Test
  void anAnswerLostOnTheWayIsNoSecondSheet() {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    AtomicBoolean first = new AtomicBoolean(true);
    try (Injection lost =
        platform
            .faults()
            .inject(
                Service.TABLES,
                Fault.LOST_ANSWER,
                call ->
                    call.operation().equals("TransactWriteItems")
                        && call.names(platform.tableName("InboxTable"))
                        && first.compareAndSet(true, false))) {
      api.post("/api/professionals", form).expect(202);
      assertEquals(1, lost.hits());
    }
    assertEquals(List.of(ACTIVATION, RECEIVED), volunteers.subjects(email));
    assertEquals(1, volunteers.documents(professionalId(email)).size());
  }

  @Test
  void R7_anUnconfirmedAddressIsInThePoolAfterTheConfirmed() {
    String email = Volunteers.address();
    api.post("/api/professionals", volunteers.form(email)).expect(202);
    String professionalId = professionalId(email);
    var before = volunteers.poolRow(professionalId).orElseThrow();
    assertEquals("60#53#35", before.text("p"));
    assertFalse(volunteers.flags(professionalId).contains("C"));

    volunteers.activate(email);

    var after = volunteers.poolRow(professionalId).orElseThrow();
    assertTrue(volunteers.flags(professionalId).contains("C"));
    assertTrue(after.text("r").compareTo(before.text("r")) < 0, "it ranks before");
    assertEquals(before.number("t"), after.number("t"), "the sheet is no fresher");
  }

  @Test
  void R7_twoSheetsWithOneIdentifierAreBothFlagged() {
    String identifier = Volunteers.rpps();
    String first = registered(identifier);
    assertFalse(volunteers.flags(first).contains("2"));

    String second = registered(identifier);
    assertTrue(volunteers.flags(first).contains("2"));
    assertTrue(volunteers.flags(second).contains("2"));

    assertEquals(List.of(first, second), volunteers.sharing("RPPS", identifier));
  }

  private String registered(String identifier) {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    form.put("identifierType", "RPPS");
    form.put("identifier", identifier);
    api.post("/api/professionals", form).expect(202);
    return professionalId(email);
  }

  private String confirmed() {
    String email = Volunteers.address();
    volunteers.confirmed(email);
    return email;
  }

  private String staff() {
    String email = Volunteers.address();
    platform.invoke(
        "SetStaffAccount",
        Map.of("email", email, "role", "AGENCY", "region", "53", "enabled", true));
    return email;
  }

  private String professionalId(String email) {
    return volunteers.professionalId(email).orElseThrow();
  }

  private void assertNothingStored(String email) {
    assertTrue(volunteers.account(email).isEmpty());
    assertEquals(List.of(), volunteers.subjects(email));
  }
}
