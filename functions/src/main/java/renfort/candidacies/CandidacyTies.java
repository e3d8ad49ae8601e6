package renfort.candidacies;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Situation;
import renfort.environment.Environment;
import renfort.missions.MissionStore;
import renfort.missions.MissionView;
import renfort.missions.model.Mission;
import renfort.outbox.model.MailTemplate;
import renfort.pool.PoolStore;
import renfort.pool.model.Days;
import renfort.pool.model.PoolRow;
import renfort.professionals.Ties;
import renfort.storage.Part;
import renfort.storage.Writes;

/** What ties professionals to missions, for the rooms below. */
public final class CandidacyTies implements Ties {
  /** How many candidacies one slice of an erasure looks at: what is done well within a minute. */
  static final int SLICE = 1000;

  private static final int MISSIONS_AT_ONCE = 100;

  private final Candidacies candidacies;
  private final CandidacyStore store;
  private final MissionStore missions;
  private final PoolStore pool;
  private final Clock clock;

  public CandidacyTies(Environment environment) {
    this.candidacies = new Candidacies(environment);
    this.store = new CandidacyStore(environment);
    this.missions = new MissionStore(environment);
    this.pool = new PoolStore(environment);
    this.clock = environment.clock();
  }

  @Override
  public PoolRow freeHold(Writes writes, PoolRow row, String actor) {
    return candidacies.freeing(writes, row, actor, MailTemplate.CANDIDATE_UNAVAILABLE);
  }

  @Override
  public Optional<String> erase(String professionalId, @Nullable String place) {
    if (place == null) {
      // the index may not know of it yet
      pool.heldAtClosing(professionalId)
          .filter(missionId -> missions.find(missionId).isPresent())
          .ifPresent(missionId -> candidacies.erase(missionId, professionalId));
    }
    Part<Candidacy> part = store.partOf(professionalId, place, SLICE);
    candidacies.erase(part.rows());
    return Optional.ofNullable(part.next());
  }

  /** The last day of a contact with an establishment or of an affectation, if there was any. */
  public Optional<LocalDate> lastContact(String professionalId) {
    return store.ofProfessional(professionalId).stream()
        .filter(Candidacy::wasInContact)
        .map(CandidacyTies::day)
        .max(LocalDate::compareTo);
  }

  private static LocalDate day(Candidacy candidacy) {
    LocalDate changed = LocalDate.ofInstant(candidacy.changedAt(), ZoneOffset.UTC);
    Days engagement = candidacy.engagement();
    return engagement == null || engagement.last().isBefore(changed) ? changed : engagement.last();
  }

  @Override
  public Part<Map<String, Object>> export(
      String professionalId, @Nullable String place, int limit) {
    Part<Candidacy> part = store.partOf(professionalId, place, limit);
    @Nullable PoolRow row = pool.find(professionalId).orElse(null);
    List<Map<String, Object>> items = new ArrayList<>();
    List<Candidacy> all = part.rows();
    for (int from = 0; from < all.size(); from += MISSIONS_AT_ONCE) {
      List<Candidacy> some = all.subList(from, Math.min(all.size(), from + MISSIONS_AT_ONCE));
      Map<String, Mission> theirs =
          missions.findAll(some.stream().map(Candidacy::missionId).toList());
      for (Candidacy candidacy : some) {
        Optional.ofNullable(theirs.get(candidacy.missionId()))
            .ifPresent(
                mission ->
                    items.add(
                        OwnCandidacies.item(
                            new Situation(
                                mission,
                                row,
                                candidacy,
                                clock.instant(),
                                MissionView.today(mission, clock)))));
      }
    }
    return new Part<>(items, all.size(), part.next());
  }
}
