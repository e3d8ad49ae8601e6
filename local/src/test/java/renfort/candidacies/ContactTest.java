package renfort.candidacies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/** R14, R16, R17, R19: contact and what ends it, over HTTP. */
@ExtendWith(PlatformExtension.class)
class ContactTest {
  private LocalPlatform platform;
  private World world;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
  }

  @Test
  void r16_aContactHoldsFor36HoursAndAgainAnswersTheSameHold() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    Instant before = platform.clock().instant();
    JsonNode first = requester.contact(mission, nurse.id()).expect(200).json();
    assertEquals("CONTACTED", first.path("status").asText());
    Duration held = Duration.between(before, Instant.parse(first.path("heldUntil").asText()));
    assertTrue(held.compareTo(Duration.ofHours(36).minusSeconds(1)) >= 0, held.toString());
    assertTrue(held.compareTo(Duration.ofHours(36).plusSeconds(10)) <= 0, held.toString());
    platform.advance(Duration.ofHours(2));
    Requester again = world.signedIn(requester);
    assertEquals(first, again.contact(mission, nurse.id()).expect(200).json());
    assertEquals(1, again.mission(mission).path("held").asInt());
  }

  @Test
  void r14_aPersonHeldElsewhereIsShownWithoutContactDetailsAndCannotBeContacted() {
    Requester first = world.approved();
    Requester second = world.approved();
    String here = first.submit(world.terms());
    String there = second.submit(world.terms());
    Volunteer nurse = world.volunteer();
    String until = first.contact(here, nurse.id()).expect(200).json().path("heldUntil").asText();
    assertEquals("held", second.contact(there, nurse.id()).expect(409).problemType());
    JsonNode sheet =
        second.api().get("/api/missions/" + there + "/candidates/" + nurse.id()).expect(200).json();
    assertTrue(sheet.path("heldByOther").asBoolean());
    assertEquals(until, sheet.path("heldUntil").asText());
    for (String hidden : List.of("email", "phone", "employer", "documents")) {
      assertFalse(sheet.has(hidden), hidden);
    }
    assertTrue(sheet.path("reasons").toString().contains("contacté par un autre établissement"));
    JsonNode own =
        first.api().get("/api/missions/" + here + "/candidates/" + nurse.id()).expect(200).json();
    assertEquals(nurse.email(), own.path("email").asText());
    assertEquals("identite.pdf", own.at("/documents/0/fileName").asText());
  }

  @Test
  void r16_aHoldThatIsOverPassesOnSweptOrNot() {
    Requester first = world.approved();
    Requester second = world.approved();
    String here = first.submit(world.terms());
    String there = second.submit(world.terms());
    Volunteer nurse = world.volunteer();
    first.contact(here, nurse.id()).expect(200);
    platform.advance(Duration.ofHours(36).plusSeconds(1));
    Requester again = world.signedIn(first);
    assertEquals("EXPIRED", again.affect(here, nurse.id()));
    assertEquals("EXPIRED", again.refuse(here, nurse.id()));
    assertEquals(0, again.mission(here).path("held").asInt());
    JsonNode shown = world.candidate(again.api(), here, nurse.id()).orElseThrow();
    assertEquals("TO_VERIFY", shown.path("status").asText());
    assertTrue(shown.path("reasons").toString().contains("Délai de contact dépassé"));
    world.signedIn(second).contact(there, nurse.id()).expect(200);
    platform.runSchedule("SweepHolds");
    assertEquals("EXPIRED", again.affect(here, nurse.id()), "the same once it is swept");
    assertEquals(there, world.holder(nurse.id()).orElseThrow(), "the new hold is untouched");
  }

  @Test
  void r16_afterAnExpiryTheSameEstablishmentWaitsOnAllItsMissions() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    String other = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    requester.contact(mission, nurse.id()).expect(200);
    platform.advance(Duration.ofHours(37));
    Requester again = world.signedIn(requester);
    assertEquals("wait", again.contact(mission, nurse.id()).expect(409).problemType());
    assertEquals("wait", again.contact(other, nurse.id()).expect(409).problemType());
    platform.advance(Duration.ofHours(23).plusMinutes(1));
    world.signedIn(requester).contact(other, nurse.id()).expect(200);
  }

  @Test
  void r19_aRefusalFreesForOthersAtOnceAndTheEstablishmentWaits24Hours() {
    Requester first = world.approved();
    Requester second = world.approved();
    String here = first.submit(world.terms());
    String there = second.submit(world.terms());
    Volunteer nurse = world.volunteer();
    assertEquals("NOT_CONTACTED", first.refuse(here, nurse.id()));
    first.contact(here, nurse.id()).expect(200);
    int mails = world.volunteers().subjects(nurse.email()).size();
    assertEquals("REFUSED", first.refuse(here, nurse.id()));
    assertEquals("REFUSED", first.refuse(here, nurse.id()), "again");
    assertEquals(mails, world.volunteers().subjects(nurse.email()).size(), "no mail");
    assertEquals("wait", first.contact(here, nurse.id()).expect(409).problemType());
    second.contact(there, nurse.id()).expect(200);
    second.refuse(there, nurse.id());
    platform.advance(Duration.ofHours(24).plusSeconds(1));
    world.signedIn(first).contact(here, nurse.id()).expect(200);
  }

  @Test
  void r16_aMissionHoldsAtMostThreePeopleForOnePlaceAndLapsedOnesMakeRoom() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    List<Volunteer> nurses =
        List.of(world.volunteer(), world.volunteer(), world.volunteer(), world.volunteer());
    for (Volunteer nurse : nurses.subList(0, 3)) {
      requester.contact(mission, nurse.id()).expect(200);
    }
    assertEquals(
        "too-many-held", requester.contact(mission, nurses.get(3).id()).expect(409).problemType());
    platform.advance(Duration.ofHours(36).plusSeconds(1));
    Requester again = world.signedIn(requester);
    again.contact(mission, nurses.get(3).id()).expect(200);
    assertEquals(1, again.mission(mission).path("held").asInt());
  }

  @Test
  void r16_theRequesterIsRemindedOnceSixHoursBeforeTheEnd() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    requester.contact(mission, nurse.id()).expect(200);
    int before = world.volunteers().subjects(requester.email()).size();
    platform.advance(Duration.ofHours(29));
    platform.runSchedule("SweepHolds");
    assertEquals(before, world.volunteers().subjects(requester.email()).size(), "too early");
    platform.advance(Duration.ofHours(1).plusMinutes(1));
    platform.runSchedule("SweepHolds");
    platform.runSchedule("SweepHolds");
    assertEquals(before + 1, world.volunteers().subjects(requester.email()).size());
  }

  @Test
  void aRegionsHoldHoursAreItsOwn() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    Api agency = world.agency("53");
    agency.put("/api/regions/53/regulation", Map.of("mode", "DIRECT", "holdHours", 12)).expect(200);
    try {
      Instant until =
          Instant.parse(
              requester.contact(mission, nurse.id()).expect(200).json().path("heldUntil").asText());
      assertTrue(
          until.isBefore(platform.clock().instant().plus(Duration.ofHours(12)).plusSeconds(1)));
    } finally {
      agency
          .put("/api/regions/53/regulation", Map.of("mode", "DIRECT", "holdHours", 36))
          .expect(200);
    }
  }

  @Test
  void whoDoesNotMatchOrIsNobodyIsNotContacted() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms("vehicle", true));
    Volunteer onFoot = world.volunteer(Map.of("vehicle", false));
    assertEquals("not-matching", requester.contact(mission, onFoot.id()).expect(409).problemType());
    requester.contact(mission, "00000000000000000000").expect(404);
    requester.contact(mission, "no-id").expect(404);
    requester.api().get("/api/missions/" + mission + "/candidates/" + onFoot.id()).expect(404);
  }

  @Test
  void somebodyUnavailableIsFreedAndTheRequesterTold() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    requester.contact(mission, nurse.id()).expect(200);
    int before = world.volunteers().subjects(requester.email()).size();
    own.put("/api/professionals/me/availability", Map.of("available", false)).expect(204);
    assertEquals(before + 1, world.volunteers().subjects(requester.email()).size());
    assertEquals(0, requester.mission(mission).path("held").asInt());
    assertEquals("NOT_CONTACTED", requester.affect(mission, nurse.id()));
    assertTrue(world.candidate(requester.api(), mission, nurse.id()).isEmpty());
    assertEquals(
        "NAME_AND_STATE",
        requester
            .api()
            .get("/api/missions/" + mission + "/candidates/" + nurse.id())
            .expect(200)
            .json()
            .path("shown")
            .asText());
    own.put("/api/professionals/me/availability", Map.of("available", true)).expect(204);
    requester.contact(mission, nurse.id()).expect(200);
  }

  @Test
  void r16_theSameContactManyTimesAtOnceIsOneHoldForAll() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    Volunteer nurse = world.volunteer();
    List<Answer> answers =
        together(Collections.nCopies(12, () -> requester.contact(mission, nurse.id())));
    String first = answers.getFirst().expect(200).text();
    answers.forEach(answer -> assertEquals(first, answer.expect(200).text()));
  }

  @Test
  void aCrowdAtOneMissionIsServedOneByOne() {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms("count", 10));
    List<Callable<Answer>> contacts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Volunteer nurse = world.volunteer();
      contacts.add(() -> requester.contact(mission, nurse.id()));
    }
    together(contacts).forEach(answer -> answer.expect(200));
    assertEquals(8, requester.mission(mission).path("held").asInt());
  }

  private static List<Answer> together(List<Callable<Answer>> calls) {
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
      return answers;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
