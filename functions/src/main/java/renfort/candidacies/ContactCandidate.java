package renfort.candidacies;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.candidacies.Candidacies.Contacted;
import renfort.candidacies.model.Candidacy.Status;
import renfort.candidacies.model.StateTable;
import renfort.environment.Environment;
import renfort.establishments.RegionStore;
import renfort.establishments.model.RegionSettings;
import renfort.missions.MissionAccess;
import renfort.missions.model.Mission;
import renfort.web.ApiHandler;
import renfort.web.Idempotency;
import renfort.web.Problem;
import renfort.web.Request;
import renfort.web.Response;

/** {@code POST /api/missions/{id}/candidates/{professionalId}/contact}: takes the hold (R16). */
public final class ContactCandidate extends ApiHandler {
  private final Callers callers;
  private final MissionAccess missions;
  private final RegionStore regions;
  private final Candidacies candidacies;
  private final Idempotency idempotency;

  public ContactCandidate() {
    this(Environment.ofProcess());
  }

  public ContactCandidate(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.missions = new MissionAccess(environment);
    this.regions = new RegionStore(environment);
    this.candidacies = new Candidacies(environment);
    this.idempotency = new Idempotency(environment);
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.approvedRequester(request);
    Mission mission = missions.visibleTo(account, request.id("id"));
    String professionalId = request.id("professionalId");
    return idempotency.once(
        request,
        account.accountId(),
        once -> {
          RegionSettings region = regions.find(mission.establishment().region());
          return render(
              candidacies.contact(
                  mission.missionId(),
                  professionalId,
                  account.accountId(),
                  region.isRegulated(),
                  region.hold()),
              request);
        });
  }

  private static Response render(Contacted contacted, Request request) {
    return switch (contacted) {
      case Contacted.Held held -> {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", Status.CONTACTED.name());
        body.put("heldUntil", held.until().toString());
        yield Response.ok(body);
      }
      case Contacted.Busy busy -> Problem.retry().toResponse(request.requestId());
      case Contacted.HoldsUsedUp(int limit) ->
          Problem.of(
                  409, "too-many-held", "Votre établissement retient déjà trop de professionnels.")
              .withDetail(
                  "Un établissement peut retenir "
                      + limit
                      + " professionnels à la fois, toutes missions confondues : validez ou refusez"
                      + " d'abord des candidatures contactées. S'il vous en faut davantage, votre"
                      + " ARS peut relever cette limite.")
              .toResponse(request.requestId());
      case Contacted.DayUsedUp(int limit, Duration left) ->
          Problem.of(
                  429,
                  "too-many-requests",
                  "Votre établissement a contacté assez de professionnels pour aujourd'hui.")
              .withDetail(
                  "Un établissement peut contacter "
                      + limit
                      + " professionnels par jour, toutes missions confondues : réessayez demain."
                      + " S'il vous en faut davantage aujourd'hui, votre ARS peut relever cette"
                      + " limite.")
              .toResponse(request.requestId())
              .withHeader("retry-after", Long.toString(left.toSeconds() + 1));
      case Contacted.Refused refused -> problem(refused.reason()).toResponse(request.requestId());
    };
  }

  private static Problem problem(StateTable.Refusal reason) {
    return switch (reason) {
      case UNKNOWN -> Problem.notFound();
      case HELD ->
          Problem.of(
              409, "held", "Ce professionnel vient d'être contacté par un autre établissement.");
      case FULL -> Problem.of(409, "full", "Cette mission est pourvue.");
      case ENDED -> Problem.of(409, "ended", "Cette mission n'est pas ouverte.");
      case TOO_MANY_HELD ->
          Problem.of(409, "too-many-held", "Trop de professionnels sont contactés en même temps.")
              .withDetail(
                  "Validez ou refusez d'abord les candidatures contactées : ne bloquez pas tous"
                      + " les candidats.");
      case WAIT ->
          Problem.of(
              409,
              "wait",
              "Votre établissement a déjà contacté ce professionnel : un délai de 24 heures"
                  + " s'applique.");
      case AFFECTED ->
          Problem.of(409, "affected", "Ce professionnel est déjà affecté à cette mission.");
      case DECLINED -> Problem.of(409, "declined", "Ce professionnel a décliné cette mission.");
      case NOT_MATCHING ->
          Problem.of(409, "not-matching", "Ce professionnel ne correspond plus à cette mission.");
    };
  }
}
