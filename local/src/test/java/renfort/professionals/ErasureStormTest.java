package renfort.professionals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import renfort.candidacies.CandidacyStore;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.environment.Environment;
import renfort.local.Api;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;
import renfort.local.OwnPlatform;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/** Erasures of people whom many know, and in the middle of decisions on them (M5, R29). */
@ExtendWith(OwnPlatform.class)
class ErasureStormTest {
  private static final String ME = "/api/professionals/me";
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** More than one slice of the worker; ten thousand in all: bin/test-large. */
  private static final int EACH = Integer.getInteger("erasure.candidacies", 1_100) / 5;

  private LocalPlatform platform;
  private World world;
  private Environment environment;
  private MissionStore missions;
  private CandidacyStore candidacies;

  @BeforeEach
  void stores(LocalPlatform platform, Api api) {
    this.platform = platform;
    world = new World(platform, api);
    environment = world.volunteers().environment();
    missions = new MissionStore(environment);
    candidacies = new CandidacyStore(environment);
  }

  @Test
  void R29_manyCandidaciesHoldNoErasureUp() throws Exception {
    Volunteer volunteer = world.volunteer();
    Api me = world.as(volunteer);
    Requester requester = world.approved();
    String held = requester.submit(world.terms());
    requester.contact(held, volunteer.id()).expect(200);
    List<String> known = store(volunteer.id(), held);

    assertEquals(5 * EACH + 1, exported(me));
    long began = System.nanoTime();
    me.delete(ME).expect(204);
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    System.out.printf(
        "erasure of somebody with %d candidacies: answered in %d ms%n",
        5 * EACH + 1, took.toMillis());
    assertTrue(took.compareTo(LONGEST) <= 0, took + " for an answer");
    me.get(ME).expect(401);
    assertTrue(world.candidate(requester.api(), held, volunteer.id()).isEmpty());
    requester.contact(held, volunteer.id()).expect(404);
    platform.awaitStreams(Duration.ofMinutes(10));
    assertEquals(0, requester.mission(held).path("held").asInt());
    assertEquals(
        1,
        world.volunteers().subjects(requester.email()).stream()
            .filter(subject -> subject.equals("Une personne a supprimé son compte"))
            .count());
    List<Candidacy> left = candidacies.ofProfessional(volunteer.id());
    assertEquals(2 * EACH, left.size(), "refused and declined ones stay as ids");
    assertTrue(
        left.stream()
            .allMatch(one -> one.status() == Status.REFUSED || one.status() == Status.DECLINED));
    assertEquals(List.of(), new Invariants(platform).broken(List.of(), known));
    assertTrue(world.volunteers().poolRow(volunteer.id()).isEmpty());
    assertTrue(world.volunteers().profile(volunteer.id()).isEmpty());
    assertEquals(List.of(), world.volunteers().documents(volunteer.id()));
  }

  /** How many candidacies all the answers of an export hold, each of which comes in time. */
  private static int exported(Api me) {
    int all = 0;
    String cursor = "";
    do {
      long began = System.nanoTime();
      JsonNode export = me.get(ME + "/export" + cursor).expect(200).json();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertTrue(took.compareTo(Duration.ofSeconds(8)) <= 0, took + " for a part of the export");
      all += export.path("candidacies").size();
      cursor = export.has("next") ? "?cursor=" + export.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  /**
   * Candidacies of five kinds, as many of each: run out, pushed, refused, declined, and those of
   * old contacts.
   */
  private List<String> store(String person, String like) throws Exception {
    Mission model = missions.find(like).orElseThrow();
    Instant now = platform.clock().instant();
    List<String> ids = new ArrayList<>();
    List<Callable<Boolean>> parts = new ArrayList<>();
    for (int part = 0; part < 5 * EACH / 50; part++) {
      Writes writes = new Writes();
      for (int i = 0; i < 50; i++) {
        Mission mission =
            Mission.submitted(
                environment.ids().next(),
                model.establishment(),
                model.submittedBy(),
                model.terms(),
                Mission.Status.OPEN,
                now);
        Candidacy none = Candidacy.none(mission.missionId(), person, now);
        int kind = i % 5;
        missions.create(writes, kind == 0 ? mission.pushing() : mission);
        ids.add(mission.missionId());
        candidacies.save(
            writes,
            switch (kind) {
              case 0 -> none.pushed(now);
              case 1 -> none.refused(now);
              case 2 -> none.declined(now);
              default -> none.contactedUntil(now, 0, now).lapsed(now);
            });
      }
      parts.add(() -> Database.of(environment).commit(writes) instanceof Commit.Done);
    }
    assertTrue(together(4, parts).stream().allMatch(done -> done));
    return ids;
  }

  @Test
  void R29_noDecisionOutlivesAnErasureThatItRacedWith() throws Exception {
    Requester requester = world.approved();
    List<Volunteer> people = IntStream.range(0, 6).mapToObj(i -> world.volunteer()).toList();
    List<Api> themselves = people.stream().map(world::as).toList();
    List<String> open =
        IntStream.range(0, 6).mapToObj(i -> requester.submit(world.terms("count", 6))).toList();
    List<Callable<Boolean>> acts = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      String person = people.get(i).id();
      Api me = themselves.get(i);
      for (String mission : open) {
        acts.add(
            () -> {
              requester.contact(mission, person);
              requester.affect(mission, person);
              return true;
            });
      }
      acts.add(3 + 7 * i, () -> me.delete(ME).status() == 204);
    }

    together(16, acts);
    for (Api me : themselves) {
      // who was busy with a contact asks again
      int status = me.delete(ME).status();
      assertTrue(status == 204 || status == 401, "answered " + status);
    }
    platform.awaitStreams();

    assertEquals(
        List.of(),
        new Invariants(platform).broken(people.stream().map(Volunteer::id).toList(), open));
    for (String mission : open) {
      assertEquals(0, requester.mission(mission).path("held").asInt());
      assertEquals(0, requester.mission(mission).path("filled").asInt());
    }
  }

  @Test
  void R29_whatTheStreamGaveUpIsFinishedBySchedule() {
    Volunteer volunteer = world.volunteer();
    Api me = world.as(volunteer);
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    requester.contact(mission, volunteer.id()).expect(200);
    platform.faults().giveStreamsUpAfter(1);
    try (Injection broken =
        platform
            .faults()
            .inject(
                Service.TABLES,
                Fault.OUTAGE,
                call -> call.operation().equals("Query") && call.body().contains(volunteer.id()))) {
      me.delete(ME).expect(204);
      platform.awaitStreams();
      assertTrue(broken.hits() > 0, "the worker came by while the table was out");
    }
    platform.faults().clear();
    assertTrue(world.volunteers().profile(volunteer.id()).isPresent(), "given up");

    platform.clock().advance(Duration.ofMinutes(11));
    platform.runSchedule("ResumeErasures");
    platform.awaitStreams();

    assertTrue(world.volunteers().profile(volunteer.id()).isEmpty());
    assertTrue(candidacies.find(mission, volunteer.id()).isEmpty());
    assertFalse(world.volunteers().accountItem(volunteer.id()).has("email"));
  }

  private static <T> List<T> together(int threads, List<Callable<T>> tasks) throws Exception {
    List<T> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (Future<T> answer : pool.invokeAll(tasks)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
