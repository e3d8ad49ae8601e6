package renfort.regulation;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.candidacies.CandidacyStore;
import renfort.candidacies.model.Candidacy;
import renfort.environment.Environment;
import renfort.journal.Journal;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;

/** The pool of a region; each page is in the journal before it is shown (R24, R25). */
final class ListPool {
  private final PoolStore pool;
  private final CandidacyStore candidacies;
  private final MissionStore missions;
  private final Journal journal;
  private final Clock clock;

  ListPool(Environment environment) {
    this.pool = new PoolStore(environment);
    this.candidacies = new CandidacyStore(environment);
    this.missions = new MissionStore(environment);
    this.journal = new Journal(environment);
    this.clock = environment.clock();
  }

  /**
   * Who of a region is looked for.
   *
   * @param profession only this one, or null
   * @param available only these, or null for both
   * @param engaged only those affected today or later, or only the others; null for both
   */
  record Wanted(
      @Nullable String profession, @Nullable Boolean available, @Nullable Boolean engaged) {}

  /**
   * A page.
   *
   * @param wanted who of the region
   * @param actor the accountId of who looks
   */
  Page page(String region, Wanted wanted, String actor, Map<String, String> place, int limit) {
    LocalDate today = Regions.find(region).orElseThrow().today(clock);
    List<PoolRow> found = new ArrayList<>();
    @Nullable Place after = place(place);
    boolean more = true;
    for (int query = 0; query < Page.QUERIES && more && found.size() < limit; query++) {
      Rows rows = pool.ofRegion(region, after, limit - found.size());
      rows.rows().stream().filter(row -> isWanted(row, wanted, today)).forEach(found::add);
      more = rows.more();
      if (!rows.places().isEmpty()) {
        after = rows.places().getLast();
      }
    }
    Map<String, String> establishments = establishmentsOf(found, today);
    journal.pool(region, actor, found.stream().map(PoolRow::professionalId).toList());
    return new Page(
        found.stream()
            .map(row -> view(row, today, establishments.get(row.professionalId())))
            .toList(),
        more && after != null
            ? Map.of("order", after.order(), "id", after.professionalId())
            : null);
  }

  private static @Nullable Place place(Map<String, String> place) {
    @Nullable String order = place.get("order");
    @Nullable String id = place.get("id");
    return order == null || id == null ? null : new Place(order, id);
  }

  private static boolean isWanted(PoolRow row, Wanted wanted, LocalDate today) {
    return (wanted.profession() == null || row.profession().equals(wanted.profession()))
        && (wanted.available() == null || row.available() == wanted.available())
        && (wanted.engaged() == null
            || row.availability().engagementFrom(today).isPresent() == wanted.engaged());
  }

  private Map<String, Object> view(PoolRow row, LocalDate today, @Nullable String establishment) {
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
    row.availability()
        .engagementFrom(today)
        .map(Engagement::days)
        .ifPresent(days -> view.put("engagement", engagement(days, establishment)));
    view.put(
        "availabilities", row.availability().declared().stream().map(ListPool::period).toList());
    return view;
  }

  /**
   * Where people are affected, by professionalId: the candidacy that took the days knows, their row
   * holds no names. Somebody affected this second may be missing.
   */
  private Map<String, String> establishmentsOf(List<PoolRow> rows, LocalDate today) {
    Map<String, String> missionOf = new HashMap<>();
    for (PoolRow row : rows) {
      row.availability()
          .engagementFrom(today)
          .flatMap(engagement -> missionOf(row.professionalId(), engagement))
          .ifPresent(missionId -> missionOf.put(row.professionalId(), missionId));
    }
    Map<String, Mission> found = missions.findAll(missionOf.values());
    Map<String, String> names = new HashMap<>();
    missionOf.forEach(
        (professionalId, missionId) -> {
          @Nullable Mission mission = found.get(missionId);
          if (mission != null) {
            names.put(professionalId, mission.establishment().name());
          }
        });
    return names;
  }

  private Optional<String> missionOf(String professionalId, Engagement engagement) {
    return candidacies.ofProfessional(professionalId).stream()
        .filter(candidacy -> engagement.days().equals(candidacy.engagement()))
        .map(Candidacy::missionId)
        .filter(missionId -> engagement.isUnnamed() || engagement.isOf(missionId))
        .findFirst();
  }

  private static Map<String, Object> engagement(Days days, @Nullable String establishment) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("start", days.first().toString());
    view.put("end", days.last().toString());
    if (establishment != null) {
      view.put("establishment", establishment);
    }
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
