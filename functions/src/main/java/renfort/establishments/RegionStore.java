package renfort.establishments;

import renfort.environment.Environment;
import renfort.establishments.model.Mode;
import renfort.establishments.model.RegionSettings;
import renfort.storage.Database;
import renfort.storage.Database.Wanted;
import renfort.storage.Item;
import renfort.storage.Writes;

/** The regions table: one item per region that was ever set. */
public final class RegionStore {
  private final Database database;
  private final String table;

  public RegionStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("REGIONS_TABLE");
  }

  /** A region's settings as they stand now; the default ones when nobody has set any. */
  public RegionSettings find(String region) {
    return database
        .get(table, key(region))
        .map(RegionStore::read)
        .orElseGet(() -> RegionSettings.ofUnset(region));
  }

  /**
   * A region's settings, to be read together with something else; absent when nobody has set any.
   */
  public Wanted<RegionSettings> wanted(String region) {
    return new Wanted<>(table, key(region), RegionStore::read);
  }

  private static RegionSettings read(Item row) {
    return new RegionSettings(
        row.text("code"),
        Mode.valueOf(row.text("mode")),
        (int) row.number("holdHours"),
        row.instant("changedAt").orElse(null),
        row.number("version"));
  }

  /**
   * Adds changed settings to a transaction; label {@code region} when they have changed since they
   * were read.
   */
  public void save(Writes writes, RegionSettings settings) {
    writes.put(
        "region",
        table,
        key(settings.region())
            .with("mode", settings.mode().name())
            .with("holdHours", settings.holdHours())
            .with("changedAt", settings.changedAt())
            .with("version", settings.version() + 1),
        "attribute_not_exists(#code) OR #version = :before",
        Item.empty().with("before", settings.version()));
  }

  private static Item key(String region) {
    return Database.key("code", region);
  }
}
