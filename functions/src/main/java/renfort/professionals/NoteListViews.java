package renfort.professionals;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import renfort.accounts.AccountStore;
import renfort.accounts.ActorNames;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Journal;
import renfort.reference.Regions;
import renfort.reference.model.Region;
import renfort.storage.Item;
import renfort.web.StreamHandler;

/**
 * Behind the stream of the journal: notes with each person that they stood in a list, on which day
 * and before whom, for their export (R25). The journal itself keeps a page as one entry.
 */
public final class NoteListViews extends StreamHandler {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private final AccountStore accounts;
  private final ListViews views;

  public NoteListViews() {
    this(Environment.ofProcess());
  }

  public NoteListViews(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.views = new ListViews(environment);
  }

  @Override
  protected void handle(Change change) {
    change.image().ifPresent(this::note);
  }

  private void note(Item entry) {
    Optional<Account> viewer = accounts.find(entry.text("actor"));
    ZoneId zone = viewer.flatMap(NoteListViews::region).map(Region::zone).orElse(PARIS);
    LocalDate day = LocalDate.ofInstant(Journal.at(entry.text("at")), zone);
    String who = viewer.map(NoteListViews::who).orElse("ERASED");
    String name = viewer.map(ActorNames::name).orElse("Un compte effacé");
    entry.texts("shown").forEach(person -> views.note(person, day, who, name));
  }

  /** The same for all who act for one establishment or agency. */
  private static String who(Account viewer) {
    return switch (viewer.role()) {
      case REQUESTER -> "E" + viewer.finess().orElse("");
      case AGENCY -> "A" + viewer.region();
      case NATIONAL -> "N";
      case PROFESSIONAL -> "P";
    };
  }

  private static Optional<Region> region(Account viewer) {
    return Optional.ofNullable(viewer.region())
        .or(() -> Optional.ofNullable(viewer.establishment()).map(place -> place.region()))
        .flatMap(Regions::find);
  }
}
