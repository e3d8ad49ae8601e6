package renfort.professionals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
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

/** What the page on personal data promises happens by itself (R7, R28, R29). */
@ExtendWith(PlatformExtension.class)
class PromisesTest {
  private static final String REMINDER = "Votre inscription attend votre confirmation";
  private static final String DORMANT = "Votre fiche sera effacée";
  private static final String DOCUMENTS = "Vos documents seront supprimés";

  private LocalPlatform platform;
  private Volunteers volunteers;
  private World world;

  @BeforeEach
  void begin(LocalPlatform local, Api api) {
    platform = local;
    volunteers = new Volunteers(local, api);
    world = new World(local, api);
  }

  @Test
  void R7_anUnconfirmedAddressIsRemindedOnceOnTheThirdDayByALinkThatWorks() {
    Volunteer volunteer = world.volunteer();
    days(2);
    assertEquals(0, count(volunteer.email(), REMINDER));
    days(1);
    days(0);
    assertEquals(1, count(volunteer.email(), REMINDER));

    volunteers.activate(volunteer.email());
    assertTrue(volunteers.flags(volunteer.id()).contains("C"), "confirmed");
    days(28);
    assertTrue(volunteers.poolRow(volunteer.id()).isPresent(), "and stays");
  }

  @Test
  void R7_ofTwoSubmissionsOfAnAddressOneADayIsReminded(Api api) {
    Volunteer first = world.volunteer();
    api.post("/api/professionals", volunteers.form(first.email())).expect(202);
    days(3);
    assertEquals(1, count(first.email(), REMINDER));
    days(1);
    assertEquals(2, count(first.email(), REMINDER));
  }

  @Test
  void R7_anUnconfirmedProfileLeavesThePoolOnDayFourteenAndIsErasedOnDayThirty() {
    Volunteer volunteer = world.volunteer();
    days(13);
    assertTrue(volunteers.poolRow(volunteer.id()).orElseThrow().has("p"));
    days(2);
    assertFalse(volunteers.poolRow(volunteer.id()).orElseThrow().has("p"));
    days(14);
    assertTrue(volunteers.poolRow(volunteer.id()).isPresent(), "not before its time");
    days(1);
    platform.awaitStreams();
    assertTrue(volunteers.poolRow(volunteer.id()).isEmpty());
    assertTrue(volunteers.profile(volunteer.id()).isEmpty());
    assertTrue(volunteers.account(volunteer.email()).isEmpty());
    assertEquals(List.of(), volunteers.documents(volunteer.id()));
  }

  @Test
  void R7_anUnconfirmedProfileIsFoundByNobodyFromDayFourteenThoughNoSweepRan(Api api) {
    Requester before = world.approved();
    String mission = before.submit(world.terms("end", world.today().plusDays(30).toString()));
    Volunteer volunteer = world.volunteer();
    platform.advance(Duration.ofDays(13));
    Requester requester = world.signedIn(before);
    assertTrue(world.candidate(requester.api(), mission, volunteer.id()).isPresent());

    platform.advance(Duration.ofDays(1));
    requester = world.signedIn(before);
    assertTrue(volunteers.poolRow(volunteer.id()).orElseThrow().has("p"), "no sweep ran");
    assertTrue(world.candidate(requester.api(), mission, volunteer.id()).isEmpty());
    assertEquals(
        "not-matching", requester.contact(mission, volunteer.id()).expect(409).problemType());
    assertEquals(
        "NOT_MATCHING", World.outcome(world.agency("53"), "pushes", mission, volunteer.id()));
    // a link that was asked for brings them back
    api.post("/api/password-links", Map.of("email", volunteer.email())).expect(202);
    volunteers.activate(volunteer.email());
    assertTrue(world.candidate(requester.api(), mission, volunteer.id()).isPresent());
  }

  @Test
  void R8_aNeedThatNobodyActivatedGoesWithItsRequester(Api api) {
    String email = Volunteers.address();
    api.post("/api/needs", world.need(email, World.finess(), List.of(world.terms()))).expect(202);
    assertTrue(volunteers.account(email).isPresent());
    days(6);
    assertTrue(volunteers.account(email).isPresent());
    days(1);
    days(0);
    assertTrue(volunteers.account(email).isEmpty());
  }

  @Test
  void R28_documentsThatNobodyCheckedAreAnnouncedAndDeletedAfterSixMonths() {
    Volunteer volunteer = world.volunteer();
    volunteers.activate(volunteer.email());
    days(149);
    assertEquals(0, count(volunteer.email(), DOCUMENTS));
    days(1);
    days(0);
    assertEquals(1, count(volunteer.email(), DOCUMENTS));
    days(29);
    assertEquals(1, volunteers.documents(volunteer.id()).size(), "not before its time");
    days(1);
    days(0);
    assertEquals(List.of(), volunteers.documents(volunteer.id()));
    var sheet =
        volunteers.signIn(volunteer.email()).get("/api/professionals/me").expect(200).json();
    assertEquals(0, sheet.path("documents").size());
    assertEquals("Kerbrat", sheet.path("lastName").asText(), "nothing else changes");
    assertTrue(volunteers.poolRow(volunteer.id()).orElseThrow().has("p"));
  }

  @Test
  void R29_aProfileWithoutContactIsAnnouncedAndErasedAfterTwoYears() {
    Volunteer leaves = world.volunteer();
    Volunteer stays = world.volunteer();
    volunteers.activate(leaves.email());
    volunteers.activate(stays.email());
    days(699);
    assertEquals(0, count(leaves.email(), DORMANT));
    days(1);
    days(0);
    assertEquals(1, count(leaves.email(), DORMANT));
    assertEquals(1, count(stays.email(), DORMANT));

    days(10);
    volunteers.signIn(stays.email());
    days(19);
    assertTrue(volunteers.account(leaves.email()).isPresent(), "not before its time");
    days(1);
    platform.awaitStreams();
    assertTrue(volunteers.account(leaves.email()).isEmpty());
    assertTrue(volunteers.poolRow(leaves.id()).isEmpty());
    assertTrue(volunteers.account(stays.email()).isPresent(), "a sign-in keeps it");
    days(60);
    assertTrue(volunteers.account(stays.email()).isPresent());
    assertEquals(1, count(stays.email(), DORMANT));
  }

  @Test
  void R28_nothingIsDeletedUnannouncedThoughNoSweepRanForMonths() {
    Volunteer volunteer = world.volunteer();
    volunteers.activate(volunteer.email());
    days(250);
    assertEquals(1, count(volunteer.email(), DOCUMENTS));
    days(29);
    assertEquals(1, volunteers.documents(volunteer.id()).size(), "thirty days of notice");
    days(1);
    assertEquals(List.of(), volunteers.documents(volunteer.id()));
    assertEquals(1, count(volunteer.email(), DOCUMENTS));
  }

  @Test
  void R28_R29_theDaysOfNoticeBeginWhenTheMailHasLeft() {
    Volunteer papers = world.volunteer();
    Volunteer dormant = world.volunteer();
    volunteers.activate(papers.email());
    volunteers.activate(dormant.email());
    try (var _ = platform.faults().failMails(1)) {
      days(150);
      for (int day = 0; day < 40; day += 8) {
        // given up after seven days, and announced again
        platform.runSchedule("ResendMails");
        days(8);
      }
      assertEquals(1, volunteers.documents(papers.id()).size(), "nobody was told");
    }
    mailsLeave();
    assertEquals(1, count(papers.email(), DOCUMENTS));
    days(29);
    assertEquals(1, volunteers.documents(papers.id()).size(), "thirty days from the mail");
    days(2);
    assertEquals(List.of(), volunteers.documents(papers.id()));

    try (var _ = platform.faults().failMails(1)) {
      days(479);
      for (int day = 0; day < 40; day += 8) {
        platform.runSchedule("ResendMails");
        days(8);
      }
      assertTrue(volunteers.account(dormant.email()).isPresent(), "nobody was told");
    }
    mailsLeave();
    assertEquals(1, count(dormant.email(), DORMANT));
    days(29);
    assertTrue(volunteers.account(dormant.email()).isPresent(), "thirty days from the mail");
    days(2);
    platform.awaitStreams();
    assertTrue(volunteers.account(dormant.email()).isEmpty());
  }

  /** Lets what could not be sent leave. */
  private void mailsLeave() {
    platform.advance(Duration.ofHours(7));
    platform.runSchedule("ResendMails");
    platform.awaitStreams();
  }

  /** Lets days pass, the sweep run and the mails leave. */
  private void days(int days) {
    platform.advance(Duration.ofDays(days));
    platform.runSchedule("SweepDays");
    platform.awaitStreams();
  }

  private long count(String email, String subject) {
    return volunteers.subjects(email).stream().filter(subject::equals).count();
  }
}
