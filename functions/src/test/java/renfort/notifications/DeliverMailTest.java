package renfort.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.notifications.DeliverMail.Outcome;
import renfort.notifications.MailService.Answer;
import renfort.notifications.model.Letter;
import renfort.outbox.MailData.Person;
import renfort.outbox.OutboxTable;
import renfort.outbox.TestClock;
import renfort.outbox.UnsentMails;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Outage;
import renfort.storage.TimeLeft;
import renfort.web.Logged;

final class DeliverMailTest {
  /** What a killed worker dies of: nothing catches it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T08:00:00Z"));
  private final OutboxTable table = new OutboxTable();
  private final Environment environment =
      table.environment(clock, new Ids.RandomIds(new SecureRandom()));
  private final UnsentMails mails = new UnsentMails(environment);
  private final FixedMailData data = new FixedMailData();
  private final AtomicInteger links = new AtomicInteger();
  private final List<Letter> mailbox = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> sentById = new ConcurrentHashMap<>();
  private MailService service =
      (letter, id) -> {
        mailbox.add(letter);
        sentById.merge(id, 1, Integer::sum);
        return Answer.TAKEN;
      };
  private final DeliverMail delivery =
      new DeliverMail(
          mails,
          new Letters(
              data,
              (accountId, mail, asked) ->
                  Optional.of("https://renfort.exemple.fr/#token=t" + links.incrementAndGet()),
              "https://renfort.exemple.fr"),
          (letter, id) -> service.send(letter, id),
          clock);
  private final ResendMails resend = new ResendMails(mails, delivery);

  @Test
  void R26_aNewMailIsSentOnceHoweverOftenItsRecordComes() {
    String id = post();

    assertEquals(Outcome.SENT, delivery.deliver(id));
    assertEquals(Outcome.NOT_DUE, delivery.deliver(id));
    clock.pass(Duration.ofDays(1));
    assertEquals(Outcome.NOT_DUE, delivery.deliver(id));
    resend();

    assertEquals(1, mailbox.size());
  }

  @Test
  void R26_aFailedMailIsSentLaterAndItsLinkIsThatOfTheLastTry() {
    String id = post();
    MailService works = service;
    service = (letter, mail) -> Answer.FAILED;
    assertEquals(Outcome.FAILED, delivery.deliver(id));
    service = works;
    assertEquals(Outcome.NOT_DUE, delivery.deliver(id));

    clock.pass(Duration.ofMinutes(1));
    resend();

    assertEquals(1, mailbox.size());
    assertTrue(mailbox.getFirst().text().contains("#token=t2"));
    assertFalse(table.row(id).attributes().toString().contains("token"));
  }

  @Test
  void R26_afterSevenDaysOfFailuresAnOperatorIsTold() throws Throwable {
    String id = post();
    service = (letter, mail) -> Answer.FAILED;
    delivery.deliver(id);
    String log =
        Logged.by(
            () -> {
              for (int minute = 0; minute < 8 * 24 * 60; minute++) {
                clock.pass(Duration.ofMinutes(1));
                resend();
              }
            });

    assertEquals(
        1,
        log.lines()
            .filter(line -> line.contains("\"event\":\"mail-given-up\""))
            .filter(line -> line.contains("\"id\":\"" + id + "\""))
            .filter(line -> line.contains("\"template\":\"PASSWORD_RESET\""))
            .count());
    assertEquals("GIVEN_UP", table.row(id).text("state"));
  }

  @Test
  void R26_aServiceThatFailsAThirdAndAWorkerKilledInMidBatchLoseAndDoubleNothing() {
    Random random = new Random(26);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add(postToOther());
    }
    MailService works = service;
    service = (letter, id) -> random.nextInt(10) < 3 ? Answer.FAILED : works.send(letter, id);
    ids.subList(0, 20).forEach(delivery::deliver);
    service =
        (letter, id) -> {
          throw new Killed();
        };
    assertThrows(Killed.class, () -> ids.subList(20, 40).forEach(delivery::deliver));
    service = (letter, id) -> random.nextInt(10) < 3 ? Answer.FAILED : works.send(letter, id);
    // the stream brings the batch again, then the mails that were never tried
    ids.subList(10, 40).forEach(delivery::deliver);
    for (int minute = 0; minute < 120; minute++) {
      clock.pass(Duration.ofMinutes(1));
      resend();
    }
    ids.forEach(delivery::deliver);

    assertEquals(new HashSet<>(ids), sentById.keySet());
    assertEquals(Map.of(1, 60L), counts());
  }

  @Test
  void R26_aCrashBetweenSendingAndMarkingSendsTwice() {
    String id = post();
    MailService works = service;
    service =
        (letter, mail) -> {
          works.send(letter, mail);
          throw new Killed();
        };
    assertThrows(Killed.class, () -> delivery.deliver(id));
    service = works;

    clock.pass(Duration.ofMinutes(1));
    resend();

    assertEquals(2, mailbox.size());
    assertTrue(mailbox.getLast().text().contains("#token=t2"), "the later link counts");
  }

  @Test
  void R29_aMailToSomebodyWhoIsGoneIsClosedWithoutATry() {
    String id = post();
    data.people.clear();

    assertEquals(Outcome.SKIPPED, delivery.deliver(id));

    clock.pass(Duration.ofDays(1));
    assertEquals(Outcome.NOT_DUE, delivery.deliver(id));
    assertEquals("SKIPPED", table.row(id).text("state"));
    assertEquals(0, links.get());
  }

  @Test
  void R26_aMailThatCannotBeWrittenIsTriedAgainAndHoldsUpNoOther() {
    String bad = post(Mail.to("professional", MailTemplate.CANDIDACY_SUBMITTED));
    String good = post();

    assertEquals(Outcome.FAILED, delivery.deliver(bad));
    assertEquals(Outcome.SENT, delivery.deliver(good));
    assertTrue(table.row(bad).has("unsent"));
  }

  @Test
  void R26_whatTookTooLongToWriteIsLeftToTheNextTry() {
    String id = post();
    DeliverMail slow =
        new DeliverMail(
            mails,
            new Letters(
                data,
                (accountId, mail, asked) -> {
                  clock.pass(Duration.ofSeconds(56));
                  return Optional.of("https://renfort.exemple.fr/#token=t");
                },
                "https://renfort.exemple.fr"),
            (letter, mail) -> service.send(letter, mail),
            clock);

    assertEquals(Outcome.FAILED, slow.deliver(id));
    assertEquals(0, mailbox.size());
    clock.pass(Duration.ofSeconds(4));
    assertEquals(Outcome.SENT, delivery.deliver(id));
  }

  @Test
  void R26_aTableThatIsOutIsNotAFailureOfTheMail() {
    String id = post();
    table.out(true);

    assertThrows(Outage.class, () -> delivery.deliver(id));

    table.out(false);
    assertEquals(Outcome.SENT, delivery.deliver(id));
  }

  @Test
  void R26_onlyATableThatIsOutBringsAStreamRecordAgain() throws IOException {
    SendMail function = new SendMail(delivery);
    service = (letter, mail) -> Answer.FAILED;
    assertEquals("{\"batchItemFailures\":[]}", call(function, post(), post()));

    String id = post();
    table.out(true);
    assertEquals(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + id + "\"}]}", call(function, id));
  }

  @Test
  void R26_aRunEndsInTimeAndTheNextOneGoesOn() {
    for (int i = 0; i < 60; i++) {
      postToOther();
    }
    clock.pass(Duration.ofMinutes(2));
    MailService works = service;
    service =
        (letter, id) -> {
          clock.pass(Duration.ofSeconds(1));
          return works.send(letter, id);
        };

    resend();
    // of each shard one may have been begun when the time was over
    assertTrue(
        mailbox.size() >= 40 && mailbox.size() < 40 + mails.shards(), mailbox.size() + " mails");
    resend();
    assertEquals(60, mailbox.size());
    assertEquals(Map.of(1, 60L), counts());
  }

  @Test
  void R27_noMoreThanTwentyMailsADayGoToOnePersonAndTheRestLater() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(post(about("mission" + i)));
    }
    ids.forEach(delivery::deliver);
    int today = mailbox.size();
    assertEquals(14, today);

    assertEquals(Outcome.SENT, delivery.deliver(post()), "a link that is asked for");
    int days = 0;
    int before = mailbox.size();
    while (mailbox.size() < 41 && days < 10) {
      days++;
      before = mailbox.size();
      for (int hour = 0; hour < 24; hour++) {
        clock.pass(Duration.ofHours(1));
        resend();
      }
      // a day of the counters and one of the loop may overlap by its spread
      assertTrue(mailbox.size() - before <= 20, "day " + days);
    }

    assertEquals(41, mailbox.size());
    assertEquals(Map.of(1, 41L), counts());
    assertEquals(1, table.row(ids.getLast()).number("tries"), "waiting is not trying");
  }

  @Test
  void R27_mailsThatWaitLeaveInTheOrderTheyCame() {
    List<String> ids = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      clock.pass(Duration.ofSeconds(1));
      ids.add(post(about("mission" + i)));
    }
    service =
        (letter, id) -> {
          sent.add(id);
          return Answer.TAKEN;
        };
    ids.forEach(delivery::deliver);
    clock.pass(Duration.ofDays(1));
    resend();

    assertEquals(ids, sent);
  }

  @Test
  void R27_theSameMailOfTheSameMissionLeavesOnceAnHourAndTheLastWordIsTheLast() {
    List<MailTemplate> sent = new ArrayList<>();
    Map<String, MailTemplate> templates = new ConcurrentHashMap<>();
    service =
        (letter, id) -> {
          sent.add(templates.get(id));
          return Answer.TAKEN;
        };
    String last = "";
    for (int i = 0; i < 30; i++) {
      for (MailTemplate template :
          List.of(MailTemplate.AFFECTATION, MailTemplate.AFFECTATION_RELEASED)) {
        clock.pass(Duration.ofSeconds(1));
        String id =
            post(
                Mail.to("professional", template)
                    .about("mission", "anne")
                    .by("requester")
                    .during(DAY, DAY));
        templates.put(id, template);
        last = id;
        delivery.deliver(id);
      }
    }
    assertEquals(List.of(MailTemplate.AFFECTATION, MailTemplate.AFFECTATION_RELEASED), sent);

    for (int minute = 0; minute < 60; minute++) {
      clock.pass(Duration.ofMinutes(1));
      resend();
    }

    assertEquals(
        List.of(
            MailTemplate.AFFECTATION,
            MailTemplate.AFFECTATION_RELEASED,
            MailTemplate.AFFECTATION,
            MailTemplate.AFFECTATION_RELEASED),
        sent);
    assertEquals("SENT", table.row(last).text("state"));
    assertEquals(
        Map.of("SENT", 4L, "SUPERSEDED", 56L),
        templates.keySet().stream()
            .collect(
                Collectors.groupingBy(id -> table.row(id).text("state"), Collectors.counting())));
  }

  @Test
  void R27_whatComesWhileAnotherOfTheMissionWaitsWaitsBehindIt() {
    delivery.deliver(post(about("mission0")));
    String waits = post(about("mission0"));
    assertEquals(Outcome.WAITS, delivery.deliver(waits));

    String later =
        post(
            Mail.to("professional", MailTemplate.MISSION_CANCELLED)
                .about("mission0", "anne")
                .during(DAY, DAY));
    assertEquals(Outcome.WAITS, delivery.deliver(later));

    assertTrue(table.row(later).number("dueAt") > table.row(waits).number("dueAt"));
  }

  @Test
  void R27_aTagIsTheSamePerson() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String id = postToOther();
      data.people.computeIfPresent(
          table.row(id).text("to"), (to, person) -> personAt(to, "anne+" + to + "@exemple.fr"));
      outcomes.add(delivery.deliver(id));
    }

    assertEquals(10, outcomes.stream().filter(Outcome.SENT::equals).count());
    assertEquals(2, outcomes.stream().filter(Outcome.WAITS::equals).count());
  }

  @Test
  void R27_formsDoNotUseUpTheLinksThatTheOwnerAsksFor() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      outcomes.add(
          delivery.deliver(
              post(Mail.to("professional", MailTemplate.PROPOSAL_RECEIVED).saying("" + i))));
      outcomes.add(
          delivery.deliver(
              post(Mail.to("professional", MailTemplate.ACTIVATION).activating("s" + i))));
    }
    assertTrue(outcomes.stream().filter(Outcome.SENT::equals).count() <= 16);

    for (int i = 0; i < 4; i++) {
      assertEquals(Outcome.SENT, delivery.deliver(post()));
    }
    assertEquals(Outcome.WAITS, delivery.deliver(post()));
    assertEquals(18, mailbox.size());
  }

  @Test
  void R27_aMailThatWasNotSentIsNotCounted() {
    MailService works = service;
    service = (letter, mail) -> Answer.FAILED;
    for (int i = 0; i < 30; i++) {
      delivery.deliver(post());
    }
    service = works;

    assertEquals(Outcome.SENT, delivery.deliver(post()));
  }

  @Test
  void R27_aLinkThatWaitsVoidsNoOther() {
    for (int i = 0; i < 10; i++) {
      delivery.deliver(post());
    }
    int minted = links.get();

    assertEquals(Outcome.WAITS, delivery.deliver(post()));

    assertEquals(minted, links.get());
  }

  @Test
  void R26_throttlingIsNotATry() {
    String id = post();
    MailService works = service;
    service = (letter, mail) -> Answer.NOT_NOW;
    for (int turn = 0; turn < 50; turn++) {
      assertEquals(Outcome.NOT_NOW, delivery.deliver(id));
      clock.pass(Duration.ofHours(1));
    }
    service = works;

    resend();

    assertEquals(1, mailbox.size());
    assertEquals(1, table.row(id).number("tries"));
  }

  @Test
  void R26_aServiceWithNoRoomEndsTheRunOfAShard() {
    for (int i = 0; i < 20; i++) {
      post(about("mission" + i));
    }
    clock.pass(Duration.ofMinutes(2));
    AtomicInteger asked = new AtomicInteger();
    service =
        (letter, mail) -> {
          asked.incrementAndGet();
          return Answer.NOT_NOW;
        };

    resend();

    assertEquals(5, asked.get());
  }

  @Test
  void R26_activationLeavesBeforeABacklogOfCourtesies() {
    List<String> sent = Collections.synchronizedList(new ArrayList<>());
    Map<String, String> kinds = new ConcurrentHashMap<>();
    for (int i = 0; i < 50; i++) {
      String id = postToOther();
      kinds.put(id, "link");
      kinds.put(
          post(Mail.to(table.row(id).text("to"), MailTemplate.ALREADY_REGISTERED)), "courtesy");
    }
    service =
        (letter, id) -> {
          sent.add(kinds.get(id));
          return Answer.TAKEN;
        };
    clock.pass(Duration.ofMinutes(2));
    for (int shard = 0; shard < mails.shards(); shard++) {
      List<String> order = new ArrayList<>();
      mails.due(shard).forEachRemaining(id -> order.add(kinds.get(id)));
      assertEquals(order.stream().sorted(Comparator.reverseOrder()).toList(), order);
    }

    resend();

    assertEquals(100, sent.size());
  }

  @Test
  void noPersonalDataAndNoLinkReachTheLog() throws Throwable {
    data.missions.clear();
    String log =
        Logged.by(
            () -> {
              delivery.deliver(post());
              delivery.deliver(post(Mail.to("professional", MailTemplate.CANDIDACY_SUBMITTED)));
              clock.pass(Duration.ofMinutes(5));
              resend();
            });

    assertTrue(log.contains("\"outcome\":\"SENT\""), log);
    for (String secret : List.of("exemple.fr", "Anne", "Durand", "token")) {
      assertFalse(log.contains(secret), log);
    }
  }

  /** As Lambda calls it, with a minute until it is ended. */
  private void resend() {
    Instant end = clock.instant().plus(Duration.ofMinutes(1));
    resend.run(TimeLeft.of(() -> Duration.between(clock.instant(), end).toMillis()));
  }

  private static final LocalDate DAY = LocalDate.of(2026, 12, 2);

  private Mail about(String mission) {
    data.missions.putIfAbsent(mission, data.missions.get("mission"));
    return Mail.to("professional", MailTemplate.AFFECTATION)
        .about(mission, "anne")
        .by("requester")
        .during(DAY, DAY);
  }

  private static Person personAt(String id, String address) {
    return new Person(
        id, address, "Anne", "Durand", "PROFESSIONAL", false, false, true, "anne", null);
  }

  /** To somebody who gets no other. */
  private String postToOther() {
    int number = data.people.size();
    data.people.put("p" + number, personAt("p" + number, number + "@exemple.fr"));
    return post(Mail.to("p" + number, MailTemplate.PASSWORD_RESET));
  }

  private String post() {
    return post(Mail.to("professional", MailTemplate.PASSWORD_RESET));
  }

  private String post(Mail mail) {
    return table.post(environment, mail);
  }

  /** How many mails were sent so many times. */
  private Map<Integer, Long> counts() {
    return sentById.values().stream()
        .collect(Collectors.groupingBy(times -> times, Collectors.counting()));
  }

  private static String call(SendMail function, String... ids) throws IOException {
    String records =
        List.of(ids).stream()
            .map(
                id ->
                    """
                    {"eventID":"e","eventName":"INSERT","dynamodb":{"Keys":{"id":{"S":"%s"}},
                     "NewImage":{"id":{"S":"%s"}},"SequenceNumber":"%s"}}\
                    """
                        .formatted(id, id, id))
            .collect(Collectors.joining(","));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(
            ("{\"Records\":[" + records + "]}").getBytes(StandardCharsets.UTF_8)),
        output,
        mock(Context.class));
    return output.toString(StandardCharsets.UTF_8);
  }
}
