package renfort.missions;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.missions.MissionStore.Listed;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.web.ApiHandler;
import renfort.web.Paging;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** GET /api/missions and /api/missions/{id}: what a requester may act on (R11). */
public final class ShowMissions extends ApiHandler {
  private final Callers callers;
  private final MissionAccess access;
  private final MissionStore missions;
  private final Clock clock;
  private final Duration draftLife;

  public ShowMissions() {
    this(Environment.ofProcess());
  }

  public ShowMissions(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.access = new MissionAccess(environment);
    this.missions = new MissionStore(environment);
    this.clock = environment.clock();
    this.draftLife = Retention.of(environment).draftLife();
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.REQUESTER);
    return request.path().containsKey("id")
        ? Response.ok(MissionView.of(access.visibleTo(account, request.id("id")), clock))
        : list(request, account);
  }

  private Response list(Request request, Account account) {
    Optional<Status> status = status(request);
    String finess = account.finess().orElseThrow();
    @Nullable String submittedBy = account.approved() ? null : account.accountId();
    Paging paging =
        Paging.of(
            request, finess, String.valueOf(submittedBy), status.map(Status::name).orElse("LIVE"));
    Listed listed =
        missions.ofEstablishment(
            finess,
            status.equals(Optional.of(Status.CANCELLED)),
            submittedBy,
            paging.place(),
            paging.limit());
    List<Map<String, Object>> items =
        listed.missions().stream()
            .filter(mission -> mission.isVisibleTo(account, clock.instant(), draftLife))
            .filter(mission -> status.isEmpty() || statusOf(mission) == status.get())
            .map(mission -> MissionView.of(mission, clock))
            .toList();
    return Response.ok(paging.page(items, listed.next()));
  }

  private Status statusOf(Mission mission) {
    return mission.statusOn(MissionView.today(mission, clock));
  }

  /**
   * The filter {@code status} of a list of missions.
   *
   * @throws Refusal 422 when it is no status
   */
  public static Optional<Status> status(Request request) {
    @Nullable String text = request.query().get("status");
    if (text == null) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(Status.values())
            .filter(status -> status.name().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        Problem.invalid(
                            "status", "choice", "Cette valeur n'est pas dans la liste."))));
  }
}
