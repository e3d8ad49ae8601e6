package renfort.candidacies;

import java.util.function.Function;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Outcome;
import renfort.environment.Environment;
import renfort.missions.model.Mission;

/** {@code POST /api/missions/{id}/releases}: gives places and days back (R21). */
public final class ReleaseAffectations extends PeopleHandler {

  public ReleaseAffectations() {
    this(Environment.ofProcess());
  }

  public ReleaseAffectations(Environment environment) {
    super(environment);
  }

  @Override
  Function<String, Outcome> action(Account account, Mission mission) {
    return person -> candidacies.release(mission.missionId(), person, account.accountId());
  }
}
