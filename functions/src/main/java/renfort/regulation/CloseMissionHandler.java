package renfort.regulation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.establishments.model.Mode;
import renfort.journal.Action;
import renfort.missions.MissionChanges;
import renfort.missions.model.Change;
import renfort.missions.model.Closure;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Request;
import renfort.web.Response;

/**
 * {@code PUT /api/missions/{id}/closure}: an agency or the national level closes an orphan or
 * abusive mission (R24). The requester is told in the same transaction; people are freed, and those
 * affected told, by the stream, as when it is cancelled.
 */
public final class CloseMissionHandler extends ApiHandler {
  private final Callers callers;
  private final MissionChanges changes;
  private final Outbox outbox;

  public CloseMissionHandler() {
    this(Environment.ofProcess());
  }

  public CloseMissionHandler(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.changes = new MissionChanges(environment);
    this.outbox = new Outbox(environment);
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.AGENCY, Role.NATIONAL);
    String missionId = request.id("id");
    Form form = request.form();
    Optional<Closure.Reason> reason = form.choice("reason", Closure.Reason.class);
    @Nullable String text = form.optionalText("text", Closure.MAX_TEXT);
    form.check();
    Closure closure = new Closure(reason.orElseThrow(), text);
    String level = account.role() == Role.AGENCY ? Mode.REGIONAL.name() : Mode.NATIONAL.name();
    return changes.show(
        changes.change(
            account,
            missionId,
            Action.MISSION_CLOSED,
            (mission, today, now) -> Change.close(mission, closure, today),
            (writes, closed) ->
                outbox.post(
                    writes,
                    Mail.toRequesterOf(missionId, MailTemplate.MISSION_CLOSED)
                        .by(account.accountId())
                        .saying(level))));
  }
}
