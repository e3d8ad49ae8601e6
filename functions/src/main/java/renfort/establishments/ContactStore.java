package renfort.establishments;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.environment.Environment;
import renfort.establishments.model.Contacting;
import renfort.establishments.model.Contacting.Slot;
import renfort.establishments.model.Contacting.Tally;
import renfort.establishments.model.Limits;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * What an establishment holds and contacts, in a partition of its own of the establishments table:
 * {@code HOLD#nnn} a slot, {@code DAY#n} a tally of contacts, {@code LIMITS} what an agency allows
 * it (R16). Slots and tallies are overwritten and never grow in number.
 */
public final class ContactStore {
  private static final String PARTITION = "HOLDS#";
  private static final String SLOT = "HOLD#";
  private static final String TALLY = "DAY#";
  private static final String LIMITS = "LIMITS";

  private final Database database;
  private final String table;
  private final Environment environment;

  public ContactStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("ESTABLISHMENTS_TABLE");
    this.environment = environment;
  }

  /** All of it as it stands now: some {@code limit + 11} small rows. */
  public Contacting find(String finess) {
    List<Item> rows =
        database.queryAll(
            Find.in(
                table, null, "#finess = :finess", Item.empty().with("finess", PARTITION + finess)));
    Limits limits = usual();
    Map<Integer, Slot> slots = new HashMap<>();
    Map<Integer, Tally> tallies = new HashMap<>();
    for (Item row : rows) {
      String sk = row.text("sk");
      if (sk.startsWith(SLOT)) {
        slots.put(
            number(sk),
            new Slot(
                row.text("mission"), row.text("professional"), row.instant("until").orElseThrow()));
      } else if (sk.startsWith(TALLY)) {
        tallies.put(number(sk), new Tally(row.date("day"), (int) row.number("count")));
      } else {
        limits = limits(row);
      }
    }
    return new Contacting(limits, slots, tallies);
  }

  /**
   * Adds to a transaction that a hold takes a slot; label {@code slot} when another took it
   * meanwhile.
   */
  public void take(Writes writes, String finess, int number, Slot slot, Instant now) {
    writes.put(
        "slot",
        table,
        slotKey(finess, number)
            .with("mission", slot.missionId())
            .with("professional", slot.professionalId())
            .with("until", slot.until()),
        "attribute_not_exists(#finess) OR #until <= :now",
        Item.empty().with("now", now));
  }

  /**
   * Adds to a transaction that a hold gives its slot back; label {@code slot} when another has
   * taken it, by whose clock the hold was over.
   */
  public void free(
      Writes writes, String finess, int number, String missionId, String professionalId) {
    writes.delete(
        "slot",
        table,
        slotKey(finess, number),
        "attribute_not_exists(#finess) OR (#mission = :mission AND #professional = :professional)",
        Item.empty().with("mission", missionId).with("professional", professionalId));
  }

  /**
   * Adds to a transaction that a tally counts one more contact; label {@code tally} when its share
   * was used up meanwhile, or its day begun.
   */
  public void count(
      Writes writes, String finess, Contacting contacting, int number, LocalDate today) {
    LocalDate day =
        Optional.ofNullable(contacting.tallies().get(number))
            .map(Tally::day)
            .filter(today::isBefore)
            .orElse(today);
    Item key = Database.key("finess", PARTITION + finess, "sk", TALLY + number);
    if (contacting.counted(number, today) == 0) {
      writes.put(
          "tally",
          table,
          key.with("day", day).with("count", 1),
          "attribute_not_exists(#finess) OR #day < :day OR #count = :none",
          Item.empty().with("day", day).with("none", 0));
    } else {
      // counted where it stands: those who read the same number do not exclude each other
      writes.update(
          "tally",
          table,
          key,
          "SET #count = #count + :one",
          "#day = :day AND #count < :share",
          Item.empty().with("one", 1).with("day", day).with("share", contacting.share(number)));
    }
  }

  /**
   * Limits as an agency set them, or the usual ones.
   *
   * @param limits those that apply
   * @param version grows with each change; 0 when none were set
   */
  public record Stored(Limits limits, long version) {}

  /** The limits of an establishment as they stand now. */
  public Stored limits(String finess) {
    return database
        .get(table, limitsKey(finess))
        .map(row -> new Stored(limits(row), row.number("version")))
        .orElseGet(() -> new Stored(usual(), 0));
  }

  /** Adds other limits to a transaction; label {@code limits} when they have changed since. */
  public void save(Writes writes, String finess, Limits limits, long versionBefore) {
    writes.put(
        "limits",
        table,
        limitsKey(finess)
            .with("holds", limits.holds())
            .with("contactsPerDay", limits.contactsPerDay())
            .with("version", versionBefore + 1),
        "attribute_not_exists(#finess) OR #version = :before",
        Item.empty().with("before", versionBefore));
  }

  private static Limits limits(Item row) {
    return new Limits((int) row.number("holds"), (int) row.number("contactsPerDay"));
  }

  /** What applies to an establishment of which no agency has said otherwise. */
  private Limits usual() {
    return new Limits(
        Integer.parseInt(environment.variable("HOLDS_PER_ESTABLISHMENT")),
        Integer.parseInt(environment.variable("CONTACTS_PER_DAY")));
  }

  private static Item slotKey(String finess, int number) {
    return Database.key("finess", PARTITION + finess, "sk", SLOT + "%03d".formatted(number));
  }

  private static Item limitsKey(String finess) {
    return Database.key("finess", PARTITION + finess, "sk", LIMITS);
  }

  private static int number(String sortKey) {
    return Integer.parseInt(sortKey, sortKey.indexOf('#') + 1, sortKey.length(), 10);
  }
}
