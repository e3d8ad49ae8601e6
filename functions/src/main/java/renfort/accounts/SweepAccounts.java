package renfort.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Timers.Kind;
import renfort.accounts.Timers.Timed;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.environment.Retention;
import renfort.outbox.Outbox;
import renfort.outbox.Outbox.Fate;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.Step;
import renfort.storage.TimeLeft;
import renfort.storage.Writes;

/**
 * Keeps what was promised of accounts: an address that nobody confirms is reminded and then erased
 * with all that was submitted under it (R7); a profile without contact for long is announced to be
 * erased, and then is (R29). Each submission has its own timer.
 */
public final class SweepAccounts {
  private final Timers timers;
  private final Sweep sweep;
  private final Database database;
  private final Outbox outbox;
  private final Guards guards;
  private final Retention retention;
  private final AccountEvents professionals;
  private final AccountEvents requesters;
  private final Dormant profiles;
  private final Clock clock;
  private final Ids ids;

  /**
   * What the rooms above know of profiles that nobody uses.
   *
   * @param lastContact by professionalId, the last day of a contact with an establishment or of an
   *     affectation, if there was any
   * @param erase erases an account unless it has changed since it was read (R29)
   */
  public record Dormant(
      Function<String, Optional<LocalDate>> lastContact, Consumer<Account> erase) {}

  /**
   * The sweeps.
   *
   * @param professionals erases a professional nobody proved to be
   * @param requesters erases a requester nobody proved to be
   */
  public SweepAccounts(
      Environment environment,
      AccountEvents professionals,
      AccountEvents requesters,
      Dormant profiles) {
    this.timers = new Timers(environment);
    this.sweep = new Sweep(environment);
    this.database = Database.of(environment);
    this.outbox = new Outbox(environment);
    this.guards = new Guards(environment);
    this.retention = Retention.of(environment);
    this.professionals = professionals;
    this.requesters = requesters;
    this.profiles = profiles;
    this.clock = environment.clock();
    this.ids = environment.ids();
  }

  /** Addresses that nobody has confirmed (R7). */
  public Report unconfirmed(TimeLeft time) {
    LocalDate today = today();
    return sweep.run(
        Kind.UNCONFIRMED.name(),
        sweep.rows(timers.due(Kind.UNCONFIRMED, today)),
        row -> unconfirmed(row, today),
        null,
        time);
  }

  /** Profiles without contact for long (R29). */
  public Report dormant(TimeLeft time) {
    LocalDate today = today();
    return sweep.run(
        Kind.DORMANT.name(),
        sweep.rows(timers.due(Kind.DORMANT, today)),
        row -> dormant(row, today),
        null,
        time);
  }

  private Step unconfirmed(Item row, LocalDate today) {
    Optional<Timed> found = timers.find(row.text("accountId"), Kind.UNCONFIRMED, today);
    if (found.isEmpty()) {
      return Step.NOTHING;
    }
    Timed timed = found.get();
    LocalDate since = LocalDate.ofInstant(timed.since(), ZoneOffset.UTC);
    LocalDate erasure = since.plusDays(life(timed.account()));
    if (!today.isBefore(erasure)) {
      Account account = timed.account();
      (account.role() == Role.PROFESSIONAL ? professionals : requesters).superseded(account);
      return Step.DONE;
    }
    Writes writes = new Writes();
    if (timed.told() || !isReminded(timed.account(), since, today)) {
      timers.next(writes, timed, erasure, timed.told());
    } else if (remind(writes, timed.account(), today)) {
      timers.next(writes, timed, erasure, true);
    } else {
      // another submission of the address was reminded of today
      timers.next(writes, timed, earlier(today.plusDays(1), erasure), false);
    }
    return commit(writes);
  }

  /** What an agency approved waits as long as a profile does; other needs die with their drafts. */
  private int life(Account account) {
    return account.role() == Role.REQUESTER && !account.approved()
        ? retention.draftDays()
        : retention.unconfirmedErasureDays();
  }

  private boolean isReminded(Account account, LocalDate since, LocalDate today) {
    return !account.undeliverable()
        && today.isBefore(since.plusDays(retention.unconfirmedHiddenDays()));
  }

  /** One reminder an address and day at most; false when there was one. */
  private boolean remind(Writes writes, Account account, LocalDate today) {
    Item guard =
        Guards.key(Guards.name("REMINDER", account.email(), today.toString()))
            .with("until", clock.instant().plus(Duration.ofDays(2)));
    if (guards.find(guard.text("guard")).isPresent()) {
      return false;
    }
    writes.put("reminder", guards.table(), guard, Writes.isNew("guard"));
    outbox.post(writes, Mail.to(account.accountId(), MailTemplate.ACTIVATION_REMINDER));
    return true;
  }

  private Step dormant(Item row, LocalDate today) {
    Optional<Timed> found = timers.find(row.text("accountId"), Kind.DORMANT, today);
    if (found.isEmpty()) {
      return Step.NOTHING;
    }
    Timed timed = found.get();
    Optional<LocalDate> later =
        Optional.ofNullable(timed.account().professionalId())
            .flatMap(profiles.lastContact())
            .map(timers::dormantFrom)
            .filter(day -> day.isAfter(today));
    Writes writes = new Writes();
    if (later.isPresent()) {
      timers.next(writes, timed, later.get(), false);
      return commit(writes);
    }
    if (!timed.told()) {
      announce(writes, timed, today);
      return commit(writes);
    }
    @Nullable String notice = timed.notice();
    if (notice != null) {
      LocalDate erasure;
      switch (outbox.fate(notice)) {
        case Fate.Waits _ -> {
          timers.announced(writes, timed, today.plusDays(1), notice);
          return commit(writes);
        }
        case Fate.Lost _ -> {
          announce(writes, timed, today);
          return commit(writes);
        }
        case Fate.Left(LocalDate day) -> erasure = day.plusDays(retention.noticeDays());
      }
      if (erasure.isAfter(today)) {
        timers.next(writes, timed, erasure, true);
        return commit(writes);
      }
    }
    profiles.erase().accept(timed.account());
    return Step.DONE;
  }

  /** The days until the erasure begin once this mail has left: it is looked for the next day. */
  private void announce(Writes writes, Timed timed, LocalDate today) {
    LocalDate erasure = today.plusDays(retention.noticeDays());
    String notice = ids.next();
    outbox.post(
        writes,
        Mail.to(timed.account().accountId(), MailTemplate.PROFILE_DORMANT).during(erasure, erasure),
        notice);
    timers.announced(writes, timed, today.plusDays(1), notice);
  }

  private Step commit(Writes writes) {
    return database.commit(writes) instanceof Commit.Done ? Step.DONE : Step.LATER;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
