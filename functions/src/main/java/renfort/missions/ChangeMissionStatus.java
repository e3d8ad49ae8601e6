package renfort.missions;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.missions.MissionChanges.Outcome;
import renfort.missions.model.Change;
import renfort.missions.model.Mission;
import renfort.storage.Writes;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/**
 * POST /api/missions/{id}/confirmation, PUT /api/missions/{id}/status, DELETE /api/missions/{id}: a
 * mission is confirmed, set as filled or open, cancelled (R8, R20). People are freed by the stream.
 */
public final class ChangeMissionStatus extends ApiHandler {
  private final Writers writers;
  private final OpenMissions openMissions;
  private final MissionChanges changes;
  private final Idempotency idempotency;
  private final Clock clock;

  public ChangeMissionStatus() {
    this(Environment.ofProcess());
  }

  public ChangeMissionStatus(Environment environment) {
    super(environment);
    this.writers = new Writers(environment);
    this.openMissions = new OpenMissions(environment);
    this.changes = new MissionChanges(environment);
    this.idempotency = new Idempotency(environment);
    this.clock = environment.clock();
  }

  private enum Wanted {
    FILLED,
    OPEN
  }

  @Override
  protected Response handle(Request request) {
    Account account = writers.in(request);
    String missionId = request.id("id");
    return switch (request.route().split(" ", 2)[0]) {
      case "POST" -> confirm(request, account, missionId);
      case "PUT" -> set(request, account, missionId);
      default -> cancel(request, account, missionId);
    };
  }

  private Response confirm(Request request, Account account, String missionId) {
    return idempotency.once(
        request,
        account.accountId(),
        once ->
            changes.show(
                changes.change(
                    account,
                    missionId,
                    Action.MISSION_OPENED,
                    (mission, today, now) -> Change.confirm(mission, today),
                    (writes, opened) -> {
                      open(writes, account, opened);
                      once.keep(writes, Response.ok(MissionView.of(opened, clock)));
                    })));
  }

  private Response set(Request request, Account account, String missionId) {
    Form form = request.form();
    Optional<Wanted> wanted = form.choice("status", Wanted.class);
    form.check();
    Outcome outcome =
        switch (wanted.orElseThrow()) {
          case FILLED ->
              changes.change(
                  account,
                  missionId,
                  Action.MISSION_FILLED,
                  (mission, today, now) -> Change.fill(mission, today),
                  (writes, filled) -> {});
          case OPEN ->
              changes.change(
                  account,
                  missionId,
                  Action.MISSION_REOPENED,
                  (mission, today, now) -> Change.reopen(mission, today),
                  (writes, reopened) -> open(writes, account, reopened));
        };
    return changes.show(outcome);
  }

  private void open(Writes writes, Account account, Mission mission) {
    openMissions.open(
        writes, account, mission.establishment().finess(), List.of(mission.missionId()));
  }

  private Response cancel(Request request, Account account, String missionId) {
    @Nullable Integer confirmed = confirmedAffected(request);
    changes.show(
        changes.change(
            account,
            missionId,
            Action.MISSION_CANCELLED,
            (mission, today, now) -> Change.cancel(mission, confirmed, today),
            (writes, gone) -> {}));
    return Response.noContent();
  }

  private static @Nullable Integer confirmedAffected(Request request) {
    @Nullable String text = request.query().get("confirmAffected");
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > MissionForm.MAX_COUNT) {
      throw new Refusal(
          Problem.invalid(
              "confirmAffected",
              "range",
              "Un nombre entier de 0 à " + MissionForm.MAX_COUNT + " est attendu."));
    }
    return Integer.valueOf(text);
  }
}
