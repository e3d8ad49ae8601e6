package renfort.matching;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.matching.model.Candidate;
import renfort.matching.model.Sight;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.model.IdentifierType;

/** A candidate as lists and sheets begin with it (contract: candidate). */
public final class CandidateView {
  private CandidateView() {}

  /**
   * A candidate as far as it may be seen.
   *
   * @param sight not {@link Sight#NOTHING}
   * @param pushedElsewhere to how many other missions agencies propose them, for staff
   */
  public static Map<String, Object> of(Candidate candidate, Sight sight, int pushedElsewhere) {
    return switch (sight) {
      case NAME_AND_STATE -> nameAndState(candidate);
      case WITHOUT_CONTACT, FULL -> whole(candidate, sight, pushedElsewhere);
      case NOTHING -> throw new IllegalArgumentException("nothing is to be shown");
    };
  }

  private static Map<String, Object> whole(Candidate candidate, Sight sight, int pushedElsewhere) {
    PoolRow row = candidate.row();
    Period period = candidate.period();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("professionalId", row.professionalId());
    view.put("lastName", row.lastName());
    view.put("firstName", row.firstName());
    view.put("postalCode", row.postalCode());
    view.put("city", row.city());
    view.put("profession", row.profession());
    putIfAny(view, "speciality", row.speciality());
    view.put("start", period.start().toString());
    putIfAny(view, "end", period.end() == null ? null : period.end().toString());
    view.put("weekdays", period.weekdays());
    view.put("weekend", period.weekend());
    view.put("nursingHome", row.nursingHome());
    view.put("intensiveCare", row.intensiveCare());
    view.put("vehicle", row.vehicle());
    view.put("identifierType", row.identifierType().name());
    if (row.identifierType() != IdentifierType.NONE) {
      putIfAny(view, "identifier", row.identifier());
    }
    view.put("mobility", row.mobility().stream().sorted().map(Enum::name).toList());
    view.put("status", candidate.status().name());
    view.put("pushed", candidate.candidacy().pushed());
    putIfAny(
        view, "heldUntil", candidate.hold().map(Hold::until).map(Instant::toString).orElse(null));
    view.put("heldByOther", candidate.heldByOther());
    view.put("emailConfirmed", row.confirmed());
    putIfAny(view, "emailUndeliverable", row.undeliverable() ? true : null);
    view.put("possibleDuplicate", row.duplicate());
    view.put("distanceKm", candidate.distanceKm());
    view.put("coveredDays", candidate.coveredDays());
    view.put("missionDays", candidate.missionDays());
    view.put("reasons", candidate.reasons(pushedElsewhere));
    view.put("shown", sight.name());
    return view;
  }

  /** What every candidate has (contract), with nothing in it but the name and the state. */
  private static Map<String, Object> nameAndState(Candidate candidate) {
    Map<String, Object> view = whole(candidate, Sight.NAME_AND_STATE, 0);
    view.keySet()
        .removeAll(List.of("speciality", "end", "identifier", "heldUntil", "emailUndeliverable"));
    view.put("identifierType", IdentifierType.NONE.name());
    view.put("mobility", List.of());
    view.put("heldByOther", false);
    view.put("possibleDuplicate", false);
    view.put("reasons", List.of(candidate.state()));
    return view;
  }

  /** Puts a member only when it has a value. */
  static void putIfAny(Map<String, Object> view, String name, @Nullable Object value) {
    if (value != null) {
      view.put(name, value);
    }
  }
}
