package renfort.regulation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.EstablishmentStore.Name;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.missions.MissionStore;
import renfort.missions.MissionStore.Listed;
import renfort.missions.MissionView;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.storage.BadPlace;

/** The missions of a region by priority and start (R24), with those who submitted them. */
final class ListMissions {
  private static final String ORPHAN = "orphan";

  private final MissionStore missions;
  private final EstablishmentStore establishments;
  private final Clock clock;

  ListMissions(Environment environment) {
    this.missions = new MissionStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.clock = environment.clock();
  }

  /**
   * A page.
   *
   * @param status only these; null for all but the cancelled ones. Drafts are never listed.
   * @param orphan only those that nobody is approved to act for, or only the others; null for both
   */
  Page page(
      String region,
      @Nullable Status status,
      @Nullable Boolean orphan,
      Map<String, String> place,
      int limit) {
    List<Status> groups = groups(status);
    Map<String, Boolean> orphans = new HashMap<>();
    List<Map<String, Object>> found = new ArrayList<>();
    int group = group(place, groups.size());
    @Nullable Map<String, String> next = place;
    for (int query = 0; query < Page.QUERIES && next != null && found.size() < limit; query++) {
      Listed listed = missions.ofRegion(region, groups.get(group), next, limit - found.size());
      List<Mission> missions =
          listed.missions().stream()
              .filter(mission -> status == null || statusOf(mission) == status)
              .toList();
      render(missions, orphans).stream()
          .filter(item -> orphan == null || item.containsKey(ORPHAN) == orphan)
          .forEach(found::add);
      next = listed.next();
      if (next == null && group + 1 < groups.size()) {
        group++;
        next = Map.of();
      }
    }
    return new Page(found, next == null ? null : withGroup(next, group));
  }

  /** The stored groups that hold missions of a status; an ended one may not be swept yet (R20). */
  private static List<Status> groups(@Nullable Status status) {
    if (status == null) {
      return List.of(Status.OPEN, Status.ENDED);
    }
    return switch (status) {
      case DRAFT, OPEN, FILLED -> List.of(Status.OPEN);
      case ENDED -> List.of(Status.ENDED, Status.OPEN);
      case CANCELLED -> List.of(Status.CANCELLED);
    };
  }

  private static int group(Map<String, String> place, int groups) {
    @Nullable String text = place.get("group");
    if (text == null) {
      return 0;
    }
    if (!text.matches("\\d") || Integer.parseInt(text) >= groups) {
      throw new BadPlace();
    }
    return Integer.parseInt(text);
  }

  private static Map<String, String> withGroup(Map<String, String> place, int group) {
    Map<String, String> all = new LinkedHashMap<>(place);
    all.put("group", Integer.toString(group));
    return all;
  }

  /**
   * Missions as they are listed.
   *
   * @param orphans by FINESS number, what is known by now; grows
   */
  private List<Map<String, Object>> render(List<Mission> found, Map<String, Boolean> orphans) {
    Map<String, Requester> requesters =
        establishments.requesters(
            found.stream()
                .map(mission -> new Name(mission.establishment().finess(), mission.submittedBy()))
                .toList());
    List<Map<String, Object>> items = new ArrayList<>();
    for (Mission mission : found) {
      Map<String, Object> item = MissionView.of(mission, clock);
      @Nullable Requester requester = requesters.get(mission.submittedBy());
      if (requester != null) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("email", requester.email());
        view.put("lastName", requester.lastName());
        view.put("firstName", requester.firstName());
        if (requester.phone() != null) {
          view.put("phone", requester.phone());
        }
        view.put("approved", requester.status() == RequesterStatus.APPROVED);
        item.put("requester", view);
      }
      boolean mayReceive =
          requester != null
              && requester.isApproved()
              && requester.establishment().isInRegionOf(mission.establishment());
      if (isLive(mission)
          && !mayReceive
          && orphans.computeIfAbsent(
              mission.establishment().finess(), finess -> isOrphan(mission.establishment()))) {
        item.put(ORPHAN, true);
      }
      items.add(item);
    }
    return items;
  }

  private boolean isLive(Mission mission) {
    return switch (statusOf(mission)) {
      case OPEN, FILLED -> true;
      case DRAFT, CANCELLED, ENDED -> false;
    };
  }

  /** Whether nobody is approved to act for an establishment; read where a submitter is not. */
  private boolean isOrphan(Establishment establishment) {
    return establishments.approvedRequester(establishment).isEmpty();
  }

  private Status statusOf(Mission mission) {
    return mission.statusOn(MissionView.today(mission, clock));
  }
}
