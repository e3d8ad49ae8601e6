package renfort.professionals;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import renfort.environment.Environment;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.model.Identifier;
import renfort.professionals.model.Sharing;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;

/**
 * The live sheets by RPPS or ADELI number: items {@code IDENTIFIER#type#number} of the
 * professionals table. With them go the flags of the POOL rows (R7).
 */
final class SharedIdentifiers {
  private static final String SK = "IDENTIFIER";

  private final Database database;
  private final String table;
  private final PoolStore pool;

  SharedIdentifiers(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("PROFESSIONALS_TABLE");
    this.pool = new PoolStore(environment);
  }

  /**
   * Adds to a transaction that a sheet has another identifier than before, and the flags that this
   * puts on or takes off other people's rows: four writes at most. Labels {@code identifier} and
   * {@code pool} when something has changed since it was read here. The sheet's own row must have
   * been read before: somebody who joins or leaves meanwhile changes it, so that its save is
   * refused.
   *
   * @param before the sheet's identifier until now, empty when it had none or is new
   * @param after its identifier from now on, empty when it has none or is erased
   * @return whether the sheet's own row is to be flagged
   */
  boolean change(
      Writes writes,
      String professionalId,
      Optional<Identifier> before,
      Optional<Identifier> after) {
    Set<Identifier> concerned = new LinkedHashSet<>();
    before.ifPresent(concerned::add);
    after.ifPresent(concerned::add);
    Map<Identifier, Sharing> now = read(concerned);
    Map<String, Boolean> flags = new LinkedHashMap<>();
    boolean flagged = false;
    for (Identifier identifier : concerned) {
      Sharing is = now.getOrDefault(identifier, new Sharing(List.of()));
      boolean has = after.isPresent() && after.get().equals(identifier);
      Sharing becomes = has ? is.joinedBy(professionalId) : is.leftBy(professionalId);
      write(writes, identifier, is, becomes);
      flags.putAll(is.flagsChangedBy(professionalId, becomes));
      flagged = flagged || (has && becomes.isFlagged());
    }
    for (PoolRow other : pool.findAll(flags.keySet()).values()) {
      boolean flag = flags.getOrDefault(other.professionalId(), false);
      if (other.duplicate() != flag) {
        pool.save(writes, other.flagged(flag));
      }
    }
    return flagged;
  }

  private Map<Identifier, Sharing> read(Set<Identifier> identifiers) {
    Map<String, Identifier> byKey = new HashMap<>();
    identifiers.forEach(identifier -> byKey.put(name(identifier), identifier));
    Map<Identifier, Sharing> found = new HashMap<>();
    if (!byKey.isEmpty()) {
      database
          .getAll(Map.of(table, byKey.keySet().stream().map(SharedIdentifiers::key).toList()))
          .getOrDefault(table, List.of())
          .forEach(
              item -> {
                Identifier identifier = byKey.get(item.text("professionalId"));
                if (identifier != null) {
                  found.put(identifier, new Sharing(item.texts("sheets")));
                }
              });
    }
    return found;
  }

  /** The condition compares the whole list, so that an item made anew is not taken for the old. */
  private void write(Writes writes, Identifier identifier, Sharing is, Sharing becomes) {
    Item key = key(name(identifier));
    Item before = Item.empty().withTexts("before", is.sheets());
    if (becomes.equals(is)) {
      return;
    }
    if (is.sheets().isEmpty()) {
      writes.put(
          "identifier",
          table,
          key.withTexts("sheets", becomes.sheets()),
          Writes.isNew("professionalId"));
    } else if (becomes.sheets().isEmpty()) {
      writes.delete("identifier", table, key, "#sheets = :before", before);
    } else {
      writes.put(
          "identifier",
          table,
          key.withTexts("sheets", becomes.sheets()),
          "#sheets = :before",
          before);
    }
  }

  private static String name(Identifier identifier) {
    return "IDENTIFIER#" + identifier.type().name() + "#" + identifier.number();
  }

  private static Item key(String name) {
    return Database.key("professionalId", name, "sk", SK);
  }
}
