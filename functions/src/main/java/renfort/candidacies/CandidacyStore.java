package renfort.candidacies;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.candidacies.model.PushEnd;
import renfort.environment.Environment;
import renfort.pool.model.Days;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Item;
import renfort.storage.Part;
import renfort.storage.Writes;

/**
 * The candidacies table. The index {@code due} holds live contacts only: first at the time to
 * remind the requester, then at the end of the hold (R16).
 */
public final class CandidacyStore {
  /** How long before its end the requester is reminded of a hold (R16). */
  static final Duration REMINDER = Duration.ofHours(6);

  private static final int SHARDS = 4;

  /** Named when releases alone were kept (R14). */
  private static final String GIVEN_UP = "released";

  private final Database database;
  private final String table;

  public CandidacyStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("CANDIDACIES_TABLE");
  }

  /** A candidacy as it stands now. */
  public Optional<Candidacy> find(String missionId, String professionalId) {
    return database.get(table, key(missionId, professionalId)).map(CandidacyStore::read);
  }

  /** All candidacies of a mission as they stand now. */
  public List<Candidacy> ofMission(String missionId) {
    return database
        .queryAll(
            Find.in(table, null, "missionId = :mission", Item.empty().with("mission", missionId)))
        .stream()
        .map(CandidacyStore::read)
        .toList();
  }

  /** All candidacies of a professional; by an index, so a moment late. */
  public List<Candidacy> ofProfessional(String professionalId) {
    return database
        .queryAll(
            Find.in(
                table,
                "byProfessional",
                "professionalId = :professional",
                Item.empty().with("professional", professionalId)))
        .stream()
        .map(CandidacyStore::read)
        .toList();
  }

  /**
   * To how many missions but one agencies propose somebody, with nothing come of it yet; by an
   * index, so a moment late, and of the first of their candidacies that one query reads (1 MB).
   */
  public int pushedElsewhere(String professionalId, String missionId, Instant now) {
    Find pushed =
        Find.in(
                table,
                "byProfessional",
                "professionalId = :professional",
                Item.empty().with("professional", professionalId).with("yes", true))
            .filtered("#pushed = :yes");
    return (int)
        database.query(pushed).items().stream()
            .map(CandidacyStore::read)
            .filter(candidacy -> !candidacy.missionId().equals(missionId))
            .filter(candidacy -> candidacy.statusAt(now) == Status.TO_VERIFY)
            .count();
  }

  /**
   * A part of a professional's candidacies, beginning after a place if one is given, in the order
   * of their missions' ids; by an index, so a moment late.
   */
  public Part<Candidacy> partOf(String professionalId, @Nullable String place, int limit) {
    Database.Found found =
        database.upTo(
            Find.in(
                    table,
                    "byProfessional",
                    "professionalId = :professional",
                    Item.empty().with("professional", professionalId))
                .after(place == null ? null : key(place, professionalId)),
            limit);
    return Part.of(
        found.items().stream().map(CandidacyStore::read).toList(),
        found.last() == null ? null : found.last().text("missionId"));
  }

  /** Where the contacts are to remind of or to tidy at a time, by the parts of the index. */
  Map<String, Find> due(Instant now) {
    return Find.parts(
        SHARDS,
        shard ->
            Find.in(
                table,
                "due",
                "#dueShard = :shard AND #dueAt <= :now",
                Item.empty().with("shard", "HOLD#" + shard).with("now", now)));
  }

  /**
   * Adds a new or changed candidacy to a transaction; label {@code candidacy} when it has changed
   * since it was read.
   */
  public void save(Writes writes, Candidacy candidacy) {
    Item item = write(candidacy);
    if (candidacy.isStored()) {
      writes.put(
          "candidacy",
          table,
          item,
          "#version = :before",
          Item.empty().with("before", candidacy.version()));
    } else {
      writes.put("candidacy", table, item, Writes.isNew("missionId"));
    }
  }

  /** Adds the removal of a candidacy to a transaction; label {@code candidacy} as above. */
  public void delete(Writes writes, Candidacy candidacy) {
    writes.delete(
        "candidacy",
        table,
        key(candidacy.missionId(), candidacy.professionalId()),
        "#version = :before",
        Item.empty().with("before", candidacy.version()));
  }

  private static Item key(String missionId, String professionalId) {
    return Database.key("missionId", missionId, "professionalId", professionalId);
  }

  private static Item write(Candidacy candidacy) {
    Item item =
        key(candidacy.missionId(), candidacy.professionalId())
            .with("status", candidacy.status().name())
            .with("pushed", candidacy.pushed())
            .with("heldUntil", candidacy.heldUntil())
            .with("contacted", candidacy.contacted())
            .with("reminded", candidacy.reminded())
            .with("pushEnded", candidacy.pushEnded() == null ? null : candidacy.pushEnded().name())
            .with("changedAt", candidacy.changedAt())
            .with("version", candidacy.version() + 1);
    @Nullable Integer slot = candidacy.slot();
    if (slot != null) {
      item.with("slot", slot);
    }
    if (candidacy.givenUp()) {
      item.with(GIVEN_UP, true);
    }
    @Nullable Days engagement = candidacy.engagement();
    if (engagement != null) {
      item.with("start", engagement.first()).with("end", engagement.last());
    }
    @Nullable Instant until = candidacy.heldUntil();
    if (candidacy.status() == Status.CONTACTED && until != null) {
      item.with("dueShard", "HOLD#" + Math.floorMod(candidacy.professionalId().hashCode(), SHARDS))
          .with("dueAt", candidacy.reminded() ? until : until.minus(REMINDER));
    }
    return item;
  }

  private static Candidacy read(Item item) {
    return new Candidacy(
        item.text("missionId"),
        item.text("professionalId"),
        Status.valueOf(item.text("status")),
        item.flag("pushed"),
        item.instant("heldUntil").orElse(null),
        item.flag("contacted"),
        item.has("start") ? new Days(item.date("start"), item.date("end")) : null,
        item.flag("reminded"),
        item.has("slot") ? (int) item.number("slot") : null,
        Optional.ofNullable(item.textOrNull("pushEnded")).map(PushEnd::valueOf).orElse(null),
        item.flag(GIVEN_UP),
        item.instant("changedAt").orElse(Instant.EPOCH),
        item.number("version"));
  }
}
