package renfort.regulation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.journal.Journal;
import renfort.pool.PoolStore;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;

/** The pool of a region; each page is in the journal before it is shown (R24, R25). */
final class ListPool {
  private final PoolStore pool;
  private final Journal journal;
  private final Clock clock;

  ListPool(Environment environment) {
    this.pool = new PoolStore(environment);
    this.journal = new Journal(environment);
    this.clock = environment.clock();
  }

  /**
   * A page.
   *
   * @param profession only this one, or null
   * @param available only these, or null for both
   * @param actor the accountId of who looks
   */
  Page page(
      String region,
      @Nullable String profession,
      @Nullable Boolean available,
      String actor,
      Map<String, String> place,
      int limit) {
    List<PoolRow> found = new ArrayList<>();
    @Nullable Place after = place(place);
    boolean more = true;
    for (int query = 0; query < Page.QUERIES && more && found.size() < limit; query++) {
      Rows rows = pool.ofRegion(region, after, limit - found.size());
      rows.rows().stream()
          .filter(row -> profession == null || row.profession().equals(profession))
          .filter(row -> available == null || row.available() == available)
          .forEach(found::add);
      more = rows.more();
      if (!rows.places().isEmpty()) {
        after = rows.places().getLast();
      }
    }
    journal.pool(region, actor, found.stream().map(PoolRow::professionalId).toList());
    return new Page(
        found.stream().map(this::view).toList(),
        more && after != null
            ? Map.of("order", after.order(), "id", after.professionalId())
            : null);
  }

  private static @Nullable Place place(Map<String, String> place) {
    @Nullable String order = place.get("order");
    @Nullable String id = place.get("id");
    return order == null || id == null ? null : new Place(order, id);
  }

  private Map<String, Object> view(PoolRow row) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("professionalId", row.professionalId());
    view.put("lastName", row.lastName());
    view.put("firstName", row.firstName());
    view.put("postalCode", row.postalCode());
    view.put("city", row.city());
    view.put("profession", row.profession());
    if (row.speciality() != null) {
      view.put("speciality", row.speciality());
    }
    view.put("nursingHome", row.nursingHome());
    view.put("intensiveCare", row.intensiveCare());
    view.put("vehicle", row.vehicle());
    view.put("mobility", row.mobility().stream().sorted().map(Enum::name).toList());
    view.put("available", row.available());
    view.put("emailConfirmed", row.confirmed());
    if (row.undeliverable()) {
      view.put("emailUndeliverable", true);
    }
    view.put("possibleDuplicate", row.duplicate());
    row.liveHold(clock.instant()).ifPresent(hold -> view.put("heldUntil", hold.until().toString()));
    view.put(
        "availabilities", row.availability().declared().stream().map(ListPool::period).toList());
    return view;
  }

  private static Map<String, Object> period(Period period) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("start", period.start().toString());
    if (period.end() != null) {
      view.put("end", period.end().toString());
    }
    view.put("weekdays", period.weekdays());
    view.put("weekend", period.weekend());
    return view;
  }
}
