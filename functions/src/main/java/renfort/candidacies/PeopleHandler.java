package renfort.candidacies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Outcome;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.missions.MissionAccess;
import renfort.missions.model.Mission;
import renfort.reference.Regions;
import renfort.storage.Outage;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Log;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/**
 * Does one thing to 1 to 50 people of a mission, each on their own: {@code {professionalIds}} →
 * {@code {results: [{professionalId, outcome}]}} in the order asked for.
 */
abstract class PeopleHandler extends ApiHandler {
  private static final int MOST = 50;

  /** A made-up id is an UNKNOWN one of the answer, within reason. */
  private static final int LONGEST = 100;

  private final Environment environment;
  private final MissionAccess missions;
  private final Idempotency idempotency;
  final Callers callers;
  final Candidacies candidacies;

  PeopleHandler(Environment environment) {
    super(environment);
    this.environment = environment;
    this.callers = new Callers(environment);
    this.missions = new MissionAccess(environment);
    this.candidacies = new Candidacies(environment);
    this.idempotency = new Idempotency(environment);
  }

  /**
   * Who may do it: an approved requester, unless a subclass says otherwise.
   *
   * @throws Refusal 401, 403
   */
  Account caller(Request request) {
    return callers.approvedRequester(request);
  }

  /** What is done to each person. */
  abstract Function<String, Outcome> action(Account account, Mission mission);

  @Override
  protected final Response handle(Request request) {
    Account account = caller(request);
    Mission mission = missions.visibleTo(account, request.id("id"));
    Form form = request.form();
    List<String> people = form.texts("professionalIds", 1, MOST);
    if (people.stream().anyMatch(person -> person.length() > LONGEST)) {
      form.error("professionalIds", "too-long", LONGEST + " caractères au plus.");
    }
    form.check();
    Mission.Status status =
        mission.statusOn(
            Regions.find(mission.establishment().region())
                .orElseThrow()
                .today(environment.clock()));
    boolean live = status == Mission.Status.OPEN || status == Mission.Status.FILLED;
    if (!live) {
      return Problem.of(409, "ended", "Cette mission n'est pas ouverte.")
          .toResponse(request.requestId());
    }
    return idempotency.once(
        request,
        account.accountId(),
        once -> {
          Function<String, Outcome> action = action(account, mission);
          List<Object> results = new ArrayList<>();
          boolean isOut = false;
          boolean isWhole = true;
          for (String person : people) {
            Outcome outcome = Outcome.RETRY;
            try {
              if (!isOut) {
                outcome = Ids.isId(person) ? action.apply(person) : Outcome.UNKNOWN;
              }
            } catch (Outage outage) {
              // what was done before stands, and is told: the rest is to be asked again
              if (results.isEmpty()) {
                throw outage;
              }
              Log.error(request.route(), request.requestId(), outage);
              isOut = true;
            }
            isWhole &= outcome != Outcome.RETRY;
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("professionalId", person);
            result.put("outcome", outcome.name());
            results.add(result);
          }
          if (!isWhole) {
            once.leaveOpen();
          }
          return Response.ok(Map.of("results", results));
        });
  }
}
