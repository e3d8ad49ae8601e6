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
import renfort.establishments.model.Pair;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;
import renfort.storage.Guards;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The establishments table: per FINESS number an {@code ESTABLISHMENT} item from its first approval
 * on (R8), which never changes, a {@code REQUESTER#accountId} item for each who acts for it or asks
 * to, a {@code PAIR#…} item for each address that an agency decided on, and one {@code DRAFTS} item
 * that counts what was submitted and not proved. {@code byRegion} lists the requesters of a region
 * by status, name and FINESS number.
 */
public final class EstablishmentStore {
  private static final String ESTABLISHMENT = "ESTABLISHMENT";
  private static final String REQUESTER = "REQUESTER#";
  private static final String PAIR = "PAIR";
  private static final String DRAFTS = "DRAFTS";
  private static final String SUBMISSION = "s_";

  /** How many drafts of a FINESS number are shown to anybody (R8). */
  public static final int MOST_DRAFTS = 200;

  /** Sorts after every status of a requester. */
  private static final String WITHOUT = "WITHOUT";

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
   * @param pairs what was decided, by {@link #pairKey}
   */
  public record Known(
      Optional<Establishment> establishment, List<Requester> requesters, Map<String, Pair> pairs) {

    /** What was decided on an address. */
    public Pair pair(String finess, String email) {
      Pair found = pairs.get(pairKey(email));
      return found == null
          ? new Pair(finess, email, null, 0)
          : new Pair(finess, email, found.status(), found.version());
    }

    /** How a requester stands: as was decided on their address, whichever submission it was. */
    public RequesterStatus status(Requester requester) {
      return pair(requester.establishment().finess(), requester.email())
          .statusOr(provedStatus(requester));
    }

    /** Whether somebody who was not refused claims the number for another region (R8). */
    public boolean isClaimedOutside(String region) {
      return establishment.filter(stored -> !stored.region().equals(region)).isPresent()
          || requesters.stream()
              .filter(requester -> !requester.establishment().region().equals(region))
              .anyMatch(requester -> status(requester) != RequesterStatus.REFUSED);
    }

    /**
     * Whether the national level alone approves those who claim the number for a region (R8): it is
     * known in another one, or not known yet and claimed for several.
     */
    public boolean isNationals(String region) {
      return establishment
          .map(stored -> !stored.region().equals(region))
          .orElseGet(() -> isClaimedOutside(region));
    }

    private RequesterStatus provedStatus(Requester requester) {
      return requesters.stream()
          .filter(other -> other.confirmed() && other.email().equals(requester.email()))
          .findFirst()
          .orElse(requester)
          .status();
    }
  }

  /**
   * What is stored of a FINESS number as it stands now.
   *
   * @param limit how many requesters at most, or 0 for all
   */
  public Known known(String finess, int limit) {
    Optional<Establishment> establishment = Optional.empty();
    List<Requester> requesters = new ArrayList<>();
    Map<String, Pair> pairs = new HashMap<>();
    for (Item row :
        database.queryAll(
            Find.in(table, null, "#finess = :finess", Item.empty().with("finess", finess)))) {
      String sk = row.text("sk");
      if (sk.equals(ESTABLISHMENT)) {
        establishment = Optional.of(establishment(row));
      } else if (sk.startsWith(PAIR)) {
        pairs.put(sk, readPair(row, ""));
      } else if (sk.startsWith(REQUESTER) && (limit == 0 || requesters.size() < limit)) {
        requesters.add(readRequester(row));
      }
    }
    return new Known(establishment, requesters, pairs);
  }

  /** What an agency decided on an address and a FINESS number, as it stands now. */
  public Pair pair(String finess, String email) {
    return database
        .get(table, key(finess, pairKey(email)))
        .map(row -> readPair(row, email))
        .orElseGet(() -> new Pair(finess, email, null, 0));
  }

  /** The sort key of a pair: a hash, because it outlives the submissions of the address. */
  static String pairKey(String email) {
    return Guards.name(PAIR, email);
  }

  /** Adds a decision to a transaction; label {@code pair} when there was another by then. */
  public void decide(Writes writes, Pair pair) {
    writes.put(
        "pair",
        table,
        key(pair.finess(), pairKey(pair.email()))
            .with("status", pair.statusOr(RequesterStatus.PENDING).name())
            .with("version", pair.version() + 1),
        "attribute_not_exists(#finess) OR #version = :before",
        Item.empty().with("before", pair.version()));
  }

  /** Asks in a transaction that a decision be still as it was read; label {@code pair}. */
  public void checkDecided(Writes writes, Pair pair) {
    writes.check(
        "pair",
        table,
        key(pair.finess(), pairKey(pair.email())),
        pair.version() == 0 ? "attribute_not_exists(#finess)" : "#version = :before",
        pair.version() == 0 ? Item.empty() : Item.empty().with("before", pair.version()));
  }

  /** Adds the forgetting of a decision to a transaction: its address was erased (R29). */
  public void forget(Writes writes, Pair pair) {
    if (pair.version() > 0) {
      writes.delete(
          "pair",
          table,
          key(pair.finess(), pairKey(pair.email())),
          "#version = :before",
          Item.empty().with("before", pair.version()));
    }
  }

  /**
   * How many more drafts of a FINESS number may be shown (R8).
   *
   * @return 0 when there are as many as may be
   */
  public int roomForDrafts(String finess) {
    return Math.max(
        0,
        MOST_DRAFTS
            - (int)
                database
                    .get(table, key(finess, DRAFTS))
                    .map(row -> row.number("drafts"))
                    .orElse(0L)
                    .longValue());
  }

  /**
   * Adds to a transaction that a submission takes room; label {@code drafts} when there is none.
   */
  public void takeRoom(Writes writes, String finess, String submissionId, int drafts) {
    String name = SUBMISSION + submissionId;
    writes.update(
        "drafts",
        table,
        key(finess, DRAFTS),
        "SET #" + name + " = :some ADD #drafts :some",
        ("attribute_not_exists(#" + name + ")")
            + " AND (attribute_not_exists(#drafts) OR #drafts <= :room)",
        Item.empty().with("some", drafts).with("room", MOST_DRAFTS - drafts));
  }

  /**
   * Adds to a transaction that a submission needs its room no more, if it has any; label {@code
   * drafts} when it has changed since it was read here.
   */
  public void giveRoom(Writes writes, String finess, String submissionId) {
    String name = SUBMISSION + submissionId;
    long drafts = database.get(table, key(finess, DRAFTS)).map(row -> row.number(name)).orElse(0L);
    if (drafts > 0) {
      writes.update(
          "drafts",
          table,
          key(finess, DRAFTS),
          "REMOVE #" + name + " ADD #drafts :fewer",
          "attribute_exists(#" + name + ")",
          Item.empty().with("fewer", -drafts));
    }
  }

  /**
   * A part of a region's list.
   *
   * @param requesters in the list's order
   * @param without establishments that were left without any requester, after them all
   * @param next where it goes on, to be given back; null at the end
   */
  public record Listed(
      List<Requester> requesters,
      List<Establishment> without,
      @Nullable Map<String, String> next) {}

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
                        : key(finess, id.isEmpty() ? ESTABLISHMENT : REQUESTER + id)
                            .with("region", region)
                            .with("listKey", at)));
    @Nullable Item last = found.last();
    return new Listed(
        found.items().stream()
            .filter(EstablishmentStore::isRequester)
            .map(EstablishmentStore::readRequester)
            .toList(),
        found.items().stream()
            .filter(row -> !isRequester(row))
            .map(EstablishmentStore::establishment)
            .toList(),
        last == null
            ? null
            : Map.of(
                "at",
                last.text("listKey"),
                "finess",
                last.text("finess"),
                "id",
                isRequester(last) ? last.text("sk").substring(REQUESTER.length()) : ""));
  }

  private static boolean isRequester(Item row) {
    return row.text("sk").startsWith(REQUESTER);
  }

  /**
   * Adds to a transaction that an establishment loses its last requester and is listed by itself
   * from now on, after all others. It may stay so: who asks for it again is listed before it.
   */
  public void listWithout(Writes writes, Establishment establishment) {
    writes.update(
        "establishment",
        table,
        key(establishment.finess(), ESTABLISHMENT),
        "SET #region = :region, #listKey = :listKey",
        "attribute_exists(#finess)",
        Item.empty()
            .with("region", establishment.region())
            .with(
                "listKey",
                String.join(
                    "#", WITHOUT, sorting(establishment.name()), establishment.finess(), "")));
  }

  /**
   * Somebody who is approved to act for an establishment right now, if there is anybody; who claims
   * its number in another region acts for another one (R8).
   */
  public Optional<Requester> approvedRequester(Establishment establishment) {
    return database
        .queryAll(
            Find.in(
                    table,
                    null,
                    "#finess = :finess AND begins_with(#sk, :requester)",
                    Item.empty()
                        .with("finess", establishment.finess())
                        .with("requester", REQUESTER)
                        .with("approved", RequesterStatus.APPROVED.name()))
                .filtered("#status = :approved"))
        .stream()
        .map(EstablishmentStore::readRequester)
        // a submission that nobody proved acts for nobody
        .filter(Requester::isApproved)
        .filter(requester -> requester.establishment().isInRegionOf(establishment))
        .findFirst();
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
   * Adds to a transaction that an establishment is another than it was known as (R8), or not known
   * any more; label {@code establishment} when it is gone by then.
   */
  public void replace(Writes writes, String finess, Optional<Establishment> by) {
    String isKnown = "attribute_exists(#finess)";
    if (by.isPresent()) {
      Item item =
          key(finess, ESTABLISHMENT)
              .with("establishment", AccountStore.writeEstablishment(by.get()));
      writes.put("establishment", table, item, isKnown);
    } else {
      writes.delete("establishment", table, key(finess, ESTABLISHMENT), isKnown, Item.empty());
    }
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
        .with("phone", requester.phone())
        .with("status", requester.status().name())
        .with("establishment", AccountStore.writeEstablishment(establishment))
        .with("confirmed", requester.confirmed())
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
        row.textOrNull("phone"),
        RequesterStatus.valueOf(row.text("status")),
        establishment(row),
        row.flag("confirmed"),
        row.instant("since").orElse(Instant.EPOCH),
        row.number("version"));
  }

  private static Pair readPair(Item row, String email) {
    return new Pair(
        row.text("finess"),
        email,
        RequesterStatus.valueOf(row.text("status")),
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
