package renfort.outbox;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.outbox.model.Retries;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;
import renfort.storage.Item;
import renfort.web.Log;

/**
 * The side of the outbox that sends (R26). A mail is unsent while it has the key of the index
 * {@code unsent}. Each try claims it first, by a condition on the number of tries before: of a new
 * stream record, a repeated one and the schedule, one gets it. A claim moves {@code dueAt}, which
 * is lease and backoff in one: whoever is killed while sending has failed without a word.
 */
public final class UnsentMails {
  /** How many ids of a shard are read at a time. */
  private static final int PAGE = 25;

  private static final String SENT = "SENT";
  private static final String SKIPPED = "SKIPPED";
  private static final String GIVEN_UP = "GIVEN_UP";

  private final Database database;
  private final String table;
  private final Clock clock;

  public UnsentMails(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("OUTBOX_TABLE");
    this.clock = environment.clock();
  }

  /**
   * A mail that the caller alone may send until its lease ends.
   *
   * @param id of the mail
   * @param mail what to send
   * @param createdAt when it was stored
   * @param tries how many tries there were, with this one
   * @param leasedUntil from then on somebody else may claim it
   * @param isLast whether nobody tries again after this
   */
  public record Claim(
      String id, Mail mail, Instant createdAt, int tries, Instant leasedUntil, boolean isLast) {}

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
    int before = (int) row.number("tries");
    Instant createdAt = row.instant("createdAt").orElseThrow();
    Instant due = row.instant("dueAt").orElseThrow();
    if (before > 0 && due.isAfter(now)) {
      return Optional.empty();
    }
    if (before > 0 && Retries.wasLast(createdAt, due)) {
      giveUp(id, before, row.text("template"));
      return Optional.empty();
    }
    Instant next = Retries.next(createdAt, before + 1, now);
    Optional<Item> claimed =
        database.update(
            table,
            key(id),
            "SET #tries = :tries, #dueAt = :due",
            before == 0
                ? "attribute_exists(#unsent) AND attribute_not_exists(#tries)"
                : "attribute_exists(#unsent) AND #tries = :before",
            before == 0
                ? Item.empty().with("tries", 1).with("due", next)
                : Item.empty().with("tries", before + 1).with("due", next).with("before", before));
    return claimed.map(
        item ->
            new Claim(
                id,
                read(item),
                createdAt,
                before + 1,
                now.plus(Retries.LEASE),
                Retries.wasLast(createdAt, next)));
  }

  /** Marks a mail as sent: nobody sends it again. */
  public void sent(Claim claim) {
    close(claim.id(), SENT);
  }

  /** Closes a mail that has nobody to go to, or nothing to say any more. */
  public void skipped(Claim claim) {
    close(claim.id(), SKIPPED);
  }

  /**
   * Takes note that a mail was not sent: it stays due at the time that its claim set, or, after the
   * last try, is given up with an alarm.
   *
   * @return whether it is given up
   */
  public boolean failed(Claim claim) {
    if (claim.isLast()) {
      giveUp(claim.id(), claim.tries(), claim.mail().template().name());
    }
    return claim.isLast();
  }

  /**
   * The ids of the mails that are due now, those longest due first, read as they are asked for. The
   * index lags: {@link #claim} decides.
   */
  public Iterator<String> due() {
    return new Due(now());
  }

  private void close(String id, String state) {
    // no condition on the tries: what left the house has left it, whoever holds the claim by now
    database.update(
        table,
        key(id),
        "SET #state = :state, #closedAt = :now REMOVE #unsent, #dueAt",
        "attribute_exists(#unsent)",
        Item.empty().with("state", state).with("now", now()));
  }

  private void giveUp(String id, int tries, String template) {
    boolean closed =
        database
            .update(
                table,
                key(id),
                "SET #state = :state, #closedAt = :now REMOVE #unsent, #dueAt",
                "attribute_exists(#unsent) AND #tries = :tries",
                Item.empty().with("state", GIVEN_UP).with("now", now()).with("tries", tries))
            .isPresent();
    if (closed) {
      Log.alarm("mail-given-up", Map.of("id", id, "template", template));
    }
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

  /** One id of each shard in turn, so that none waits for another's backlog. */
  private final class Due implements Iterator<String> {
    private final Instant now;
    private final Deque<Shard> shards = new ArrayDeque<>();

    Due(Instant now) {
      this.now = now;
      for (int i = 0; i < Outbox.SHARDS; i++) {
        shards.add(new Shard(Outbox.shardOf(i)));
      }
    }

    @Override
    public boolean hasNext() {
      while (!shards.isEmpty() && !shards.element().fill(now)) {
        shards.remove();
      }
      return !shards.isEmpty();
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Shard shard = shards.remove();
      shards.add(shard);
      return shard.ids.remove();
    }
  }

  private final class Shard {
    private final String name;
    private final Deque<String> ids = new ArrayDeque<>();
    private @Nullable Item after;
    private boolean ended;

    Shard(String name) {
      this.name = name;
    }

    /** Reads on when all that was read is used up; false when there is no more. */
    boolean fill(Instant now) {
      while (ids.isEmpty() && !ended) {
        Found found =
            database.query(
                Find.in(
                        table,
                        "unsent",
                        "#unsent = :shard AND #dueAt <= :now",
                        Item.empty().with("shard", name).with("now", now))
                    .limited(PAGE)
                    .after(after));
        found.items().forEach(item -> ids.add(item.text("id")));
        after = found.last();
        ended = after == null;
      }
      return !ids.isEmpty();
    }
  }
}
