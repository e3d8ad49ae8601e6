package renfort.notifications;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.accounts.AccountStore;
import renfort.accounts.Erasures;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.local.Api;
import renfort.local.Faults;
import renfort.local.LocalPlatform;
import renfort.local.Mailbox;
import renfort.local.PlatformExtension;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.outbox.MailData.Person;
import renfort.outbox.Outbox;
import renfort.outbox.UnsentMails;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.pool.PoolStore;
import renfort.pool.model.Availability;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Position;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;

/** Mails over the real tables, their stream and schedule, to the mailbox (R26). */
@ExtendWith(PlatformExtension.class)
final class MailsTest {
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final LocalPlatform platform;
  private final Api api;
  private final Environment environment;

  MailsTest(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    environment = platform.environment(platform.variables("SendMail"));
  }

  @BeforeEach
  void settle() {
    platform.awaitStreams();
  }

  @Test
  void R4_theLinkOfAMailSetsThePasswordOnceAndANewerOneVoidsTheOlder() {
    Account account = requester(false);
    post(Mail.to(account.accountId(), MailTemplate.ACTIVATION));
    platform.awaitStreams();
    post(Mail.to(account.accountId(), MailTemplate.PASSWORD_RESET));
    platform.awaitStreams();
    List<Mailbox.Mail> mails = platform.mailbox().to(account.email());
    assertEquals(
        List.of("Activation de votre compte Renfort", "Réinitialisation de votre mot de passe"),
        mails.stream().map(Mailbox.Mail::subject).toList());
    assertEquals("Renfort <noreply@renfort.example>", mails.getFirst().from());

    assertEquals(410, setPassword(token(mails.getFirst())));
    assertEquals(204, setPassword(token(mails.getLast())));
    assertEquals(410, setPassword(token(mails.getLast())));
  }

  @Test
  void R26_aServiceThatFailsForAWhileDelaysMailsAndLosesNone() {
    platform.faults().seed(26);
    Set<String> addresses = new HashSet<>();
    try (var out = platform.faults().failMails()) {
      for (int i = 0; i < 5; i++) {
        addresses.add(posted(MailTemplate.PASSWORD_RESET));
      }
      platform.awaitStreams();
      assertTrue(out.hits() >= 5);
    }
    try (var failing = platform.faults().failMails(0.7)) {
      for (int i = 0; i < 12; i++) {
        addresses.add(posted(MailTemplate.PASSWORD_RESET));
      }
      platform.awaitStreams();
      for (int run = 0; run < 5; run++) {
        platform.advance(Duration.ofMinutes(2));
        platform.runSchedule("ResendMails");
      }
      assertTrue(failing.hits() > 0);
    }
    for (int run = 0; run < 4; run++) {
      platform.advance(Duration.ofHours(1));
      platform.runSchedule("ResendMails");
    }

    for (String address : addresses) {
      assertEquals(1, platform.mailbox().to(address).size(), address);
    }
  }

  @Test
  void R26_aRecordThatComesAgainSendsNothing() {
    Account account = requester(true);
    String id = post(Mail.to(account.accountId(), MailTemplate.ESTABLISHMENT_APPROVED));
    platform.awaitStreams();

    JsonNode answer = platform.invoke("SendMail", record(id));
    platform.advance(Duration.ofDays(1));
    platform.runSchedule("ResendMails");

    assertEquals(0, answer.path("batchItemFailures").size());
    assertEquals(1, platform.mailbox().to(account.email()).size());
    assertEquals("SENT", row(id).text("state"));
  }

  @Test
  void R26_theMailOfAWorkerThatWasKilledIsSentWhenItsLeaseIsOver() {
    Account account = requester(true);
    String id = Ids.random().next();
    // as a killed worker leaves it: claimed, and no more
    Writes writes = new Writes();
    writes.put(
        "mail",
        environment.variable("OUTBOX_TABLE"),
        Item.empty()
            .with("id", id)
            .with("template", MailTemplate.PASSWORD_RESET.name())
            .with("to", account.accountId())
            .with("createdAt", platform.clock().instant())
            .with("unsent", "ACCOUNT#1")
            .with("tries", 1)
            .with("dueAt", platform.clock().instant().plusSeconds(60)),
        Writes.isNew("id"));
    commit(writes);
    platform.awaitStreams();
    platform.runSchedule("ResendMails");
    assertEquals(0, platform.mailbox().to(account.email()).size());

    platform.advance(Duration.ofSeconds(61));
    platform.runSchedule("ResendMails");

    assertEquals(1, platform.mailbox().to(account.email()).size());
    assertEquals(2, row(id).number("tries"));
  }

  @Test
  void R26_aTableThatIsOutBringsTheRecordAgain() {
    Account account = requester(true);
    try (var out =
        platform
            .faults()
            .inject(
                Faults.Service.TABLES,
                Faults.Fault.OUTAGE,
                call ->
                    call.names(environment.variable("OUTBOX_TABLE"))
                        && call.operation().equals("GetItem"))) {
      String id = post(Mail.to(account.accountId(), MailTemplate.PASSWORD_RESET));
      assertEquals(
          id,
          platform
              .invoke("SendMail", record(id))
              .at("/batchItemFailures/0/itemIdentifier")
              .asText());
      assertTrue(out.hits() > 0);
    }
    platform.awaitStreams();
    platform.advance(Duration.ofMinutes(3));
    platform.runSchedule("ResendMails");

    assertEquals(1, platform.mailbox().to(account.email()).size());
  }

  @Test
  void R26_ofManyWorkersOneSends() throws InterruptedException {
    Account account = requester(true);
    String id = post(Mail.to(account.accountId(), MailTemplate.PASSWORD_RESET));
    List<Thread> workers =
        IntStream.range(0, 16)
            .mapToObj(i -> Thread.ofVirtual().start(() -> platform.invoke("SendMail", record(id))))
            .toList();
    for (Thread worker : workers) {
      worker.join();
    }
    platform.awaitStreams();

    assertEquals(1, platform.mailbox().to(account.email()).size());
  }

  @Test
  void R26_mailsOfAllShardsAreFoundWhenTheyAreDue() {
    Set<String> ids = new HashSet<>();
    try (var out = platform.faults().failMails()) {
      for (int i = 0; i < 16; i++) {
        ids.add(post(Mail.to(requester(true).accountId(), MailTemplate.PASSWORD_RESET)));
      }
      platform.awaitStreams();
      assertTrue(out.hits() >= 16);
    }
    platform.advance(Duration.ofMinutes(1));

    assertTrue(due().containsAll(ids));
    platform.runSchedule("ResendMails");

    assertTrue(Collections.disjoint(due(), ids));
  }

  private Set<String> due() {
    UnsentMails mails = new UnsentMails(environment);
    Set<String> due = new HashSet<>();
    for (int shard = 0; shard < mails.shards(); shard++) {
      mails.due(shard).forEachRemaining(due::add);
    }
    return due;
  }

  @Test
  void R29_whoHasErasedTheirAccountGetsNothing() {
    Account account = requester(true);
    Writes erasing = new Writes();
    new Erasures(environment).close(erasing, account, ErasureReason.UNPROVED);
    commit(erasing);
    // what is there by then goes with the account
    platform.awaitStreams();
    String id = post(Mail.to(account.accountId(), MailTemplate.PASSWORD_RESET));
    platform.awaitStreams();

    assertEquals(0, platform.mailbox().to(account.email()).size());
    assertEquals("SKIPPED", row(id).text("state"));
  }

  @Test
  void R16_aReminderGoesToTheSubmitterInTheRegionsTime() {
    Account submitter = requester(true);
    String mission = mission(submitter);
    String candidate = candidate(mission, Duration.ofHours(6));
    post(Mail.toRequesterOf(mission, MailTemplate.HOLD_REMINDER).about(mission, candidate));
    platform.awaitStreams();

    Mailbox.Mail mail = platform.mailbox().to(submitter.email()).getFirst();
    assertTrue(mail.text().contains("a contacté Anne Durand pour votre demande de mission"));
    assertTrue(mail.text().contains("Infirmier diplômé d'État du 01/03/2027 au 10/03/2027"));

    platform.advance(Duration.ofHours(7));
    String late =
        post(Mail.toRequesterOf(mission, MailTemplate.HOLD_REMINDER).about(mission, candidate));
    platform.awaitStreams();
    assertEquals("SKIPPED", row(late).text("state"));
  }

  @Test
  void R11_theApprovedColleaguesAreToldWhenTheSubmitterIsGone() {
    Account submitter = requester(true);
    Establishment establishment = requireNonNull(submitter.establishment());
    Account approved = requester(true, establishment);
    Account pending = requester(false, establishment);
    Account withdrawn = requester(false, establishment);
    Writes writes = new Writes();
    EstablishmentStore establishments = new EstablishmentStore(environment);
    for (Account account : List.of(approved, withdrawn)) {
      establishments.save(
          writes,
          Requester.of(account, establishment, platform.clock().instant())
              .now(RequesterStatus.APPROVED));
    }
    establishments.save(writes, Requester.of(pending, establishment, platform.clock().instant()));
    commit(writes);
    MailDataOfRooms data = new MailDataOfRooms(environment);
    String mission = mission(submitter);
    assertEquals(submitter.accountId(), data.submitterOf(mission).orElseThrow().accountId());

    Writes erasing = new Writes();
    new Erasures(environment).close(erasing, submitter, ErasureReason.UNPROVED);
    commit(erasing);

    assertEquals(Optional.empty(), data.submitterOf(mission));
    assertEquals(
        List.of(approved.accountId()),
        data.approvedRequestersOf(mission).stream().map(Person::accountId).toList());
  }

  @Test
  void R11_aSubmitterWhoNowActsForAnotherEstablishmentIsNotTold() {
    Account submitter = requester(true);
    String mission = mission(submitter);
    Writes moving = new Writes();
    new AccountStore(environment).save(moving, submitter.actingFor(establishment(), true));
    commit(moving);

    assertEquals(Optional.empty(), new MailDataOfRooms(environment).submitterOf(mission));
  }

  private String posted(MailTemplate template) {
    Account account = requester(true);
    post(Mail.to(account.accountId(), template));
    return account.email();
  }

  /** Posts a mail as a room does; answers its id. */
  private String post(Mail mail) {
    String id = Ids.random().next();
    Writes writes = new Writes();
    Ids fixed =
        new Ids() {
          @Override
          public String next() {
            return id;
          }

          @Override
          public byte[] secret(int length) {
            throw new UnsupportedOperationException();
          }
        };
    new Outbox(
            new Environment(
                environment.variables(), platform.clock(), fixed, environment.clients()))
        .post(writes, mail);
    commit(writes);
    return id;
  }

  private Item row(String id) {
    return Database.of(environment)
        .get(environment.variable("OUTBOX_TABLE"), Database.key("id", id))
        .orElseThrow();
  }

  private static Map<String, Object> record(String id) {
    Map<String, Object> key = Map.of("id", Map.of("S", id));
    return Map.of(
        "Records",
        List.of(
            Map.of(
                "eventID", "e",
                "eventName", "INSERT",
                "dynamodb", Map.of("Keys", key, "NewImage", key, "SequenceNumber", id))));
  }

  private Account requester(boolean approved) {
    return requester(approved, establishment());
  }

  private Account requester(boolean approved, @Nullable Establishment establishment) {
    String id = Ids.random().next();
    Account account =
        new Account(
            id,
            Role.REQUESTER,
            id + "@exemple.fr",
            "Lefèvre",
            "Claire",
            "+33639981522",
            null,
            establishment,
            approved,
            null,
            // whoever is approved has proved the address
            approved ? platform.clock().instant() : null,
            true,
            false,
            0);
    Writes writes = new Writes();
    new AccountStore(environment).create(writes, account);
    commit(writes);
    return new AccountStore(environment).find(id).orElseThrow();
  }

  private static Establishment establishment() {
    return new Establishment(
        "%09d".formatted(COUNTER.incrementAndGet()),
        "EHPAD Les Tilleuls",
        "1 rue des Tilleuls",
        "31000",
        "Toulouse",
        "76",
        "31",
        43.6,
        1.44);
  }

  /** A mission that holds somebody. */
  private String mission(Account submitter) {
    String id = Ids.random().next();
    Instant now = platform.clock().instant();
    Writes writes = new Writes();
    new MissionStore(environment)
        .create(
            writes,
            Mission.submitted(
                    id,
                    requireNonNull(submitter.establishment()),
                    submitter.accountId(),
                    new Terms(
                        LocalDate.of(2027, 3, 1),
                        LocalDate.of(2027, 3, 10),
                        "60",
                        null,
                        1,
                        false,
                        false,
                        false,
                        false),
                    Mission.Status.OPEN,
                    now)
                .holding(Ids.random().next(), now.plus(Duration.ofHours(36))));
    commit(writes);
    return id;
  }

  private String candidate(String mission, Duration held) {
    String id = Ids.random().next();
    Instant now = platform.clock().instant();
    Writes writes = new Writes();
    new PoolStore(environment)
        .create(
            writes,
            new PoolRow(
                id,
                "Durand",
                "Anne",
                "31000",
                "Toulouse",
                "31",
                new Position(43.6, 1.44),
                "60",
                null,
                "76",
                IdentifierType.NONE,
                null,
                false,
                false,
                false,
                Set.of(),
                true,
                true,
                false,
                false,
                new Availability(
                    List.of(new Period(LocalDate.of(2027, 1, 1), null, true, true)), List.of()),
                new Hold(mission, now.plus(held)),
                now,
                false,
                0));
    commit(writes);
    return id;
  }

  private void commit(Writes writes) {
    assertInstanceOf(Commit.Done.class, Database.of(environment).commit(writes));
  }

  private int setPassword(String token) {
    return api.post("/api/passwords", Map.of("token", token, "password", "Demonstration-2026"))
        .status();
  }

  private static String token(Mailbox.Mail mail) {
    Matcher token = Pattern.compile("#token=(\\S+)").matcher(mail.text());
    assertTrue(token.find());
    assertTrue(mail.html().contains("#token=" + token.group(1) + "\""));
    return token.group(1);
  }
}
