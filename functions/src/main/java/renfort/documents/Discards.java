package renfort.documents;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import renfort.environment.Environment;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * Files that a sheet gives up for good (R28). The wish is an item of the sheet's own transaction,
 * so that none is lost: the files go right after the commit, and {@link SettleDocuments} takes up
 * what a crash or an outage left. The items {@code DISCARD#documentId} of the professionals table.
 */
final class Discards {
  private static final String PREFIX = "DISCARD#";
  private static final int SHARDS = 4;

  private final Database database;
  private final String table;
  private final Bucket bucket;

  Discards(Environment environment, Bucket bucket) {
    this.database = Database.of(environment);
    this.table = environment.variable("PROFESSIONALS_TABLE");
    this.bucket = bucket;
  }

  /** Adds to a transaction that documents are to be deleted; one write each. */
  void want(Writes writes, String professionalId, Collection<String> documentIds) {
    for (String documentId : documentIds) {
      writes.put(
          "discard",
          table,
          key(professionalId, documentId).with("d", PREFIX + shard(documentId)),
          "attribute_not_exists(sk) OR attribute_exists(sk)");
    }
  }

  /** Deletes the files, then the wishes; may be repeated. */
  void fulfil(String professionalId, Collection<String> documentIds) {
    bucket.delete(
        documentIds.stream().map(documentId -> Bucket.copy(professionalId, documentId)).toList());
    Writes done = new Writes();
    for (String documentId : documentIds) {
      done.delete(
          "discard",
          table,
          key(professionalId, documentId),
          "attribute_not_exists(sk) OR attribute_exists(sk)",
          Item.empty());
    }
    // one that stays is fulfilled again by the schedule
    var _ = database.commit(done);
  }

  /** The wishes that were left, by part of the index. */
  Map<String, Find> left() {
    return Find.parts(
        SHARDS, shard -> Find.in(table, "due", "#d = :d", Item.empty().with("d", PREFIX + shard)));
  }

  /** Fulfils a wish that was left. */
  void fulfil(Item wish) {
    fulfil(wish.text("professionalId"), List.of(wish.text("sk").substring(PREFIX.length())));
  }

  private static Item key(String professionalId, String documentId) {
    return Database.key("professionalId", professionalId, "sk", PREFIX + documentId);
  }

  private static int shard(String documentId) {
    return Math.floorMod(documentId.hashCode(), SHARDS);
  }
}
