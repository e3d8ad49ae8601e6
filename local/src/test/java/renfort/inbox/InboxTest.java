package renfort.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.local.Api;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;
import renfort.local.OwnPlatform;
import renfort.missions.People;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.professionals.Volunteers;

/** What public forms bring, and what becomes of it (R1, R8). */
@ExtendWith(OwnPlatform.class)
class InboxTest {
  private LocalPlatform platform;
  private Api api;
  private World world;
  private People people;
  private Volunteers volunteers;

  @BeforeEach
  void people(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    world = new World(platform, api);
    people = new People(platform, api);
    volunteers = world.volunteers();
  }

  private void register(String email, String lastName) {
    Map<String, Object> form = volunteers.form(email);
    form.put("lastName", lastName);
    api.post("/api/professionals", form).expect(202);
    platform.awaitStreams();
  }

  private void submit(String email, Establishment establishment) {
    api.post("/api/needs", people.need(email, establishment)).expect(202);
    platform.awaitStreams();
  }

  private void activate(String token, int expected) {
    api.post("/api/passwords", Map.of("token", token, "password", Volunteers.PASSWORD))
        .expect(expected);
    platform.awaitStreams();
  }

  @Test
  void R1_aStrangersFormChangesNothingOfAnUnprovedSheet() {
    String email = Volunteers.address();
    register(email, "Kerbrat");
    String own = volunteers.unproved(email).getFirst();
    final var sheet = volunteers.profile(own).orElseThrow().attributes();
    final List<String> papers = volunteers.documents(own);

    register(email, "Faux");

    assertEquals(2, volunteers.unproved(email).size());
    String strangers = volunteers.unproved(email).getLast();
    assertEquals(sheet, volunteers.profile(own).orElseThrow().attributes());
    assertEquals(papers, volunteers.documents(own));
    assertFalse(volunteers.flags(own).contains("C"));
    assertFalse(volunteers.flags(strangers).contains("C"));

    String losing = people.link(people.unproved(email).getLast());
    activate(people.link(people.unproved(email).getFirst()), 204);

    JsonNode me = volunteers.signIn(email).get("/api/professionals/me").expect(200).json();
    assertEquals("Kerbrat", me.path("lastName").asText());
    assertEquals(papers, volunteers.documents(own));
    assertTrue(volunteers.flags(own).contains("C"));
    assertTrue(volunteers.profile(strangers).isEmpty());
    assertTrue(volunteers.poolRow(strangers).isEmpty());
    assertEquals(List.of(), volunteers.documents(strangers));
    assertEquals(List.of(), volunteers.unproved(email));
    activate(losing, 410);
  }

  @Test
  void R1_whoHeldASupersededSheetIsTold() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    String email = Volunteers.address();
    register(email, "Faux");
    register(email, "Kerbrat");
    String strangers = volunteers.unproved(email).getFirst();
    requester.contact(mission, strangers).expect(200);

    activate(people.link(people.unproved(email).getLast()), 204);

    assertEquals(0, requester.mission(mission).path("held").asInt());
    assertTrue(
        platform.mailbox().to(requester.email()).stream()
            .anyMatch(mail -> mail.text().contains("supprimé") || mail.text().contains("effacé")),
        platform.mailbox().to(requester.email()).toString());
  }

  @Test
  void R1_anAddressOfAnotherRoleHoldsNobodyUpUntilItIsProved() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    register(email, "Faux");
    submit(email, ehpad);
    assertEquals(2, people.unproved(email).size(), "a need beside a volunteer");

    people.setPassword(people.unproved(email).getLast());

    Api me = people.signIn(email);
    assertEquals("REQUESTER", me.get("/api/me").expect(200).json().path("role").asText());
    assertEquals(List.of("OPEN"), People.each(People.all(me, "/api/missions"), "status"));
    assertEquals(List.of(), people.unproved(email));

    String other = Volunteers.address();
    submit(other, people.inRennes(People.finess()));
    register(other, "Kerbrat");
    people.setPassword(people.unproved(other).getLast());
    volunteers.signIn(other).get("/api/professionals/me").expect(200);
  }

  @Test
  void R8_aStrangersNeedChangesNoApprovalAndOpensWithNobodysPassword() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    submit(email, ehpad);
    Api agency = people.as(people.agency("53"));
    String path = "/api/establishments/" + ehpad.finess() + "/approval";
    agency.put(path, Map.of("approved", true)).expect(200);
    submit(email, ehpad);
    submit(email, people.inRennes(People.finess()));

    JsonNode item =
        agency.put(path, Map.of("approved", true, "emails", List.of(email))).expect(200).json();
    assertEquals(1, item.path("requesters").size(), "each address once");
    assertEquals("APPROVED", item.at("/requesters/0/status").asText());
    assertFalse(item.at("/requesters/0/emailConfirmed").asBoolean());

    people.setPassword(people.unproved(email).getFirst());

    Api me = people.signIn(email);
    assertTrue(me.get("/api/me").expect(200).json().at("/establishment/approved").asBoolean());
    assertEquals(List.of("OPEN"), People.each(People.all(me, "/api/missions"), "status"));
    assertEquals(1, people.ofFiness(ehpad.finess()).size(), "the stranger's drafts are gone");
    JsonNode after =
        agency.put(path, Map.of("approved", true, "emails", List.of(email))).expect(200).json();
    assertTrue(after.at("/requesters/0/emailConfirmed").asBoolean());

    agency.put(path, Map.of("approved", false, "emails", List.of(email))).expect(200);
    assertFalse(me.get("/api/me").expect(200).json().at("/establishment/approved").asBoolean(true));
  }

  @Test
  void R8_draftsAreSeenByWhoSubmittedThemOnly() {
    Account approved = people.requester(people.inRennes(People.finess()), true);
    String finess = approved.finess().orElseThrow();
    String stranger = People.address();
    submit(stranger, people.inRennes(finess));
    Mission draft = people.ofFiness(finess).getFirst();
    assertEquals(Status.DRAFT, draft.status());

    Api colleague = people.as(approved);

    assertEquals(List.of(), People.all(colleague, "/api/missions"));
    colleague.get("/api/missions/" + draft.missionId()).expect(404);
    colleague.delete("/api/missions/" + draft.missionId()).expect(404);
    colleague.post("/api/missions/" + draft.missionId() + "/confirmation").expect(404);
  }

  @Test
  void R8_whatIsAboveFiveOfAnAddressIsShownOnceItsOwnLinkIsUsed() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    for (int i = 0; i < 7; i++) {
      submit(email, ehpad);
    }
    assertEquals(7, people.unproved(email).size());
    assertEquals(5, people.ofFiness(ehpad.finess()).size());
    assertEquals(5, people.establishments.known(ehpad.finess(), 0).requesters().size());

    people.setPassword(people.unproved(email).getLast());

    assertEquals(
        List.of("OPEN"), People.each(People.all(people.signIn(email), "/api/missions"), "status"));
    assertEquals(1, people.ofFiness(ehpad.finess()).size());
    assertEquals(1, people.establishments.known(ehpad.finess(), 0).requesters().size());
  }

  @Test
  void R8_whatIsAboveTwoHundredDraftsOfAFinessIsShownOnceItsOwnLinkIsUsed() {
    Establishment ehpad = people.inRennes(People.finess());
    for (int i = 0; i < 5; i++) {
      Map<String, Object> need = people.need(People.address(), ehpad);
      need.put("missions", Collections.nCopies(40, people.terms()));
      api.post("/api/needs", need).expect(202);
    }
    platform.awaitStreams();
    assertEquals(0, people.establishments.roomForDrafts(ehpad.finess()));
    String late = People.address();
    submit(late, ehpad);
    assertTrue(
        people
            .establishments
            .requester(ehpad.finess(), people.account(late).accountId())
            .isEmpty());

    people.setPassword(late);

    assertEquals(
        List.of("OPEN"), People.each(People.all(people.signIn(late), "/api/missions"), "status"));
  }

  @Test
  void R8_anAccountThatNobodyProvedGoesWithItsDrafts() {
    String email = People.address();
    Establishment ehpad = people.inRennes(People.finess());
    submit(email, ehpad);
    String token = people.link(people.account(email));

    platform.advance(Duration.ofDays(7).plusHours(1));
    platform.runSchedule("RetakeSubmissions");

    assertEquals(List.of(), people.unproved(email));
    assertEquals(List.of(), people.ofFiness(ehpad.finess()));
    assertTrue(people.establishments.known(ehpad.finess(), 0).requesters().isEmpty());
    assertEquals(200, people.establishments.roomForDrafts(ehpad.finess()));
    activate(token, 410);
  }

  @Test
  void R1_aLinkRequestMailsTheLatestThree() {
    String email = Volunteers.address();
    for (int i = 0; i < 4; i++) {
      register(email, "Nom" + "abcd".charAt(i));
    }
    platform.mailbox().clear();

    api.post("/api/password-links", Map.of("email", email)).expect(202);

    assertEquals(3, volunteers.subjects(email).size());
    activate(volunteers.lastToken(email), 204);
    assertEquals(List.of(), volunteers.unproved(email));
    activate(volunteers.lastToken(email), 410);
  }

  @Test
  void R1_twoLinksAtOnceMakeOneAccount() throws Exception {
    String email = Volunteers.address();
    register(email, "Kerbrat");
    register(email, "Faux");
    List<String> tokens = people.unproved(email).stream().map(people::link).toList();
    List<Callable<Integer>> uses = new ArrayList<>();
    for (String token : tokens) {
      uses.add(
          () ->
              api.post("/api/passwords", Map.of("token", token, "password", Volunteers.PASSWORD))
                  .status());
    }

    List<Integer> answers = together(uses);

    platform.awaitStreams();
    assertEquals(List.of(204, 410), answers.stream().sorted().toList());
    assertEquals(List.of(), volunteers.unproved(email));
    volunteers.signIn(email).get("/api/professionals/me").expect(200);
  }

  /** The classes of address that nothing may tell apart, each asked for as often as one likes. */
  private Map<String, Callable<String>> classes() {
    String unconfirmed = Volunteers.address();
    register(unconfirmed, "Kerbrat");
    String confirmed = Volunteers.address();
    volunteers.confirmed(confirmed);
    String requester = world.unapproved().email();
    String staff = Volunteers.address();
    platform.invoke(
        "SetStaffAccount",
        Map.of("email", staff, "role", "AGENCY", "region", "53", "enabled", true));
    Map<String, Callable<String>> classes = new LinkedHashMap<>();
    classes.put("unknown", Volunteers::address);
    classes.put("unconfirmed", () -> unconfirmed);
    classes.put("confirmed", () -> confirmed);
    classes.put("requester", () -> requester);
    classes.put("staff", () -> staff);
    return classes;
  }

  @Test
  void R1_eightAtOnceAreAllTakenWhoeverTheAddressBelongsTo() throws Exception {
    for (Map.Entry<String, Callable<String>> each : classes().entrySet()) {
      String email = each.getValue().call();
      List<Callable<Integer>> calls = new ArrayList<>();
      Establishment ehpad = people.inRennes(People.finess());
      for (int i = 0; i < 8; i++) {
        Map<String, Object> form = volunteers.form(email);
        form.put("identifierType", "RPPS");
        form.put("identifier", Volunteers.rpps());
        calls.add(() -> api.post("/api/professionals", form).status());
        calls.add(() -> api.post("/api/needs", people.need(email, ehpad)).status());
      }
      assertEquals(Collections.nCopies(16, 202), together(calls), each.getKey());
    }
    platform.awaitStreams();
  }

  @Test
  void everyAcceptedFormBecomesWhatItShouldThoughTheTablesAreOut() {
    for (String table : List.of("AccountsTable", "ProfessionalsTable", "OutboxTable")) {
      String volunteer = Volunteers.address();
      String requester = People.address();
      Establishment ehpad = people.inRennes(People.finess());
      Map<String, Object> form = volunteers.form(volunteer);
      try (Injection out = platform.faults().failTable(platform.tableName(table))) {
        api.post("/api/professionals", form).expect(202);
        api.post("/api/needs", people.need(requester, ehpad)).expect(202);
        if (!table.equals("ProfessionalsTable")) {
          await(() -> out.hits() > 1);
        }
      }
      assertEquals(1, volunteers.unproved(volunteer).size(), table);
      assertTrue(volunteers.profile(volunteers.unproved(volunteer).getFirst()).isPresent());
      assertEquals(1, people.ofFiness(ehpad.finess()).size(), table);
    }
  }

  @Test
  void aWorkerThatIsStoppedAtAnyCallGoesOn() {
    String known = Volunteers.address();
    volunteers.confirmed(known);
    for (Fault fault : List.of(Fault.OUTAGE, Fault.LOST_ANSWER)) {
      for (int stop = 0; stop < 8; stop++) {
        String volunteer = Volunteers.address();
        String requester = People.address();
        Establishment ehpad = people.inRennes(People.finess());
        AtomicInteger calls = new AtomicInteger();
        int at = stop;
        String guards = platform.tableName("GuardsTable");
        int documents = volunteers.allDocuments();
        Map<String, Object> refused = volunteers.form(known);
        Map<String, Object> form = volunteers.form(volunteer);
        try (Injection _ =
            platform
                .faults()
                .inject(
                    Service.TABLES,
                    fault,
                    // the forms' own calls all go to the guards as well, the worker's never do
                    call ->
                        !call.names(guards)
                            && !call.names(platform.tableName("OutboxTable"))
                            && calls.getAndIncrement() % 9 == at)) {
          api.post("/api/professionals", form).expect(202);
          api.post("/api/professionals", refused).expect(202);
          platform.awaitStreams();
        }
        api.post("/api/needs", people.need(requester, ehpad)).expect(202);
        assertEquals(1, volunteers.unproved(volunteer).size());
        assertTrue(volunteers.profile(volunteers.unproved(volunteer).getFirst()).isPresent());
        assertEquals(documents + 1, volunteers.allDocuments());
        assertEquals(1, people.ofFiness(ehpad.finess()).size());
      }
    }
  }

  @Test
  void recordsThatComeTwiceOrLateChangeNothing() {
    String email = Volunteers.address();
    register(email, "Kerbrat");
    String id = volunteers.unproved(email).getFirst();
    deliver("TakeSubmission", "submissionId", id, Map.of());
    assertEquals(List.of(id), volunteers.unproved(email));
    activate(people.link(people.account(email)), 204);
    deliver("TakeSubmission", "submissionId", id, Map.of());
    Api me = volunteers.signIn(email);
    final JsonNode sheet = me.get("/api/professionals/me").expect(200).json();
    Map<String, Object> proved =
        Map.of(
            "accountId", Map.of("S", "EMAIL#" + email),
            "account", Map.of("S", id),
            "status", Map.of("S", "PROVED"));
    deliver("FreeSubmissions", "accountId", "EMAIL#" + email, proved);
    assertEquals(sheet, me.get("/api/professionals/me").expect(200).json());

    me.delete("/api/professionals/me").expect(204);
    register(email, "Retour");
    // of an owner who is gone by now: nobody is freed
    deliver("FreeSubmissions", "accountId", "EMAIL#" + email, proved);
    assertEquals(1, volunteers.unproved(email).size());
  }

  private void deliver(String function, String key, String value, Map<String, Object> image) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("Keys", Map.of(key, Map.of("S", value)));
    data.put("SequenceNumber", "1");
    if (!image.isEmpty()) {
      data.put("NewImage", image);
    }
    JsonNode answer =
        platform.invoke(
            function, Map.of("Records", List.of(Map.of("eventName", "INSERT", "dynamodb", data))));
    assertTrue(answer.path("batchItemFailures").isEmpty(), answer.toString());
    platform.awaitStreams();
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "it does not come");
      Thread.onSpinWait();
    }
  }

  private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
      for (Future<T> answer : threads.invokeAll(tasks)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
