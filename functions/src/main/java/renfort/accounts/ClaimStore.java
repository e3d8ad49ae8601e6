package renfort.accounts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import renfort.environment.Environment;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The unproved submissions of an address: one item {@code CLAIM#address} of the accounts table that
 * names them all, so that a consistent read finds each of them, however late an index is. It is
 * written with the accounts it names, and goes with the last of them.
 */
public final class ClaimStore {
  /** How many unproved submissions of one address are shown to anybody (R8). */
  public static final int MOST_SHOWN = 5;

  /** How many unproved submissions of one address have a link; the next wait in the inbox. */
  public static final int MOST = 50;

  private static final String PREFIX = "s_";

  private final Database database;
  private final String table;

  ClaimStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("ACCOUNTS_TABLE");
  }

  /**
   * An unproved submission.
   *
   * @param accountId of its account
   * @param since when it was submitted
   * @param shown whether others see what it brought; otherwise only its own link brings it out
   */
  public record Claim(String accountId, Instant since, boolean shown) {}

  /** The unproved submissions of an address as they stand now, the oldest first. */
  public List<Claim> of(String email) {
    return database.get(table, key(email)).map(ClaimStore::read).orElse(List.of());
  }

  static List<Claim> read(Item row) {
    List<Claim> claims = new ArrayList<>();
    for (String name : row.attributes().keySet()) {
      if (name.startsWith(PREFIX)) {
        Item claim = row.item(name).orElseThrow();
        claims.add(
            new Claim(
                name.substring(PREFIX.length()),
                Instant.ofEpochMilli(claim.number("since")),
                claim.flag("shown")));
      }
    }
    claims.sort(Comparator.comparing(Claim::since).thenComparing(Claim::accountId));
    return claims;
  }

  /**
   * Adds a submission to a transaction; label {@code claim} when there is no room for it any more,
   * or it is there already.
   */
  void join(Writes writes, String email, Claim claim) {
    String name = PREFIX + claim.accountId();
    writes.update(
        "claim",
        table,
        key(email),
        "SET #" + name + " = :claim ADD #count :one, #shown :more",
        ("attribute_not_exists(#" + name + ")")
            + " AND (attribute_not_exists(#count) OR #count < :most)"
            + " AND (attribute_not_exists(#shown) OR #shown <= :room)",
        Item.empty()
            .with(
                "claim",
                Item.empty()
                    .with("since", claim.since().toEpochMilli())
                    .with("shown", claim.shown()))
            .with("one", 1)
            .with("more", claim.shown() ? 1 : 0)
            .with("most", MOST)
            .with("room", claim.shown() ? MOST_SHOWN - 1 : MOST_SHOWN));
  }

  /**
   * Adds to a transaction that a submission is proved or gone, if it is among them; label {@code
   * claim} when they have changed since they were read here.
   */
  void leave(Writes writes, String email, String accountId) {
    List<Claim> all = of(email);
    Optional<Claim> own =
        all.stream().filter(claim -> claim.accountId().equals(accountId)).findFirst();
    if (own.isEmpty()) {
      return;
    }
    String name = PREFIX + accountId;
    if (all.size() == 1) {
      writes.delete(
          "claim",
          table,
          key(email),
          "attribute_exists(#" + name + ") AND #count = :one",
          Item.empty().with("one", 1));
      return;
    }
    writes.update(
        "claim",
        table,
        key(email),
        "REMOVE #" + name + " ADD #count :less, #shown :fewer",
        "attribute_exists(#" + name + ") AND #count > :one",
        Item.empty().with("less", -1).with("fewer", own.get().shown() ? -1 : 0).with("one", 1));
  }

  static Item key(String email) {
    return AccountStore.key("CLAIM#" + email);
  }
}
