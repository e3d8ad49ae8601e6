package renfort.candidacies;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.accounts.model.Establishment;
import renfort.candidacies.Candidacies.Contacted;
import renfort.environment.Environment;
import renfort.establishments.ContactStore;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Limits;
import renfort.establishments.model.RequesterStatus;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.pool.PoolStore;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * What many do at once leaves the invariants whole (R16-R21): races over HTTP and a mixed storm,
 * with conflicts injected.
 */
@ExtendWith(PlatformExtension.class)
class StormTest {
  private static final int RACERS = 500;

  private LocalPlatform platform;
  private World world;
  private Environment environment;
  private MissionStore missions;
  private PoolStore pool;
  private EstablishmentStore establishments;
  private Invariants invariants;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    environment = Invariants.environment(local);
    missions = new MissionStore(environment);
    pool = new PoolStore(environment);
    establishments = new EstablishmentStore(environment);
    invariants = new Invariants(environment);
  }

  @Test
  void fiveHundredContactsOfOnePersonByAsManyEstablishmentsGiveOneHold() throws Exception {
    Volunteer nurse = world.volunteer();
    List<Mission> theirs = IntStream.range(0, RACERS).mapToObj(i -> mission(i, 1)).toList();
    Candidacies use = new Candidacies(environment);
    List<Contacted> answers =
        together(
            theirs.stream()
                .<Callable<Contacted>>map(
                    mission ->
                        () ->
                            use.contact(
                                mission.missionId(),
                                nurse.id(),
                                "requester",
                                false,
                                Duration.ofHours(36)))
                .toList());
    assertEquals(1, answers.stream().filter(Contacted.Held.class::isInstance).count());
    assertEquals(List.of(), invariants.broken(List.of(nurse.id()), ids(theirs)));
  }

  @Test
  void racingContactsOverHttpWithConflictsInjectedGiveOneHoldAndNoFault() throws Exception {
    Volunteer nurse = world.volunteer();
    List<Requester> requesters = new ArrayList<>();
    Map<Requester, String> theirs = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      Requester requester = world.approved();
      requesters.add(requester);
      theirs.put(requester, requester.submit(world.terms()));
    }
    try (var conflicts = platform.faults().conflict(0.7)) {
      List<Answer> answers =
          together(
              IntStream.range(0, RACERS)
                  .<Callable<Answer>>mapToObj(
                      i ->
                          () -> {
                            Requester requester = requesters.get(i % requesters.size());
                            return requester.contact(theirs.get(requester), nurse.id());
                          })
                  .toList());
      assertTrue(conflicts.hits() > 0, "conflicts were met");
      assertTrue(
          answers.stream().allMatch(answer -> answer.status() == 200 || answer.status() == 409),
          () ->
              answers.stream()
                  .filter(answer -> answer.status() != 200 && answer.status() != 409)
                  .findFirst()
                  .map(Answer::text)
                  .orElse(""));
      assertEquals(
          1,
          answers.stream()
              .filter(answer -> answer.status() == 200)
              .map(Answer::request)
              .distinct()
              .count(),
          "one establishment holds, however often it asks");
    }
  }

  @Test
  void aMixedStormLeavesTheInvariantsWhole() throws Exception {
    List<String> people =
        new ArrayList<>(IntStream.range(0, 8).mapToObj(i -> world.volunteer().id()).toList());
    // two missions each of three establishments that may hold two people
    List<Mission> storm = IntStream.range(0, 6).mapToObj(i -> mission(i % 3, 1 + i % 3)).toList();
    for (Mission mission : storm.subList(0, 3)) {
      Writes writes = new Writes();
      new ContactStore(environment)
          .save(writes, mission.establishment().finess(), new Limits(2, 2000), 0);
      Database.of(environment).commit(writes);
    }
    Candidacies use = new Candidacies(environment);
    CandidacyTies ties = new CandidacyTies(environment);
    Map<String, Boolean> erased = new ConcurrentHashMap<>();
    try (var conflicts = platform.faults().conflict(0.05)) {
      List<Callable<Boolean>> workers =
          IntStream.range(0, 12)
              .<Callable<Boolean>>mapToObj(
                  worker ->
                      () -> {
                        Random random = new Random(worker);
                        for (int i = 0; i < 60; i++) {
                          String person = people.get(random.nextInt(people.size()));
                          String mission = storm.get(random.nextInt(storm.size())).missionId();
                          act(random, use, ties, mission, person, erased);
                          if (worker == 0 && i % 10 == 9) {
                            // holds run out in the middle of it all
                            platform.clock().advance(Duration.ofHours(13));
                          }
                        }
                        return true;
                      })
              .toList();
      assertTrue(together(workers).stream().allMatch(done -> done));
      assertTrue(conflicts.hits() > 0, "conflicts were met");
    }
    storm.forEach(mission -> use.releaseAll(mission.missionId()));
    people.forEach(use::endPushesOf);
    assertEquals(List.of(), invariants.broken(people, ids(storm)));
    assertTrue(
        storm.stream()
            .map(mission -> missions.find(mission.missionId()).orElseThrow())
            .anyMatch(mission -> mission.version() > 20),
        "the storm did something");
  }

  @Test
  void R14_noSheetReadInAStormShowsMoreThanItsStatusAllows() throws Exception {
    List<Requester> requesters = List.of(world.approved(), world.approved(), world.approved());
    Map<Requester, List<String>> theirs = new HashMap<>();
    for (Requester requester : requesters) {
      theirs.put(
          requester,
          List.of(
              requester.submit(world.terms("count", 2)),
              requester.submit(world.terms("count", 2))));
    }
    List<Volunteer> people = world.volunteers(6, Map.of());
    Set<String> over = ConcurrentHashMap.newKeySet();
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    List<Callable<Boolean>> workers =
        IntStream.range(0, 9)
            .<Callable<Boolean>>mapToObj(
                worker ->
                    () -> {
                      Random random = new Random(worker);
                      for (int i = 0; i < 40; i++) {
                        Requester requester = requesters.get(random.nextInt(requesters.size()));
                        String mission =
                            requireNonNull(theirs.get(requester)).get(random.nextInt(2));
                        String person = people.get(random.nextInt(people.size())).id();
                        boolean wasOver = over.contains(mission + " " + person);
                        if (wasOver || worker % 3 == 0) {
                          look(requester, mission, person, wasOver).ifPresent(wrong::add);
                        } else if (decided(requester, mission, person, random.nextInt(6))) {
                          over.add(mission + " " + person);
                        }
                      }
                      return true;
                    })
            .toList();
    assertTrue(together(workers).stream().allMatch(done -> done));
    assertEquals(List.of(), wrong);
    assertFalse(over.isEmpty(), "something ended");
  }

  /** Contacts, affects, refuses or releases; whether it has ended what there was for a day. */
  private static boolean decided(Requester requester, String mission, String person, int what) {
    return switch (what) {
      case 0, 1, 2 -> {
        requester.contact(mission, person);
        yield false;
      }
      case 3 -> {
        requester.affect(mission, person);
        yield false;
      }
      case 4 -> requester.refuse(mission, person).equals("REFUSED");
      default -> requester.release(mission, person).equals("RELEASED");
    };
  }

  /** What is wrong with a sheet as it is shown now. */
  private static Optional<String> look(
      Requester requester, String mission, String person, boolean isOver) {
    Answer answer = requester.api().get("/api/missions/" + mission + "/candidates/" + person);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    JsonNode sheet = answer.expect(200).json();
    boolean isReachable = Stream.of("phone", "email", "employer", "documents").anyMatch(sheet::has);
    boolean mayBe =
        !isOver
            && Set.of("TO_VERIFY", "CONTACTED", "AFFECTED").contains(sheet.path("status").asText());
    return isReachable && !mayBe ? Optional.of(isOver + " " + sheet) : Optional.empty();
  }

  private void act(
      Random random,
      Candidacies use,
      CandidacyTies ties,
      String mission,
      String person,
      Map<String, Boolean> erased) {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> use.contact(mission, person, "requester", false, Duration.ofHours(12));
      case 4, 5 -> use.affect(mission, person, "requester");
      case 6 -> use.refuse(mission, person, "requester");
      case 7 -> use.release(mission, person, "requester");
      case 8 -> use.push(mission, person, "agency", "REGIONAL", null, true);
      case 9 -> use.lapse(mission, person);
      case 10 -> unavailable(ties, person);
      default -> {
        if (random.nextInt(20) == 0) {
          cancel(use, mission);
        } else if (random.nextInt(20) == 0 && erased.size() < 2) {
          erase(ties, person, erased);
        } else {
          var _ = use.decline(mission, person);
        }
      }
    }
  }

  private void unavailable(CandidacyTies ties, String person) {
    pool.find(person)
        .ifPresent(
            row -> {
              Writes writes = new Writes();
              pool.save(writes, ties.freeHold(writes, row, person));
              Database.of(environment).commit(writes);
            });
  }

  private void erase(CandidacyTies ties, String person, Map<String, Boolean> erased) {
    pool.find(person)
        .ifPresent(
            row -> {
              Writes writes = new Writes();
              pool.close(writes, row);
              if (Database.of(environment).commit(writes) instanceof renfort.storage.Commit.Done) {
                erased.put(person, true);
                while (true) {
                  if (ties.erase(person, null).isEmpty()) {
                    return;
                  }
                }
              }
            });
  }

  private void cancel(Candidacies use, String missionId) {
    missions
        .find(missionId)
        .ifPresent(
            mission -> {
              Writes writes = new Writes();
              missions.save(writes, mission.cancelled());
              Database.of(environment).commit(writes);
              use.releaseAll(missionId);
            });
  }

  private static List<String> ids(List<Mission> missions) {
    return missions.stream().map(Mission::missionId).toList();
  }

  private Mission mission(int index, int count) {
    Establishment establishment =
        new Establishment(
            "T%08d".formatted(index), "CH", "1 rue", "35000", "Rennes", "53", "35", 48.11, -1.68);
    Mission mission =
        Mission.submitted(
            environment.ids().next(),
            establishment,
            "requester",
            new Terms(
                world.today().plusDays(30L + 2L * (index % 3)),
                world.today().plusDays(33L + 2L * (index % 3)),
                "60",
                null,
                count,
                false,
                false,
                false,
                false),
            Mission.Status.OPEN,
            platform.clock().instant());
    Writes writes = new Writes();
    missions.create(writes, mission);
    if (establishments.approvedRequester(establishment).isEmpty()) {
      establishments.save(
          writes,
          new renfort.establishments.model.Requester(
              "requester",
              "storm@exemple.org",
              "Le Goff",
              "Anne",
              null,
              RequesterStatus.APPROVED,
              establishment,
              true,
              platform.clock().instant(),
              0));
    }
    Database.of(environment).commit(writes);
    return missions.find(mission.missionId()).orElseThrow();
  }

  private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (Future<T> answer : threads.invokeAll(tasks)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
