package renfort.professionals;

import java.time.Clock;
import java.util.Optional;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.model.Details;
import renfort.professionals.model.Sheet;
import renfort.reference.Communes;
import renfort.reference.model.Commune;
import renfort.reference.model.Resolution;
import renfort.storage.Writes;

/** Brings a new sheet into the pool. */
final class NewSheets {
  private final ProfileStore profiles;
  private final PoolStore pool;
  private final SharedIdentifiers identifiers;
  private final Journal journal;
  private final Clock clock;

  NewSheets(Environment environment) {
    this.profiles = new ProfileStore(environment);
    this.pool = new PoolStore(environment);
    this.identifiers = new SharedIdentifiers(environment);
    this.journal = new Journal(environment);
    this.clock = environment.clock();
  }

  /**
   * Adds a sheet and its row to a transaction; labels as those of the stores.
   *
   * @param confirmed whether the address is proved in the same transaction (R7)
   * @param actor for the journal
   */
  void create(Writes writes, Sheet sheet, boolean confirmed, String actor) {
    String professionalId = sheet.professionalId();
    Details details = sheet.details();
    boolean duplicate =
        identifiers.change(writes, professionalId, Optional.empty(), details.shared());
    profiles.create(writes, sheet);
    PoolRow row = details.row(professionalId, home(details), duplicate, clock.instant());
    pool.create(writes, confirmed ? row.nowConfirmed() : row);
    journal.append(writes, Subject.professional(professionalId), Action.REGISTERED, actor, null);
  }

  /** Where they live; the form was checked when it was sent. */
  private static Commune home(Details details) {
    return switch (Communes.resolve(details.postalCode(), details.city())) {
      case Resolution.Found(Commune commune) -> commune;
      case Resolution.UnknownPostalCode unknown -> throw new IllegalStateException("no commune");
      case Resolution.CityNotInPostalCode other -> throw new IllegalStateException("no commune");
    };
  }
}
