package renfort.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailClass;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * Where the rooms leave the mails to be sent: in the transaction of their cause, so that none is
 * lost (R26).
 */
public final class Outbox {
  /**
   * The stream delivers a new mail within seconds; what is still unsent after this is taken up by
   * ResendMails.
   */
  static final Duration FIRST_RETRY = Duration.ofMinutes(2);

  /**
   * The index of unsent mails is spread, so that a wave of them does not meet in one partition and
   * is sent side by side. The mails to one person are in one, in their order.
   */
  static final int SHARDS = 8;

  /** The states of mails that were sent, or had nobody to go to. */
  private static final Set<String> LEFT = Set.of("SENT", "SKIPPED");

  private final Database database;
  private final String table;
  private final Clock clock;
  private final Ids ids;

  public Outbox(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("OUTBOX_TABLE");
    this.clock = environment.clock();
    this.ids = environment.ids();
  }

  /** Adds a mail to the transaction of its cause. */
  public void post(Writes writes, Mail mail) {
    post(writes, mail, ids.next());
  }

  /** Whether a mail waits to be sent. */
  public boolean isUnsent(String id) {
    return database.get(table, Database.key("id", id)).map(row -> row.has("unsent")).orElse(false);
  }

  /** What became of a mail. */
  public sealed interface Fate {
    /** It is still to leave. */
    record Waits() implements Fate {}

    /** It has left, or nobody can be reached by it. */
    record Left(LocalDate day) implements Fate {}

    /** It was given up, or its row is gone. */
    record Lost() implements Fate {}
  }

  /** What became of a mail, by its id. */
  public Fate fate(String id) {
    Optional<Item> row = database.get(table, Database.key("id", id));
    if (row.filter(item -> item.has("unsent")).isPresent()) {
      return new Fate.Waits();
    }
    return row.filter(item -> LEFT.contains(String.valueOf(item.textOrNull("state"))))
        .flatMap(item -> item.instant("closedAt"))
        .<Fate>map(at -> new Fate.Left(LocalDate.ofInstant(at, ZoneOffset.UTC)))
        .orElseGet(Fate.Lost::new);
  }

  /** Adds a mail under an id that its cause knows; that id is used once. */
  public void post(Writes writes, Mail mail, String id) {
    Instant now = clock.instant();
    Item item =
        Item.empty()
            .with("id", id)
            .with("template", mail.template().name())
            .with("to", mail.to())
            .with("mission", mail.mission())
            .with("professional", mail.professional())
            .with("actor", mail.actor())
            .with("start", mail.start())
            .with("end", mail.end())
            .with("submission", mail.submission())
            .with("detail", mail.detail())
            .with("createdAt", now)
            .with("unsent", shard(mail, id))
            .with("dueAt", now.plus(FIRST_RETRY));
    writes.put("mail", table, item, Writes.isNew("id"));
  }

  static String shard(Mail mail, String id) {
    String recipient =
        Optional.ofNullable(mail.to()).or(() -> Optional.ofNullable(mail.mission())).orElse(id);
    return shard(MailClass.of(mail.template()), Math.floorMod(recipient.hashCode(), SHARDS));
  }

  static String shard(MailClass of, int number) {
    return of.name() + "#" + number;
  }
}
