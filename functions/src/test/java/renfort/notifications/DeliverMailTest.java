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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.notifications.DeliverMail.Outcome;
import renfort.notifications.model.Letter;
import renfort.outbox.OutboxTable;
import renfort.outbox.TestClock;
import renfort.outbox.UnsentMails;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Outage;
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
  private final List<Letter> mailbox = new ArrayList<>();
  private final Map<String, Integer> sentById = new HashMap<>();
  private MailService service =
      (letter, id) -> {
        mailbox.add(letter);
        sentById.merge(id, 1, Integer::sum);
        return true;
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
  private final ResendMails resend = new ResendMails(mails, delivery, clock);

  @Test
  void R26_aNewMailIsSentOnceHoweverOftenItsRecordComes() {
    String id = post();

    assertEquals(Outcome.SENT, delivery.deliver(id));
    assertEquals(Outcome.NOT_DUE, delivery.deliver(id));
    clock.pass(Duration.ofDays(1));
    assertEquals(Outcome.NOT_DUE, delivery.deliver(id));
    resend.run();

    assertEquals(1, mailbox.size());
  }

  @Test
  void R26_aFailedMailIsSentLaterAndItsLinkIsThatOfTheLastTry() {
    String id = post();
    MailService works = service;
    service = (letter, mail) -> false;
    assertEquals(Outcome.FAILED, delivery.deliver(id));
    service = works;
    assertEquals(Outcome.NOT_DUE, delivery.deliver(id));

    clock.pass(Duration.ofMinutes(1));
    resend.run();

    assertEquals(1, mailbox.size());
    assertTrue(mailbox.getFirst().text().contains("#token=t2"));
    assertFalse(table.row(id).attributes().toString().contains("token"));
  }

  @Test
  void R26_afterSevenDaysOfFailuresAnOperatorIsTold() throws Throwable {
    String id = post();
    service = (letter, mail) -> false;
    delivery.deliver(id);
    String log =
        Logged.by(
            () -> {
              for (int minute = 0; minute < 8 * 24 * 60; minute++) {
                clock.pass(Duration.ofMinutes(1));
                resend.run();
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
      ids.add(post());
    }
    MailService works = service;
    service = (letter, id) -> random.nextInt(10) >= 3 && works.send(letter, id);
    ids.subList(0, 20).forEach(delivery::deliver);
    service =
        (letter, id) -> {
          throw new Killed();
        };
    assertThrows(Killed.class, () -> ids.subList(20, 40).forEach(delivery::deliver));
    service = (letter, id) -> random.nextInt(10) >= 3 && works.send(letter, id);
    // the stream brings the batch again, then the mails that were never tried
    ids.subList(10, 40).forEach(delivery::deliver);
    for (int minute = 0; minute < 120; minute++) {
      clock.pass(Duration.ofMinutes(1));
      resend.run();
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
    resend.run();

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
    service = (letter, mail) -> false;
    assertEquals("{\"batchItemFailures\":[]}", call(function, post(), post()));

    String id = post();
    table.out(true);
    assertEquals(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + id + "\"}]}", call(function, id));
  }

  @Test
  void R26_aRunEndsInTimeAndTheNextOneGoesOn() {
    for (int i = 0; i < 60; i++) {
      post();
    }
    clock.pass(Duration.ofMinutes(2));
    MailService works = service;
    service =
        (letter, id) -> {
          clock.pass(Duration.ofSeconds(1));
          return works.send(letter, id);
        };

    resend.run();
    assertEquals(40, mailbox.size());
    resend.run();
    assertEquals(60, mailbox.size());
    assertEquals(Map.of(1, 60L), counts());
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
              resend.run();
            });

    assertTrue(log.contains("\"outcome\":\"SENT\""), log);
    for (String secret : List.of("exemple.fr", "Anne", "Durand", "token")) {
      assertFalse(log.contains(secret), log);
    }
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
