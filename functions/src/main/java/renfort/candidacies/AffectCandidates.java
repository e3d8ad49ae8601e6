package renfort.candidacies;

import java.util.function.Function;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Outcome;
import renfort.environment.Environment;
import renfort.missions.model.Mission;

/** {@code POST /api/missions/{id}/affectations}: « Valider les candidatures » (R17, R18). */
public final class AffectCandidates extends PeopleHandler {

  public AffectCandidates() {
    this(Environment.ofProcess());
  }

  public AffectCandidates(Environment environment) {
    super(environment);
  }

  @Override
  Function<String, Outcome> action(Account account, Mission mission) {
    return person -> candidacies.affect(mission.missionId(), person, account.accountId());
  }
}
