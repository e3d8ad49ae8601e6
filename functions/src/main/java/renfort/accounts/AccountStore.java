package renfort.accounts;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.ClaimStore.Claim;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The accounts table: one item per account, one {@code EMAIL#address} item that keeps a proved
 * address to one account, and {@link ClaimStore} for those that are not proved (R1). Erased
 * accounts stay as ids, so that a late token or a late record finds that they are gone.
 */
public final class AccountStore {
  static final String LIVE = "LIVE";
  static final String ERASED = "ERASED";

  /** The status of an {@code EMAIL#} item, by which the stream tells {@link FreeSubmissions}. */
  static final String PROVED = "PROVED";

  private static final String EMAIL = "EMAIL#";
  private static final String NOBODY = "00000000000000000000";

  private final Database database;
  private final String table;
  private final ClaimStore claims;
  private final Timers timers;
  private final Clock clock;

  public AccountStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("ACCOUNTS_TABLE");
    this.claims = new ClaimStore(environment);
    this.timers = new Timers(environment);
    this.clock = environment.clock();
  }

  /** Live accounts as they stand now, at most 100, in no order. */
  List<Account> findAll(Collection<String> accountIds) {
    if (accountIds.isEmpty()) {
      return List.of();
    }
    return database
        .getAll(Map.of(table, accountIds.stream().distinct().map(AccountStore::key).toList()))
        .getOrDefault(table, List.of())
        .stream()
        .filter(AccountStore::isLive)
        .map(AccountStore::read)
        .toList();
  }

  /** A live account as it stands now. */
  public Optional<Account> find(String accountId) {
    return database.get(table, key(accountId)).filter(AccountStore::isLive).map(AccountStore::read);
  }

  /** The live account that an address is proved to be of, or staff's. */
  public Optional<Account> findByEmail(String email) {
    return rowOf(email).map(AccountStore::read);
  }

  /** The row of the live account of an address. */
  Optional<Item> rowOf(String email) {
    // the account is asked for even when the address is unknown, so that both take as long (R1)
    return database.get(table, key(owner(email).orElse(NOBODY))).filter(AccountStore::isLive);
  }

  /** The accountId that an address is kept to, as it stands now. */
  Optional<String> owner(String email) {
    return database.get(table, emailKey(email)).map(row -> row.text("account"));
  }

  /** The unproved submissions of an address as they stand now, the oldest first. */
  public List<Claim> claims(String email) {
    return claims.of(email);
  }

  /** Every live account of an address as it stands now, proved or not. */
  public List<Account> ofAddress(String email) {
    List<Account> all = new ArrayList<>(findByEmail(email).stream().toList());
    claims.of(email).forEach(claim -> find(claim.accountId()).ifPresent(all::add));
    return all;
  }

  /**
   * Whom a link may be sent to: the account of a proved address, else the latest unproved ones. As
   * much is read whoever the address belongs to (R1).
   *
   * @param most how many at most
   */
  List<Account> linkable(String email, int most) {
    Map<String, List<Item>> found =
        database.getAll(Map.of(table, List.of(emailKey(email), ClaimStore.key(email))));
    List<String> ids = new ArrayList<>();
    List<Claim> unproved = List.of();
    for (Item row : found.getOrDefault(table, List.of())) {
      if (row.text("accountId").startsWith(EMAIL)) {
        ids.add(row.text("account"));
      } else {
        unproved = ClaimStore.read(row);
      }
    }
    if (ids.isEmpty()) {
      unproved.reversed().stream().limit(most).map(Claim::accountId).forEach(ids::add);
    }
    List<Item> keys = new ArrayList<>(ids.stream().map(AccountStore::key).toList());
    for (int nobody = 0; keys.size() < most; nobody++) {
      keys.add(key(NOBODY.substring(1) + nobody));
    }
    return database.getAll(Map.of(table, keys)).getOrDefault(table, List.of()).stream()
        .filter(AccountStore::isLive)
        .map(AccountStore::read)
        .toList();
  }

  /** The staff of a region's agency, without those switched off; found by an index. */
  public List<Account> staffOf(String region) {
    return database
        .queryAll(
            Database.Find.in(
                table, "byRegion", "#region = :region", Item.empty().with("region", region)))
        .stream()
        // the index holds keys only: what counts is the account as it stands
        .flatMap(row -> find(row.text("accountId")).stream())
        .filter(account -> account.role() == Role.AGENCY && account.enabled())
        .toList();
  }

  /** The FINESS number that an erased requester acted for. */
  public Optional<String> finessOfErased(String accountId) {
    return database
        .get(table, key(accountId))
        .filter(row -> ERASED.equals(row.textOrNull("status")))
        .map(row -> row.textOrNull("finess"));
  }

  /**
   * Adds a new account to a transaction: that of a proved address or of staff, whom an operator
   * vouches for, else an unproved one that others see. Label {@code email} when the address is
   * proved by then.
   */
  public void create(Writes writes, Account account) {
    if (isKept(account)) {
      keep(writes, account);
      writes.put(
          "account", table, timers.begin(write(account, 1), account), Writes.isNew("accountId"));
    } else {
      createUnproved(writes, account, new Claim(account.accountId(), clock.instant(), true));
    }
  }

  /**
   * Adds the account of an unproved submission to a transaction. Label {@code email} when the
   * address is proved by then, {@code claim} when there is no room for it, {@code account} when it
   * is there already.
   */
  public void createUnproved(Writes writes, Account account, Claim claim) {
    checkUnproved(writes, account.email());
    claims.join(writes, account.email(), claim);
    writes.put(
        "account", table, timers.begin(write(account, 1), account), Writes.isNew("accountId"));
  }

  /** Asks in a transaction that an address be nobody's proved one; label {@code email}. */
  private void checkUnproved(Writes writes, String email) {
    writes.check("email", table, emailKey(email), Writes.isNew("accountId"), Item.empty());
  }

  /** Asks in a transaction that an address be still this account's; label {@code email}. */
  public void checkOwner(Writes writes, Account account) {
    writes.check(
        "email",
        table,
        emailKey(account.email()),
        "#account = :account",
        Item.empty().with("account", account.accountId()));
  }

  /** Adds to a transaction that the address is this account's; label {@code email} if another's. */
  private void keep(Writes writes, Account account) {
    writes.put(
        "email",
        table,
        emailKey(account.email()).with("account", account.accountId()).with("status", PROVED),
        Writes.isNew("accountId") + " OR #account = :account",
        Item.empty().with("account", account.accountId()));
  }

  /** Whether an address is kept to this account alone. */
  private static boolean isKept(Account account) {
    return switch (account.role()) {
      case AGENCY, NATIONAL -> true;
      case PROFESSIONAL, REQUESTER -> account.isConfirmed();
    };
  }

  /**
   * Adds a change of an account to a transaction; label {@code account} when it has changed since
   * it was read. Its link stays as it is.
   */
  public void save(Writes writes, Account account) {
    Item values = Item.empty();
    StringBuilder set = new StringBuilder("SET ");
    StringBuilder remove = new StringBuilder();
    Item item = write(account, account.version() + 1);
    for (String name :
        new String[] {
          "lastName",
          "firstName",
          "phone",
          "establishment",
          "approved",
          "region",
          "confirmedAt",
          "enabled",
          "role",
          "version"
        }) {
      if (item.has(name)) {
        set.append(values.attributes().isEmpty() ? "" : ", ").append("#" + name + " = :" + name);
        values.attributes().put(name, item.only(name).attributes().get(name));
      } else {
        remove.append(remove.isEmpty() ? " REMOVE " : ", ").append("#" + name);
      }
    }
    writes.update(
        "account",
        table,
        key(account.accountId()),
        set.toString() + remove,
        "#status = :live AND #version = :before",
        values.with("live", LIVE).with("before", account.version()));
  }

  /**
   * Takes note that a mail came back from an account's address; a link that is used takes it away.
   *
   * @param fault what became of the mail, a stable word
   */
  public void mailCameBack(Account account, String fault) {
    database.update(
        table,
        key(account.accountId()),
        "SET #undeliverable = :fault",
        "#status = :live",
        Item.empty().with("fault", fault).with("live", LIVE));
  }

  /**
   * Stores by what an account's devices are known.
   *
   * @param row the account as it was read
   * @param hashes of their secrets
   * @return false when others were stored meanwhile, or the account is gone
   */
  boolean remember(Item row, List<String> hashes) {
    Item values = Item.empty().with("live", LIVE).withTexts("after", hashes);
    boolean isFirst = !row.has("devices");
    return database
        .update(
            table,
            key(row.text("accountId")),
            "SET #devices = :after",
            "#status = :live AND "
                + (isFirst ? "attribute_not_exists(#devices)" : "#devices = :before"),
            isFirst ? values : values.withTexts("before", row.texts("devices")))
        .isPresent();
  }

  /**
   * Adds to a transaction that a password was set: the link is used up, and with the first one the
   * address is this account's and nobody else's (R1). Label {@code email} when another submission
   * has proved the address by then, {@code account} or {@code claim} when the account or its
   * address's submissions have changed since they were read.
   *
   * @param account as it was read
   * @param proved as it is to be: whom it acts for, and whether it may
   */
  void confirm(Writes writes, Account account, Account proved, Instant now) {
    Item values =
        Item.empty()
            .with("now", now)
            .with("live", LIVE)
            .with("before", account.version())
            .with("after", account.version() + 1);
    String set =
        "SET #confirmedAt = if_not_exists(#confirmedAt, :now), #passwordSetAt = :now,"
            + " #version = :after";
    if (!account.isConfirmed()) {
      keep(writes, account);
      claims.leave(writes, account.email(), account.accountId());
      if (proved.establishment() != null) {
        set += ", #establishment = :establishment, #approved = :approved";
        values
            .with("establishment", writeEstablishment(proved.establishment()))
            .with("approved", proved.approved());
      }
    }
    writes.update(
        "account",
        table,
        key(account.accountId()),
        set + timers.confirmed(account, values) + ", #link, #undeliverable, #devices",
        "#status = :live AND #version = :before",
        values);
  }

  /** Adds to a transaction that an account which is closed leaves its address. */
  void freeAddress(Writes writes, Account account) {
    if (isKept(account)) {
      writes.delete(
          "email",
          table,
          emailKey(account.email()),
          "#account = :account",
          Item.empty().with("account", account.accountId()));
    } else {
      claims.leave(writes, account.email(), account.accountId());
    }
  }

  Database database() {
    return database;
  }

  String table() {
    return table;
  }

  private static Item emailKey(String email) {
    return key(EMAIL + email);
  }

  static Item key(String accountId) {
    return Database.key("accountId", accountId);
  }

  static boolean isLive(Item row) {
    return LIVE.equals(row.textOrNull("status"));
  }

  static boolean isErased(Item row) {
    return ERASED.equals(row.textOrNull("status"));
  }

  static Account read(Item row) {
    @Nullable Establishment establishment =
        row.item("establishment").map(AccountStore::readEstablishment).orElse(null);
    return new Account(
        row.text("accountId"),
        Role.valueOf(row.text("role")),
        row.text("email"),
        row.text("lastName"),
        row.text("firstName"),
        row.textOrNull("phone"),
        row.textOrNull("professionalId"),
        establishment,
        row.flag("approved"),
        row.textOrNull("region"),
        row.instant("confirmedAt").orElse(null),
        row.flag("enabled"),
        row.has("undeliverable"),
        row.number("version"));
  }

  private static Item write(Account account, long version) {
    return key(account.accountId())
        .with("status", LIVE)
        .with("role", account.role().name())
        .with("email", account.email())
        .with("lastName", account.lastName())
        .with("firstName", account.firstName())
        .with("phone", account.phone())
        .with("professionalId", account.professionalId())
        .with(
            "establishment",
            Optional.ofNullable(account.establishment())
                .map(AccountStore::writeEstablishment)
                .orElse(null))
        .with("approved", account.approved())
        .with("region", account.region())
        .with("confirmedAt", account.confirmedAt())
        .with("enabled", account.enabled())
        .with("version", version);
  }

  /** An establishment as it is stored within other items. */
  public static Item writeEstablishment(Establishment establishment) {
    return Item.empty()
        .with("finess", establishment.finess())
        .with("name", establishment.name())
        .with("address", establishment.address())
        .with("postalCode", establishment.postalCode())
        .with("city", establishment.city())
        .with("region", establishment.region())
        .with("departement", establishment.departement())
        .with("latitude", Math.round(establishment.latitude() * 10_000))
        .with("longitude", Math.round(establishment.longitude() * 10_000));
  }

  /** An establishment as it was stored within another item. */
  public static Establishment readEstablishment(Item item) {
    return new Establishment(
        item.text("finess"),
        item.text("name"),
        item.text("address"),
        item.text("postalCode"),
        item.text("city"),
        item.text("region"),
        item.text("departement"),
        item.number("latitude") / 10_000.0,
        item.number("longitude") / 10_000.0);
  }
}
