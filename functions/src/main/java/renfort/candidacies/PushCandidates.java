package renfort.candidacies;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.candidacies.model.Outcome;
import renfort.candidacies.model.StateTable.Decision;
import renfort.environment.Environment;
import renfort.establishments.model.Mode;
import renfort.missions.model.Mission;
import renfort.web.Request;

/**
 * {@code POST /api/missions/{id}/pushes}: an agency proposes people of its region, the national
 * level anybody (R22, R23).
 */
public final class PushCandidates extends PeopleHandler {

  public PushCandidates() {
    this(Environment.ofProcess());
  }

  public PushCandidates(Environment environment) {
    super(environment);
  }

  @Override
  Account caller(Request request) {
    return callers.in(request, Role.AGENCY, Role.NATIONAL);
  }

  @Override
  Function<String, Outcome> action(Account account, Mission mission) {
    boolean isAgency = account.role() == Role.AGENCY;
    @Nullable String regionOfAgency = isAgency ? account.region() : null;
    AtomicBoolean told = new AtomicBoolean();
    return person -> {
      Decision decision =
          candidacies.push(
              mission.missionId(),
              person,
              account.accountId(),
              isAgency ? Mode.REGIONAL.name() : Mode.NATIONAL.name(),
              regionOfAgency,
              !told.get());
      if (decision.changes()) {
        told.set(true);
      }
      return decision.outcome();
    };
  }
}
