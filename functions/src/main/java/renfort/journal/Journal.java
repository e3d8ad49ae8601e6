package renfort.journal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Item;
import renfort.storage.Part;
import renfort.storage.Writes;

/**
 * The journal (R25): ids only. A change is appended in its own transaction, a look is recorded
 * before its answer leaves. No function may update or delete an entry, and none is given the right
 * to.
 */
public final class Journal {
  private final Database database;
  private final String table;
  private final Clock clock;
  private final Ids ids;

  public Journal(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("JOURNAL_TABLE");
    this.clock = environment.clock();
    this.ids = environment.ids();
  }

  /** What an entry is about. */
  public enum Kind {
    PROFESSIONAL,
    MISSION,
    ACCOUNT,
    ESTABLISHMENT,
    REGION
  }

  /**
   * The subject of an entry, as it is stored.
   *
   * @param kind of thing
   * @param id of the thing: professionalId, missionId, accountId, FINESS number or region code
   */
  public record Subject(Kind kind, String id) {
    public static Subject professional(String id) {
      return new Subject(Kind.PROFESSIONAL, id);
    }

    public static Subject mission(String id) {
      return new Subject(Kind.MISSION, id);
    }

    public static Subject account(String id) {
      return new Subject(Kind.ACCOUNT, id);
    }

    public static Subject establishment(String finess) {
      return new Subject(Kind.ESTABLISHMENT, finess);
    }

    public static Subject region(String code) {
      return new Subject(Kind.REGION, code);
    }

    String key() {
      return kind + "#" + id;
    }
  }

  /**
   * One entry as it was stored.
   *
   * @param at when
   * @param action what, one of {@link Action}
   * @param actor the accountId of who did it, or {@link #SYSTEM}
   * @param mission the mission it was for, or null
   */
  public record Entry(Instant at, String action, String actor, @Nullable String mission) {

    /**
     * As the export of whom it is about tells it (contract).
     *
     * @param names of the actors, by accountId
     */
    public Map<String, Object> view(Map<String, String> names) {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("at", at.toString());
      view.put("action", action);
      view.put("label", Words.of(Action.valueOf(action)));
      @Nullable String by = names.get(actor);
      if (!actor.equals(SYSTEM) && by != null) {
        view.put("by", by);
      }
      if (mission != null) {
        view.put("mission", mission);
      }
      return view;
    }
  }

  /** The actor of what no person did: a hold that ran out, a mission that ended. */
  public static final String SYSTEM = "SYSTEM";

  /** Adds an entry on a subject to the transaction of its change. */
  public void append(
      Writes writes, Subject subject, Action action, String actor, @Nullable String mission) {
    writes.put(
        "journal",
        table,
        entry(subject, action, actor, mission, List.of()),
        "attribute_not_exists(subject)");
  }

  /** Records a look at a person's data; when this cannot be stored, nothing may be shown. */
  public void look(Subject subject, Action action, String actor, @Nullable String mission) {
    record(entry(subject, action, actor, mission, List.of()));
  }

  /**
   * Records a page of candidates: one entry on the mission, with the ids of those who were shown.
   */
  public void page(String mission, String actor, List<String> shown) {
    record(entry(Subject.mission(mission), Action.CANDIDATES_LISTED, actor, null, shown));
  }

  /** Records a page of a region's pool: one entry on the region, with the ids. */
  public void pool(String region, String actor, List<String> shown) {
    record(entry(Subject.region(region), Action.POOL_LISTED, actor, null, shown));
  }

  /** All that is known of a subject, oldest first: for its export. */
  public List<Entry> of(Subject subject) {
    return database
        .queryAll(
            Find.in(table, null, "subject = :subject", Item.empty().with("subject", subject.key())))
        .stream()
        .map(Journal::read)
        .toList();
  }

  /**
   * A part of what is known of a subject, oldest first, beginning after a place if one is given.
   */
  public Part<Entry> partOf(Subject subject, @Nullable String place, int limit) {
    Database.Found found =
        database.upTo(
            Find.in(table, null, "subject = :subject", Item.empty().with("subject", subject.key()))
                .after(place == null ? null : Database.key("subject", subject.key(), "at", place)),
            limit);
    return Part.of(
        found.items().stream().map(Journal::read).toList(),
        found.last() == null ? null : found.last().text("at"));
  }

  /** When an entry was made, by its stored place in time. */
  public static Instant at(String place) {
    return Instant.parse(place.substring(0, place.indexOf('#')));
  }

  private static Entry read(Item row) {
    return new Entry(
        at(row.text("at")), row.text("action"), row.text("actor"), row.textOrNull("mission"));
  }

  /** One that is there already is this very one: its id is random, and a write may be repeated. */
  private void record(Item entry) {
    var _ = database.put(table, entry, "attribute_not_exists(subject)");
  }

  private Item entry(
      Subject subject, Action action, String actor, @Nullable String mission, List<String> shown) {
    Item entry =
        Database.key(
                "subject",
                subject.key(),
                "at",
                clock.instant().truncatedTo(ChronoUnit.MILLIS) + "#" + ids.next())
            .with("action", action.name())
            .with("actor", actor)
            .with("mission", mission);
    return shown.isEmpty() ? entry : entry.withTexts("shown", shown);
  }
}
