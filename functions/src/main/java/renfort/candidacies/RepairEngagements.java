package renfort.candidacies;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.environment.Environment;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Availability;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Page;
import renfort.storage.Sweep.Source;
import renfort.storage.Sweep.Step;
import renfort.storage.TimeLeft;
import renfort.storage.Writes;

/**
 * Mends the POOL rows from before engagements named their mission (R18): each engagement without a
 * mission gives way to those of the person's affectations. Days that were given back and could not
 * be removed, since 2097-09-26 stood for every later end, are free again.
 */
final class RepairEngagements {
  private final CandidacyStore candidacies;
  private final PoolStore pool;
  private final Database database;
  private final Sweep sweep;
  private final Clock clock;

  RepairEngagements(Environment environment) {
    this.candidacies = new CandidacyStore(environment);
    this.pool = new PoolStore(environment);
    this.database = Database.of(environment);
    this.sweep = new Sweep(environment);
    this.clock = environment.clock();
  }

  /** Goes on with the people of all regions until they or the time are over. */
  Sweep.Report run(TimeLeft time) {
    Map<String, Source<String>> parts = new LinkedHashMap<>();
    Regions.all().forEach(region -> parts.put(region.code(), place -> page(region.code(), place)));
    return sweep.run("ENGAGEMENTS", parts, this::repair, null, time);
  }

  private Page<String> page(String region, @Nullable Item place) {
    Rows rows =
        pool.ofRegion(
            region,
            place == null ? null : new Place(place.text("order"), place.text("professionalId")),
            Sweep.PAGE);
    @Nullable Item next = null;
    if (rows.more() && !rows.places().isEmpty()) {
      Place last = rows.places().getLast();
      next = Item.empty().with("order", last.order()).with("professionalId", last.professionalId());
    }
    return new Page<>(
        rows.rows().stream()
            .filter(RepairEngagements::isToRepair)
            .map(PoolRow::professionalId)
            .toList(),
        next);
  }

  private static boolean isToRepair(PoolRow row) {
    return row.availability().engagements().stream().anyMatch(Engagement::isUnnamed);
  }

  private Step repair(String professionalId) {
    Optional<PoolRow> found = pool.find(professionalId).filter(RepairEngagements::isToRepair);
    if (found.isEmpty()) {
      return Step.NOTHING;
    }
    PoolRow row = found.get();
    LocalDate today = Regions.find(row.region()).orElseThrow().today(clock);
    List<Engagement> engagements =
        new ArrayList<>(
            row.availability().engagements().stream()
                .filter(engagement -> !engagement.isUnnamed())
                .toList());
    Writes writes = new Writes();
    for (Candidacy indexed : candidacies.ofProfessional(professionalId)) {
      Optional<Candidacy> candidacy = candidacies.find(indexed.missionId(), professionalId);
      Optional<Days> days = candidacy.flatMap(one -> engaged(one, today));
      if (days.isEmpty()
          || engagements.stream()
              .anyMatch(one -> one.isOf(indexed.missionId()) && one.days().equals(days.get()))) {
        continue;
      }
      engagements.add(Engagement.of(indexed.missionId(), days.get()));
      if (!days.get().equals(candidacy.get().engagement())) {
        candidacies.save(writes, candidacy.get().engagedFor(days.get()));
      }
    }
    pool.save(writes, row.with(new Availability(row.availability().declared(), engagements)));
    return database.commit(writes) instanceof Commit.Done ? Step.DONE : Step.LATER;
  }

  /** The days that an affectation takes, within the horizon, if they are not over (R10). */
  private static Optional<Days> engaged(Candidacy candidacy, LocalDate today) {
    Days days = candidacy.engagement();
    LocalDate horizon = today.plus(Mission.HORIZON);
    if (candidacy.status() != Status.AFFECTED
        || days == null
        || days.last().isBefore(today)
        || days.first().isAfter(horizon)) {
      return Optional.empty();
    }
    return Optional.of(days.last().isAfter(horizon) ? new Days(days.first(), horizon) : days);
  }
}
