package renfort.missions.model;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;

/** What a requester's wish makes of a mission (R8, R10, R20). */
public sealed interface Change {

  /** It becomes this. */
  record To(Mission mission) implements Change {}

  /** It is so already. */
  record Same(Mission mission) implements Change {}

  /** It goes: it was a draft. */
  record Gone(Mission mission) implements Change {}

  /** Its state does not allow it: cancelled, over, or a draft where an open mission is wanted. */
  record Ended() implements Change {}

  /** No place is left. */
  record Full() implements Change {}

  /**
   * There are people to be considered first.
   *
   * @param affected how many are affected
   * @param held how many are held, where that matters, else null
   */
  record PeopleAffected(int affected, @Nullable Integer held) implements Change {}

  /** Other terms, while nobody is affected or held (R10). */
  static Change edit(Mission mission, Terms terms, LocalDate today, Instant now) {
    return switch (mission.statusOn(today)) {
      case CANCELLED, ENDED -> new Ended();
      case DRAFT, OPEN, FILLED -> {
        int held = mission.held(now);
        if (mission.filled() > 0 || held > 0) {
          yield new PeopleAffected(mission.filled(), held);
        }
        yield mission.terms().equals(terms) ? new Same(mission) : new To(mission.edited(terms));
      }
    };
  }

  /** A draft is opened, unless its end is past (R8). */
  static Change confirm(Mission mission, LocalDate today) {
    return switch (mission.statusOn(today)) {
      case DRAFT -> mission.terms().end().isBefore(today) ? new Ended() : new To(mission.opened());
      case OPEN, FILLED -> new Same(mission);
      case CANCELLED, ENDED -> new Ended();
    };
  }

  /** POURVUE by hand, also below the count; one that was full by itself stays so from now on. */
  static Change fill(Mission mission, LocalDate today) {
    return switch (mission.statusOn(today)) {
      case OPEN -> new To(mission.filledByHand());
      case FILLED -> mission.byHand() ? new Same(mission) : new To(mission.filledByHand());
      case DRAFT, CANCELLED, ENDED -> new Ended();
    };
  }

  /** Open again, while a place is left (R20). */
  static Change reopen(Mission mission, LocalDate today) {
    return switch (mission.statusOn(today)) {
      case OPEN -> new Same(mission);
      case FILLED -> mission.placesLeft() > 0 ? new To(mission.opened()) : new Full();
      case DRAFT, CANCELLED, ENDED -> new Ended();
    };
  }

  /**
   * Cancelled, or a draft thrown away (R20).
   *
   * @param confirmed how many affected people one knows to be cancelled with it, or null
   */
  static Change cancel(Mission mission, @Nullable Integer confirmed, LocalDate today) {
    return switch (mission.statusOn(today)) {
      case DRAFT -> new Gone(mission);
      case CANCELLED -> new Same(mission);
      case ENDED -> new Ended();
      case OPEN, FILLED ->
          mission.filled() > 0 && (confirmed == null || confirmed != mission.filled())
              ? new PeopleAffected(mission.filled(), null)
              : new To(mission.cancelled());
    };
  }

  /** Closed by an agency or the national level; closed again, the first reason stays (R24). */
  static Change close(Mission mission, Closure closure, LocalDate today) {
    return switch (mission.statusOn(today)) {
      case OPEN, FILLED -> new To(mission.closed(closure));
      case CANCELLED -> mission.closure() == null ? new Ended() : new Same(mission);
      case DRAFT, ENDED -> new Ended();
    };
  }

  /** Its order among the region's missions (R24). */
  static Change order(Mission mission, int priority, LocalDate today) {
    return switch (mission.statusOn(today)) {
      case OPEN, FILLED ->
          mission.priority() == priority ? new Same(mission) : new To(mission.ordered(priority));
      case DRAFT, CANCELLED, ENDED -> new Ended();
    };
  }

  /** Ended, when its last day is past (R20). */
  static Change end(Mission mission, LocalDate today) {
    boolean isLive = mission.status() == Status.OPEN || mission.status() == Status.FILLED;
    return isLive && mission.statusOn(today) == Status.ENDED
        ? new To(mission.ended())
        : new Same(mission);
  }
}
