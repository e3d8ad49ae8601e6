package renfort.candidacies;

import java.util.function.Function;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.candidacies.model.Outcome;
import renfort.environment.Environment;
import renfort.missions.model.Mission;
import renfort.web.Request;

/**
 * {@code POST /api/missions/{id}/push-withdrawals}: the agency of the mission's region, or the
 * national level, takes pushes back, whoever pushed (R23).
 */
public final class WithdrawPushesHandler extends PeopleHandler {

  public WithdrawPushesHandler() {
    this(Environment.ofProcess());
  }

  public WithdrawPushesHandler(Environment environment) {
    super(environment);
  }

  @Override
  Account caller(Request request) {
    return callers.in(request, Role.AGENCY, Role.NATIONAL);
  }

  @Override
  Function<String, Outcome> action(Account account, Mission mission) {
    return person -> candidacies.withdraw(mission.missionId(), person, account.accountId());
  }
}
