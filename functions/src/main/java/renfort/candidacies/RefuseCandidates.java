package renfort.candidacies;

import java.util.function.Function;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Outcome;
import renfort.environment.Environment;
import renfort.missions.model.Mission;

/** {@code POST /api/missions/{id}/refusals}: « Refuser les candidatures » (R17, R19). */
public final class RefuseCandidates extends PeopleHandler {

  public RefuseCandidates() {
    this(Environment.ofProcess());
  }

  public RefuseCandidates(Environment environment) {
    super(environment);
  }

  @Override
  Function<String, Outcome> action(Account account, Mission mission) {
    return person -> candidacies.refuse(mission.missionId(), person, account.accountId());
  }
}
