package renfort.candidacies;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.candidacies.model.StateTable.Decline;
import renfort.environment.Environment;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.pool.model.Days;
import renfort.web.ApiHandler;
import renfort.web.Idempotency;
import renfort.web.Problem;
import renfort.web.Request;
import renfort.web.Response;

/**
 * {@code GET /api/professionals/me/candidacies}: where a professional's candidacies stand; {@code
 * POST …/{missionId}/decline}: declining one (R21).
 */
public final class OwnCandidacies extends ApiHandler {
  private final Callers callers;
  private final CandidacyStore store;
  private final MissionStore missions;
  private final Candidacies candidacies;
  private final Idempotency idempotency;
  private final Clock clock;

  public OwnCandidacies() {
    this(Environment.ofProcess());
  }

  public OwnCandidacies(Environment environment) {
    this.callers = new Callers(environment);
    this.store = new CandidacyStore(environment);
    this.missions = new MissionStore(environment);
    this.candidacies = new Candidacies(environment);
    this.idempotency = new Idempotency(environment);
    this.clock = environment.clock();
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.PROFESSIONAL);
    return switch (request.route()) {
      case "GET /api/professionals/me/candidacies" -> Response.ok(Map.of("items", list(account)));
      case "POST /api/professionals/me/candidacies/{missionId}/decline" ->
          idempotency.once(request, account.accountId(), once -> decline(account, request));
      default -> Problem.notFound().toResponse(request.requestId());
    };
  }

  private List<Object> list(Account account) {
    Instant now = clock.instant();
    List<Candidacy> known =
        store.ofProfessional(account.accountId()).stream()
            .filter(candidacy -> isToldTo(candidacy, now))
            .sorted(Comparator.comparing(Candidacy::changedAt).reversed())
            .toList();
    List<Object> items = new ArrayList<>();
    for (int from = 0; from < known.size(); from += 100) {
      List<Candidacy> some = known.subList(from, Math.min(known.size(), from + 100));
      Map<String, Mission> theirs =
          missions.findAll(some.stream().map(Candidacy::missionId).toList());
      for (Candidacy candidacy : some) {
        @Nullable Mission mission = theirs.get(candidacy.missionId());
        if (mission != null) {
          items.add(item(candidacy, mission, now));
        }
      }
    }
    return items;
  }

  /**
   * A candidacy that an agency or an establishment did something about; not a contact that has run
   * out.
   */
  private static boolean isToldTo(Candidacy candidacy, Instant now) {
    return candidacy.pushed() || candidacy.statusAt(now) != Status.TO_VERIFY;
  }

  /** A candidacy as its professional sees it. */
  static Map<String, Object> item(Candidacy candidacy, Mission mission, Instant now) {
    Map<String, Object> item = new LinkedHashMap<>();
    @Nullable Days engagement = candidacy.engagement();
    item.put("missionId", mission.missionId());
    item.put("establishment", mission.establishment().name());
    item.put("city", mission.establishment().city());
    item.put(
        "start", (engagement == null ? mission.terms().start() : engagement.first()).toString());
    item.put("end", (engagement == null ? mission.terms().end() : engagement.last()).toString());
    item.put("status", candidacy.statusAt(now).name());
    item.put("pushed", candidacy.pushed());
    @Nullable Instant until = candidacy.heldUntil();
    if (candidacy.holds(now) && until != null) {
      item.put("heldUntil", until.toString());
    }
    return item;
  }

  private Response decline(Account account, Request request) {
    String missionId = request.id("missionId");
    if (store.find(missionId, account.accountId()).isEmpty()) {
      return Problem.notFound().toResponse(request.requestId());
    }
    Optional<Decline> decline = candidacies.decline(missionId, account.accountId());
    if (decline.isEmpty()) {
      return Problem.retry().toResponse(request.requestId());
    }
    return switch (decline.get()) {
      case PUSH, CONTACT, AFFECTATION, SAME -> Response.noContent();
      case OVER ->
          Problem.of(409, "ended", "Cette candidature est close.").toResponse(request.requestId());
      case NOTHING -> Problem.notFound().toResponse(request.requestId());
    };
  }
}
