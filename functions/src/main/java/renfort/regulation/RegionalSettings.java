package renfort.regulation;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.establishments.ContactStore;
import renfort.establishments.EstablishmentStore.Known;
import renfort.establishments.RegionStore;
import renfort.establishments.model.Limits;
import renfort.establishments.model.Mode;
import renfort.establishments.model.RegionSettings;
import renfort.establishments.model.Requester;
import renfort.journal.Action;
import renfort.missions.MissionChanges;
import renfort.missions.model.Change;
import renfort.reference.model.Identifiers;
import renfort.regulation.SetRegulation.Outcome;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/**
 * GET and PUT /api/regions/{code}/regulation, PUT /api/missions/{id}/priority and
 * /api/establishments/{finess}/limits: how an agency regulates (R16, R22, R24).
 */
public final class RegionalSettings extends ApiHandler {
  private final Callers callers;
  private final RegionStore regions;
  private final SetRegulation setRegulation;
  private final MissionChanges changes;
  private final SetLimits setLimits;
  private final ContactStore contacts;
  private final Clock clock;

  public RegionalSettings() {
    this(Environment.ofProcess());
  }

  public RegionalSettings(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.regions = new RegionStore(environment);
    this.setRegulation = new SetRegulation(environment);
    this.changes = new MissionChanges(environment);
    this.setLimits = new SetLimits(environment);
    this.contacts = new ContactStore(environment);
    this.clock = environment.clock();
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.AGENCY, Role.NATIONAL);
    if (request.route().endsWith("/priority")) {
      return order(request, account);
    }
    if (request.route().endsWith("/limits")) {
      return limit(request, account);
    }
    String region = RegionOf.path(request, account).code();
    return request.route().startsWith("GET ")
        ? Response.ok(view(regions.find(region)))
        : set(request, account, region);
  }

  private Response order(Request request, Account account) {
    String missionId = request.id("id");
    Form form = request.form();
    int priority = form.number("priority", 1, 5);
    form.check();
    return changes.show(
        changes.change(
            account,
            missionId,
            Action.PRIORITY_SET,
            (mission, today, now) -> Change.order(mission, priority, today),
            (writes, ordered) -> {}));
  }

  private Response limit(Request request, Account account) {
    String finess = request.path().getOrDefault("finess", "");
    if (!Identifiers.finess(finess).filter(finess::equals).isPresent()) {
      throw new Refusal(Problem.notFound());
    }
    Form form = request.form();
    Limits limits =
        new Limits(
            form.number("holds", 1, Limits.MOST_HOLDS),
            form.number("contactsPerDay", 1, Limits.MOST_CONTACTS));
    form.check();
    return switch (setLimits.set(account, finess, limits)) {
      case SetLimits.Outcome.Set(
              Establishment establishment,
              Known known,
              List<Requester> requesters) ->
          Response.ok(
              EstablishmentView.of(establishment, known, requesters, contacts.find(finess), clock));
      case SetLimits.Outcome.Unknown unknown -> throw new Refusal(Problem.notFound());
      case SetLimits.Outcome.Retry retry -> throw new Refusal(Problem.retry());
    };
  }

  private Response set(Request request, Account account, String region) {
    Form form = request.form();
    Optional<Mode> mode = form.choice("mode", Mode.class);
    @Nullable Integer holdHours =
        form.optionalNumber(
            "holdHours", RegionSettings.MIN_HOLD_HOURS, RegionSettings.MAX_HOLD_HOURS);
    form.check();
    return switch (setRegulation.set(account, region, mode.orElseThrow(), holdHours)) {
      case Outcome.Set(RegionSettings settings) -> Response.ok(view(settings));
      case Outcome.NotAllowed notAllowed ->
          throw new Refusal(
              Problem.forbidden()
                  .withDetail("Seul le niveau national décide de la régulation nationale."));
      case Outcome.Retry retry -> throw new Refusal(Problem.retry());
    };
  }

  private static Map<String, Object> view(RegionSettings settings) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("region", settings.region());
    view.put("mode", settings.mode().name());
    view.put("holdHours", settings.holdHours());
    if (settings.changedAt() != null) {
      view.put("changedAt", settings.changedAt().toString());
    }
    return view;
  }
}
