package renfort.missions;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.missions.model.Closure;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.reference.Regions;

/** A mission as answers show it (contract). */
public final class MissionView {
  private MissionView() {}

  /** The date in a mission's region: by it the mission is over or not (R10). */
  public static LocalDate today(Mission mission, Clock clock) {
    return Regions.find(mission.establishment().region()).orElseThrow().today(clock);
  }

  /** The mission as a JSON tree, in the state that it has now, swept or not (R20). */
  public static Map<String, Object> of(Mission mission, Clock clock) {
    Terms terms = mission.terms();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", mission.missionId());
    view.put("start", terms.start().toString());
    view.put("end", terms.end().toString());
    view.put("profession", terms.profession());
    if (terms.speciality() != null) {
      view.put("speciality", terms.speciality());
    }
    view.put("count", terms.count());
    view.put("vehicle", terms.vehicle());
    view.put("weekend", terms.weekend());
    view.put("nursingHome", terms.nursingHome());
    view.put("intensiveCare", terms.intensiveCare());
    view.put("filled", mission.filled());
    view.put("held", mission.held(clock.instant()));
    mission.heldUntil(clock.instant()).ifPresent(until -> view.put("heldUntil", until.toString()));
    view.put("pushed", mission.pushed());
    view.put("status", mission.statusOn(today(mission, clock)).name());
    view.put("priority", mission.priority());
    view.put("finess", mission.establishment().finess());
    view.put("establishment", mission.establishment().name());
    view.put("city", mission.establishment().city());
    @Nullable Closure closure = mission.closure();
    if (closure != null) {
      Map<String, Object> why = new LinkedHashMap<>();
      why.put("reason", closure.reason().name());
      if (closure.text() != null) {
        why.put("text", closure.text());
      }
      view.put("closure", why);
    }
    view.put("createdAt", mission.createdAt().toString());
    return view;
  }
}
