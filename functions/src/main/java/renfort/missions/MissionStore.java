package renfort.missions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.missions.model.Closure;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;
import renfort.storage.Database.Wanted;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The missions table. {@code byEstablishment} lists live ones (A) apart from cancelled ones (C),
 * {@code byRegion} what an agency sees: by status group, priority, start. {@code due} names what a
 * sweep is to look at, in parts: drafts by the day they were made, ends by the day, releases not
 * finished.
 */
public final class MissionStore {
  private static final String DUE_DRAFT = "DRAFT";
  private static final String DUE_END = "END";
  private static final String DUE_RELEASE = "RELEASE";

  /** What is due is spread, so that all live missions do not meet in one partition. */
  private static final int SHARDS = 8;

  private final Database database;
  private final String table;

  public MissionStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("MISSIONS_TABLE");
  }

  /** A mission as it stands now. */
  public Optional<Mission> find(String missionId) {
    return database.get(table, key(missionId)).map(MissionStore::read);
  }

  /** A mission, to be read together with something else. */
  public Wanted<Mission> wanted(String missionId) {
    return new Wanted<>(table, key(missionId), MissionStore::read);
  }

  /** Missions as they stand now, at most 100, by id. */
  public Map<String, Mission> findAll(Collection<String> missionIds) {
    Map<String, Mission> missions = new HashMap<>();
    if (!missionIds.isEmpty()) {
      database
          .getAll(Map.of(table, missionIds.stream().distinct().map(MissionStore::key).toList()))
          .getOrDefault(table, List.of())
          .forEach(item -> missions.put(item.text("missionId"), read(item)));
    }
    return missions;
  }

  /** Adds a new mission to a transaction; label {@code mission}. */
  public void create(Writes writes, Mission mission) {
    writes.put("mission", table, write(mission, 1), Writes.isNew("missionId"));
  }

  /**
   * Adds a changed mission to a transaction; label {@code mission} when it has changed since it was
   * read.
   */
  public void save(Writes writes, Mission mission) {
    writes.put(
        "mission",
        table,
        write(mission, mission.version() + 1),
        "#version = :before",
        Item.empty().with("before", mission.version()));
  }

  /**
   * Adds the removal of a draft to a transaction; label {@code mission} when it has changed since
   * it was read.
   */
  public void delete(Writes writes, Mission mission) {
    writes.delete(
        "mission",
        table,
        key(mission.missionId()),
        "#version = :before",
        Item.empty().with("before", mission.version()));
  }

  /**
   * A part of a list of missions.
   *
   * @param missions in the list's order
   * @param next where it goes on, to be given back; null at the end
   */
  public record Listed(List<Mission> missions, @Nullable Map<String, String> next) {}

  /**
   * An establishment's missions by start.
   *
   * @param cancelled the cancelled ones, or all the others
   * @param submittedBy only those that this account submitted, or null for all
   * @param place where to go on; empty at the beginning
   */
  public Listed ofEstablishment(
      String finess,
      boolean cancelled,
      @Nullable String submittedBy,
      Map<String, String> place,
      int limit) {
    Item values = Item.empty().with("finess", finess).with("group", cancelled ? "C#" : "A#");
    Find find =
        Find.in(
            table,
            "byEstablishment",
            "#finess = :finess AND begins_with(#listKey, :group)",
            values);
    if (submittedBy != null) {
      values.with("by", submittedBy);
      find = find.filtered("#submittedBy = :by");
    }
    return listed(find, "finess", finess, "listKey", place, limit);
  }

  /**
   * A region's missions by priority, then start; no drafts.
   *
   * @param group of states: OPEN or FILLED stand for all that are live, ENDED, CANCELLED
   */
  public Listed ofRegion(String region, Status group, Map<String, String> place, int limit) {
    Find find =
        Find.in(
            table,
            "byRegion",
            "#regionKey = :region AND begins_with(#regionOrder, :group)",
            Item.empty().with("region", region).with("group", group(group) + "#"));
    return listed(find, "regionKey", region, "regionOrder", place, limit);
  }

  /** The drafts made on or before a day, by part of the index. */
  Map<String, Find> draftsUntil(LocalDate day) {
    return due(DUE_DRAFT, day);
  }

  /** The live missions whose last day is on or before a day, by part of the index. */
  Map<String, Find> endingUntil(LocalDate day) {
    return due(DUE_END, day);
  }

  /** The missions that people are still to be freed from, by part of the index. */
  public Map<String, Find> toRelease() {
    return due(DUE_RELEASE, LocalDate.of(9999, 12, 31));
  }

  private Map<String, Find> due(String kind, LocalDate day) {
    Map<String, Find> parts = Find.parts(SHARDS, shard -> duePart(kind + "#" + shard, day));
    // rows of before name no part
    parts.put("s", duePart(kind, day));
    return parts;
  }

  private Find duePart(String key, LocalDate day) {
    return Find.in(
        table,
        "due",
        "#dueKind = :kind AND #dueDay <= :day",
        Item.empty().with("kind", key).with("day", day));
  }

  private static String dueKey(String kind, Mission mission) {
    return kind + "#" + Math.floorMod(mission.missionId().hashCode(), SHARDS);
  }

  private Listed listed(
      Find find,
      String partition,
      String value,
      String order,
      Map<String, String> place,
      int limit) {
    @Nullable String at = place.get("at");
    @Nullable String id = place.get("id");
    @Nullable Item after =
        at == null || id == null ? null : key(id).with(partition, value).with(order, at);
    Found found = database.query(find.limited(limit).after(after));
    return new Listed(
        found.items().stream().map(MissionStore::read).toList(),
        found.last() == null
            ? null
            : Map.of("at", found.last().text(order), "id", found.last().text("missionId")));
  }

  private static Item key(String missionId) {
    return Database.key("missionId", missionId);
  }

  private static String group(Status status) {
    return switch (status) {
      case DRAFT, OPEN, FILLED -> "A";
      case ENDED -> "E";
      case CANCELLED -> "C";
    };
  }

  private static Item write(Mission mission, long version) {
    Terms terms = mission.terms();
    Item holds = Item.empty();
    mission.holds().forEach(holds::with);
    Item item =
        key(mission.missionId())
            .with("establishment", AccountStore.writeEstablishment(mission.establishment()))
            .with("submittedBy", mission.submittedBy())
            .with("status", mission.status().name())
            .with("byHand", mission.byHand())
            .with("filled", mission.filled())
            .with("pushed", mission.pushed())
            .with("holds", mission.holds().isEmpty() ? null : holds)
            .with("priority", mission.priority())
            .with("toRelease", mission.toRelease())
            .with("closure", closure(mission.closure()))
            .with("createdAt", mission.createdAt())
            .with("version", version)
            .with("finess", mission.establishment().finess())
            .with(
                "listKey",
                (mission.status() == Status.CANCELLED ? "C#" : "A#")
                    + terms.start()
                    + "#"
                    + mission.missionId());
    describe(item, terms);
    if (mission.status() != Status.DRAFT) {
      item.with("regionKey", mission.establishment().region())
          .with(
              "regionOrder",
              group(mission.status())
                  + "#"
                  + mission.priority()
                  + "#"
                  + terms.start()
                  + "#"
                  + mission.missionId());
    }
    if (mission.toRelease()) {
      item.with("dueKind", dueKey(DUE_RELEASE, mission)).with("dueDay", terms.end());
    } else if (mission.status() == Status.DRAFT) {
      item.with("dueKind", dueKey(DUE_DRAFT, mission))
          .with("dueDay", mission.createdAt().toString().substring(0, 10));
    } else if (mission.status() == Status.OPEN || mission.status() == Status.FILLED) {
      item.with("dueKind", dueKey(DUE_END, mission)).with("dueDay", terms.end());
    }
    return item;
  }

  /** What is asked for, as an item of its own. */
  static Item writeTerms(Terms terms) {
    return describe(Item.empty(), terms);
  }

  private static Item describe(Item item, Terms terms) {
    return item.with("start", terms.start())
        .with("end", terms.end())
        .with("profession", terms.profession())
        .with("speciality", terms.speciality())
        .with("count", terms.count())
        .with("vehicle", terms.vehicle())
        .with("weekend", terms.weekend())
        .with("nursingHome", terms.nursingHome())
        .with("intensiveCare", terms.intensiveCare());
  }

  /** What is asked for, as it was stored in an item. */
  static Terms readTerms(Item item) {
    return new Terms(
        item.date("start"),
        item.date("end"),
        item.text("profession"),
        item.textOrNull("speciality"),
        (int) item.number("count"),
        item.flag("vehicle"),
        item.flag("weekend"),
        item.flag("nursingHome"),
        item.flag("intensiveCare"));
  }

  private static @Nullable Item closure(@Nullable Closure closure) {
    return closure == null
        ? null
        : Item.empty().with("reason", closure.reason().name()).with("text", closure.text());
  }

  private static Closure readClosure(Item item) {
    return new Closure(Closure.Reason.valueOf(item.text("reason")), item.textOrNull("text"));
  }

  private static Mission read(Item item) {
    Map<String, Instant> holds = new HashMap<>();
    item.item("holds")
        .ifPresent(
            map ->
                map.attributes()
                    .keySet()
                    .forEach(id -> holds.put(id, map.instant(id).orElseThrow())));
    Establishment establishment =
        AccountStore.readEstablishment(item.item("establishment").orElseThrow());
    return new Mission(
        item.text("missionId"),
        establishment,
        item.text("submittedBy"),
        readTerms(item),
        Status.valueOf(item.text("status")),
        item.flag("byHand"),
        (int) item.number("filled"),
        (int) item.number("pushed"),
        holds,
        (int) item.number("priority"),
        item.flag("toRelease"),
        item.item("closure").map(MissionStore::readClosure).orElse(null),
        item.instant("createdAt").orElse(Instant.EPOCH),
        item.number("version"));
  }
}
