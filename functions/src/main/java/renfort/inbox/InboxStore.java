package renfort.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.inbox.Submission.Kind;
import renfort.inbox.Submission.State;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The inbox table: one item per form that was sent. While there is something to do it has a key of
 * the index {@code due}; once all is done it holds ids only, and DynamoDB's time-to-live removes
 * it. An item that was not taken has no time-to-live: it is not lost.
 */
public final class InboxStore {
  /** The stream brings a new item within moments; what is left after this is tried again. */
  static final Duration FIRST_RETRY = Duration.ofMinutes(2);

  /** How long an item that was taken stays: longer than any link that it may still decide on. */
  private static final Duration LIFE = Duration.ofDays(30);

  /** How long an item outlives what it made, so that the schedule finds it. */
  private static final Duration TIDY = Duration.ofDays(1);

  /** The index is spread, so that a wave of submissions does not meet in one partition. */
  private static final int SHARDS = 4;

  private final Database database;
  private final String table;
  private final Clock clock;

  public InboxStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("INBOX_TABLE");
    this.clock = environment.clock();
  }

  /** What an item waits for. Names are stored: never rename one. */
  enum Due {
    /** To be taken. */
    UNTAKEN,
    /** To be thrown away, unless its link was used. */
    EXPIRY
  }

  /** Adds what a form brought to a transaction, the same for every address; label {@code inbox}. */
  public void post(Writes writes, String submissionId, Kind kind, String email, Item content) {
    Instant now = clock.instant();
    writes.put(
        "inbox",
        table,
        key(submissionId)
            .with("kind", kind.name())
            .with("state", State.RECEIVED.name())
            .with("email", email)
            .with("content", content)
            // to the millisecond: the latest of an address get their links first
            .with("createdAt", now.toEpochMilli())
            .with("dueShard", shard(Due.UNTAKEN, submissionId))
            .with("dueAt", now.plus(FIRST_RETRY)),
        Writes.isNew("submissionId"));
  }

  /** A submission as it stands now. */
  public Optional<Submission> find(String submissionId) {
    return database.get(table, key(submissionId)).map(InboxStore::read);
  }

  /**
   * Adds to a transaction that all was done of a submission; label {@code inbox} when it was by
   * then.
   *
   * @param finess whose drafts it made, or null
   * @param drafts the missions that it made
   * @param expiry when what it made dies unless its link is used, or null for never
   */
  public void taken(
      Writes writes,
      Submission submission,
      @Nullable String finess,
      List<String> drafts,
      @Nullable Instant expiry) {
    Item values =
        Item.empty()
            .with("before", submission.state().name())
            .with("state", State.TAKEN.name())
            .with("until", until(submission, expiry))
            .withTexts("drafts", drafts)
            .with("finess", finess);
    writes.update(
        "inbox",
        table,
        key(submission.submissionId()),
        "SET #state = :state, #until = :until, #drafts = :drafts"
            + (finess == null ? "" : ", #finess = :finess")
            + expiry(submission, expiry, values)
            + " REMOVE #email, #content"
            + (expiry == null ? ", #dueShard, #dueAt" : ""),
        "#state = :before",
        values);
  }

  /** Adds to a transaction that a submission is kept until its own link is used; label as above. */
  public void parked(Writes writes, Submission submission, Instant expiry) {
    Item values =
        Item.empty()
            .with("before", submission.state().name())
            .with("state", State.PARKED.name())
            .with("until", until(submission, expiry));
    writes.update(
        "inbox",
        table,
        key(submission.submissionId()),
        "SET #state = :state, #until = :until" + expiry(submission, expiry, values),
        "#state = :before",
        values);
  }

  /** Adds to a transaction that a submission's address has an account; label as above. */
  public void refused(Writes writes, Submission submission) {
    writes.update(
        "inbox",
        table,
        key(submission.submissionId()),
        "SET #state = :state",
        "#state = :before",
        Item.empty().with("before", submission.state().name()).with("state", State.REFUSED.name()));
  }

  /** Adds to a transaction that nothing is to be thrown away any more. */
  public void settled(Writes writes, Submission submission) {
    writes.update(
        "inbox",
        table,
        key(submission.submissionId()),
        "SET #until = if_not_exists(#until, :until)"
            + " REMOVE #dueShard, #dueAt, #email, #content",
        "attribute_exists(#submissionId)",
        Item.empty().with("until", until(submission, null)));
  }

  /** Puts a submission off; one that was taken by then is left alone. */
  void putOff(Submission submission, Instant next) {
    database.update(
        table,
        key(submission.submissionId()),
        "SET #dueAt = :next, #tries = :tries",
        "#state = :before AND attribute_exists(#dueShard)",
        Item.empty()
            .with("before", submission.state().name())
            .with("next", next)
            .with("tries", submission.tries() + 1));
  }

  /** What is due now, by part of the index; the index lags, the items decide. */
  Map<String, Find> due(Due kind) {
    Instant now = clock.instant();
    return Find.parts(
        SHARDS,
        number ->
            Find.in(
                table,
                "due",
                "#dueShard = :shard AND #dueAt <= :now",
                Item.empty().with("shard", shardOf(kind, number)).with("now", now)));
  }

  private static Instant until(Submission submission, @Nullable Instant expiry) {
    Instant stays = submission.createdAt().plus(LIFE);
    return (expiry == null || expiry.isBefore(stays) ? stays : expiry).plus(TIDY);
  }

  private static String expiry(Submission submission, @Nullable Instant expiry, Item values) {
    if (expiry == null) {
      return "";
    }
    values.with("shard", shard(Due.EXPIRY, submission.submissionId())).with("expiry", expiry);
    return ", #dueShard = :shard, #dueAt = :expiry";
  }

  private static String shard(Due kind, String submissionId) {
    return shardOf(kind, Math.floorMod(submissionId.hashCode(), SHARDS));
  }

  private static String shardOf(Due kind, int number) {
    return kind.name() + "#" + number;
  }

  private static Item key(String submissionId) {
    return Database.key("submissionId", submissionId);
  }

  private static Submission read(Item row) {
    return new Submission(
        row.text("submissionId"),
        Kind.valueOf(row.text("kind")),
        State.valueOf(row.text("state")),
        Optional.ofNullable(row.textOrNull("email")).orElse(""),
        row.item("content").orElseGet(() -> Item.of(Map.of())),
        row.textOrNull("finess"),
        row.texts("drafts"),
        Instant.ofEpochMilli(row.number("createdAt")),
        (int) row.number("tries"));
  }
}
