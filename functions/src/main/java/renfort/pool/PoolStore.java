package renfort.pool;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.pool.model.Availability;
import renfort.pool.model.Cells;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;
import renfort.reference.model.Region;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Writes;

/**
 * The POOL rows. A row is small, because a page of candidates reads many: attribute names of one
 * letter, days as three characters. At most 300 bytes with one or two periods, 720 with all that a
 * row may hold.
 *
 * <pre>
 * l f names      c v postcode, city   z zone        x y position in hundredths of a degree
 * o m profession, speciality          i identifier: R or A, then the number
 * b flags: V vehicle, E EHPAD, R réanimation, L D N mobility, A available, C confirmed, 2 duplicate, B mails come back
 * a periods: start, end or "---", then 0 neither, 1 weekdays, 2 weekend, 3 both
 * E engagements, six bytes each: 21 bits of the mission, first day, 11 bits of how many more; e those of before: first, last
 * h u hold: mission, until            w version     t freshness, epoch seconds
 * keys: p profession#region#zone, n profession (accepts the national level), s profession.speciality,
 *       r rank (confirmed first, then freshest), q region#zone#rank, g region, d what is due#day,
 *       k profession#region, j confirmed first, zone#cell
 * </pre>
 */
public final class PoolStore {
  private static final String SK = "POOL";
  private static final String OPEN = "---";
  private static final String DUE_LISTED = "FREE#";

  /** An engagement in bytes: the mission's bits, its first day since 1970, how many days more. */
  private static final int ENGAGEMENT = 6;

  private static final int DAY_BITS = 16;
  private static final int MORE_BITS = 11;

  /** The last day that three characters can say. */
  private static final LocalDate LAST_DAY = LocalDate.ofEpochDay(46_655);

  private static final String CLOSED = "closed";

  /** What a closed row keeps: who, the hold, the engagements, the version. */
  private static final String[] KEPT_WHEN_CLOSED = {
    "professionalId", "sk", "h", "u", "E", "e", "w"
  };

  /** All that an index has for a key. */
  private static final String[] KEYS = {"p", "n", "s", "r", "q", "g", "d", "k", "j"};

  /** What any query costs, in read units. */
  public static final double SMALLEST_QUERY = 0.5;

  /**
   * How many rows a unit reads at least: of the 8 KiB that it is worth when reads may lag, the
   * largest row takes 720 bytes.
   */
  private static final double ROWS_PER_UNIT = 8192.0 / 720;

  private final Database database;
  private final String table;
  private final Clock clock;
  private final int hiddenDays;

  public PoolStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("PROFESSIONALS_TABLE");
    this.clock = environment.clock();
    this.hiddenDays = Retention.of(environment).unconfirmedHiddenDays();
  }

  /** A row as it stands now; nothing of somebody whose row is closed. */
  public Optional<PoolRow> find(String professionalId) {
    return database.get(table, key(professionalId)).filter(item -> !isClosed(item)).map(this::read);
  }

  /** Rows as they stand now, at most 100, by id. */
  public Map<String, PoolRow> findAll(Collection<String> professionalIds) {
    Map<String, PoolRow> rows = new HashMap<>();
    if (!professionalIds.isEmpty()) {
      database
          .getAll(Map.of(table, professionalIds.stream().map(PoolStore::key).toList()))
          .getOrDefault(table, List.of())
          .stream()
          .filter(item -> !isClosed(item))
          .forEach(item -> rows.put(item.text("professionalId"), read(item)));
    }
    return rows;
  }

  /** Adds a new row to a transaction; label {@code pool}. */
  public void create(Writes writes, PoolRow row) {
    writes.put("pool", table, write(row, 1), Writes.isNew("professionalId"));
  }

  /**
   * Adds a changed row to a transaction; label {@code pool} when it has changed since it was read.
   */
  public void save(Writes writes, PoolRow row) {
    writes.put(
        "pool",
        table,
        write(row, row.version() + 1),
        "#w = :before",
        Item.empty().with("before", row.version()));
  }

  /** Adds to a transaction that the row has not changed since it was read; label {@code pool}. */
  public void check(Writes writes, PoolRow row) {
    writes.check(
        "pool",
        table,
        key(row.professionalId()),
        "#w = :before",
        Item.empty().with("before", row.version()));
  }

  /**
   * Adds the closing of a row to a transaction: nobody finds the person any more, and whatever was
   * decided on the row as it was fails. Only what ties them to missions stays, until {@link
   * #delete}. Label {@code pool} when it has changed since it was read.
   */
  public void close(Writes writes, PoolRow row) {
    writes.put(
        "pool",
        table,
        write(row, row.version() + 1).only(KEPT_WHEN_CLOSED).with(CLOSED, true),
        "#w = :before",
        Item.empty().with("before", row.version()));
  }

  /** The mission that held somebody when their row was closed, if one did. */
  public Optional<String> heldAtClosing(String professionalId) {
    return database
        .get(table, key(professionalId))
        .filter(PoolStore::isClosed)
        .map(item -> item.textOrNull("h"));
  }

  /** Adds the removal of a closed row to a transaction, if it is there; label {@code pool}. */
  public void delete(Writes writes, String professionalId) {
    writes.delete(
        "pool",
        table,
        key(professionalId),
        "attribute_not_exists(#w) OR attribute_exists(#closed)",
        Item.empty());
  }

  private static boolean isClosed(Item item) {
    return item.flag(CLOSED);
  }

  /**
   * Where a list of rows goes on.
   *
   * @param order the row's place in the order of its index
   * @param professionalId whose row it is
   */
  public record Place(String order, String professionalId) {}

  /**
   * Rows that a query read.
   *
   * @param rows in the order of the index
   * @param places the place of each row, to go on after it
   * @param more whether there is more after the last
   * @param units the read units it took
   */
  public record Rows(List<PoolRow> rows, List<Place> places, boolean more, double units) {}

  /** How many rows can be asked for so that they take no more than some read units. */
  public static int affordable(double units) {
    return (int) Math.floor(units * ROWS_PER_UNIT);
  }

  /**
   * The people of a region who live in one zone of it, those whose address is confirmed or the
   * others: the freshest first.
   */
  public Rows ofZone(
      String profession,
      @Nullable String speciality,
      String region,
      String zone,
      boolean confirmed,
      @Nullable Place after,
      int limit) {
    if (speciality == null) {
      String partition = profession + "#" + region + "#" + zone;
      return rows(
          Find.in(
              table,
              "pool",
              "#p = :p AND begins_with(#r, :r)",
              Item.empty().with("p", partition).with("r", flag(confirmed))),
          after == null
              ? null
              : key(after.professionalId()).with("p", partition).with("r", after.order()),
          "r",
          limit);
    }
    String partition = profession + "." + speciality;
    String order = region + "#" + zone + "#";
    return rows(
        Find.in(
            table,
            "specialityPool",
            "#s = :s AND begins_with(#q, :q)",
            Item.empty().with("s", partition).with("q", order + flag(confirmed))),
        after == null
            ? null
            : key(after.professionalId()).with("s", partition).with("q", order + after.order()),
        "r",
        limit);
  }

  /**
   * The people of a zone who live in some cells, in no order; more is said when they take more read
   * units than given.
   */
  public Rows ofCells(
      String profession,
      String region,
      String zone,
      boolean confirmed,
      List<Cells.Range> cells,
      double units) {
    List<Item> found = new ArrayList<>();
    double taken = 0;
    String prefix = flag(confirmed) + zone + "#";
    for (Cells.Range range : cells) {
      Find find =
          Find.in(
              table,
              "nearPool",
              "#k = :k AND #j BETWEEN :first AND :last",
              Item.empty()
                  .with("k", profession + "#" + region)
                  .with("first", prefix + range.first())
                  .with("last", prefix + range.last()));
      @Nullable Item last = null;
      do {
        if (units - taken < SMALLEST_QUERY) {
          return rows(found, "r", true, taken);
        }
        Found some = database.query(find.after(last).limited(affordable(units - taken)));
        taken += some.units();
        found.addAll(some.items());
        last = some.last();
      } while (last != null);
    }
    return rows(found, "r", false, taken);
  }

  /**
   * The people of a region, whatever zone they live in; with a speciality asked for those who have
   * it, in no order.
   *
   * @param confirmed without a speciality: those whose address is confirmed and then the others, or
   *     only these
   */
  public Rows ofWholeRegion(
      String profession, @Nullable String speciality, String region, boolean confirmed, int limit) {
    return rows(
        speciality == null
            ? Find.in(
                table,
                "nearPool",
                "#k = :k AND #j >= :j",
                Item.empty().with("k", profession + "#" + region).with("j", flag(confirmed)))
            : Find.in(
                table,
                "specialityPool",
                "#s = :s AND begins_with(#q, :q)",
                Item.empty().with("s", profession + "." + speciality).with("q", region + "#")),
        null,
        "r",
        limit);
  }

  /**
   * Those of all regions who accept the national level and whose address is confirmed, or is not:
   * the freshest first. With a speciality also others, to be left out by the reader, and those
   * whose address is confirmed region by region.
   */
  public Rows ofNation(
      String profession,
      @Nullable String speciality,
      boolean confirmed,
      @Nullable Place after,
      int limit) {
    if (speciality == null || !confirmed) {
      return rows(
          Find.in(
              table,
              "nationalPool",
              "#n = :n AND begins_with(#r, :r)",
              Item.empty().with("n", profession).with("r", flag(confirmed))),
          after == null
              ? null
              : key(after.professionalId()).with("n", profession).with("r", after.order()),
          "r",
          limit);
    }
    String partition = profession + "." + speciality;
    return rows(
        Find.in(table, "specialityPool", "#s = :s", Item.empty().with("s", partition)),
        after == null
            ? null
            : key(after.professionalId()).with("s", partition).with("q", after.order()),
        "q",
        limit);
  }

  /** All the live sheets of a region, available or not. */
  public Rows ofRegion(String region, @Nullable Place after, int limit) {
    return rows(
        everybody(region),
        after == null
            ? null
            : key(after.professionalId()).with("g", region).with("r", after.order()),
        "r",
        limit);
  }

  /** What finds all the rows of a region, for a sweep. */
  public Find everybody(String region) {
    return Find.in(table, "byRegion", "#g = :g", Item.empty().with("g", region));
  }

  /**
   * Gives a row that an index listed the keys that it would be stored with today.
   *
   * @return whether they were others; not when it has changed since
   */
  public Sweep.Step rekey(Item listed) {
    PoolRow row = read(listed);
    Item now = write(row, row.version());
    if (now.only(KEYS).attributes().equals(listed.only(KEYS).attributes())) {
      return Sweep.Step.NOTHING;
    }
    Writes writes = new Writes();
    save(writes, row);
    return switch (database.commit(writes)) {
      case Commit.Done _ -> Sweep.Step.DONE;
      case Commit.Refused _ -> Sweep.Step.LATER;
      case Commit.Busy _ -> Sweep.Step.LATER;
    };
  }

  /** Those whom lists find on the given day for the last time: their keys are to be taken away. */
  Find lastListedOn(LocalDate day) {
    return Find.in(table, "due", "#d = :d", Item.empty().with("d", DUE_LISTED + compact(day)));
  }

  /** A row as it stands now, if it is still to be taken off the lists after that day. */
  Optional<PoolRow> findLastListedOn(String professionalId, LocalDate day) {
    return database
        .get(table, key(professionalId))
        .filter(item -> (DUE_LISTED + compact(day)).equals(item.textOrNull("d")))
        .map(this::read);
  }

  private boolean isListed(PoolRow row) {
    Region region = Regions.find(row.region()).orElseThrow();
    LocalDate today = region.today(clock);
    return row.isListed(today)
        && row.lastListedDay(region.zone(), hiddenDays)
            .map(last -> !last.isBefore(today))
            .orElse(true);
  }

  /** Whether the day is past on which an unconfirmed address takes a row out of the pool (R7). */
  private boolean isPastHiding(String regionCode, Instant freshness) {
    Region region = Regions.find(regionCode).orElseThrow();
    LocalDate first = LocalDate.ofInstant(freshness, region.zone()).plusDays(hiddenDays);
    return !region.today(clock).isBefore(first);
  }

  private Rows rows(Find find, @Nullable Item after, String order, int limit) {
    Found found = database.query(find.after(after).limited(limit));
    return rows(found.items(), order, found.last() != null, found.units());
  }

  private Rows rows(List<Item> items, String order, boolean more, double units) {
    return new Rows(
        items.stream().map(this::read).toList(),
        items.stream()
            .map(item -> new Place(item.text(order), item.text("professionalId")))
            .toList(),
        more,
        units);
  }

  private static Item key(String professionalId) {
    return Database.key("professionalId", professionalId, "sk", SK);
  }

  /** The row as it is stored, with the keys that it has today. */
  Item write(PoolRow row, long version) {
    Region region = Regions.find(row.region()).orElseThrow();
    LocalDate today = region.today(clock);
    Availability availability = row.availability().from(today);
    String rank = rank(row);
    Item item =
        key(row.professionalId())
            .with("l", row.lastName())
            .with("f", row.firstName())
            .with("c", row.postalCode())
            .with("v", row.city())
            .with("z", row.zone())
            .with("x", Math.round(row.position().latitude() * 100))
            .with("y", Math.round(row.position().longitude() * 100))
            .with("o", row.profession())
            .with("m", row.speciality())
            .with(
                "i",
                row.identifier() == null
                    ? null
                    : row.identifierType().name().charAt(0) + row.identifier())
            .with("b", orNull(flags(row)))
            .with("a", periods(availability.declared()))
            .with("E", named(availability.engagements()))
            .with("e", orNull(unnamed(availability.engagements())))
            .with("w", version)
            .with("t", row.freshness())
            .with("r", rank)
            .with("g", row.region());
    if (row.hold() != null) {
      item.with("h", row.hold().missionId()).with("u", row.hold().until());
    }
    if (isListed(row)) {
      item.with("p", row.profession() + "#" + row.region() + "#" + row.zone())
          .with("k", row.profession() + "#" + row.region())
          .with("j", flag(row.confirmed()) + row.zone() + "#" + Cells.of(row.position()));
      if (row.isNational()) {
        item.with("n", row.profession());
      }
      if (row.speciality() != null) {
        item.with("s", row.profession() + "." + row.speciality())
            .with("q", row.region() + "#" + row.zone() + "#" + rank);
      }
      row.with(availability)
          .lastListedDay(region.zone(), hiddenDays)
          .filter(day -> !day.isAfter(LAST_DAY))
          .ifPresent(day -> item.with("d", DUE_LISTED + compact(day)));
    }
    return item;
  }

  PoolRow read(Item item) {
    String flags = Optional.ofNullable(item.textOrNull("b")).orElse("");
    @Nullable String identifier = item.textOrNull("i");
    Set<Mobility> mobility = EnumSet.noneOf(Mobility.class);
    for (Mobility each : Mobility.values()) {
      if (flags.indexOf(each.name().charAt(0)) >= 0) {
        mobility.add(each);
      }
    }
    @Nullable String holder = item.textOrNull("h");
    boolean confirmed = flags.indexOf('C') >= 0;
    Instant freshness = item.instant("t").orElse(Instant.EPOCH);
    return new PoolRow(
        item.text("professionalId"),
        item.text("l"),
        item.text("f"),
        item.text("c"),
        item.text("v"),
        item.text("z"),
        new Position(item.number("x") / 100.0, item.number("y") / 100.0),
        item.text("o"),
        item.textOrNull("m"),
        item.text("g"),
        identifier == null
            ? IdentifierType.NONE
            : identifier.charAt(0) == 'R' ? IdentifierType.RPPS : IdentifierType.ADELI,
        identifier == null ? null : identifier.substring(1),
        flags.indexOf('V') >= 0,
        flags.indexOf('E') >= 0,
        flags.indexOf('R') >= 0,
        mobility,
        flags.indexOf('A') >= 0,
        confirmed,
        flags.indexOf('2') >= 0,
        flags.indexOf('B') >= 0,
        new Availability(readPeriods(item.text("a")), readEngagements(item)),
        holder == null ? null : new Hold(holder, item.instant("u").orElseThrow()),
        freshness,
        !confirmed && isPastHiding(item.text("g"), freshness),
        item.number("w"));
  }

  /** In one second the ids decide, by six characters: so many that no two rows have one rank. */
  private static String rank(PoolRow row) {
    return flag(row.confirmed())
        + base36(Integer.MAX_VALUE - row.freshness().getEpochSecond(), 6)
        + row.professionalId().substring(0, 6);
  }

  private static String flag(boolean confirmed) {
    return confirmed ? "0" : "1";
  }

  private static String flags(PoolRow row) {
    StringBuilder flags = new StringBuilder();
    for (Mobility each : Mobility.values()) {
      if (row.mobility().contains(each)) {
        flags.append(each.name().charAt(0));
      }
    }
    return flags
        .append(row.vehicle() ? "V" : "")
        .append(row.nursingHome() ? "E" : "")
        .append(row.intensiveCare() ? "R" : "")
        .append(row.available() ? "A" : "")
        .append(row.confirmed() ? "C" : "")
        .append(row.duplicate() ? "2" : "")
        .append(row.undeliverable() ? "B" : "")
        .toString();
  }

  private static String periods(List<Period> periods) {
    StringBuilder text = new StringBuilder();
    for (Period period : periods) {
      text.append(compact(period.start()))
          // nothing asks for days so far ahead (R10): such a period is as good as open
          .append(
              period.end() == null || period.end().isAfter(LAST_DAY) ? OPEN : compact(period.end()))
          .append((period.weekdays() ? 1 : 0) + (period.weekend() ? 2 : 0));
    }
    return text.toString();
  }

  private static List<Period> readPeriods(String text) {
    List<Period> periods = new ArrayList<>();
    for (int i = 0; i + 7 <= text.length(); i += 7) {
      String end = text.substring(i + 3, i + 6);
      int days = text.charAt(i + 6) - '0';
      periods.add(
          new Period(
              day(text.substring(i, i + 3)),
              end.equals(OPEN) ? null : day(end),
              (days & 1) != 0,
              (days & 2) != 0));
    }
    return periods;
  }

  private static byte[] named(List<Engagement> engagements) {
    List<Engagement> named = engagements.stream().filter(one -> !one.isUnnamed()).toList();
    ByteBuffer bytes = ByteBuffer.allocate(ENGAGEMENT * named.size());
    for (Engagement engagement : named) {
      long first = engagement.days().first().toEpochDay();
      long more = engagement.days().last().toEpochDay() - first;
      if (first < 0 || first >> DAY_BITS != 0 || more >> MORE_BITS != 0) {
        throw new IllegalArgumentException("a row holds no such days: " + engagement.days());
      }
      long packed = (((long) engagement.mission() << DAY_BITS) | first) << MORE_BITS;
      packed |= more;
      bytes.putShort((short) (packed >> Integer.SIZE)).putInt((int) packed);
    }
    return bytes.array();
  }

  private static String unnamed(List<Engagement> engagements) {
    StringBuilder text = new StringBuilder();
    engagements.stream()
        .filter(Engagement::isUnnamed)
        .map(Engagement::days)
        .forEach(days -> text.append(compact(days.first())).append(compact(days.last())));
    return text.toString();
  }

  private static List<Engagement> readEngagements(Item item) {
    List<Engagement> engagements = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(item.bytesOf("E"));
    while (bytes.remaining() >= ENGAGEMENT) {
      long packed =
          ((long) Short.toUnsignedInt(bytes.getShort()) << Integer.SIZE)
              | Integer.toUnsignedLong(bytes.getInt());
      LocalDate first = LocalDate.ofEpochDay((packed >> MORE_BITS) & ((1 << DAY_BITS) - 1));
      engagements.add(
          new Engagement(
              (int) (packed >> (DAY_BITS + MORE_BITS)),
              new Days(first, first.plusDays(packed & ((1 << MORE_BITS) - 1)))));
    }
    @Nullable String before = item.textOrNull("e");
    for (int i = 0; before != null && i + 6 <= before.length(); i += 6) {
      engagements.add(
          Engagement.unnamed(
              new Days(day(before.substring(i, i + 3)), day(before.substring(i + 3, i + 6)))));
    }
    return engagements;
  }

  /** A day as three characters: its number since 1970 in base 36, until {@link #LAST_DAY}. */
  private static String compact(LocalDate day) {
    if (day.isAfter(LAST_DAY)) {
      throw new IllegalArgumentException("a row holds no day after " + LAST_DAY);
    }
    return base36(day.toEpochDay(), 3);
  }

  private static LocalDate day(String compact) {
    return LocalDate.ofEpochDay(Long.parseLong(compact, 36));
  }

  private static String base36(long number, int width) {
    String digits = Long.toString(number, 36).toLowerCase(Locale.ROOT);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
