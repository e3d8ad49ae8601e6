package renfort.documents;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.documents.model.FileType;
import renfort.environment.Environment;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The guards {@code DOCUMENT#documentId}: what may be uploaded to a slot, and then who has claimed
 * it, so that none is claimed twice.
 */
final class SlotStore {
  /**
   * How long a slot may be claimed. The lifecycle rule takes uploads away after 24 hours at the
   * soonest: a sheet that is stored in a slot's last minute must leave the schedule time to settle
   * what its function left undone.
   */
  static final Duration CLAIMABLE = Duration.ofHours(20);

  /** How long a claim is remembered: longer than the lifecycle rule leaves an upload. */
  static final Duration REMEMBERED = Duration.ofDays(3);

  private static final String PREFIX = "DOCUMENT#";

  /** As many keys as one read of the table takes. */
  private static final int BATCH = 100;

  private final Database database;
  private final String table;
  private final Clock clock;

  SlotStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("GUARDS_TABLE");
    this.clock = environment.clock();
  }

  /** What was announced for a slot. */
  record Slot(String fileName, FileType type, long size, String sha256) {}

  /**
   * Who has claimed a slot.
   *
   * @param professionalId below whose prefix the copy is
   * @param replaced documents of the same sheet that this one's claim has made superfluous
   */
  record Claim(String documentId, String professionalId, List<String> replaced) {}

  /**
   * A slot as it stands.
   *
   * @param slot what was announced, or null once claimed
   * @param claim who has it, or null
   */
  record Row(@Nullable Slot slot, @Nullable Claim claim) {}

  /** Commits a new slot with what belongs to it. */
  Commit open(String documentId, Slot slot, Writes along) {
    along.put(
        "slot",
        table,
        key(documentId)
            .with("name", slot.fileName())
            .with("type", slot.type().name())
            .with("size", slot.size())
            .with("sha256", slot.sha256())
            .with("until", clock.instant().plus(CLAIMABLE)),
        Writes.isNew("guard"));
    return database.commit(along);
  }

  /** The slots of these ids that are not over, as they stand now. */
  Map<String, Row> find(Collection<String> documentIds) {
    Instant now = clock.instant();
    Map<String, Row> found = new HashMap<>();
    List<String> ids = List.copyOf(documentIds);
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<Item> keys = new ArrayList<>();
      for (String id : ids.subList(from, Math.min(from + BATCH, ids.size()))) {
        keys.add(key(id));
      }
      for (Item row : database.getAll(Map.of(table, keys)).getOrDefault(table, List.of())) {
        if (Guards.lasts(row, now)) {
          String documentId = row.text("guard").substring(PREFIX.length());
          found.put(documentId, read(documentId, row));
        }
      }
    }
    return found;
  }

  /** The claims among these slots. */
  List<Claim> claims(Collection<String> documentIds) {
    return find(documentIds).values().stream()
        .flatMap(row -> Optional.ofNullable(row.claim()).stream())
        .toList();
  }

  /** Whether a slot was claimed before a time, and still is. */
  boolean isClaimedBefore(String documentId, Instant time) {
    return database
        .get(table, key(documentId))
        .filter(row -> row.has("claimedBy"))
        .flatMap(row -> row.instant("until"))
        .filter(until -> until.minus(REMEMBERED).isBefore(time))
        .isPresent();
  }

  /**
   * Adds a claim to the transaction of its sheet; refused under the label when the slot was claimed
   * or over by then. What was announced is forgotten: the sheet has it.
   */
  void claim(Writes writes, String label, Claim claim) {
    Instant now = clock.instant();
    writes.update(
        label,
        table,
        key(claim.documentId()),
        "SET #claimedBy = :professional, #replaced = :replaced,"
            + " #until = :until REMOVE #name, #type, #size, #sha256",
        "attribute_not_exists(#claimedBy) AND #until > :now",
        Item.empty()
            .with("professional", claim.professionalId())
            .withTexts("replaced", claim.replaced())
            .with("until", now.plus(REMEMBERED))
            .with("now", now));
  }

  private static Item key(String documentId) {
    return Guards.key(PREFIX + documentId);
  }

  private static Row read(String documentId, Item row) {
    return Optional.ofNullable(row.textOrNull("claimedBy"))
        .map(
            professionalId ->
                new Row(null, new Claim(documentId, professionalId, row.texts("replaced"))))
        .orElseGet(
            () ->
                new Row(
                    new Slot(
                        row.text("name"),
                        FileType.valueOf(row.text("type")),
                        row.number("size"),
                        row.text("sha256")),
                    null));
  }
}
