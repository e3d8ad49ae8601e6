package renfort.candidacies;

import java.util.function.Function;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Outcome;
import renfort.environment.Environment;
import renfort.missions.model.Mission;
import renfort.web.Request;

/** {@code POST /api/missions/{id}/refusals}: « Refuser les candidatures » (R17, R19). */
public final class RefuseCandidates extends PeopleHandler {

  public RefuseCandidates() {
    this(Environment.ofProcess());
  }

  public RefuseCandidates(Environment environment) {
    super(environment);
  }

  @Override
  Account caller(Request request) {
    return callers.approvedRequester(request);
  }

  @Override
  boolean isPossible(Mission.Status status) {
    return switch (status) {
      case OPEN, FILLED -> true;
      case DRAFT, CANCELLED, ENDED -> false;
    };
  }

  @Override
  Function<String, Outcome> action(Account account, Mission mission) {
    return person -> candidacies.refuse(mission.missionId(), person, account.accountId());
  }
}
