package renfort.candidacies;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.candidacies.model.Candidacy;
import renfort.environment.Environment;
import renfort.local.Api;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.People;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.pool.PoolStore;
import renfort.pool.model.Availability;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.PoolRow;
import renfort.storage.Writes;

/** R10, R18: days taken and given back by the mission, and rows from before that. */
@ExtendWith(PlatformExtension.class)
class EngagementTest {
  /** Once stood for every later day. */
  private static final LocalDate CLAMPED = LocalDate.of(2097, 9, 26);

  private static final LocalDate FAR = LocalDate.of(2099, 12, 31);

  private LocalPlatform platform;
  private World world;
  private People people;
  private PoolStore pool;
  private CandidacyStore candidacies;
  private Requester requester;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    people = new People(local, api);
    Environment environment = Invariants.environment(local);
    pool = new PoolStore(environment);
    candidacies = new CandidacyStore(environment);
    requester = world.approved();
  }

  @Test
  void R10_aMissionThatEndsIn2099IsNotTaken() {
    for (LocalDate end : List.of(CLAMPED.plusDays(1), FAR)) {
      JsonNode problem =
          requester
              .api()
              .post("/api/missions", Map.of("missions", List.of(world.terms("end", "" + end))))
              .expect(422)
              .problem();
      assertEquals("missions[0].end", problem.at("/errors/0/field").asText());
      assertTrue(problem.at("/errors/0/message").asText().contains("deux ans"), problem.toString());
    }
  }

  @Test
  void R18_aMissionOfBeforeThatEndsIn2099TakesTwoYearsAndGivesThemBack() {
    String mission = stored(world.today().plusDays(1), FAR);
    String nurse = people.nurse();
    requester.contact(mission, nurse).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse));
    Days taken = new Days(world.today().plusDays(1), world.today().plusYears(2));
    assertEquals(List.of(Engagement.of(mission, taken)), engagements(nurse));
    assertEquals(taken, candidacies.find(mission, nurse).orElseThrow().engagement());
    assertEquals("RELEASED", requester.release(mission, nurse));
    assertEquals(List.of(), engagements(nurse));
    assertTrue(
        world.candidate(requester.api(), requester.submit(world.terms()), nurse).isPresent());
  }

  @Test
  void R18_daysAreGivenBackByTheMissionAmongSeveral() {
    String nurse = people.nurse();
    String first = affected(nurse, 2);
    String second = affected(nurse, 20);
    assertEquals(2, engagements(nurse).size());
    assertEquals("RELEASED", requester.release(first, nurse));
    assertTrue(engagements(nurse).getFirst().isOf(second));
    assertEquals(
        List.of(), new Invariants(platform).broken(List.of(nurse), List.of(first, second)));
  }

  @Test
  void R18_anEngagementOfBeforeIsGivenBackUnrepaired() {
    String nurse = people.nurse();
    String mission = affected(nurse, 2);
    Days days = requireNonNull(candidacies.find(mission, nurse).orElseThrow().engagement());
    unnamed(nurse, days);
    assertEquals("RELEASED", requester.release(mission, nurse));
    assertEquals(List.of(), engagements(nurse));
  }

  @Test
  void R18_theRepairFreesWhoWasStuckNamesTheOthersAndChangesNothingTheSecondTime() {
    String stuck = people.nurse();
    String given = affected(stuck, 2);
    assertEquals("RELEASED", requester.release(given, stuck));
    unnamed(stuck, new Days(world.today().plusDays(2), CLAMPED));
    String listing = requester.submit(world.terms());
    assertFalse(world.candidate(requester.api(), listing, stuck).isPresent());

    String clamped = people.nurse();
    String far = affected(clamped, 2);
    save(
        candidacies
            .find(far, clamped)
            .orElseThrow()
            .engagedFor(new Days(world.today().plusDays(2), FAR)));
    unnamed(clamped, new Days(world.today().plusDays(2), CLAMPED));

    String plain = people.nurse();
    String one = affected(plain, 2);
    String another = affected(plain, 20);
    Days days = requireNonNull(candidacies.find(one, plain).orElseThrow().engagement());
    // the first from before, the second named already
    replace(
        plain,
        engagements(plain).stream()
            .map(each -> each.isOf(one) ? Engagement.unnamed(days) : each)
            .toList());

    String untouched = people.nurse();
    affected(untouched, 2);
    long version = pool.find(untouched).orElseThrow().version();

    assertEquals("COMPLETE", repair().path("state").asText());
    assertEquals(List.of(), engagements(stuck));
    assertTrue(world.candidate(requester.api(), listing, stuck).isPresent());
    Days horizon = new Days(world.today().plusDays(2), world.today().plusYears(2));
    assertEquals(List.of(Engagement.of(far, horizon)), engagements(clamped));
    assertEquals(horizon, candidacies.find(far, clamped).orElseThrow().engagement());
    assertEquals(2, engagements(plain).size());
    assertTrue(engagements(plain).contains(Engagement.of(one, days)));
    assertTrue(engagements(plain).stream().anyMatch(each -> each.isOf(another)));
    assertEquals(version, pool.find(untouched).orElseThrow().version());

    JsonNode again = repair();
    assertEquals("COMPLETE", again.path("state").asText());
    assertEquals(0, again.path("repaired").asInt(-1));
    assertEquals("RELEASED", requester.release(far, clamped));
    assertEquals(List.of(), engagements(clamped));
  }

  private JsonNode repair() {
    return platform.invoke("RepairEngagements", Map.of());
  }

  /** Somebody affected to a mission of four days that begins in some. */
  private String affected(String nurse, int inDays) {
    Map<String, Object> terms = world.terms("start", world.today().plusDays(inDays).toString());
    terms.put("end", world.today().plusDays(inDays + 3L).toString());
    String mission = requester.submit(terms);
    requester.contact(mission, nurse).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse));
    return mission;
  }

  /** A mission with dates that no form takes any more. */
  private String stored(LocalDate start, LocalDate end) {
    String mission = requester.submit(world.terms());
    Mission before = people.stored(mission);
    Terms terms = before.terms();
    people.save(
        before.edited(
            new Terms(
                start,
                end,
                terms.profession(),
                terms.speciality(),
                terms.count(),
                terms.vehicle(),
                terms.weekend(),
                terms.nursingHome(),
                terms.intensiveCare())));
    return mission;
  }

  private void unnamed(String nurse, Days days) {
    replace(nurse, List.of(Engagement.unnamed(days)));
  }

  private void replace(String nurse, List<Engagement> engagements) {
    PoolRow row = pool.find(nurse).orElseThrow();
    Writes writes = new Writes();
    pool.save(writes, row.with(new Availability(row.availability().declared(), engagements)));
    people.commit(writes);
  }

  private void save(Candidacy candidacy) {
    Writes writes = new Writes();
    candidacies.save(writes, candidacy);
    people.commit(writes);
  }

  private List<Engagement> engagements(String nurse) {
    return pool.find(nurse).orElseThrow().availability().engagements();
  }
}
