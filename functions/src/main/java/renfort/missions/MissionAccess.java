package renfort.missions;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.missions.model.Mission;
import renfort.web.Problem;
import renfort.web.Refusal;

/** Missions as an account may act on them (R11): for anybody else they do not exist. */
public final class MissionAccess {
  private final MissionStore missions;
  private final Clock clock;
  private final Duration draftLife;

  public MissionAccess(Environment environment) {
    this.missions = new MissionStore(environment);
    this.clock = environment.clock();
    this.draftLife = Retention.of(environment).draftLife();
  }

  /**
   * A mission as it stands now, for somebody who may act on it.
   *
   * @throws Refusal 404 when there is none, or it is not theirs
   */
  public Mission visibleTo(Account account, String missionId) {
    return visibleTo(account, missions.find(missionId));
  }

  /**
   * A mission that was read together with something else, for somebody who may act on it.
   *
   * @throws Refusal 404 when there is none, or it is not theirs
   */
  public Mission visibleTo(Account account, Optional<Mission> read) {
    return read.filter(mission -> mission.isVisibleTo(account, clock.instant(), draftLife))
        .orElseThrow(() -> new Refusal(Problem.notFound()));
  }
}
