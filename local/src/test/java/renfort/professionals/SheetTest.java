package renfort.professionals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.environment.Environment;
import renfort.local.Api;
import renfort.local.Faults.Injection;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.pool.PoolStore;
import renfort.pool.model.Hold;
import renfort.pool.model.PoolRow;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

@ExtendWith(PlatformExtension.class)
class SheetTest {
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
  void R6_everythingButTheAddressIsEdited() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    final String professionalId = volunteers.professionalId(email).orElseThrow();
    final String rank = volunteers.poolRow(professionalId).orElseThrow().text("r");
    Map<String, Object> form = volunteers.sheet();
    form.put("lastName", "Le Goff");
    form.put("firstName", "Loïc");
    form.put("phone", "+262639981234");
    form.put("region", "11");
    form.put("profession", "313");
    form.put("identifierType", "ADELI");
    form.put("identifier", "999912345");
    form.put("activityType", "RETIRED");
    form.put("employer", "Aucun à ce jour");
    form.put("postalCode", "29200");
    form.put("city", "brest");
    form.put("vehicle", false);
    form.put("nursingHome", true);
    form.put("intensiveCare", true);
    form.put("vaccination", false);
    form.put("message", "Merci d'appeler le matin.");
    form.put(
        "availabilities",
        List.of(Volunteers.period(volunteers.start().plusDays(3).toString(), false, true)));
    form.put("mobility", List.of());
    form.put("version", 1);
    platform.advance(Duration.ofMinutes(5));

    JsonNode edited = me.put(ME, form).expect(200).json();

    form.put("city", "Brest");
    form.put("version", 2);
    form.put("email", email);
    form.put("available", true);
    form.put("emailConfirmed", true);
    form.put("reference", edited.path("reference").asText());
    form.put("documents", List.of(Map.of("kind", "IDENTITY", "fileName", "identite.pdf")));
    assertEquals(Volunteers.tree(form), edited);
    assertEquals(edited, me.get(ME).expect(200).json());
    JsonNode account = me.get("/api/me").expect(200).json();
    assertEquals("Le Goff", account.path("lastName").asText());
    assertEquals("Loïc", account.path("firstName").asText());
    assertEquals("+262639981234", account.path("phone").asText());
    var row = volunteers.poolRow(professionalId).orElseThrow();
    assertEquals("313#11#AUTRE", row.text("p"), "they live outside the region they chose");
    assertTrue(row.text("r").compareTo(rank) < 0, "a fresher sheet ranks before");
    assertTrue(volunteers.flags(professionalId).contains("C"));
    assertEquals(
        List.of("REGISTERED", "PASSWORD_SET", "SHEET_EDITED", "SHEET_EXPORTED"),
        Volunteers.actions(me.get(ME + "/export").expect(200).json()));
  }

  @Test
  void R6_addressConsentAndUnknownFieldsAreRefused() {
    Api me = volunteers.confirmed(Volunteers.address());
    final JsonNode before = me.get(ME).expect(200).json();
    Map<String, Object> form = volunteers.sheet();
    form.put("lastName", "");
    form.put("email", Volunteers.address());
    form.put("consent", true);
    form.put("available", false);

    JsonNode problem = me.put(ME, form).expect(422).problem();

    assertEquals(Set.of("lastName", "email", "consent", "available"), Volunteers.fields(problem));
    assertEquals(before, me.get(ME).expect(200).json());
  }

  @Test
  void R6_theStaleTabIsRefusedAndLosesNothing() {
    Api me = volunteers.confirmed(Volunteers.address());
    Map<String, Object> form = volunteers.sheet();
    form.put("version", 1);
    form.put("lastName", "Premier");
    me.put(ME, form).expect(200);
    form.put("lastName", "Second");

    assertEquals("stale", me.put(ME, form).expect(409).problemType());

    assertEquals("Premier", me.get(ME).expect(200).json().path("lastName").asText());
    form.remove("version");
    assertEquals(3, me.put(ME, form).expect(200).json().path("version").asInt());
  }

  @Test
  void R6_ofTwoEditsAtOnceOneIsStale() throws Exception {
    Api me = volunteers.confirmed(Volunteers.address());
    List<Thread> threads = new ArrayList<>();
    List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      Map<String, Object> form = volunteers.sheet();
      form.put("version", 1);
      form.put("lastName", "Nom " + (char) ('a' + i));
      threads.add(Thread.startVirtualThread(() -> answers.add(me.put(ME, form).status())));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(1, answers.stream().filter(status -> status == 200).count(), answers.toString());
    assertEquals(3, answers.stream().filter(status -> status == 409).count(), answers.toString());
    assertEquals(2, me.get(ME).expect(200).json().path("version").asInt());
  }

  @Test
  void R3_R6_aDocumentIsReplacedWhenAnotherIsGiven() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    String professionalId = volunteers.professionalId(email).orElseThrow();
    Map<String, Object> form = volunteers.sheet();
    form.put("diplomaId", volunteers.upload("diplome.pdf"));
    me.put(ME, form).expect(200);
    final List<String> two = volunteers.documents(professionalId);
    assertEquals(2, two.size());

    String identity = volunteers.upload("passeport.pdf");
    form = volunteers.sheet();
    form.put("identityDocumentId", identity);
    JsonNode sheet = me.put(ME, form).expect(200).json();

    assertEquals(
        Volunteers.tree(
            List.of(
                Map.of("kind", "IDENTITY", "fileName", "passeport.pdf"),
                Map.of("kind", "DIPLOMA", "fileName", "diplome.pdf"))),
        sheet.path("documents"));
    List<String> now = volunteers.documents(professionalId);
    assertEquals(2, now.size());
    assertTrue(now.contains(identity));
    assertNotEquals(two, now);
    form.put("identityDocumentId", volunteers.upload("x.pdf", "application/pdf", Volunteers.TEXT));
    JsonNode problem = me.put(ME, form).expect(422).problem();
    assertEquals(Set.of("identityDocumentId"), Volunteers.fields(problem));
    assertEquals(now, volunteers.documents(professionalId));
  }

  @Test
  void R6_unavailableIsAtOnceAndTwiceIsOnce() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    String professionalId = volunteers.professionalId(email).orElseThrow();

    me.put(ME + "/availability", Map.of("available", false)).expect(204);
    me.put(ME + "/availability", Map.of("available", false)).expect(204);

    JsonNode sheet = me.get(ME).expect(200).json();
    assertFalse(sheet.path("available").asBoolean(true));
    assertEquals(1, sheet.path("version").asInt(), "another tab may go on editing");
    var row = volunteers.poolRow(professionalId).orElseThrow();
    assertFalse(row.has("p"));
    assertEquals("53", row.text("g"), "the agency still sees them");

    me.put(ME, volunteers.sheet()).expect(200);
    assertFalse(volunteers.poolRow(professionalId).orElseThrow().has("p"));
    me.put(ME + "/availability", Map.of("available", true)).expect(204);
    assertEquals("60#53#35", volunteers.poolRow(professionalId).orElseThrow().text("p"));
    assertEquals(
        List.of(
            "REGISTERED",
            "PASSWORD_SET",
            "UNAVAILABLE",
            "SHEET_EDITED",
            "AVAILABLE",
            "SHEET_EXPORTED"),
        Volunteers.actions(me.get(ME + "/export").expect(200).json()));
  }

  @Test
  void R6_availableIsAFlagThatMustBeThere() {
    Api me = volunteers.confirmed(Volunteers.address());

    JsonNode problem =
        me.put(ME + "/availability", Map.of("disponible", true)).expect(422).problem();

    assertEquals(Set.of("available", "disponible"), Volunteers.fields(problem));
  }

  @Test
  void whoIsUnavailableIsFreedOfALiveHoldOnly() {
    String email = Volunteers.address();
    api.post("/api/professionals", volunteers.form(email)).expect(202);
    String professionalId = volunteers.professionalId(email).orElseThrow();
    Environment environment = volunteers.environment();
    hold(environment, professionalId, Duration.ofHours(36));
    List<PoolRow> freed = new ArrayList<>();
    Turning turning = new Turning(environment, new FreeingHolds(freed));

    assertEquals(Turning.Outcome.DONE, turning.turn(professionalId, true, "actor"));
    assertEquals(List.of(), freed, "available already");
    assertEquals(Turning.Outcome.DONE, turning.turn(professionalId, false, "actor"));
    assertEquals(1, freed.size());
    assertFalse(volunteers.poolRow(professionalId).orElseThrow().has("h"));

    assertEquals(Turning.Outcome.DONE, turning.turn(professionalId, true, "actor"));
    hold(environment, professionalId, Duration.ofHours(-1));
    assertEquals(Turning.Outcome.DONE, turning.turn(professionalId, false, "actor"));
    assertEquals(1, freed.size(), "a hold that is over is no hold");
  }

  @Test
  void aConflictAtEveryTryIs409AndNothingIsStored() {
    String email = Volunteers.address();
    Api me = volunteers.confirmed(email);
    final JsonNode before = me.get(ME).expect(200).json();
    Map<String, Object> form = volunteers.sheet();
    form.put("lastName", "Le Goff");
    try (Injection _ = platform.faults().conflict(1)) {
      assertEquals("retry", me.put(ME, form).expect(409).problemType());
      assertEquals(
          "retry",
          me.put(ME + "/availability", Map.of("available", false)).expect(409).problemType());
      assertEquals("retry", me.delete(ME).expect(409).problemType());
    }
    assertEquals(before, me.get(ME).expect(200).json());
    assertEquals("Kerbrat", me.get("/api/me").expect(200).json().path("lastName").asText());
  }

  @Test
  void othersHaveNoSheet() {
    String email = Volunteers.address();
    platform.invoke(
        "SetStaffAccount",
        Map.of("email", email, "role", "AGENCY", "region", "53", "enabled", true));
    volunteers.activate(email);
    Api staff = volunteers.signIn(email);

    staff.get(ME).expect(403).problem();
    staff.put(ME, volunteers.sheet()).expect(403).problem();
    staff.put(ME + "/availability", Map.of("available", false)).expect(403).problem();
    staff.get(ME + "/export").expect(403).problem();
    staff.delete(ME).expect(403).problem();
    api.get(ME).expect(401);
    staff.get("/api/me").expect(200);
  }

  private void hold(Environment environment, String professionalId, Duration left) {
    PoolStore pool = new PoolStore(environment);
    Writes writes = new Writes();
    pool.save(
        writes,
        pool.find(professionalId)
            .orElseThrow()
            .held(new Hold("mission", platform.clock().instant().plus(left))));
    assertEquals(new Commit.Done(), Database.of(environment).commit(writes));
  }

  /** Notes whose hold it is asked to free. */
  private record FreeingHolds(List<PoolRow> freed) implements Ties {
    @Override
    public PoolRow freeHold(Writes writes, PoolRow row, String actor) {
      freed.add(row);
      return row.held(null);
    }

    @Override
    public Optional<String> erase(String professionalId, @Nullable String place) {
      throw new AssertionError();
    }

    @Override
    public renfort.storage.Part<Map<String, Object>> export(
        String professionalId, @Nullable String place, int limit) {
      throw new AssertionError();
    }
  }
}
