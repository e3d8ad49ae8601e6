package renfort.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.outbox.UnsentMails.Claim;
import renfort.outbox.model.DailyBudget;
import renfort.outbox.model.Mail;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Item;

/**
 * How many mails one person gets (R27): {@link DailyBudget a day's}, and the same mail of the same
 * mission once an hour. Counted before a mail leaves, one conditional write for each limit, so that
 * no number of senders at once gets beyond it; a sender that dies after counting wastes a mail of
 * the day, no more. What is over waits. Names of counters are hashes: no address is in them.
 */
public final class MailLimits {
  static final Duration DAY = Duration.ofDays(1);
  static final Duration HOUR = Duration.ofHours(1);

  /** Within this, past midnight UTC, the mails that waited for the next day begin to leave. */
  static final Duration SPREAD = Duration.ofMinutes(30);

  private final Database database;
  private final String table;
  private final Guards guards;
  private final Clock clock;

  public MailLimits(Environment environment) {
    this.database = Database.of(environment);
    this.guards = new Guards(environment);
    this.table = environment.variable("GUARDS_TABLE");
    this.clock = environment.clock();
  }

  /**
   * Counts a mail that is about to leave.
   *
   * @param to the addresses that it goes to
   * @return nothing when it may leave; else when it may be tried again, and nothing is counted
   */
  public Optional<Instant> take(Claim claim, List<String> to) {
    Mail mail = claim.mail();
    Optional<Instant> behind = claim.waited() ? Optional.empty() : lastWaiting(mail);
    if (behind.isPresent()) {
      return behind;
    }
    Optional<Instant> hour = takeHour(mail, claim.id());
    if (hour.isPresent()) {
      return hour;
    }
    List<String> counted = new ArrayList<>();
    for (String address : to) {
      if (!takeDay(mail, address)) {
        giveBack(claim, counted);
        return Optional.of(nextDay(address));
      }
      counted.add(address);
    }
    return Optional.empty();
  }

  /** Takes back the count of a mail that did not leave. */
  public void giveBack(Claim claim, List<String> to) {
    Mail mail = claim.mail();
    if (mail.mission() != null) {
      database.update(
          table,
          Guards.key(hour(mail)),
          "SET #until = :now",
          "#mail = :id",
          Item.empty().with("now", now()).with("id", claim.id()));
    }
    for (String address : to) {
      database.update(
          table,
          Guards.key(day(address)),
          "ADD #all :less, #" + DailyBudget.of(mail.template()).counter() + " :less",
          "attribute_exists(#all)",
          Item.empty().with("less", -1));
    }
  }

  /**
   * Takes note that a mail waits, so that of two that say the same one does, and that none of its
   * mission overtakes it: who is affected, released and affected again reads so in the end.
   *
   * @param due when it is to be tried again at the earliest
   */
  Waiting wait(Claim claim, Instant due) {
    Mail mail = claim.mail();
    String name = same(mail);
    for (int turn = 1; ; turn++) {
      Item row = guards.find(name).orElse(Item.empty());
      @Nullable String before = row.textOrNull("mail");
      boolean isOther = before != null && !before.equals(claim.id());
      if (isOther && row.instant("createdAt").orElseThrow().isAfter(claim.createdAt())) {
        return new Waiting.Superseded();
      }
      Item values =
          Item.empty()
              .with("id", claim.id())
              .with("created", claim.createdAt())
              .with("until", due.plus(DAY));
      boolean noted =
          database
              .update(
                  table,
                  Guards.key(name),
                  "SET #mail = :id, #createdAt = :created, #until = :until",
                  before == null ? "attribute_not_exists(#mail) OR #until <= :now" : "#mail = :old",
                  before == null ? values.with("now", now()) : values.with("old", before))
              .isPresent();
      if (noted) {
        return new Waiting.Until(inOrder(mail, due), isOther ? before : null);
      }
      if (turn == Database.TRIES) {
        // somebody notes theirs all the time: both wait, which loses nothing
        return new Waiting.Until(inOrder(mail, due), null);
      }
      Database.pause(turn);
    }
  }

  /** What becomes of a mail that has to wait. */
  sealed interface Waiting {

    /**
     * It waits.
     *
     * @param due when it is tried again
     * @param superseded the mail that waited and said the same, or null
     */
    record Until(Instant due, @Nullable String superseded) implements Waiting {}

    /** A later one that says the same waits already. */
    record Superseded() implements Waiting {}
  }

  /** Counts the same mail of the same mission; answers when the hour is over when there was one. */
  private Optional<Instant> takeHour(Mail mail, String id) {
    if (mail.mission() == null) {
      return Optional.empty();
    }
    Instant now = now();
    boolean taken =
        database
            .update(
                table,
                Guards.key(hour(mail)),
                "SET #until = :until, #mail = :id",
                "attribute_not_exists(#until) OR #until <= :now OR #mail = :id",
                Item.empty().with("until", now.plus(HOUR)).with("now", now).with("id", id))
            .isPresent();
    return taken
        ? Optional.empty()
        : Optional.of(
            guards
                .find(hour(mail))
                .flatMap(row -> row.instant("until"))
                .orElse(now.plusSeconds(1)));
  }

  private boolean takeDay(Mail mail, String address) {
    DailyBudget budget = DailyBudget.of(mail.template());
    String own = "#" + budget.counter();
    return database
        .update(
            table,
            Guards.key(day(address)),
            "SET #until = :until ADD #all :one, " + own + " :one",
            "(attribute_not_exists(#all) OR #all < :all) AND (attribute_not_exists("
                + own
                + ") OR "
                + own
                + " < :own)",
            Item.empty()
                .with("until", endOfDay())
                .with("one", 1)
                .with("all", budget.all())
                .with("own", budget.own()))
        .isPresent();
  }

  /** When a mail may leave that has no room today: each person's in the order they came. */
  private Instant nextDay(String address) {
    long turn =
        database
            .update(
                table,
                Guards.key(day(address)),
                "ADD #waiting :one",
                "attribute_exists(#until)",
                Item.empty().with("one", 1))
            .map(row -> row.number("waiting"))
            .orElse(0L);
    // the same for all mails of a person, or they would overtake each other
    long spread = Math.floorMod(day(address).hashCode(), SPREAD.toSeconds());
    return endOfDay().plusSeconds(spread + turn);
  }

  private Optional<Instant> lastWaiting(Mail mail) {
    return mail.mission() == null
        ? Optional.empty()
        : guards.find(order(mail)).flatMap(row -> row.instant("until"));
  }

  /** A time not before the given one and after all that wait of the same person and mission. */
  private Instant inOrder(Mail mail, Instant due) {
    if (mail.mission() == null) {
      return due;
    }
    Instant next = lastWaiting(mail).map(last -> last.plusSeconds(1)).orElse(due);
    Instant chosen = next.isAfter(due) ? next : due;
    database.update(
        table,
        Guards.key(order(mail)),
        "SET #until = :until",
        "attribute_not_exists(#until) OR #until < :until",
        Item.empty().with("until", chosen));
    return chosen;
  }

  private Instant now() {
    return Instant.ofEpochSecond(clock.instant().getEpochSecond());
  }

  private Instant endOfDay() {
    return Instant.ofEpochSecond((today() + 1) * DAY.toSeconds());
  }

  private long today() {
    return Math.floorDiv(clock.instant().getEpochSecond(), DAY.toSeconds());
  }

  private String day(String address) {
    return Guards.name("MAILS", DailyBudget.mailbox(address)) + "#" + today();
  }

  private static String hour(Mail mail) {
    return Guards.name(
        "MAIL_HOUR",
        mail.template().name(),
        of(mail.to()),
        of(mail.mission()),
        of(mail.professional()));
  }

  private static String order(Mail mail) {
    return Guards.name(
        "MAIL_ORDER", of(mail.mission()), of(mail.to() == null ? mail.professional() : mail.to()));
  }

  private static String same(Mail mail) {
    return Guards.name(
        "MAIL_WAITS",
        mail.template().name(),
        of(mail.to()),
        of(mail.mission()),
        of(mail.professional()),
        of(mail.actor()),
        String.valueOf(mail.start()),
        String.valueOf(mail.end()),
        of(mail.submission()),
        of(mail.detail()));
  }

  private static String of(@Nullable String part) {
    return part == null ? "" : part;
  }
}
