package renfort.accounts;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The accounts table: one item per account, and one {@code EMAIL#address} item that keeps an
 * address to one account. Erased accounts stay as ids, so that a late token or a late record finds
 * that they are gone.
 */
public final class AccountStore {
  static final String LIVE = "LIVE";
  static final String ERASED = "ERASED";

  private final Database database;
  private final String table;

  public AccountStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("ACCOUNTS_TABLE");
  }

  /** A live account as it stands now. */
  public Optional<Account> find(String accountId) {
    return database.get(table, key(accountId)).filter(AccountStore::isLive).map(AccountStore::read);
  }

  /** The live account of an address. */
  public Optional<Account> findByEmail(String email) {
    // the account is asked for even when the address is unknown, so that both take as long (R1)
    String accountId =
        database
            .get(table, key("EMAIL#" + email))
            .map(row -> row.text("account"))
            .orElse("00000000000000000000");
    return find(accountId);
  }

  /** The FINESS number that an erased requester acted for. */
  public Optional<String> finessOfErased(String accountId) {
    return database
        .get(table, key(accountId))
        .filter(row -> ERASED.equals(row.textOrNull("status")))
        .map(row -> row.textOrNull("finess"));
  }

  /** Adds a new account to a transaction; label {@code email} when the address is taken by then. */
  public void create(Writes writes, Account account) {
    writes.put(
        "email",
        table,
        key("EMAIL#" + account.email()).with("account", account.accountId()),
        Writes.isNew("accountId"));
    writes.put("account", table, write(account, 1), Writes.isNew("accountId"));
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
   * Adds to a transaction that a password was set: the address is theirs, the link is used up.
   * Label {@code account} when the account has changed since it was read.
   */
  void confirm(Writes writes, Account account, Instant now) {
    writes.update(
        "account",
        table,
        key(account.accountId()),
        "SET #confirmedAt = if_not_exists(#confirmedAt, :now), #version = :after"
            + " REMOVE #link, #undeliverable",
        "#status = :live AND #version = :before",
        Item.empty()
            .with("now", now)
            .with("live", LIVE)
            .with("before", account.version())
            .with("after", account.version() + 1));
  }

  /**
   * Adds the closing of an account to a transaction: its address is free again, nothing of the
   * person stays but ids, and the stream tells {@link FinishErasure}. Label {@code account} when it
   * was closed by then.
   */
  public void erase(Writes writes, Account account) {
    writes.delete(
        "email",
        table,
        key("EMAIL#" + account.email()),
        "#account = :account",
        Item.empty().with("account", account.accountId()));
    writes.put(
        "account",
        table,
        key(account.accountId())
            .with("status", ERASED)
            .with("role", account.role().name())
            .with("professionalId", account.professionalId())
            .with("finess", account.finess().orElse(null)),
        "#status = :live",
        Item.empty().with("live", LIVE));
  }

  Database database() {
    return database;
  }

  String table() {
    return table;
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
