package renfort.candidacies;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.candidacies.model.PushEnd;
import renfort.candidacies.model.Situation;
import renfort.candidacies.model.StateTable;
import renfort.candidacies.model.StateTable.Decline;
import renfort.environment.Environment;
import renfort.missions.MissionStore;
import renfort.missions.MissionView;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore;
import renfort.pool.model.Days;
import renfort.pool.model.PoolRow;
import renfort.storage.BadPlace;
import renfort.web.ApiHandler;
import renfort.web.Idempotency;
import renfort.web.Paging;
import renfort.web.Problem;
import renfort.web.Request;
import renfort.web.Response;

/**
 * {@code GET /api/professionals/me/candidacies}: where a professional's candidacies stand; {@code
 * POST …/{missionId}/decline}: declining one (R21).
 */
public final class OwnCandidacies extends ApiHandler {
  private static final Comparator<Candidacy> NEWEST_FIRST =
      Comparator.comparing(Candidacy::changedAt).reversed().thenComparing(Candidacy::missionId);

  private final Callers callers;
  private final CandidacyStore store;
  private final MissionStore missions;
  private final PoolStore pool;
  private final Candidacies candidacies;
  private final Idempotency idempotency;
  private final Clock clock;

  public OwnCandidacies() {
    this(Environment.ofProcess());
  }

  public OwnCandidacies(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.store = new CandidacyStore(environment);
    this.missions = new MissionStore(environment);
    this.pool = new PoolStore(environment);
    this.candidacies = new Candidacies(environment);
    this.idempotency = new Idempotency(environment);
    this.clock = environment.clock();
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.PROFESSIONAL);
    return switch (request.route()) {
      case "GET /api/professionals/me/candidacies" -> list(account, request);
      case "POST /api/professionals/me/candidacies/{missionId}/decline" ->
          idempotency.once(request, account.accountId(), once -> decline(account, request));
      default -> Problem.notFound().toResponse(request.requestId());
    };
  }

  private Response list(Account account, Request request) {
    Instant now = clock.instant();
    Paging paging = Paging.of(request, account.accountId());
    List<Candidacy> left =
        store.ofProfessional(account.accountId()).stream()
            .filter(candidacy -> isToldTo(candidacy, now))
            .sorted(NEWEST_FIRST)
            .filter(follows(paging.place()))
            .toList();
    List<Candidacy> page = left.subList(0, Math.min(left.size(), paging.limit()));
    Map<String, Mission> theirs =
        missions.findAll(page.stream().map(Candidacy::missionId).toList());
    @Nullable PoolRow row = pool.find(account.accountId()).orElse(null);
    List<Object> items = new ArrayList<>();
    for (Candidacy candidacy : page) {
      @Nullable Mission mission = theirs.get(candidacy.missionId());
      if (mission != null) {
        items.add(
            item(new Situation(mission, row, candidacy, now, MissionView.today(mission, clock))));
      }
    }
    return Response.ok(paging.page(items, left.size() > page.size() ? place(page) : null));
  }

  private static Map<String, String> place(List<Candidacy> page) {
    Candidacy last = page.getLast();
    return Map.of("at", last.changedAt().toString(), "mission", last.missionId());
  }

  /** Those after the place where the page before ended. */
  private static Predicate<Candidacy> follows(Map<String, String> place) {
    @Nullable String at = place.get("at");
    @Nullable String mission = place.get("mission");
    if (at == null || mission == null) {
      return candidacy -> true;
    }
    Instant changedAt;
    try {
      changedAt = Instant.parse(at);
    } catch (DateTimeParseException e) {
      throw new BadPlace();
    }
    return candidacy ->
        candidacy.changedAt().isBefore(changedAt)
            || (candidacy.changedAt().equals(changedAt)
                && candidacy.missionId().compareTo(mission) > 0);
  }

  /**
   * A candidacy that an agency or an establishment did something about, and a push that has ended;
   * not a contact that has run out.
   */
  private static boolean isToldTo(Candidacy candidacy, Instant now) {
    return candidacy.pushed()
        || candidacy.pushEnded() != null
        || candidacy.statusAt(now) != Status.TO_VERIFY;
  }

  /** A candidacy as its professional sees it; a push that has ended reads so, swept or not. */
  static Map<String, Object> item(Situation on) {
    Candidacy candidacy = on.candidacy();
    Mission mission = on.mission();
    Instant now = on.now();
    Optional<PushEnd> ended =
        Optional.ofNullable(candidacy.pushEnded()).or(() -> StateTable.pushEnd(on));
    Map<String, Object> item = new LinkedHashMap<>();
    @Nullable Days engagement = candidacy.engagement();
    item.put("missionId", mission.missionId());
    item.put("establishment", mission.establishment().name());
    item.put("city", mission.establishment().city());
    item.put(
        "start", (engagement == null ? mission.terms().start() : engagement.first()).toString());
    item.put("end", (engagement == null ? mission.terms().end() : engagement.last()).toString());
    item.put("status", candidacy.statusAt(now).name());
    item.put("pushed", candidacy.pushed() && ended.isEmpty());
    ended.ifPresent(end -> item.put("endedReason", reason(end)));
    @Nullable Instant until = candidacy.heldUntil();
    if (candidacy.holds(now) && until != null) {
      item.put("heldUntil", until.toString());
    }
    return item;
  }

  private static String reason(PushEnd end) {
    return switch (end) {
      case WITHDRAWN -> "Votre candidature n'est plus proposée à cet établissement.";
      case NOT_MATCHING ->
          "Votre fiche ou vos disponibilités ne correspondent plus à cette mission.";
      case ENGAGED -> "Vous êtes affecté à une autre mission à ces dates.";
      case FULL -> "Cette mission est pourvue.";
      case CLOSED -> "Cette mission est annulée ou terminée.";
    };
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
