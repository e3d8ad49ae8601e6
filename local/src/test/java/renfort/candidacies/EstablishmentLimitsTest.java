package renfort.candidacies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.candidacies.Candidacies.Contacted;
import renfort.environment.Environment;
import renfort.establishments.ContactStore;
import renfort.establishments.model.Contacting;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.People;

/** R16, R27: how many people one establishment holds and contacts, and who may allow it more. */
@ExtendWith(PlatformExtension.class)
class EstablishmentLimitsTest {
  private static final int HOLDS = 60;

  private LocalPlatform platform;
  private World world;
  private People people;
  private Environment environment;
  private ContactStore contacts;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    people = new People(local, api);
    environment = Invariants.environment(local);
    contacts = new ContactStore(environment);
  }

  @Test
  void R16_aMissionOf500PlacesHoldsNoMoreThanTheEstablishmentMay() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms("count", 500));
    List<String> nurses = nurses(HOLDS + 3);
    for (String nurse : nurses.subList(0, HOLDS)) {
      requester.contact(mission, nurse).expect(200);
    }
    Answer refused = requester.contact(mission, nurses.get(HOLDS)).expect(409);
    assertEquals("too-many-held", refused.problemType());
    String detail = refused.json().path("detail").asText();
    assertTrue(detail.contains("60") && detail.contains("ARS"), detail);
    requester.contact(mission, nurses.getFirst()).expect(200);
    assertEquals(HOLDS, requester.mission(mission).path("held").asInt());
    assertEquals(HOLDS, listed(requester).path("holds").asInt());
    assertEquals(HOLDS, listed(requester).path("contactsToday").asInt());

    assertEquals("REFUSED", requester.refuse(mission, nurses.getFirst()));
    requester.contact(mission, nurses.get(HOLDS)).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurses.get(1)));
    requester.contact(mission, nurses.get(HOLDS + 1)).expect(200);
    assertEquals(
        "too-many-held",
        requester.contact(mission, nurses.get(HOLDS + 2)).expect(409).problemType());
    assertEquals(List.of(), new Invariants(environment).broken(nurses, List.of(mission)));
  }

  @Test
  void R16_missionsOfOnePlaceHoldNoMoreTogether() {
    Requester requester = world.approved();
    List<String> missions = IntStream.range(0, 25).mapToObj(i -> submit(requester)).toList();
    List<String> nurses = nurses(75);
    int held = 0;
    for (int i = 0; i < nurses.size(); i++) {
      Answer answer = requester.contact(missions.get(i / 3), nurses.get(i));
      held += answer.status() == 200 ? 1 : 0;
      assertTrue(
          answer.status() == 200 || answer.problemType().equals("too-many-held"), answer.text());
    }
    assertEquals(HOLDS, held);
  }

  @Test
  void R16_aHoldThatIsOverMakesRoomSweptOrNot() {
    Requester requester = world.approved();
    limit(requester, 2, 200);
    String mission = requester.submit(world.terms("count", 10));
    List<String> nurses = nurses(4);
    requester.contact(mission, nurses.get(0)).expect(200);
    requester.contact(mission, nurses.get(1)).expect(200);
    requester.contact(mission, nurses.get(2)).expect(409);
    platform.advance(Duration.ofHours(36).plusSeconds(1));
    Requester later = world.signedIn(requester);
    assertEquals(0, listed(later).path("holds").asInt());
    later.contact(mission, nurses.get(2)).expect(200);
    later.contact(mission, nurses.get(3)).expect(200);
    platform.runSchedule("SweepHolds");
    assertEquals(2, listed(later).path("holds").asInt());
    assertEquals(List.of(), new Invariants(environment).broken(nurses, List.of(mission)));
  }

  @Test
  void R16_whateverEndsAHoldFreesItsSlot() {
    Requester requester = world.approved();
    limit(requester, 1, 200);
    String mission = requester.submit(world.terms("count", 10));
    Volunteer declining = world.volunteer();
    Api own = world.as(declining);
    requester.contact(mission, declining.id()).expect(200);
    own.post("/api/professionals/me/candidacies/" + mission + "/decline").expect(204);
    assertEquals(0, listed(requester).path("holds").asInt(), "declined");

    Volunteer unavailable = world.volunteer();
    Api theirs = world.as(unavailable);
    requester.contact(mission, unavailable.id()).expect(200);
    theirs.put("/api/professionals/me/availability", Map.of("available", false)).expect(204);
    assertEquals(0, listed(requester).path("holds").asInt(), "unavailable");

    Volunteer erased = world.volunteer();
    Api gone = world.as(erased);
    requester.contact(mission, erased.id()).expect(200);
    gone.delete("/api/professionals/me").expect(204);
    platform.awaitStreams(Duration.ofSeconds(30));
    assertEquals(0, listed(requester).path("holds").asInt(), "erased");

    List<String> nurses = nurses(2);
    requester.contact(mission, nurses.get(0)).expect(200);
    requester.api().put("/api/missions/" + mission + "/status", Map.of("status", "FILLED"));
    platform.awaitStreams(Duration.ofSeconds(30));
    assertEquals(0, listed(requester).path("holds").asInt(), "POURVUE");

    String other = submit(requester);
    requester.contact(other, nurses.get(1)).expect(200);
    requester.api().delete("/api/missions/" + other).expect(204);
    platform.awaitStreams(Duration.ofSeconds(30));
    assertEquals(0, listed(requester).path("holds").asInt(), "cancelled");
  }

  @Test
  void R16_contactsOfADayAreCountedOverAllMissionsAndBeginAgainTheNextDay() {
    startTheDay();
    Requester requester = world.approved();
    limit(requester, 60, 3);
    String mission = requester.submit(world.terms("count", 10));
    String other = requester.submit(world.terms("count", 10));
    List<String> nurses = nurses(4);
    requester.contact(mission, nurses.get(0)).expect(200);
    requester.refuse(mission, nurses.get(0));
    requester.contact(mission, nurses.get(1)).expect(200);
    requester.contact(mission, nurses.get(1)).expect(200);
    requester.contact(other, nurses.get(2)).expect(200);
    assertEquals(3, listed(requester).path("contactsToday").asInt());
    Answer refused = requester.contact(other, nurses.get(3)).expect(429);
    assertEquals("too-many-requests", refused.problemType());
    String detail = refused.json().path("detail").asText();
    assertTrue(detail.contains("3 professionnels par jour") && detail.contains("ARS"), detail);
    long wait = Long.parseLong(refused.header("retry-after").orElseThrow());
    assertTrue(wait > 0 && wait <= Duration.ofDays(1).toSeconds(), "after " + wait);
    requester.contact(other, nurses.get(2)).expect(200);
    platform.advance(Duration.ofSeconds(wait));
    Requester tomorrow = world.signedIn(requester);
    assertEquals(0, listed(tomorrow).path("contactsToday").asInt());
    tomorrow.contact(other, nurses.get(3)).expect(200);
    assertEquals(1, listed(tomorrow).path("contactsToday").asInt());
  }

  @Test
  void R24_anAgencyRaisesTheLimitsOfItsEstablishmentsAndTheJournalTells() {
    Requester requester = world.approved();
    String path = "/api/establishments/" + requester.finess() + "/limits";
    Map<String, Object> wish = Map.of("holds", 61, "contactsPerDay", 201);
    assertEquals(60, listed(requester).at("/limits/holds").asInt());
    assertEquals(200, listed(requester).at("/limits/contactsPerDay").asInt());
    requester.api().put(path, wish).expect(403);
    world.agency("52").put(path, wish).expect(404);
    world.agency("53").put("/api/establishments/" + World.finess() + "/limits", wish).expect(404);
    world.agency("53").put("/api/establishments/x/limits", wish).expect(404);
    JsonNode set = world.agency("53").put(path, wish).expect(200).json();
    assertEquals(requester.finess(), set.path("finess").asText());
    assertEquals(61, set.at("/limits/holds").asInt());
    assertEquals(201, listed(requester).at("/limits/contactsPerDay").asInt());
    world.national().put(path, Map.of("holds", 500, "contactsPerDay", 2000)).expect(200);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("holds", 0, "contactsPerDay", 1),
            Map.of("holds", 501, "contactsPerDay", 1),
            Map.of("holds", 1, "contactsPerDay", 2001),
            Map.of("holds", 1))) {
      world.agency("53").put(path, wrong).expect(422);
    }
    assertEquals(
        2,
        new Journal(environment)
            .of(Subject.establishment(requester.finess())).stream()
                .filter(entry -> entry.action().equals("LIMITS_SET"))
                .count());
  }

  @Test
  void R16_racingContactsNeverHoldMoreThanTheLimit() throws Exception {
    Requester requester = world.approved();
    limit(requester, HOLDS, 100);
    List<String> missions = new ArrayList<>();
    // 200 open ones are the limit (R27), and the need that made the account has one
    for (int i = 0; i < 4; i++) {
      missions.addAll(
          requester
              .api()
              .post(
                  "/api/missions",
                  Map.of("missions", IntStream.range(0, 40).mapToObj(n -> world.terms()).toList()))
              .expect(201)
              .json()
              .findValuesAsText("id"));
    }
    List<String> nurses = nurses(200);
    Candidacies use = new Candidacies(environment);
    List<Callable<Contacted>> racing =
        // ten thousand: bin/bench-holds
        IntStream.range(0, 1_000)
            .<Callable<Contacted>>mapToObj(
                i ->
                    () ->
                        use.contact(
                            missions.get(i * 7 % missions.size()),
                            nurses.get(i % nurses.size()),
                            "requester",
                            false,
                            Duration.ofHours(36)))
            .toList();
    List<Contacted> answers = new ArrayList<>();
    try (var conflicts = platform.faults().conflict(0.05);
        ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (Future<Contacted> answer : threads.invokeAll(racing)) {
        answers.add(answer.get());
      }
      assertTrue(conflicts.hits() > 0, "conflicts were met");
    }
    Contacting contacting = contacts.find(requester.finess());
    Instant now = platform.clock().instant();
    assertEquals(HOLDS, contacting.held(now), "all that may be held, and not one more");
    assertEquals(HOLDS, contacting.contacted(world.today()), "each hold was counted once");
    assertTrue(answers.stream().anyMatch(Contacted.HoldsUsedUp.class::isInstance));
    assertFalse(
        answers.stream().anyMatch(Contacted.DayUsedUp.class::isInstance), "the day has room");
    assertEquals(List.of(), new Invariants(environment).broken(nurses, missions));

    // with the holds raised the day ends it, as exactly
    limit(requester, 500, 100);
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      threads.invokeAll(racing.subList(0, 400));
    }
    assertEquals(100, contacts.find(requester.finess()).contacted(world.today()));
    assertEquals(100, contacts.find(requester.finess()).held(now));
    assertEquals(List.of(), new Invariants(environment).broken(nurses, missions));
  }

  private List<String> nurses(int count) {
    return IntStream.range(0, count).mapToObj(i -> people.nurse()).toList();
  }

  private String submit(Requester requester) {
    return requester.submit(world.terms());
  }

  private void limit(Requester requester, int holds, int contactsPerDay) {
    world
        .agency("53")
        .put(
            "/api/establishments/" + requester.finess() + "/limits",
            Map.of("holds", holds, "contactsPerDay", contactsPerDay))
        .expect(200);
  }

  /** Moves to the next morning when the day is nearly over, so that one test sees one day. */
  private void startTheDay() {
    ZoneId paris = ZoneId.of("Europe/Paris");
    if (platform.clock().instant().atZone(paris).toLocalTime().isAfter(LocalTime.of(23, 0))) {
      platform.advance(Duration.ofHours(2));
    }
  }

  /** The establishment as its agency sees it. */
  private JsonNode listed(Requester requester) {
    String cursor = "";
    do {
      JsonNode page =
          world
              .agency("53")
              .get("/api/regions/53/establishments?limit=100" + cursor)
              .expect(200)
              .json();
      for (JsonNode item : page.path("items")) {
        if (item.path("finess").asText().equals(requester.finess())) {
          return item;
        }
      }
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    throw new AssertionError(requester.finess() + " is not listed");
  }
}
