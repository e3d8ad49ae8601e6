package renfort.missions;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.establishments.EstablishmentStore;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import renfort.web.Refusal;

/** Stores the missions of a requester who is signed in (R9). */
final class StoreMissions {
  private final EstablishmentStore establishments;
  private final MissionStore missions;
  private final OpenMissions openMissions;
  private final Journal journal;
  private final Database database;
  private final Clock clock;
  private final Ids ids;

  StoreMissions(Environment environment) {
    this.establishments = new EstablishmentStore(environment);
    this.missions = new MissionStore(environment);
    this.openMissions = new OpenMissions(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
    this.ids = environment.ids();
  }

  /** How it ended. */
  sealed interface Outcome {

    record Stored(List<Mission> missions) implements Outcome {}

    /** Others were faster at every try. */
    record Retry() implements Outcome {}
  }

  /** The establishment of a requester: as it is known, else as they gave it (R8). */
  Establishment establishmentOf(Account account) {
    Establishment own = requireNonNull(account.establishment(), "a requester's establishment");
    return own.asKnown(establishments.find(own.finess()));
  }

  /**
   * Stores missions that are open at once.
   *
   * @param more adds what belongs in the same transaction
   * @throws Refusal 409 when too many would be open
   */
  Outcome store(
      Account account,
      Establishment establishment,
      List<Terms> wanted,
      BiConsumer<Writes, List<Mission>> more) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      List<Mission> made = new ArrayList<>();
      Writes writes = prepared(account, establishment, wanted, made);
      more.accept(writes, made);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return new Outcome.Stored(made);
        }
        case Commit.Refused refused -> {
          // others opened missions at the same time: counted again
        }
        case Commit.Busy busy -> {
          return new Outcome.Retry();
        }
      }
    }
    return new Outcome.Retry();
  }

  private Writes prepared(
      Account account, Establishment establishment, List<Terms> wanted, List<Mission> made) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Writes writes = new Writes();
    for (Terms terms : wanted) {
      Mission mission =
          Mission.submitted(
              ids.next(), establishment, account.accountId(), terms, Status.OPEN, now);
      missions.create(writes, mission);
      journal.append(
          writes,
          Subject.mission(mission.missionId()),
          Action.MISSION_CREATED,
          account.accountId(),
          null);
      made.add(mission);
    }
    openMissions.open(
        writes, account, establishment.finess(), made.stream().map(Mission::missionId).toList());
    return writes;
  }
}
