package renfort.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
