package renfort.missions;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.missions.StoreMissions.Outcome;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.reference.Regions;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** POST /api/missions: missions of one's own establishment, open at once (R9, R10). */
public final class SubmitMissions extends ApiHandler {
  private final Writers writers;
  private final StoreMissions storeMissions;
  private final Idempotency idempotency;
  private final Clock clock;

  public SubmitMissions() {
    this(Environment.ofProcess());
  }

  public SubmitMissions(Environment environment) {
    super(environment);
    this.writers = new Writers(environment);
    this.storeMissions = new StoreMissions(environment);
    this.idempotency = new Idempotency(environment);
    this.clock = environment.clock();
  }

  @Override
  protected Response handle(Request request) {
    Account account = writers.in(request);
    Establishment own = storeMissions.establishmentOf(account);
    Form form = request.form();
    List<Terms> wanted =
        MissionForm.readAll(form, Regions.find(own.region()).orElseThrow().today(clock));
    form.check();
    return idempotency.once(
        request,
        account.accountId(),
        once ->
            switch (storeMissions.store(
                account, own, wanted, (writes, made) -> once.keep(writes, created(made)))) {
              case Outcome.Stored(List<Mission> made) -> created(made);
              case Outcome.Retry retry -> throw new Refusal(Problem.retry());
            });
  }

  private Response created(List<Mission> made) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("missions", made.stream().map(mission -> MissionView.of(mission, clock)).toList());
    return Response.json(201, body);
  }
}
