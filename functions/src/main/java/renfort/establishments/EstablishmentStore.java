package renfort.establishments;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The establishments table: per FINESS number an {@code ESTABLISHMENT} item from its first approval
 * on (R8), which never changes, and a {@code REQUESTER#accountId} item for each who acts for it.
 * {@code byRegion} lists the requesters of a region by status, name and FINESS number.
 */
public final class EstablishmentStore {
  private static final String ESTABLISHMENT = "ESTABLISHMENT";
  private static final String REQUESTER = "REQUESTER#";

  private final Database database;
  private final String table;

  public EstablishmentStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("ESTABLISHMENTS_TABLE");
  }

  /** An establishment that was approved, as it is known. */
  public Optional<Establishment> find(String finess) {
    return database.get(table, key(finess, ESTABLISHMENT)).map(EstablishmentStore::establishment);
  }

  /** One requester of a FINESS number as they stand now. */
  public Optional<Requester> requester(String finess, String accountId) {
    return database
        .get(table, key(finess, REQUESTER + accountId))
        .map(EstablishmentStore::readRequester);
  }

  /**
   * A requester to look for.
   *
   * @param finess FINESS number that they act for
   * @param accountId theirs
   */
  public record Name(String finess, String accountId) {}

  /** Requesters as they stand now, at most 100, by accountId; those who are gone are left out. */
  public Map<String, Requester> requesters(Collection<Name> names) {
    Map<String, Requester> requesters = new HashMap<>();
    if (!names.isEmpty()) {
      database
          .getAll(
              Map.of(
                  table,
                  names.stream()
                      .distinct()
                      .map(name -> key(name.finess(), REQUESTER + name.accountId()))
                      .toList()))
          .getOrDefault(table, List.of())
          .stream()
          .map(EstablishmentStore::readRequester)
          .forEach(requester -> requesters.put(requester.accountId(), requester));
    }
    return requesters;
  }

  /**
   * All that is stored of a FINESS number.
   *
   * @param establishment once it was approved
   * @param requesters those who act for it or ask to, by accountId
   */
  public record Known(Optional<Establishment> establishment, List<Requester> requesters) {}

  /**
   * What is stored of a FINESS number as it stands now.
   *
   * @param limit how many requesters at most, or 0 for all
   */
  public Known known(String finess, int limit) {
    Find all = Find.in(table, null, "#finess = :finess", Item.empty().with("finess", finess));
    // the establishment's own item sorts before those of its requesters
    List<Item> rows =
        limit == 0 ? database.queryAll(all) : database.query(all.limited(limit + 1)).items();
    Optional<Establishment> establishment = Optional.empty();
    List<Requester> requesters = new ArrayList<>();
    for (Item row : rows) {
      if (row.text("sk").equals(ESTABLISHMENT)) {
        establishment = Optional.of(establishment(row));
      } else if (limit == 0 || requesters.size() < limit) {
        requesters.add(readRequester(row));
      }
    }
    return new Known(establishment, requesters);
  }

  /**
   * A part of a region's list.
   *
   * @param requesters in the list's order
   * @param next where it goes on, to be given back; null at the end
   */
  public record Listed(List<Requester> requesters, @Nullable Map<String, String> next) {}

  /**
   * The requesters of a region by status, name of the establishment and FINESS number.
   *
   * @param status only these, or null for all
   * @param place where to go on; empty at the beginning
   */
  public Listed ofRegion(
      String region, @Nullable RequesterStatus status, Map<String, String> place, int limit) {
    Item values = Item.empty().with("region", region);
    Find find =
        status == null
            ? Find.in(table, "byRegion", "#region = :region", values)
            : Find.in(
                table,
                "byRegion",
                "#region = :region AND begins_with(#listKey, :status)",
                values.with("status", status.name() + "#"));
    @Nullable String at = place.get("at");
    @Nullable String finess = place.get("finess");
    @Nullable String id = place.get("id");
    Found found =
        database.query(
            find.limited(limit)
                .after(
                    at == null || finess == null || id == null
                        ? null
                        : key(finess, REQUESTER + id).with("region", region).with("listKey", at)));
    @Nullable Item last = found.last();
    return new Listed(
        found.items().stream().map(EstablishmentStore::readRequester).toList(),
        last == null
            ? null
            : Map.of(
                "at",
                last.text("listKey"),
                "finess",
                last.text("finess"),
                "id",
                last.text("sk").substring(REQUESTER.length())));
  }

  /** Somebody who is approved to act for a FINESS number right now, if there is anybody. */
  public Optional<Requester> approvedRequester(String finess) {
    return database
        .queryAll(
            Find.in(
                    table,
                    null,
                    "#finess = :finess AND begins_with(#sk, :requester)",
                    Item.empty()
                        .with("finess", finess)
                        .with("requester", REQUESTER)
                        .with("approved", RequesterStatus.APPROVED.name()))
                .filtered("#status = :approved"))
        .stream()
        .findFirst()
        .map(EstablishmentStore::readRequester);
  }

  /**
   * Asks in a transaction that a requester be as they were read; label {@code requester} when they
   * have changed or are gone.
   */
  public void check(Writes writes, Requester requester) {
    writes.check(
        "requester",
        table,
        key(requester.establishment().finess(), REQUESTER + requester.accountId()),
        "#version = :before",
        Item.empty().with("before", requester.version()));
  }

  /**
   * Adds an establishment to a transaction, with its first approval (R8); label {@code
   * establishment} when it is there by then.
   */
  public void store(Writes writes, Establishment establishment) {
    writes.put(
        "establishment",
        table,
        key(establishment.finess(), ESTABLISHMENT)
            .with("establishment", AccountStore.writeEstablishment(establishment)),
        "attribute_not_exists(#finess)");
  }

  /**
   * Asks in a transaction that an establishment be still unknown; label {@code establishment} when
   * it was stored by then.
   */
  public void checkUnknown(Writes writes, String finess) {
    writes.check(
        "establishment",
        table,
        key(finess, ESTABLISHMENT),
        "attribute_not_exists(#finess)",
        Item.empty());
  }

  /**
   * Adds a new or changed requester to a transaction, with their account's change; label {@code
   * requester} when they have changed since they were read.
   */
  public void save(Writes writes, Requester requester) {
    Item item = write(requester);
    if (requester.version() == 0) {
      writes.put("requester", table, item, "attribute_not_exists(#finess)");
    } else {
      writes.put(
          "requester",
          table,
          item,
          "#version = :before",
          Item.empty().with("before", requester.version()));
    }
  }

  /** Adds the removal of a requester to a transaction; label {@code requester} as above. */
  public void delete(Writes writes, Requester requester) {
    writes.delete(
        "requester",
        table,
        key(requester.establishment().finess(), REQUESTER + requester.accountId()),
        "#version = :before",
        Item.empty().with("before", requester.version()));
  }

  private static Item key(String finess, String sortKey) {
    return Database.key("finess", finess, "sk", sortKey);
  }

  private static Item write(Requester requester) {
    Establishment establishment = requester.establishment();
    return key(establishment.finess(), REQUESTER + requester.accountId())
        .with("email", requester.email())
        .with("lastName", requester.lastName())
        .with("firstName", requester.firstName())
        .with("status", requester.status().name())
        .with("establishment", AccountStore.writeEstablishment(establishment))
        .with("since", requester.since())
        .with("version", requester.version() + 1)
        .with("region", establishment.region())
        .with(
            "listKey",
            String.join(
                "#",
                requester.status().name(),
                sorting(establishment.name()),
                establishment.finess(),
                requester.accountId()));
  }

  private static Requester readRequester(Item row) {
    return new Requester(
        row.text("sk").substring(REQUESTER.length()),
        row.text("email"),
        row.text("lastName"),
        row.text("firstName"),
        RequesterStatus.valueOf(row.text("status")),
        establishment(row),
        row.instant("since").orElse(Instant.EPOCH),
        row.number("version"));
  }

  private static Establishment establishment(Item row) {
    return AccountStore.readEstablishment(row.item("establishment").orElseThrow());
  }

  /** A name as the list sorts it: without case and accents. */
  private static String sorting(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toUpperCase(Locale.ROOT);
  }
}
