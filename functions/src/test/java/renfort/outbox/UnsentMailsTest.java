package renfort.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.outbox.UnsentMails.Claim;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Outage;

final class UnsentMailsTest {
  private static final String ACCOUNT = "00000000000000000001";

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T08:00:00.700Z"));
  private final OutboxTable table = new OutboxTable();
  private final Environment environment =
      table.environment(clock, new Ids.RandomIds(new SecureRandom()));
  private final UnsentMails mails = new UnsentMails(environment);

  @Test
  void R26_aClaimHoldsTheWholeMail() {
    Mail mail =
        new Mail(
            MailTemplate.AFFECTATION,
            ACCOUNT,
            "m",
            "p",
            "a",
            LocalDate.of(2026, 12, 1),
            LocalDate.of(2026, 12, 5),
            "s",
            "d");

    Claim claim = mails.claim(post(mail)).orElseThrow();

    assertEquals(mail, claim.mail());
    assertEquals(1, claim.tries());
    assertFalse(claim.isLast());
  }

  @Test
  void R26_aNewMailIsClaimedByOneOnly() {
    String id = post();

    assertTrue(mails.claim(id).isPresent());
    assertTrue(mails.claim(id).isEmpty());
    clock.pass(Duration.ofSeconds(59));
    assertTrue(mails.claim(id).isEmpty());
  }

  @Test
  void R26_whoComesBetweenReadAndWriteOfAClaimLosesOrWinsAlone() {
    String id = post();
    table.beforeNextUpdate(() -> assertTrue(mails.claim(id).isPresent()));

    assertTrue(mails.claim(id).isEmpty());

    clock.pass(Duration.ofMinutes(1));
    table.beforeNextUpdate(() -> assertTrue(mails.claim(id).isPresent()));
    assertTrue(mails.claim(id).isEmpty());
  }

  @Test
  void R26_theMailOfAKilledWorkerIsDueAgainWhenItsLeaseIsOver() {
    String id = post();
    Claim killed = mails.claim(id).orElseThrow();

    clock.pass(Duration.ofMinutes(1));

    assertFalse(clock.instant().isBefore(killed.leasedUntil()));
    assertEquals(List.of(id), due());
    assertEquals(2, mails.claim(id).orElseThrow().tries());
  }

  @Test
  void R26_whatIsMarkedSentIsNeverClaimedAgain() {
    String id = post();
    mails.sent(mails.claim(id).orElseThrow(), List.of());

    clock.pass(Duration.ofDays(8));

    assertTrue(mails.claim(id).isEmpty());
    assertEquals(List.of(), due());
    assertEquals("SENT", table.row(id).text("state"));
    assertFalse(table.row(id).has("unsent"));
  }

  @Test
  void R26_aWorkerWhoseLeaseIsOverStillMarksWhatItSent() {
    String id = post();
    Claim slow = mails.claim(id).orElseThrow();
    clock.pass(Duration.ofMinutes(2));
    Claim second = mails.claim(id).orElseThrow();

    mails.sent(slow, List.of());
    mails.failed(second, List.of());
    clock.pass(Duration.ofDays(1));

    assertTrue(mails.claim(id).isEmpty());
    assertEquals("SENT", table.row(id).text("state"));
  }

  @Test
  void R26_aSkippedMailIsClosed() {
    String id = post();
    mails.skipped(mails.claim(id).orElseThrow(), List.of());

    clock.pass(Duration.ofHours(1));

    assertTrue(mails.claim(id).isEmpty());
    assertEquals("SKIPPED", table.row(id).text("state"));
  }

  @Test
  void R26_aFailedMailWaitsLongerEachTime() {
    String id = post();
    assertFalse(mails.failed(mails.claim(id).orElseThrow(), List.of()));
    clock.pass(Duration.ofMinutes(1));
    assertFalse(mails.failed(mails.claim(id).orElseThrow(), List.of()));

    clock.pass(Duration.ofSeconds(119));
    assertTrue(mails.claim(id).isEmpty());
    assertEquals(List.of(), due());
    clock.pass(Duration.ofSeconds(1));
    assertEquals(List.of(id), due());
    assertEquals(3, mails.claim(id).orElseThrow().tries());
  }

  @Test
  void R26_afterSevenDaysOfFailuresAMailIsGivenUpOnce() {
    String id = post();
    Instant created = clock.instant();
    int tries = 0;
    boolean givenUp = false;
    while (!givenUp && tries < 100) {
      var claim = mails.claim(id);
      if (claim.isPresent()) {
        tries++;
        givenUp = mails.failed(claim.get(), List.of());
      }
      if (!givenUp) {
        clock.pass(Duration.ofMinutes(1));
      }
    }

    assertTrue(givenUp);
    Duration tried = Duration.between(created, clock.instant());
    assertTrue(tried.compareTo(Duration.ofDays(7)) >= 0, tried.toString());
    assertTrue(tried.compareTo(Duration.ofDays(7).plusMinutes(2)) <= 0, tried.toString());
    assertTrue(tries > 30 && tries < 45, tries + " tries");
    assertEquals("GIVEN_UP", table.row(id).text("state"));
    clock.pass(Duration.ofDays(1));
    assertTrue(mails.claim(id).isEmpty());
    assertEquals(List.of(), due());
  }

  @Test
  void R26_aMailWhoseEveryWorkerIsKilledIsGivenUpToo() {
    String id = post();
    int tries = 0;
    for (int minute = 0; minute < 8 * 24 * 60; minute++) {
      tries += mails.claim(id).isPresent() ? 1 : 0;
      clock.pass(Duration.ofMinutes(1));
    }

    assertTrue(tries > 30 && tries < 45, tries + " tries");
    assertEquals("GIVEN_UP", table.row(id).text("state"));
  }

  @Test
  void R26_allShardsAndPagesAreDueOfEachShardTheLongestDueFirst() {
    List<String> ofOne = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      clock.pass(Duration.ofSeconds(1));
      ofOne.add(post(Mail.to(ACCOUNT, MailTemplate.AFFECTATION)));
      for (int j = 0; j < 4; j++) {
        ids.add(post(Mail.to("account" + i + j, MailTemplate.AFFECTATION)));
      }
    }
    clock.pass(Outbox.FIRST_RETRY);

    List<String> due = due();

    ids.addAll(ofOne);
    assertEquals(ids, new HashSet<>(due));
    assertEquals(300, due.size());
    assertEquals(ofOne, due.stream().filter(ofOne::contains).toList(), "one person's in order");
  }

  @Test
  void R26_linksAreDueBeforeWhatHappensAndThatBeforeCourtesies() {
    for (int i = 0; i < 40; i++) {
      post(Mail.to(ACCOUNT, MailTemplate.PROPOSAL_RECEIVED));
    }
    clock.pass(Duration.ofSeconds(1));
    String process = post(Mail.to(ACCOUNT, MailTemplate.AFFECTATION));
    clock.pass(Duration.ofSeconds(1));
    String link = post(Mail.to(ACCOUNT, MailTemplate.ACTIVATION));
    clock.pass(Outbox.FIRST_RETRY);

    assertEquals(List.of(link, process), due().subList(0, 2));
    assertEquals(42, due().size());
  }

  @Test
  void R26_whatTheServiceHasNoRoomForIsNoTryAndIsDueSoon() {
    String id = post();
    for (int turn = 0; turn < 100; turn++) {
      Claim claim = mails.claim(id).orElseThrow();
      assertEquals(1, claim.tries());
      mails.notNow(claim, List.of());
      assertTrue(mails.claim(id).isEmpty(), "not at once");
      clock.pass(UnsentMails.LONG_PAUSE.multipliedBy(2));
      assertEquals(List.of(id), due());
    }

    mails.sent(mails.claim(id).orElseThrow(), List.of());
    assertEquals("SENT", table.row(id).text("state"));
  }

  @Test
  void R26_aClosedMailIsTidiedAwayAfterItsDaysAndAnOpenOneNever() {
    String sent = post();
    String skipped = post();
    String open = post();
    mails.sent(mails.claim(sent).orElseThrow(), List.of());
    mails.skipped(mails.claim(skipped).orElseThrow(), List.of());
    mails.failed(mails.claim(open).orElseThrow(), List.of());

    Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(90));
    assertEquals(end, table.row(sent).instant("until").orElseThrow());
    assertEquals(end, table.row(skipped).instant("until").orElseThrow());
    assertFalse(table.row(open).has("until"));
  }

  @Test
  void R26_anIndexThatLagsSendsNothingTwice() {
    String id = post();
    clock.pass(Outbox.FIRST_RETRY);
    table.holdIndex();
    mails.sent(mails.claim(id).orElseThrow(), List.of());

    assertEquals(List.of(id), due());
    assertTrue(mails.claim(id).isEmpty());
  }

  @Test
  void R26_anUnknownMailIsNobodys() {
    assertTrue(mails.claim("00000000000000000009").isEmpty());
  }

  @Test
  void aTableThatIsOutIsAnOutage() {
    String id = post();
    table.out(true);

    assertThrows(Outage.class, () -> mails.claim(id));
  }

  private String post() {
    return post(Mail.to(ACCOUNT, MailTemplate.PASSWORD_RESET));
  }

  private String post(Mail mail) {
    return table.post(environment, mail);
  }

  private List<String> due() {
    List<String> ids = new ArrayList<>();
    for (int shard = 0; shard < mails.shards(); shard++) {
      mails.due(shard).forEachRemaining(ids::add);
    }
    return ids;
  }
}
