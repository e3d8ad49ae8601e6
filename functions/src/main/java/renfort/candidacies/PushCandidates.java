package renfort.candidacies;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.candidacies.model.Outcome;
import renfort.candidacies.model.StateTable.Decision;
import renfort.environment.Environment;
import renfort.establishments.RegionStore;
import renfort.establishments.model.Mode;
import renfort.missions.model.Mission;
import renfort.web.Request;

/**
 * {@code POST /api/missions/{id}/pushes}: an agency or the national level proposes people (R22,
 * R23).
 */
public final class PushCandidates extends PeopleHandler {
  private final RegionStore regions;

  public PushCandidates() {
    this(Environment.ofProcess());
  }

  public PushCandidates(Environment environment) {
    super(environment);
    this.regions = new RegionStore(environment);
  }

  @Override
  Account caller(Request request) {
    return callers.in(request, Role.AGENCY, Role.NATIONAL);
  }

  @Override
  Function<String, Outcome> action(Account account, Mission mission) {
    boolean regional = account.role() == Role.AGENCY;
    // under NATIONAL an agency pushes people of its region only (R22)
    @Nullable String people =
        regional && regions.find(mission.establishment().region()).mode() == Mode.NATIONAL
            ? account.region()
            : null;
    AtomicBoolean told = new AtomicBoolean();
    return person -> {
      Decision decision =
          candidacies.push(
              mission.missionId(),
              person,
              account.accountId(),
              regional ? Mode.REGIONAL.name() : Mode.NATIONAL.name(),
              people,
              !told.get());
      if (decision.changes()) {
        told.set(true);
      }
      return decision.outcome();
    };
  }
}
