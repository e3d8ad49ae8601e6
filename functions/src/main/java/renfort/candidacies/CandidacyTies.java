package renfort.candidacies;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.candidacies.model.Candidacy;
import renfort.environment.Environment;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.outbox.model.MailTemplate;
import renfort.pool.model.PoolRow;
import renfort.professionals.Ties;
import renfort.storage.Writes;

/** What ties professionals to missions, for the rooms below. */
public final class CandidacyTies implements Ties {
  private final Candidacies candidacies;
  private final CandidacyStore store;
  private final MissionStore missions;
  private final Clock clock;

  public CandidacyTies(Environment environment) {
    this.candidacies = new Candidacies(environment);
    this.store = new CandidacyStore(environment);
    this.missions = new MissionStore(environment);
    this.clock = environment.clock();
  }

  @Override
  public PoolRow freeHold(Writes writes, PoolRow row, String actor) {
    return candidacies.freeing(writes, row, actor, MailTemplate.CANDIDATE_UNAVAILABLE);
  }

  @Override
  public void freeAll(Writes writes, PoolRow row, String actor) {
    candidacies.freeing(writes, row, actor, MailTemplate.CANDIDATE_ERASED);
    candidacies.freeingPlaces(writes, row, actor);
  }

  @Override
  public void forget(String professionalId) {
    candidacies.forget(professionalId);
  }

  @Override
  public List<Map<String, Object>> export(String professionalId) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Candidacy candidacy : store.ofProfessional(professionalId)) {
      Optional<Mission> mission = missions.find(candidacy.missionId());
      if (mission.isEmpty()) {
        continue;
      }
      all.add(OwnCandidacies.item(candidacy, mission.get(), clock.instant()));
    }
    return all;
  }
}
