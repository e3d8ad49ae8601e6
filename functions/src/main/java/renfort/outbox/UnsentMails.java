package renfort.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailClass;
import renfort.outbox.model.MailTemplate;
import renfort.outbox.model.Retries;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;
import renfort.storage.Item;
import renfort.storage.Jitter;
import renfort.storage.Writes;
import renfort.web.Log;

/**
 * The side of the outbox that sends (R26). A mail is unsent while it has the key of the index
 * {@code unsent}. Each try claims it first, by a condition on the number of tries before: of a new
 * stream record, a repeated one and the schedule, one gets it. A claim moves {@code dueAt}, which
 * is lease and backoff in one: whoever is killed while sending has failed without a word. What
 * waits, for a limit (R27) or for the mail service, has its {@code dueAt} moved and its try back.
 */
public final class UnsentMails {
  /** How many ids of a shard are read at a time. */
  private static final int PAGE = 25;

  private static final String CLOSE = "SET #state = :state, #closedAt = :now, #until = :until";
  private static final String TO = ", #to = :to";
  private static final String NO_LONGER_DUE = " REMOVE #unsent, #dueAt";

  private static final String SENT = "SENT";
  private static final String SKIPPED = "SKIPPED";
  private static final String GIVEN_UP = "GIVEN_UP";
  private static final String SUPERSEDED = "SUPERSEDED";

  /** The shortest and the longest wait when the mail service takes no more for now. */
  static final Duration SHORT_PAUSE = Duration.ofSeconds(30);

  static final Duration LONG_PAUSE = Duration.ofMinutes(15);

  private final Database database;
  private final MailLimits limits;
  private final String table;
  private final Duration kept;
  private final Clock clock;

  public UnsentMails(Environment environment) {
    this.database = Database.of(environment);
    this.limits = new MailLimits(environment);
    this.table = environment.variable("OUTBOX_TABLE");
    this.kept = Duration.ofDays(Long.parseLong(environment.variable("MAILS_KEPT_DAYS")));
    this.clock = environment.clock();
  }

  /**
   * A mail that the caller alone may send until its lease ends.
   *
   * @param id of the mail
   * @param mail what to send
   * @param createdAt when it was stored
   * @param dueSince when it was stored, or when its waiting for a limit was over (R27)
   * @param waited whether it has waited for a limit
   * @param tries how many tries there were, with this one
   * @param leasedUntil from then on somebody else may claim it
   * @param isLast whether nobody tries again after this
   */
  public record Claim(
      String id,
      Mail mail,
      Instant createdAt,
      Instant dueSince,
      boolean waited,
      int tries,
      Instant leasedUntil,
      boolean isLast) {}

  /**
   * Claims a mail as it stands now; nothing when it is sent, given up, another's, or not due yet. A
   * mail that was never tried is due at once.
   */
  public Optional<Claim> claim(String id) {
    Instant now = now();
    Item row = database.get(table, key(id)).orElse(Item.empty());
    if (!row.has("unsent")) {
      return Optional.empty();
    }
    boolean isNew = !row.has("tries");
    int before = (int) row.number("tries");
    Instant createdAt = row.instant("createdAt").orElseThrow();
    Instant dueSince = row.instant("dueSince").orElse(createdAt);
    Instant due = row.instant("dueAt").orElseThrow();
    if (!isNew && due.isAfter(now)) {
      return Optional.empty();
    }
    if (before > 0 && Retries.wasLast(dueSince, due)) {
      giveUp(id, before, row.text("template"));
      return Optional.empty();
    }
    Instant next = Retries.next(dueSince, before + 1, now);
    Item values = Item.empty().with("tries", before + 1).with("due", next).with("was", due);
    Optional<Item> claimed =
        database.update(
            table,
            key(id),
            "SET #tries = :tries, #dueAt = :due",
            "attribute_exists(#unsent) AND #dueAt = :was AND "
                + (isNew ? "attribute_not_exists(#tries)" : "#tries = :before"),
            isNew ? values : values.with("before", before));
    return claimed.map(
        item ->
            new Claim(
                id,
                read(item),
                createdAt,
                dueSince,
                row.has("dueSince"),
                before + 1,
                now.plus(Retries.LEASE),
                Retries.wasLast(dueSince, next)));
  }

  /**
   * Counts a claimed mail that is about to leave (R27). One that is over a limit waits until the
   * limit allows it, which is not a try; of two that wait and say the same, the later does.
   *
   * @param to the addresses that it goes to
   * @return whether it may leave
   */
  public boolean mayLeave(Claim claim, List<String> to) {
    Optional<Instant> due = limits.take(claim, to);
    if (due.isEmpty()) {
      return true;
    }
    switch (limits.wait(claim, due.get())) {
      case MailLimits.Waiting.Superseded superseded -> close(claim.id(), SUPERSEDED);
      case MailLimits.Waiting.Until until -> {
        postpone(claim, until.due(), "SET #tries = :before, #dueAt = :due, #dueSince = :due");
        if (until.superseded() != null) {
          close(until.superseded(), SUPERSEDED);
        }
      }
    }
    return false;
  }

  /**
   * Takes note that the mail service takes no more for now: the mail is tried again soon, and this
   * was not a try. Its count is given back.
   *
   * @param to as it was counted
   */
  public void notNow(Claim claim, List<String> to) {
    limits.giveBack(claim, to);
    Duration longest = SHORT_PAUSE.multipliedBy(2);
    Duration waited = Duration.between(claim.dueSince(), now());
    while (longest.compareTo(waited) < 0 && longest.compareTo(LONG_PAUSE) < 0) {
      longest = longest.multipliedBy(2);
    }
    postpone(
        claim,
        now().plus(Jitter.between(SHORT_PAUSE, longest)),
        "SET #tries = :before, #dueAt = :due");
  }

  /**
   * Marks a mail as sent: nobody sends it again. One that named a mission only names from now on
   * who got it, so that it is found with all that is kept on them ({@link KeptMails}).
   *
   * @param recipients the accountIds of those whom it went to
   */
  public void sent(Claim claim, List<String> recipients) {
    if (claim.mail().to() != null || recipients.isEmpty()) {
      close(claim.id(), SENT);
      return;
    }
    Item values = closing(SENT).with("to", recipients.getFirst());
    for (String other : recipients.subList(1, recipients.size())) {
      var _ = database.put(table, copy(claim, other), Writes.isNew("id"));
    }
    close(claim.id(), CLOSE + TO + NO_LONGER_DUE, values);
  }

  /** A sent mail as one more person who got it finds it: a row can name one. */
  private Item copy(Claim claim, String accountId) {
    Instant now = now();
    return key(claim.id() + "#" + accountId)
        .with("copyOf", claim.id())
        .with("template", claim.mail().template().name())
        .with("to", accountId)
        .with("state", SENT)
        .with("createdAt", claim.createdAt())
        .with("closedAt", now)
        .with("until", now.plus(kept));
  }

  /**
   * Closes a mail that has nobody to go to, or nothing to say any more. Its count is given back.
   *
   * @param to the addresses that it was counted for; none when it was not
   */
  public void skipped(Claim claim, List<String> to) {
    limits.giveBack(claim, to);
    close(claim.id(), SKIPPED);
  }

  /**
   * Takes note that a mail was not sent: it stays due at the time that its claim set, or, after the
   * last try, is given up with an alarm. Its count is given back.
   *
   * @param to the addresses that it was counted for; none when it was not
   * @return whether it is given up
   */
  public boolean failed(Claim claim, List<String> to) {
    limits.giveBack(claim, to);
    if (claim.isLast()) {
      giveUp(claim.id(), claim.tries(), claim.mail().template().name());
    }
    return claim.isLast();
  }

  /**
   * The ids of one shard's mails that are due now, read as they are asked for: the links first,
   * courtesies last, of each class those longest due first. The index lags: {@link #claim} decides.
   *
   * @param shard from 0, below {@link Outbox#SHARDS}
   */
  public Iterator<String> due(int shard) {
    return new Due(now(), shard);
  }

  /** How many shards there are, each to be sent beside the others. */
  public int shards() {
    return Outbox.SHARDS;
  }

  private void postpone(Claim claim, Instant due, String change) {
    database.update(
        table,
        key(claim.id()),
        change,
        "attribute_exists(#unsent) AND #tries = :tries",
        Item.empty()
            .with("before", claim.tries() - 1)
            .with("due", due)
            .with("tries", claim.tries()));
  }

  private void close(String id, String state) {
    close(id, CLOSE + NO_LONGER_DUE, closing(state));
  }

  private void close(String id, String change, Item values) {
    // no condition on the tries: what left the house has left it, whoever holds the claim by now
    database.update(table, key(id), change, "attribute_exists(#unsent)", values);
  }

  private void giveUp(String id, int tries, String template) {
    boolean closed =
        database
            .update(
                table,
                key(id),
                CLOSE + NO_LONGER_DUE,
                "attribute_exists(#unsent) AND #tries = :tries",
                closing(GIVEN_UP).with("tries", tries))
            .isPresent();
    if (closed) {
      Log.alarm("mail-given-up", Map.of("id", id, "template", template));
    }
  }

  /** What closes a mail: DynamoDB removes it when its time is over. */
  private Item closing(String state) {
    Instant now = now();
    return Item.empty().with("state", state).with("now", now).with("until", now.plus(kept));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static Item key(String id) {
    return Database.key("id", id);
  }

  private static Mail read(Item item) {
    return new Mail(
        MailTemplate.valueOf(item.text("template")),
        item.textOrNull("to"),
        item.textOrNull("mission"),
        item.textOrNull("professional"),
        item.textOrNull("actor"),
        item.dateIfAny("start").orElse(null),
        item.dateIfAny("end").orElse(null),
        item.textOrNull("submission"),
        item.textOrNull("detail"));
  }

  /** The classes of a shard one after the other, each read page by page. */
  private final class Due implements Iterator<String> {
    private final Instant now;
    private final int shard;
    private final Deque<MailClass> classes = new ArrayDeque<>(List.of(MailClass.values()));
    private final Deque<String> ids = new ArrayDeque<>();
    private @Nullable Item after;

    Due(Instant now, int shard) {
      this.now = now;
      this.shard = shard;
    }

    @Override
    public boolean hasNext() {
      while (ids.isEmpty() && !classes.isEmpty()) {
        Found found =
            database.query(
                Find.in(
                        table,
                        "unsent",
                        "#unsent = :shard AND #dueAt <= :now",
                        Item.empty()
                            .with("shard", Outbox.shard(classes.element(), shard))
                            .with("now", now))
                    .limited(PAGE)
                    .after(after));
        found.items().forEach(item -> ids.add(item.text("id")));
        after = found.last();
        if (after == null) {
          classes.remove();
        }
      }
      return !ids.isEmpty();
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ids.remove();
    }
  }
}
