package renfort.missions;

import java.time.Clock;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.missions.model.Change;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Request;
import renfort.web.Response;

/** PUT /api/missions/{id}: other dates, profession, count and criteria (R10). */
public final class EditMission extends ApiHandler {
  private final Writers writers;
  private final MissionAccess access;
  private final MissionChanges changes;
  private final Clock clock;

  public EditMission() {
    this(Environment.ofProcess());
  }

  public EditMission(Environment environment) {
    super(environment);
    this.writers = new Writers(environment);
    this.access = new MissionAccess(environment);
    this.changes = new MissionChanges(environment);
    this.clock = environment.clock();
  }

  @Override
  protected Response handle(Request request) {
    Account account = writers.in(request);
    Mission mission = access.visibleTo(account, request.id("id"));
    Form form = request.form();
    Terms terms =
        MissionForm.read(form, MissionView.today(mission, clock), mission.terms().start());
    form.check();
    return changes.show(
        changes.change(
            account,
            mission.missionId(),
            Action.MISSION_EDITED,
            (current, today, now) -> Change.edit(current, terms, today, now),
            (writes, edited) -> {}));
  }
}
