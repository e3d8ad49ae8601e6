package renfort.candidacies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/** R16: the 24 hours after a hold, whoever of the establishment ended it and how. */
@ExtendWith(PlatformExtension.class)
class WaitTest {
  private LocalPlatform platform;
  private World world;
  private Requester requester;
  private String mission;
  private Volunteer nurse;

  @BeforeEach
  void contacted(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    requester = world.approved();
    mission = requester.submit(world.terms("count", 2));
    nurse = world.volunteer();
  }

  @Test
  void R16_pourvueAndOpenAgainDoesNotEndTheWait() {
    requester.contact(mission, nurse.id()).expect(200);
    status("FILLED");
    settle();
    status("OPEN");
    waits(mission);
    waits(requester.submit(world.terms()));
  }

  @Test
  void R16_cancellingDoesNotEndTheWait() {
    requester.contact(mission, nurse.id()).expect(200);
    requester.api().delete("/api/missions/" + mission).expect(204);
    settle();
    waits(requester.submit(world.terms()));
  }

  @Test
  void R16_affectingAndReleasingBeginsAWait() {
    requester.contact(mission, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    assertEquals("RELEASED", requester.release(mission, nurse.id()));
    waits(mission);
    waits(requester.submit(world.terms()));
  }

  @Test
  void R16_cancellingAMissionWithPeopleAffectedBeginsAWait() {
    requester.contact(mission, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    requester.api().delete("/api/missions/" + mission + "?confirmAffected=1").expect(204);
    settle();
    waits(requester.submit(world.terms()));
  }

  @Test
  void R16_whatAnAgencyClosesLeavesNoWaitForHoldsNorAffectations() {
    Volunteer held = world.volunteer();
    requester.contact(mission, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    requester.contact(mission, held.id()).expect(200);
    world
        .agency("53")
        .put("/api/missions/" + mission + "/closure", Map.of("reason", "ABUSE"))
        .expect(200);
    settle();
    String other = requester.submit(world.terms());
    requester.contact(other, nurse.id()).expect(200);
    requester.contact(other, held.id()).expect(200);
  }

  @Test
  void R16_givingUpAnAffectationLeavesTheWaitOfAnotherMissionsContact() {
    String later = requester.submit(later());
    requester.contact(mission, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    requester.contact(later, nurse.id()).expect(200);
    assertEquals("RELEASED", requester.release(mission, nurse.id()));
    // the hold of 36 hours is over, and the 24 hours after the release are as well
    platform.advance(Duration.ofHours(37));
    requester = world.signedIn(requester);
    waits(later);
  }

  @Test
  void R16_aClosureLeavesTheWaitOfAnotherMissionsContact() {
    String later = requester.submit(later());
    requester.contact(mission, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    requester.contact(later, nurse.id()).expect(200);
    assertEquals("REFUSED", requester.refuse(later, nurse.id()));
    world
        .agency("53")
        .put("/api/missions/" + mission + "/closure", Map.of("reason", "ABUSE"))
        .expect(200);
    settle();
    waits(requester.submit(world.terms()));
  }

  @Test
  void R16_aMissionThatIsFullLetsItsOtherHoldsWait() {
    String single = requester.submit(world.terms());
    Volunteer other = world.volunteer();
    requester.contact(single, nurse.id()).expect(200);
    requester.contact(single, other.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(single, other.id()));
    settle();
    waits(mission);
  }

  @Test
  void R16_theWaitEndsADayAfterWhatTheEstablishmentDid() {
    requester.contact(mission, nurse.id()).expect(200);
    status("FILLED");
    settle();
    status("OPEN");
    platform.advance(Duration.ofHours(24).plusSeconds(1));
    world.signedIn(requester).contact(mission, nurse.id()).expect(200);
  }

  @Test
  void R16_whatTheProfessionalDidEndsIt() {
    Api own = world.as(nurse);
    requester.contact(mission, nurse.id()).expect(200);
    own.post("/api/professionals/me/candidacies/" + mission + "/decline").expect(204);
    requester.contact(requester.submit(world.terms()), nurse.id()).expect(200);
  }

  @Test
  void R16_anAffectationLeavesOtherDaysToTheSameEstablishment() {
    requester.contact(mission, nurse.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, nurse.id()));
    requester.contact(requester.submit(later()), nurse.id()).expect(200);
  }

  private Map<String, Object> later() {
    Map<String, Object> later = world.terms("start", world.today().plusDays(40).toString());
    later.put("end", world.today().plusDays(50).toString());
    return later;
  }

  private void waits(String onMission) {
    assertEquals("wait", requester.contact(onMission, nurse.id()).expect(409).problemType());
  }

  private void status(String status) {
    requester
        .api()
        .put("/api/missions/" + mission + "/status", Map.of("status", status))
        .expect(200);
  }

  private void settle() {
    platform.awaitStreams(Duration.ofSeconds(30));
  }
}
