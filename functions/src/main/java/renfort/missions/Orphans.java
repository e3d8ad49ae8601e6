package renfort.missions;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.EstablishmentStore.Known;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.missions.MissionStore.Listed;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Writes;

/**
 * Tells a region's agency when the last person who may act for an establishment goes, so that its
 * live missions are orphans (R24, R41): in the transaction in which they go.
 */
public final class Orphans {
  private final EstablishmentStore establishments;
  private final MissionStore missions;
  private final Outbox outbox;
  private final Clock clock;

  public Orphans(Environment environment) {
    this.establishments = new EstablishmentStore(environment);
    this.missions = new MissionStore(environment);
    this.outbox = new Outbox(environment);
    this.clock = environment.clock();
  }

  /**
   * Adds what follows from an erasure: somebody is no requester of an establishment any more.
   *
   * @param approved whether they were
   */
  void erasing(Writes writes, Establishment establishment, String accountId, boolean approved) {
    Known known = establishments.known(establishment.finess(), 0);
    boolean isLast =
        known.requesters().stream().allMatch(other -> other.accountId().equals(accountId));
    if (isLast) {
      known.establishment().ifPresent(stored -> establishments.listWithout(writes, stored));
    }
    tell(
        writes,
        known,
        Set.of(accountId),
        establishment,
        // who was not approved acted on their own missions only (R11)
        mission -> approved || mission.submittedBy().equals(accountId));
  }

  /** Adds what follows when approvals of an establishment are withdrawn. */
  public void withdrawing(Writes writes, Known known, List<Requester> chosen) {
    if (chosen.stream().noneMatch(one -> one.status() == RequesterStatus.APPROVED)) {
      return;
    }
    tell(
        writes,
        known,
        Set.copyOf(chosen.stream().map(Requester::accountId).toList()),
        chosen.getFirst().establishment(),
        mission -> true);
  }

  /** Those who claim the number in another region act for another establishment (R8). */
  private void tell(
      Writes writes,
      Known known,
      Set<String> going,
      Establishment establishment,
      Predicate<Mission> theirs) {
    Optional<Requester> left =
        known.requesters().stream()
            .filter(Requester::isApproved)
            .filter(other -> !going.contains(other.accountId()))
            .filter(other -> other.establishment().isInRegionOf(establishment))
            .findFirst();
    if (left.isPresent()) {
      // two who go at once would each rely on the other
      establishments.check(writes, left.get());
      return;
    }
    firstLive(
            establishment.finess(),
            theirs.and(mission -> mission.establishment().isInRegionOf(establishment)))
        .ifPresent(
            mission ->
                outbox.post(
                    writes,
                    Mail.toAgencyOf(mission.missionId(), MailTemplate.ESTABLISHMENT_ORPHANED)));
  }

  private Optional<Mission> firstLive(String finess, Predicate<Mission> theirs) {
    @Nullable Map<String, String> place = Map.of();
    while (place != null) {
      Listed listed = missions.ofEstablishment(finess, false, null, place, 100);
      Optional<Mission> live =
          listed.missions().stream().filter(this::isLive).filter(theirs).findFirst();
      if (live.isPresent()) {
        return live;
      }
      place = listed.next();
    }
    return Optional.empty();
  }

  private boolean isLive(Mission mission) {
    Status status = mission.statusOn(MissionView.today(mission, clock));
    return status == Status.OPEN || status == Status.FILLED;
  }
}
