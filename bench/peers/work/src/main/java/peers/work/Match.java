package peers.work;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Candidacy;
import renfort.establishments.model.RegionSettings;
import renfort.matching.CandidateView;
import renfort.matching.model.Band;
import renfort.matching.model.Candidate;
import renfort.matching.model.NearMisses;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Criteria;
import renfort.pool.model.PoolRow;
import renfort.reference.Departements;
import renfort.reference.Regions;

/**
 * The work that all peers do, which is that of MatchCandidates on the first page of a mission that
 * nobody was contacted for and whose people within 10 km fill the page: the account, the mission
 * with its region's settings, its candidacies, the pool by the project's own criteria, order,
 * reasons and view, an entry of the journal, JSON. The bench holds each answer to that of
 * MatchCandidates.
 */
public final class Match {
  private static final int PAGE = 20;
  private static final int CHUNK = 60;
  private static final Duration DRAFT_LIFE = Duration.ofDays(7);

  private final Store store;
  private final Json json;

  /** How a framework writes JSON. */
  public interface Json {
    String write(Object tree) throws Exception;
  }

  public Match(Store store, Json json) {
    this.store = store;
    this.json = json;
  }

  public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    String caller = event.getRequestContext().getAuthorizer().getJwt().getClaims().get("username");
    Optional<Account> account =
        store.account(caller).filter(one -> one.enabled() && one.approved());
    if (account.isEmpty()) {
      return response(403, Map.of());
    }
    String id = event.getPathParameters().get("id");
    Store.Asked asked = store.asked(id, account.get().establishment().region());
    Optional<Mission> mission =
        asked.mission().filter(one -> one.isVisibleTo(account.get(), Instant.now(), DRAFT_LIFE));
    if (mission.isEmpty()) {
      return response(404, Map.of());
    }
    Page page = new Page(mission.get());
    boolean regulated = asked.settings().filter(RegionSettings::isRegulated).isPresent();
    if (!regulated && mission.get().statusOn(page.today) == Mission.Status.OPEN) {
      search(page);
    }
    store.listed(
        id,
        account.get().accountId(),
        page.candidates.stream().map(candidate -> candidate.row().professionalId()).toList());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "items",
        page.candidates.stream()
            .map(one -> CandidateView.of(one, one.sightOf(account.get(), regulated), 0))
            .toList());
    if (page.next != null) {
      body.put("next", cursor(id, page.next));
    }
    if (page.candidates.isEmpty()) {
      body.put("nearMisses", page.nearMisses.told());
    }
    return response(200, body);
  }

  private static final class Page {
    private final Mission mission;
    private final Instant now = Instant.now();
    private final LocalDate today;
    private final Criteria criteria;
    private final List<Candidate> candidates = new ArrayList<>();
    private final NearMisses nearMisses = new NearMisses();
    private Map<String, String> next;

    Page(Mission mission) {
      this.mission = mission;
      ZoneId zone = Regions.find(mission.establishment().region()).orElseThrow().zone();
      today = LocalDate.ofInstant(now, zone);
      criteria = mission.criteria(today);
    }
  }

  private void search(Page page) {
    Mission mission = page.mission;
    if (!store.candidacies(mission.missionId()).isEmpty()) {
      throw new IllegalStateException("The peers list missions that nobody was contacted for");
    }
    List<String> zones =
        new ArrayList<>(
            Departements.zonesFrom(
                mission.establishment().region(), mission.establishment().departement()));
    zones.add(PoolRow.ELSEWHERE);
    for (boolean confirmed : new boolean[] {true, false}) {
      for (String zone : zones) {
        if (isFull(page, zone, confirmed)) {
          return;
        }
      }
    }
  }

  /** Adds a zone's people in the order of the project; whether the page ends before the zone. */
  private boolean isFull(Page page, String zone, boolean confirmed) {
    List<Candidate> found = new ArrayList<>();
    Place after = null;
    boolean more = true;
    boolean full = false;
    while (more && !full) {
      if (page.candidates.size() >= PAGE) {
        page.next = next(zone, confirmed, after);
        return true;
      }
      Rows rows = store.zone(page.criteria, zone, confirmed, after, CHUNK);
      more = rows.more();
      for (int i = 0; i < rows.rows().size() && !full; i++) {
        PoolRow row = rows.rows().get(i);
        after = rows.places().get(i);
        if (page.criteria.match(row)) {
          Candidate candidate = candidate(page, row);
          if (Band.of(candidate.distanceKm()) != Band.WITHIN_10) {
            throw new IllegalStateException("The peers list missions with people close by");
          }
          found.add(candidate);
          full =
              page.candidates.size() + found.size() >= PAGE
                  && (rows.more() || i + 1 < rows.rows().size());
        } else {
          page.nearMisses.add(row, page.criteria);
        }
      }
    }
    found.sort(
        Comparator.comparingInt((Candidate candidate) -> -page.criteria.wishesMet(candidate.row()))
            .thenComparingInt(candidate -> -candidate.coveredDays()));
    page.candidates.addAll(found);
    if (full) {
      page.next = next(zone, confirmed, after);
    }
    return full;
  }

  private static Map<String, String> next(String zone, boolean confirmed, Place after) {
    Map<String, String> next = new LinkedHashMap<>();
    next.put("stage", "REGION");
    next.put("zone", zone);
    next.put("confirmed", String.valueOf(confirmed));
    next.put("band", Band.WITHIN_10.name());
    next.put("way", "UNKNOWN");
    if (after != null) {
      next.put("at", after.order());
      next.put("id", after.professionalId());
    }
    return next;
  }

  private static Candidate candidate(Page page, PoolRow row) {
    return new Candidate(
        row,
        Candidacy.none(page.mission.missionId(), row.professionalId(), page.now),
        page.mission,
        page.today,
        page.now);
  }

  /** Where the list goes on, bound to its mission. */
  private String cursor(String missionId, Map<String, String> next) {
    Map<String, String> place = new LinkedHashMap<>(next);
    place.put("q", missionId);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(write(place).getBytes(StandardCharsets.UTF_8));
  }

  private String write(Object tree) {
    try {
      return json.write(tree);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private APIGatewayV2HTTPResponse response(int status, Map<String, ?> body) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(Map.of("content-type", "application/json"))
        .withBody(write(body))
        .build();
  }
}
