package renfort.matching;

import static renfort.matching.CandidateView.putIfAny;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Callers;
import renfort.accounts.Quotas;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.candidacies.CandidacyStore;
import renfort.candidacies.model.Candidacy;
import renfort.documents.Documents;
import renfort.documents.model.Document;
import renfort.environment.Environment;
import renfort.establishments.RegionStore;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.matching.model.Candidate;
import renfort.matching.model.Sight;
import renfort.missions.MissionAccess;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.ProfileStore;
import renfort.professionals.SheetView;
import renfort.professionals.model.Details;
import renfort.professionals.model.IdentityCheck;
import renfort.professionals.model.Sheet;
import renfort.reference.Regions;
import renfort.web.ApiHandler;
import renfort.web.Problem;
import renfort.web.Request;
import renfort.web.Response;

/**
 * {@code GET /api/missions/{id}/candidates/{professionalId}}: a whole sheet, journalled before it
 * is shown (R14, R25).
 */
public final class ShowCandidate extends ApiHandler {
  private final Callers callers;
  private final MissionAccess missions;
  private final RegionStore regions;
  private final PoolStore pool;
  private final CandidacyStore candidacies;
  private final ProfileStore profiles;
  private final Documents documents;
  private final Journal journal;
  private final Quotas quotas;
  private final Clock clock;

  public ShowCandidate() {
    this(Environment.ofProcess());
  }

  public ShowCandidate(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.missions = new MissionAccess(environment);
    this.regions = new RegionStore(environment);
    this.pool = new PoolStore(environment);
    this.candidacies = new CandidacyStore(environment);
    this.profiles = new ProfileStore(environment);
    this.documents = new Documents(environment);
    this.journal = new Journal(environment);
    this.quotas = new Quotas(environment);
    this.clock = environment.clock();
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.whoSeesPeople(request);
    Mission mission = missions.visibleTo(account, request.id("id"));
    String professionalId = request.id("professionalId");
    Optional<PoolRow> row = pool.find(professionalId);
    Optional<Sheet> sheet = profiles.find(professionalId);
    if (row.isEmpty() || sheet.isEmpty()) {
      return Problem.notFound().toResponse(request.requestId());
    }
    Candidate candidate = candidate(mission, row.get());
    Sight sight = candidate.sightOf(account, isRegulated(account, mission));
    if (sight == Sight.NOTHING) {
      return Problem.notFound().toResponse(request.requestId());
    }
    if (sight == Sight.FULL) {
      Optional<Duration> wait = quotas.sheet(account, professionalId);
      if (wait.isPresent()) {
        return Quotas.over(request, wait.get());
      }
    }
    look(Action.CANDIDATE_SEEN, candidate, account);
    int pushedElsewhere =
        account.role() == Role.REQUESTER
            ? 0
            : candidacies.pushedElsewhere(professionalId, mission.missionId(), candidate.now());
    Map<String, Object> view = CandidateView.of(candidate, sight, pushedElsewhere);
    return switch (sight) {
      case NOTHING, NAME_AND_STATE -> Response.ok(view);
      case WITHOUT_CONTACT -> {
        putSheet(view, sheet.get());
        yield Response.ok(view);
      }
      case FULL -> {
        putSheet(view, sheet.get());
        putContact(view, sheet.get());
        List<Document> handedOut = handedOut(account, sheet.get());
        if (!handedOut.isEmpty()) {
          look(Action.DOCUMENT_SEEN, candidate, account);
        }
        view.put("documents", links(professionalId, handedOut));
        if (handedOut.size() < sheet.get().files().size()) {
          view.put("documentsWithheld", true);
        }
        yield Response.ok(view);
      }
    };
  }

  /** Asked of requesters only: staff see all that match (R22). */
  private boolean isRegulated(Account account, Mission mission) {
    return account.role() == Role.REQUESTER
        && regions.find(mission.establishment().region()).isRegulated();
  }

  private static void putSheet(Map<String, Object> view, Sheet sheet) {
    Details details = sheet.details();
    view.put("activityType", details.activityType().name());
    view.put("vaccination", details.vaccination());
    view.put("region", details.region());
    putIfAny(view, "message", details.message());
    view.put("availabilities", SheetView.availabilities(details));
    view.put("reference", sheet.reference());
    putIfAny(view, "identityCheck", check(sheet));
  }

  private static void putContact(Map<String, Object> view, Sheet sheet) {
    view.put("email", sheet.email());
    view.put("phone", sheet.details().phone());
    putIfAny(view, "employer", sheet.details().employer());
  }

  private Candidate candidate(Mission mission, PoolRow row) {
    Instant now = clock.instant();
    return new Candidate(
        row,
        candidacies
            .find(mission.missionId(), row.professionalId())
            .orElseGet(() -> Candidacy.none(mission.missionId(), row.professionalId(), now)),
        mission,
        Regions.find(mission.establishment().region()).orElseThrow().today(clock),
        now);
  }

  private void look(Action action, Candidate candidate, Account account) {
    journal.look(
        Subject.professional(candidate.row().professionalId()),
        action,
        account.accountId(),
        candidate.mission().missionId());
  }

  private static @Nullable Map<String, Object> check(Sheet sheet) {
    @Nullable IdentityCheck check = sheet.identityCheck();
    if (check == null) {
      return null;
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("result", check.result().name());
    view.put("at", check.at().toString());
    view.put("by", check.by());
    return view;
  }

  /** The documents whose addresses are within the account's quota (R27). */
  private List<Document> handedOut(Account account, Sheet sheet) {
    return sheet.files().stream()
        .filter(document -> quotas.document(account, document.documentId()).isEmpty())
        .toList();
  }

  private List<Object> links(String professionalId, List<Document> handedOut) {
    List<Object> links = new ArrayList<>();
    for (Document document : handedOut) {
      Map<String, Object> link = new LinkedHashMap<>();
      link.put("kind", document.kind().name());
      link.put("fileName", document.fileName());
      link.put("url", documents.link(professionalId, document));
      links.add(link);
    }
    return links;
  }
}
