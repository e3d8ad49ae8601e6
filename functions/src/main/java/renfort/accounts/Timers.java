package renfort.accounts;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * What is next due of an account, as keys of the index {@code due} on its row: the reminder and the
 * erasure of an address that nobody confirmed (R7), the announcement and the erasure of a profile
 * that nobody has used for long (R29). A key whose day is past stays due, so that days on which the
 * sweep did not run are caught up.
 */
public final class Timers {
  private static final String INDEX = "due";
  private static final int SHARDS = 8;

  /** A sign-in moves the day only when it gains as much: no write at each sign-in. */
  private static final int STEP_DAYS = 30;

  private final Database database;
  private final String table;
  private final Retention retention;
  private final Clock clock;

  public Timers(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("ACCOUNTS_TABLE");
    this.retention = Retention.of(environment);
    this.clock = environment.clock();
  }

  /** What an account's timer runs for. Names are stored: never rename one. */
  public enum Kind {
    /** An address that nobody has confirmed (R7). */
    UNCONFIRMED,
    /** A profile whose last contact is long ago (R29). */
    DORMANT
  }

  /**
   * An account whose timer runs.
   *
   * @param account as it stands now
   * @param day when something is due
   * @param since when the account was made
   * @param told whether its owner was reminded, or told of the coming erasure
   * @param notice the mail that tells of it, until it is known to have left; else null
   */
  public record Timed(
      Account account, LocalDate day, Instant since, boolean told, @Nullable String notice) {}

  /** The row of a new account with the timer that it begins with, if any. */
  Item begin(Item row, Account account) {
    Instant now = clock.instant();
    row.with("since", now);
    if (account.isConfirmed() || !hasTimer(account)) {
      return row;
    }
    return row.with("dueKind", key(Kind.UNCONFIRMED, account.accountId()))
        .with("dueDay", day(now).plusDays(retention.unconfirmedReminderDays()));
  }

  /** What a confirmation changes of the timer: more of an update of the account's row. */
  String confirmed(Account account, Item values) {
    if (account.role() != Role.PROFESSIONAL) {
      return " REMOVE #dueKind, #dueDay, #told, #notice";
    }
    values
        .with("dueKind", key(Kind.DORMANT, account.accountId()))
        .with("dueDay", dormantFrom(day(clock.instant())));
    return ", #dueKind = :dueKind, #dueDay = :dueDay REMOVE #told, #notice";
  }

  /** The accounts that something is due of on a day or before it, by the parts of the index. */
  public Map<String, Find> due(Kind kind, LocalDate today) {
    return Find.parts(
        SHARDS,
        shard ->
            Find.in(
                table,
                INDEX,
                "#dueKind = :kind AND #dueDay <= :today",
                Item.empty().with("kind", kind.name() + "#" + shard).with("today", today)));
  }

  /** An account as it stands now, if its timer of that kind has run out. */
  public Optional<Timed> find(String accountId, Kind kind, LocalDate today) {
    return database
        .get(table, AccountStore.key(accountId))
        .filter(AccountStore::isLive)
        .filter(row -> key(kind, accountId).equals(row.textOrNull("dueKind")))
        .filter(row -> !row.date("dueDay").isAfter(today))
        .map(
            row ->
                new Timed(
                    AccountStore.read(row),
                    row.date("dueDay"),
                    row.instant("since").orElse(Instant.EPOCH),
                    row.flag("told"),
                    row.textOrNull("notice")));
  }

  /**
   * Adds to a transaction that something else is due later; label "timer" when the account or its
   * timer has changed since it was read.
   */
  public void next(Writes writes, Timed timed, LocalDate day, boolean told) {
    next(writes, timed, day, told, "", Item.empty());
  }

  /**
   * Adds to a transaction that an erasure is announced by a mail that is to leave first; label as
   * above.
   *
   * @param day when the mail is looked for
   * @param notice id of the mail
   */
  public void announced(Writes writes, Timed timed, LocalDate day, String notice) {
    next(writes, timed, day, true, notice, Item.empty().with("notice", notice));
  }

  private void next(
      Writes writes, Timed timed, LocalDate day, boolean told, String notice, Item values) {
    writes.update(
        "timer",
        table,
        AccountStore.key(timed.account().accountId()),
        "SET #dueDay = :day, #told = :told"
            + (notice.isEmpty() ? " REMOVE #notice" : ", #notice = :notice"),
        "#status = :live AND #version = :before AND #dueDay = :due",
        values
            .with("day", day)
            .with("told", told)
            .with("live", AccountStore.LIVE)
            .with("before", timed.account().version())
            .with("due", timed.day()));
  }

  /**
   * Notes that the owner of a profile was here (R29): once a month at most, and whenever the coming
   * erasure was announced. Somebody who changes the account at the same time is here as well.
   */
  void seen(Account account) {
    if (account.role() != Role.PROFESSIONAL) {
      return;
    }
    LocalDate day = dormantFrom(day(clock.instant()));
    database
        .get(table, AccountStore.key(account.accountId()))
        .filter(row -> isToMove(row, day))
        .ifPresent(
            row ->
                database.update(
                    table,
                    AccountStore.key(account.accountId()),
                    "SET #dueKind = :kind, #dueDay = :day, #version = :after REMOVE #told, #notice",
                    "#status = :live AND #version = :before",
                    Item.empty()
                        .with("kind", key(Kind.DORMANT, account.accountId()))
                        .with("day", day)
                        .with("live", AccountStore.LIVE)
                        .with("before", row.number("version"))
                        .with("after", row.number("version") + 1)));
  }

  /** The day on which the erasure of a profile is announced, counted from the last contact. */
  public LocalDate dormantFrom(LocalDate lastContact) {
    return lastContact.plusDays(retention.dormantDays() - (long) retention.noticeDays());
  }

  private static boolean isToMove(Item row, LocalDate day) {
    @Nullable LocalDate due = row.dateIfAny("dueDay").orElse(null);
    return due == null || row.flag("told") || !due.plusDays(STEP_DAYS).isAfter(day);
  }

  private static boolean hasTimer(Account account) {
    return account.role() == Role.PROFESSIONAL || account.role() == Role.REQUESTER;
  }

  private static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  private static String key(Kind kind, String accountId) {
    return kind.name() + "#" + Math.floorMod(accountId.hashCode(), SHARDS);
  }
}
