package renfort.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.LinkPurpose;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Outage;

/**
 * The link by which the owner of an address sets a password (R4). An account has one at most: a
 * newer one voids the older. It lives on the account's row, as a hash; the token itself is in the
 * mail only. It serves once, by a request that leases it, so that a fault gives it back and a crash
 * lets it live on.
 */
public final class Links {
  /** 72 hours from when it is minted (R4). */
  static final Duration LIFE = Duration.ofDays(3);

  /** Longer than a request may run. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final Pattern TOKEN =
      Pattern.compile("(" + Ids.FORM.pattern() + ")\\.[A-Za-z0-9_-]{43}");

  private final Environment environment;
  private final Database database;
  private final String table;
  private final Clock clock;

  public Links(Environment environment) {
    this.environment = environment;
    this.database = Database.of(environment);
    this.table = environment.variable("ACCOUNTS_TABLE");
    this.clock = environment.clock();
  }

  /**
   * Makes the account's link anew, when its mail is about to leave. The link asked for last is the
   * one that works, also when the mail of an earlier one is tried again after it was used (R4).
   *
   * @param submission the need whose mail carries it (R8), or null
   * @param asked when it was asked for
   * @return the token, or nothing when the account is gone or has the link of a later request
   */
  public Optional<String> mint(
      String accountId, LinkPurpose purpose, @Nullable String submission, Instant asked) {
    String token =
        accountId
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(environment.ids().secret(32));
    Item link =
        Item.empty()
            .with("hash", hash(token))
            .with("until", clock.instant().plus(LIFE))
            .with("purpose", purpose.name())
            .with("submission", submission);
    return database
        .update(
            table,
            AccountStore.key(accountId),
            "SET #link = :link, #linkAsked = :asked",
            "#status = :live AND (attribute_not_exists(#linkAsked) OR #linkAsked <= :asked)",
            Item.empty().with("link", link).with("live", AccountStore.LIVE).with("asked", asked))
        .map(row -> token);
  }

  /**
   * The address that the mail gives: the token is in the fragment, which a browser sends to nobody.
   */
  public String address(String token) {
    return environment.variable("SITE_URL") + "/mot-de-passe#token=" + token;
  }

  /** What became of a token that was shown. */
  sealed interface Showing {

    /** The link is its holder's until it is used, given back, or the lease runs out. */
    record Leased(Lease lease) implements Showing {}

    /** Used, expired, voided, malformed, or of nobody: all one from outside. */
    record Gone() implements Showing {}

    /** Another request holds it. */
    record Busy() implements Showing {}
  }

  /**
   * A link that is being used.
   *
   * @param account as it stood then
   */
  record Lease(Account account, String hash, Instant until) {}

  /** Leases the link of a token. */
  Showing show(String token) {
    var form = TOKEN.matcher(token);
    if (!form.matches()) {
      return new Showing.Gone();
    }
    String accountId = form.group(1);
    String hash = hash(token);
    Instant now = clock.instant();
    Optional<Item> link =
        database
            .get(table, AccountStore.key(accountId))
            .filter(row -> AccountStore.isLive(row) && row.flag("enabled"))
            .flatMap(row -> row.item("link"))
            .filter(found -> isEqual(found.text("hash"), hash))
            .filter(found -> isAfter(found, "until", now));
    if (link.isEmpty()) {
      return new Showing.Gone();
    }
    Instant until = now.plus(LEASE);
    return database
        .update(
            table,
            AccountStore.key(accountId),
            "SET #link.#lease = :lease",
            "#status = :live AND #link.#hash = :hash"
                + " AND (attribute_not_exists(#link.#lease) OR #link.#lease <= :now)",
            Item.empty()
                .with("live", AccountStore.LIVE)
                .with("hash", hash)
                .with("now", now)
                .with("lease", until))
        .<Showing>map(row -> new Showing.Leased(new Lease(AccountStore.read(row), hash, until)))
        .orElseGet(Showing.Busy::new);
  }

  /** Lets a link that was not used work again at once. */
  void giveBack(Lease lease) {
    try {
      database.update(
          table,
          AccountStore.key(lease.account().accountId()),
          "REMOVE #link.#lease",
          "#link.#hash = :hash AND #link.#lease = :lease",
          Item.empty().with("hash", lease.hash()).with("lease", lease.until()));
    } catch (Outage outage) {
      // then the lease runs out by itself
    }
  }

  private static boolean isAfter(Item link, String name, Instant now) {
    return link.instant(name).map(instant -> instant.isAfter(now)).orElse(false);
  }

  private static boolean isEqual(String stored, String shown) {
    return MessageDigest.isEqual(
        stored.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
