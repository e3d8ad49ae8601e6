package renfort.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.outbox.model.Mail;
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

  /** The index of unsent mails is spread, so that a wave of them does not meet in one partition. */
  static final int SHARDS = 4;

  private final String table;
  private final Clock clock;
  private final Ids ids;

  public Outbox(Environment environment) {
    this.table = environment.variable("OUTBOX_TABLE");
    this.clock = environment.clock();
    this.ids = environment.ids();
  }

  /** Adds a mail to the transaction of its cause. */
  public void post(Writes writes, Mail mail) {
    String id = ids.next();
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
            .with("unsent", shard(id))
            .with("dueAt", now.plus(FIRST_RETRY));
    writes.put("mail", table, item, Writes.isNew("id"));
  }

  static String shard(String id) {
    return shardOf(Math.floorMod(id.hashCode(), SHARDS));
  }

  static String shardOf(int number) {
    return "UNSENT#" + number;
  }
}
