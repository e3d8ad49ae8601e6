package renfort.professionals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

@ExtendWith(PlatformExtension.class)
class ErasureTest {
  private static final String ME = "/api/professionals/me";

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
  void R25_R29_theExportHoldsAccountSheetCandidaciesAndJournal() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);

    JsonNode export = me.get(ME + "/export").expect(200).json();

    Set<String> members = new TreeSet<>();
    export.fieldNames().forEachRemaining(members::add);
    assertEquals(
        Set.of(
            "exportedAt",
            "account",
            "profile",
            "consent",
            "candidacies",
            "lists",
            "journal",
            "mails"),
        members);
    assertEquals(me.get("/api/me").expect(200).json(), export.path("account"));
    assertEquals(me.get(ME).expect(200).json(), export.path("profile"));
    assertEquals(Volunteers.tree(List.of()), export.path("candidacies"));
    assertFalse(
        Instant.parse(export.at("/consent/at").asText()).isAfter(platform.clock().instant()));
    assertEquals(
        List.of("REGISTERED", "PASSWORD_SET", "SHEET_EXPORTED"), Volunteers.actions(export));
    // nobody had proved to be the one who registered
    assertFalse(export.at("/journal/0").has("by"));
    assertEquals("Vous", export.at("/journal/1/by").asText());
    assertEquals("Vous", export.at("/journal/2/by").asText());
    me.get(ME + "/export?cursor=x").expect(422).problem();
  }

  @Test
  void R25_theExportNamesWhoLookedAndOnWhichDaysTheyStoodInAList() {
    World world = new World(platform, api);
    Volunteer volunteer = world.volunteer();
    Api me = world.as(volunteer);
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    assertTrue(world.candidate(requester.api(), mission, volunteer.id()).isPresent());
    assertTrue(world.candidate(requester.api(), mission, volunteer.id()).isPresent());
    requester.api().get("/api/missions/" + mission + "/candidates/" + volunteer.id()).expect(200);
    world.agency("53").get("/api/regions/53/professionals?limit=100").expect(200);
    platform.awaitStreams();

    JsonNode export = me.get(ME + "/export").expect(200).json();

    String establishment = "Centre hospitalier " + requester.finess() + ", Rennes";
    assertEquals(
        List.of(establishment),
        export
            .path("lists")
            .valueStream()
            .map(view -> view.path("by").asText())
            .filter(by -> by.startsWith("Centre hospitalier " + requester.finess()))
            .toList(),
        "one a day, however many pages");
    JsonNode seen =
        export
            .path("journal")
            .valueStream()
            .filter(entry -> entry.path("action").asText().equals("CANDIDATE_SEEN"))
            .findFirst()
            .orElseThrow();
    assertEquals(establishment, seen.path("by").asText());
    assertEquals("Fiche consultée", seen.path("label").asText());
    me.delete(ME).expect(204);
    platform.awaitStreams();
    assertEquals(List.of(), world.volunteers().listed(volunteer.id()));
  }

  @Test
  void R29_theExportTellsTheMailsAndTheErasureRemovesThem() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    String accountId = volunteers.account(email).orElseThrow().text("accountId");
    platform.awaitStreams();

    Answer export = me.get(ME + "/export").expect(200);

    List<JsonNode> mails = export.json().path("mails").valueStream().toList();
    assertEquals(
        volunteers.subjects(email).stream().sorted().toList(),
        mails.stream().map(mail -> mail.path("subject").asText()).sorted().toList());
    assertFalse(mails.isEmpty());
    assertTrue(mails.stream().allMatch(mail -> mail.path("outcome").asText().equals("SENT")));
    assertFalse(export.text().contains("token="), "no text, no link");
    assertEquals(mails.size(), volunteers.keptMails(accountId).size());

    me.delete(ME).expect(204);
    platform.awaitStreams();
    // the confirmation may have left before the worker came by
    assertTrue(
        volunteers.keptMails(accountId).stream()
            .allMatch(row -> row.text("template").equals("ACCOUNT_ERASED")));
    platform.clock().advance(Duration.ofMinutes(11));
    platform.runSchedule("ResumeErasures");
    assertEquals(List.of(), volunteers.keptMails(accountId));
  }

  @Test
  void R29_whatIsNotKeptAnyMoreIsNotTold() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    platform.awaitStreams();
    platform.clock().advance(Duration.ofDays(91));

    // DynamoDB removes them in its own time
    JsonNode export = volunteers.signIn(email).get(ME + "/export").expect(200).json();

    assertEquals(0, export.path("mails").size());
    me.get(ME).expect(401);
  }

  @Test
  void R25_noExportWithoutItsEntry() {
    Api me = volunteers.confirmed(Volunteers.address());

    // the journal can still be read
    try (Injection _ =
        platform
            .faults()
            .inject(Service.TABLES, Fault.OUTAGE, call -> call.operation().equals("PutItem"))) {
      me.get(ME + "/export").expect(503).problem();
    }
  }

  @Test
  void R29_nothingOfAnErasedPersonStaysButIds() {
    String email = Volunteers.address();
    String identifier = Volunteers.rpps();
    Map<String, Object> form = volunteers.form(email);
    form.put("identifierType", "RPPS");
    form.put("identifier", identifier);
    Api me = volunteers.confirmed(form);
    String professionalId = volunteers.professionalId(email).orElseThrow();
    String accountId = volunteers.account(email).orElseThrow().text("accountId");
    String other = other(identifier);
    assertTrue(volunteers.flags(other).contains("2"));

    me.delete(ME).expect(204);

    assertTrue(volunteers.account(email).isEmpty());
    me.get(ME).expect(401);
    me.delete(ME).expect(401);
    platform.awaitStreams();
    assertTrue(volunteers.poolRow(professionalId).isEmpty());
    assertEquals(List.of(other), volunteers.sharing("RPPS", identifier));
    assertFalse(volunteers.flags(other).contains("2"));
    assertTrue(volunteers.profile(professionalId).isEmpty());
    assertEquals(List.of(), volunteers.documents(professionalId));
    api.post(
            "/api/sessions",
            Map.of("email", email, "password", Volunteers.PASSWORD, "keepSignedIn", false))
        .expect(401);
    assertTrue(
        volunteers.mail(email, "Votre compte Renfort est effacé").contains("vous l'avez demandé"));
    platform.clock().advance(Duration.ofMinutes(11));
    platform.runSchedule("ResumeErasures");
    assertEquals(
        Set.of("accountId", "status", "role", "professionalId"),
        volunteers.accountItem(accountId).attributes().keySet());
  }

  @Test
  void R29_erasingWantsASignInOfTheLastFiveMinutes() {
    String email = Volunteers.address();
    volunteers.confirmed(email);
    String cookie =
        api.post(
                "/api/sessions",
                Map.of("email", email, "password", Volunteers.PASSWORD, "keepSignedIn", false))
            .expect(200)
            .cookies()
            .getFirst()
            .split(";", 2)[0];
    platform.clock().advance(Duration.ofMinutes(6));
    Api renewed =
        api.as(
            api.with("Cookie", cookie)
                .post("/api/sessions/refresh")
                .expect(200)
                .json()
                .path("accessToken")
                .asText());

    JsonNode refusal = renewed.delete(ME).expect(403).problem();

    assertTrue(refusal.path("type").asText().endsWith("sign-in-again"), refusal.toString());
    renewed.get(ME).expect(200);
    volunteers.signIn(email).delete(ME).expect(204);
  }

  @Test
  void R29_anErasedAddressMayRegisterAnew() {
    String email = Volunteers.address();
    volunteers.confirmed(email).delete(ME).expect(204);
    platform.awaitStreams();

    JsonNode sheet = volunteers.confirmed(email).get(ME).expect(200).json();

    assertEquals(1, sheet.path("version").asInt());
  }

  @Test
  void R29_whatAFaultLeftIsFinishedLater() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    String professionalId = volunteers.professionalId(email).orElseThrow();
    try (Injection broken = platform.faults().failObjects()) {
      me.delete(ME).expect(204);
      long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (broken.hits() == 0 && System.nanoTime() < giveUp) {
        Thread.onSpinWait();
      }
      assertTrue(broken.hits() > 0, "the worker came by while the bucket was broken");
    }

    platform.awaitStreams();

    assertTrue(volunteers.profile(professionalId).isEmpty());
    assertEquals(List.of(), volunteers.documents(professionalId));
  }

  @Test
  void R29_finishingAgainIsHarmless() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    String professionalId = volunteers.professionalId(email).orElseThrow();
    String accountId = volunteers.account(email).orElseThrow().text("accountId");
    me.delete(ME).expect(204);
    platform.awaitStreams();

    Environment environment = volunteers.environment();
    ProfessionalEvents events =
        new ProfessionalEvents(environment, () -> new CandidacyTies(environment));
    assertEquals(Optional.empty(), events.erased(accountId, professionalId, null));

    assertTrue(volunteers.profile(professionalId).isEmpty());
  }

  private String other(String identifier) {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    form.put("identifierType", "RPPS");
    form.put("identifier", identifier);
    api.post("/api/professionals", form).expect(202);
    return volunteers.professionalId(email).orElseThrow();
  }
}
