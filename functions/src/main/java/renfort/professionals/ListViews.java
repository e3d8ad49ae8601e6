package renfort.professionals;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Part;
import renfort.storage.Writes;

/**
 * On which days an establishment or an agency had somebody in a list: items {@code LISTED#day#who}
 * beside the sheet, one a day and viewer however many pages they turned (R25). Written behind the
 * journal, so that a page costs no more for it.
 */
final class ListViews {
  private static final String PREFIX = "LISTED#";

  private final Database database;
  private final String table;

  ListViews(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("PROFESSIONALS_TABLE");
  }

  /**
   * Notes that somebody stood in a list; once for each day and viewer.
   *
   * @param who whoever looked, an id that is the same for all who act for the same
   * @param name of whoever looked, as the person reads it
   */
  void note(String professionalId, LocalDate day, String who, String name) {
    var _ =
        database.put(
            table,
            Database.key("professionalId", professionalId, "sk", PREFIX + day + "#" + who)
                .with("day", day)
                .with("by", name),
            Writes.isNew("professionalId"));
  }

  /**
   * A part of somebody's days, oldest first, beginning after a place if one is given; each with
   * {@code date} and {@code by}.
   */
  Part<Map<String, Object>> of(String professionalId, @Nullable String place, int limit) {
    Found found =
        database.upTo(
            all(professionalId).after(place == null ? null : key(professionalId, place)), limit);
    return Part.of(
        found.items().stream().map(ListViews::view).toList(),
        found.last() == null ? null : found.last().text("sk"));
  }

  private static Map<String, Object> view(Item item) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("date", item.text("day"));
    view.put("by", item.text("by"));
    return view;
  }

  /** Removes all that is noted of somebody erased. */
  void forget(String professionalId) {
    while (true) {
      List<Item> some = database.query(all(professionalId).limited(Writes.LIMIT)).items();
      if (some.isEmpty()) {
        return;
      }
      Writes writes = new Writes();
      for (Item item : some) {
        writes.delete(
            "listed",
            table,
            key(professionalId, item.text("sk")),
            "attribute_exists(professionalId)",
            Item.empty());
      }
      switch (database.commit(writes)) {
        case Commit.Done done -> {}
        case Commit.Refused refused -> {
          // somebody else removes them too: what is left is read again
        }
        case Commit.Busy busy ->
            throw new Outage("table", new IllegalStateException("the rows change all the time"));
      }
    }
  }

  private Find all(String professionalId) {
    return Find.in(
        table,
        null,
        "professionalId = :professional AND begins_with(#sk, :prefix)",
        Item.empty().with("professional", professionalId).with("prefix", PREFIX));
  }

  private static Item key(String professionalId, String sortKey) {
    return Database.key("professionalId", professionalId, "sk", sortKey);
  }
}
