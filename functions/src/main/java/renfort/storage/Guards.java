package renfort.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import renfort.environment.Environment;

/**
 * Short-lived rows that keep something from happening too often or twice: quotas, attempts, waits,
 * idempotency. Each has an {@code until}; conditions compare it with the clock, and DynamoDB's
 * time-to-live only tidies.
 */
public final class Guards {
  private final Database database;
  private final String table;
  private final Clock clock;

  public Guards(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("GUARDS_TABLE");
    this.clock = environment.clock();
  }

  /**
   * The name of a guard over texts that must not be stored as they are (addresses, keys): a hash of
   * them.
   */
  public static String name(String kind, String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return kind + "#" + HexFormat.of().formatHex(digest.digest(), 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The guard's row while it lasts. */
  public Optional<Item> find(String name) {
    return database.get(table, key(name)).filter(row -> lasts(row, clock.instant()));
  }

  /**
   * Counts one more use within a window of time that begins at multiples of its length.
   *
   * @return whether the use is within the limit; only then is it counted
   */
  public boolean take(String name, Duration window, int limit) {
    return take(name, window, limit, 1);
  }

  /**
   * Counts several uses at once, all or none of them.
   *
   * @param uses at least 1 and at most the limit
   * @return whether they are within the limit; only then are they counted
   */
  public boolean take(String name, Duration window, int limit, int uses) {
    return database
        .update(
            table,
            key(windowed(name, window)),
            "SET #until = :until ADD #count :uses",
            "attribute_not_exists(#count) OR #count <= :room",
            Item.empty().with("until", end(window)).with("uses", uses).with("room", limit - uses))
        .isPresent();
  }

  /**
   * Counts one more use of a guard that lasts until a given time.
   *
   * @param name names the time as well: another time has another guard
   * @return whether the use is within the limit; only then is it counted
   */
  public boolean takeUntil(String name, Instant until, int limit) {
    return database
        .update(
            table,
            key(name),
            "SET #until = :until ADD #count :one",
            "attribute_not_exists(#count) OR #count < :limit",
            Item.empty().with("until", until).with("one", 1).with("limit", limit))
        .isPresent();
  }

  /** Gives back a use of such a guard. */
  public void giveBackUntil(String name) {
    database.update(
        table,
        key(name),
        "ADD #count :minusOne",
        "#count > :zero",
        Item.empty().with("minusOne", -1).with("zero", 0));
  }

  /**
   * Counts one more different member of a guard that lasts until a given time.
   *
   * @return whether the member is counted already, or within the limit and counted now
   */
  public boolean addUntil(String name, String member, Instant until, int limit) {
    return database
        .update(
            table,
            key(name),
            "SET #until = :until ADD #members :set",
            "contains(#members, :member) OR attribute_not_exists(#members)"
                + " OR size(#members) < :limit",
            Item.empty()
                .with("until", until)
                .withSet("set", List.of(member))
                .with("member", member)
                .with("limit", limit))
        .isPresent();
  }

  /** Gives back a use that turned out not to count. */
  public void giveBack(String name, Duration window) {
    database.update(
        table,
        key(windowed(name, window)),
        "ADD #count :minusOne",
        "#count > :zero",
        Item.empty().with("minusOne", -1).with("zero", 0));
  }

  /** How long until the current window of that length is over. */
  public Duration left(Duration window) {
    return Duration.between(clock.instant(), end(window));
  }

  /** The table's name, for rows that another room owns. */
  public String table() {
    return table;
  }

  /** The key of a guard's row. */
  public static Item key(String name) {
    return Database.key("guard", name);
  }

  /** Whether a row's time is not yet over. */
  public static boolean lasts(Item row, Instant now) {
    return row.instant("until").map(until -> until.isAfter(now)).orElse(false);
  }

  private String windowed(String name, Duration window) {
    return name + "#" + Math.floorDiv(clock.instant().getEpochSecond(), window.toSeconds());
  }

  private Instant end(Duration window) {
    long length = window.toSeconds();
    return Instant.ofEpochSecond(
        (Math.floorDiv(clock.instant().getEpochSecond(), length) + 1) * length);
  }
}
