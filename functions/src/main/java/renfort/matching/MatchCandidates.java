package renfort.matching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.accounts.Callers;
import renfort.accounts.Quotas;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.candidacies.CandidacyStore;
import renfort.environment.Environment;
import renfort.establishments.RegionStore;
import renfort.establishments.model.RegionSettings;
import renfort.journal.Journal;
import renfort.matching.CandidateSearch.Page;
import renfort.matching.model.Candidate;
import renfort.matching.model.NearMisses.NearMiss;
import renfort.matching.model.Sight;
import renfort.missions.MissionAccess;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.storage.Database;
import renfort.web.ApiHandler;
import renfort.web.Paging;
import renfort.web.Request;
import renfort.web.Response;

/** {@code GET /api/missions/{id}/candidates}: who is proposed for a mission (R11-R15, R22). */
public final class MatchCandidates extends ApiHandler {
  /** How far the number of matching people is counted for a requester who may not see them yet. */
  private static final int COUNTED = 100;

  /** The numbers that they are told: an exact one would tell of a single person's coming. */
  private static final int[] TOLD = {COUNTED, 50, 20, 10, 5, 1};

  private final Callers callers;
  private final MissionAccess access;
  private final MissionStore missions;
  private final RegionStore regions;
  private final Database database;
  private final CandidateSearch search;
  private final CandidacyStore candidacies;
  private final Journal journal;
  private final Quotas quotas;

  public MatchCandidates() {
    this(Environment.ofProcess());
  }

  public MatchCandidates(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.access = new MissionAccess(environment);
    this.missions = new MissionStore(environment);
    this.regions = new RegionStore(environment);
    this.database = Database.of(environment);
    this.search = new CandidateSearch(environment);
    this.candidacies = new CandidacyStore(environment);
    this.journal = new Journal(environment);
    this.quotas = new Quotas(environment);
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.REQUESTER, Role.AGENCY, Role.NATIONAL);
    Paging paging = Paging.of(request, request.id("id"));
    Seen seen = seen(account, request.id("id"));
    Optional<Duration> wait = quotas.page(account);
    if (wait.isPresent()) {
      return Quotas.over(request, wait.get());
    }
    if (account.role() == Role.REQUESTER && !account.approved()) {
      Page page = search.search(seen.mission(), false, Map.of(), COUNTED);
      journal.page(seen.mission().missionId(), account.accountId(), List.of());
      return Response.ok(notApproved(page));
    }
    Page page = search.search(seen.mission(), seen.pushedOnly(), paging.place(), paging.limit());
    journal.page(
        seen.mission().missionId(), account.accountId(), CandidateSearch.ids(page.candidates()));
    Map<String, Object> body = paging.page(rows(page, account, seen.pushedOnly()), page.next());
    if (page.candidates().stream().allMatch(Candidate::isClosed)) {
      List<Object> told = new ArrayList<>();
      for (NearMiss miss : page.nearMisses().told()) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("reason", miss.reason());
        entry.put("count", miss.count());
        told.add(entry);
      }
      if (!told.isEmpty()) {
        body.put("nearMisses", told);
      }
    }
    return Response.ok(body);
  }

  /**
   * The rows as far as they may be seen (R14); staff see whom they may push, and who is pushed
   * elsewhere, as well (R23).
   */
  private List<Map<String, Object>> rows(Page page, Account account, boolean regulated) {
    boolean isStaff = account.role() != Role.REQUESTER;
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Candidate candidate : page.candidates()) {
      Sight sight = candidate.sightOf(account, regulated);
      if (sight != Sight.NOTHING) {
        Map<String, Object> row =
            CandidateView.of(candidate, sight, isStaff ? pushedElsewhere(candidate, sight) : 0);
        if (isStaff) {
          row.put("pushable", account.actsOnRegion(candidate.row().region()));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private int pushedElsewhere(Candidate candidate, Sight sight) {
    return sight == Sight.NAME_AND_STATE
        ? 0
        : candidacies.pushedElsewhere(
            candidate.row().professionalId(), candidate.mission().missionId(), candidate.now());
  }

  /**
   * A mission, and whether only people pushed, contacted or affected are seen of it.
   *
   * @param mission the mission
   * @param pushedOnly for requesters of a region that is regulated (R22)
   */
  private record Seen(Mission mission, boolean pushedOnly) {}

  /** The mission and, for a requester, their region's settings in one round trip. */
  private Seen seen(Account account, String missionId) {
    if (account.establishment() == null) {
      return new Seen(access.visibleTo(account, missionId), false);
    }
    var both =
        database.both(missions.wanted(missionId), regions.wanted(account.establishment().region()));
    Mission mission = access.visibleTo(account, both.first());
    String region = mission.establishment().region();
    // a mission keeps the region that it was submitted with
    Optional<RegionSettings> settings =
        region.equals(account.establishment().region())
            ? both.second()
            : database.both(missions.wanted(missionId), regions.wanted(region)).second();
    return new Seen(mission, settings.map(RegionSettings::isRegulated).orElse(false));
  }

  /** No personal data before approval: how many match, at least and about (R11). */
  private static Map<String, Object> notApproved(Page page) {
    int matching = page.candidates().size();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("items", List.of());
    body.put(
        "matching",
        Map.of(
            "atLeast",
            Arrays.stream(TOLD).filter(number -> number <= matching).findFirst().orElse(0)));
    return body;
  }
}
