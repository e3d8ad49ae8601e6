package renfort.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.Faults;
import renfort.local.LocalPlatform;
import renfort.local.Mailbox;
import renfort.local.PlatformExtension;
import renfort.professionals.Volunteers;

/** What one person gets, whoever wants to fill their mailbox (R27). */
@ExtendWith(PlatformExtension.class)
class MailLimitsTest {
  private static final String AFFECTATION = "Affectation sur une mission de renfort";
  private static final String RELEASED = "Fin de votre affectation sur une mission de renfort";
  private static final String RESET = "Réinitialisation de votre mot de passe";
  private static final String PUSHED = "Votre candidature a été soumise à un établissement";
  private static final int A_DAY = 20;

  private LocalPlatform platform;
  private Api api;
  private World world;

  @BeforeEach
  void open(LocalPlatform thePlatform, Api theApi) {
    platform = thePlatform;
    api = theApi;
    world = new World(platform, api);
  }

  @Test
  void R27_oneWhoIsPushedForThirtyMissionsGetsTwentyMailsADayAndAllInTheEnd() {
    Requester requester = world.approved();
    Volunteer volunteer = world.volunteer();
    List<String> missions = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      missions.add(requester.submit(world.terms()));
    }
    beginADay();
    Api agency = world.agency("53");
    for (String mission : missions) {
      assertEquals("PUSHED", World.outcome(agency, "pushes", mission, volunteer.id()));
    }
    platform.awaitStreams();
    assertTrue(mails(volunteer.email()) <= A_DAY + 2, mails(volunteer.email()) + " mails");
    assertTrue(count(volunteer.email(), PUSHED) < 30);

    int before = mails(volunteer.email());
    for (int day = 0; count(volunteer.email(), PUSHED) < 30 && day < 5; day++) {
      platform.advance(Duration.ofDays(1));
      resend();
      int now = mails(volunteer.email());
      assertTrue(now - before <= A_DAY, now - before + " mails in a day");
      before = now;
    }

    assertEquals(30, count(volunteer.email(), PUSHED), "none is lost");
  }

  @Test
  void R27_whoIsAffectedAndReleasedAgainAndAgainIsToldOnceAnHourAndLastWhatHolds() {
    Volunteer volunteer = world.volunteer();
    beginADay();
    Requester requester = world.approved();
    String mission = requester.submit(world.terms());
    for (int i = 0; i < 8; i++) {
      int status = requester.contact(mission, volunteer.id()).status();
      if (status != 200) {
        // the establishment waits a day by now (R16): it cannot go on
        break;
      }
      assertEquals("AFFECTED", requester.affect(mission, volunteer.id()));
      assertEquals("RELEASED", requester.release(mission, volunteer.id()));
    }
    platform.awaitStreams();
    assertEquals(1, count(volunteer.email(), AFFECTATION));
    assertEquals(1, count(volunteer.email(), RELEASED));

    platform.advance(Duration.ofMinutes(61));
    resend();

    assertTrue(count(volunteer.email(), AFFECTATION) <= 2);
    assertEquals(
        RELEASED, platform.mailbox().to(volunteer.email()).getLast().subject(), "what holds");
  }

  @Test
  void R27_tenFormsDoNotUseUpTheLinksOfTheDay() {
    String email = Volunteers.address();
    beginADay();
    for (int i = 0; i < 10; i++) {
      api.post("/api/professionals", world.volunteers().form(email)).expect(202);
      api.post("/api/needs", world.need(email, World.finess(), List.of(world.terms()))).expect(202);
    }
    platform.awaitStreams();
    assertTrue(mails(email) <= 16, mails(email) + " mails");

    api.post("/api/password-links", Map.of("email", email)).expect(202);
    platform.awaitStreams();

    // one for each of the latest unproved submissions (R1)
    assertTrue(count(email, RESET) >= 1);
    world.volunteers().activate(email);
  }

  @Test
  void R27_addressesWithTagsAreOnePerson() {
    beginADay();
    String base = Volunteers.address();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String tagged = base.replace("@", "+" + i + "@");
      all.add(tagged);
      api.post("/api/professionals", world.volunteers().form(tagged)).expect(202);
    }
    platform.awaitStreams();

    int sent = all.stream().mapToInt(this::mails).sum();
    assertTrue(sent <= 16, sent + " mails");

    for (int day = 0; day < 3; day++) {
      platform.advance(Duration.ofDays(1));
      resend();
    }
    assertEquals(24, all.stream().mapToInt(this::mails).sum(), "none is lost");
  }

  @Test
  void R26_throttlingDelaysLinksLessThanCourtesies() {
    beginADay();
    List<String> emails = new ArrayList<>();
    try (var throttled =
        platform.faults().inject(Faults.Service.MAILS, Faults.Fault.THROTTLED, call -> true)) {
      for (int i = 0; i < 10; i++) {
        String email = Volunteers.address();
        emails.add(email);
        api.post("/api/professionals", world.volunteers().form(email)).expect(202);
      }
      platform.awaitStreams();
      assertTrue(throttled.hits() > 0);
    }
    assertEquals(0, emails.stream().mapToInt(this::mails).sum());

    platform.advance(Duration.ofMinutes(2));
    resend();

    for (String email : emails) {
      List<String> subjects = world.volunteers().subjects(email);
      assertEquals(2, subjects.size());
      assertEquals("Activation de votre compte Renfort", subjects.getFirst());
    }
  }

  /** On to the small hours of another day, so that no test meets the mails of another. */
  private void beginADay() {
    platform.awaitStreams();
    long day = Duration.ofDays(1).toSeconds();
    long now = platform.clock().instant().getEpochSecond();
    platform.advance(Duration.ofSeconds(day - now % day + 2 * 3600));
    resend();
  }

  private void resend() {
    platform.runSchedule("ResendMails");
    platform.awaitStreams();
  }

  private int mails(String email) {
    return platform.mailbox().to(email).size();
  }

  private long count(String email, String subject) {
    return platform.mailbox().to(email).stream()
        .map(Mailbox.Mail::subject)
        .filter(subject::equals)
        .count();
  }
}
