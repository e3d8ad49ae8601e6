package renfort.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.environment.Environment;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The rows of erased accounts while something is left to do (R29): {@code unfinished} wakes {@link
 * FinishErasure} by the stream, the keys of the index {@code erasing} let {@link ResumeErasures}
 * find those that the stream gave up. The row keeps how far the work has come, and the address
 * until the mail that confirms the erasure has left. At the end ids alone stay.
 */
public final class Erasures {
  /** How long after the closing a last look is taken: every index has caught up by then. */
  static final Duration SETTLED = Duration.ofMinutes(10);

  private static final String INDEX = "erasing";

  /** How many parts the index has. */
  private static final int SHARDS = 4;

  private final Database database;
  private final AccountStore accounts;
  private final String table;
  private final Outbox outbox;
  private final Clock clock;

  public Erasures(Environment environment) {
    this.database = Database.of(environment);
    this.accounts = new AccountStore(environment);
    this.table = environment.variable("ACCOUNTS_TABLE");
    this.outbox = new Outbox(environment);
    this.clock = environment.clock();
  }

  /**
   * Adds the closing of an account to a transaction: its address is free again, its sessions are
   * refused from now on, and the stream wakes the work that is left. Label {@code account} when it
   * has changed since it was read.
   */
  public void close(Writes writes, Account account, ErasureReason reason) {
    String accountId = account.accountId();
    Instant now = clock.instant();
    boolean told =
        switch (reason) {
          case ASKED, DORMANT -> true;
          case UNPROVED -> false;
        };
    accounts.freeAddress(writes, account);
    writes.put(
        "account",
        table,
        AccountStore.key(accountId)
            .with("status", AccountStore.ERASED)
            .with("role", account.role().name())
            .with("professionalId", account.professionalId())
            .with("finess", account.finess().orElse(null))
            .with("email", told ? account.email() : null)
            .with("closedAt", now)
            .with("unfinished", true)
            .with("slice", 0)
            .with(INDEX, shard(Math.floorMod(accountId.hashCode(), SHARDS)))
            .with("dueAt", now.plus(SETTLED)),
        "#status = :live AND #version = :before",
        Item.empty().with("live", AccountStore.LIVE).with("before", account.version()));
    if (told) {
      // one confirmation an account, so that its id is known to whoever waits for it to leave
      outbox.post(
          writes, Mail.to(accountId, MailTemplate.ACCOUNT_ERASED).saying(reason.name()), accountId);
    }
  }

  /**
   * An erasure that is not over.
   *
   * @param accountId the closed account
   * @param professionalId of a professional, or null
   * @param closedAt when it was closed
   * @param unfinished whether no pass has come to its end yet
   * @param place where the pass goes on, or null at its beginning
   * @param isConfirmed whether the mail that confirms it needs the address no more
   * @param slice how many slices were done
   */
  record Erasure(
      String accountId,
      @Nullable String professionalId,
      Instant closedAt,
      boolean unfinished,
      @Nullable String place,
      boolean isConfirmed,
      long slice) {}

  /** What is left of the erasure of an account, as it stands now. */
  Optional<Erasure> find(String accountId) {
    return database
        .get(table, AccountStore.key(accountId))
        .filter(AccountStore::isErased)
        .filter(row -> row.has(INDEX))
        .map(
            row ->
                new Erasure(
                    accountId,
                    row.textOrNull("professionalId"),
                    row.instant("closedAt").orElseThrow(),
                    row.flag("unfinished"),
                    row.textOrNull("place"),
                    !row.has("email") || !outbox.isUnsent(accountId),
                    row.number("slice")));
  }

  /** The address of an erased account, as long as its confirmation is to be sent. */
  public Optional<String> address(String accountId) {
    return database
        .get(table, AccountStore.key(accountId))
        .filter(AccountStore::isErased)
        .map(row -> row.textOrNull("email"));
  }

  /** Whether a last look at an erasure may be taken now. */
  boolean isSettled(Erasure erasure) {
    return !erasure.closedAt().plus(SETTLED).isAfter(clock.instant());
  }

  /** Notes that a slice is done; the write wakes the next one by the stream. */
  void goOn(Erasure erasure, String place) {
    change(
        erasure,
        "SET #slice = :after, #place = :place, #unfinished = :yes, #dueAt = :due",
        values(erasure).with("place", place).with("yes", true).with("due", later()));
  }

  /** Notes that a pass came to its end, and that a last look is to follow. */
  void rest(Erasure erasure) {
    change(
        erasure,
        "SET #slice = :after, #unfinished = :no, #dueAt = :due REMOVE #place",
        values(erasure).with("no", false).with("due", later()));
  }

  /** Notes that all is done: ids alone stay. */
  void finish(Erasure erasure) {
    change(
        erasure,
        "REMOVE #erasing, #dueAt, #unfinished, #place, #slice, #closedAt, #email",
        Item.empty().with("before", erasure.slice()));
  }

  /** What finds the erasures that are due, by part of the index, those longest due first. */
  Map<String, Find> due() {
    Instant now = clock.instant();
    return Find.parts(
        SHARDS,
        shard ->
            Find.in(
                table,
                INDEX,
                "#erasing = :shard AND #dueAt <= :now",
                Item.empty().with("shard", shard(shard)).with("now", now)));
  }

  /** Somebody who works on it at the same time may have been faster: theirs stands. */
  private void change(Erasure erasure, String update, Item values) {
    database.update(
        table,
        AccountStore.key(erasure.accountId()),
        update,
        "attribute_exists(#erasing) AND #slice = :before",
        values);
  }

  private static Item values(Erasure erasure) {
    return Item.empty().with("before", erasure.slice()).with("after", erasure.slice() + 1);
  }

  private Instant later() {
    return clock.instant().plus(SETTLED);
  }

  private static String shard(int number) {
    return "ERASING#" + number;
  }
}
