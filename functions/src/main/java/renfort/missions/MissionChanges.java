package renfort.missions;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.BiConsumer;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.model.Change;
import renfort.missions.model.Mission;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Response;

/** Changes a mission at the wish of somebody who may act on it, and notes it in the journal. */
public final class MissionChanges {
  private final MissionAccess access;
  private final MissionStore missions;
  private final Journal journal;
  private final Database database;
  private final Clock clock;

  public MissionChanges(Environment environment) {
    this.access = new MissionAccess(environment);
    this.missions = new MissionStore(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
  }

  /** What is wished, as a rule of {@link Change}. */
  public interface Wish {
    Change of(Mission mission, LocalDate today, Instant now);
  }

  /**
   * Changes a mission; when others change it at the same time, it is looked at again.
   *
   * @param more adds what belongs in the same transaction
   * @return what became of it, or nothing when others were faster at every try
   * @throws Refusal 404 when the account may not act on it
   */
  public Outcome change(
      Account account,
      String missionId,
      Action action,
      Wish wish,
      BiConsumer<Writes, Mission> more) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Mission mission = access.visibleTo(account, missionId);
      Change change = wish.of(mission, MissionView.today(mission, clock), clock.instant());
      Writes writes = new Writes();
      switch (change) {
        case Change.To(Mission changed) -> {
          missions.save(writes, changed);
          more.accept(writes, changed);
        }
        case Change.Gone(Mission gone) -> {
          missions.delete(writes, gone);
          more.accept(writes, gone);
        }
        case Change.Same same -> {
          return new Outcome.Known(same);
        }
        case Change.Ended ended -> {
          return new Outcome.Known(ended);
        }
        case Change.Full full -> {
          return new Outcome.Known(full);
        }
        case Change.PeopleAffected affected -> {
          return new Outcome.Known(affected);
        }
      }
      journal.append(writes, Subject.mission(missionId), action, account.accountId(), null);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return new Outcome.Known(change);
        }
        case Commit.Refused refused -> {
          // somebody else changed it: looked at again
        }
        case Commit.Busy busy -> {
          // the same
        }
      }
    }
    return new Outcome.Retry();
  }

  /** How it ended. */
  public sealed interface Outcome {

    /** As the rule says; what it changes is stored. */
    record Known(Change change) implements Outcome {}

    /** Others were faster at every try. */
    record Retry() implements Outcome {}
  }

  /**
   * The answer to a change of which the mission is shown.
   *
   * @throws Refusal 409 when it could not be done
   */
  public Response show(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Known(Change.To(Mission mission)) -> Response.ok(MissionView.of(mission, clock));
      case Outcome.Known(Change.Same(Mission mission)) ->
          Response.ok(MissionView.of(mission, clock));
      case Outcome.Known(Change.Gone gone) -> Response.noContent();
      case Outcome.Known(Change.Ended ended) -> throw new Refusal(ended());
      case Outcome.Known(Change.Full full) ->
          throw new Refusal(
              Problem.of(409, "full", "Toutes les places de cette mission sont pourvues."));
      case Outcome.Known(Change.PeopleAffected people) -> throw new Refusal(peopleAffected(people));
      case Outcome.Retry retry -> throw new Refusal(Problem.retry());
    };
  }

  private static Problem ended() {
    return Problem.of(409, "ended", "L'état de cette mission ne permet pas cette action.")
        .withDetail("Elle est annulée ou terminée, ou n'est pas encore confirmée.");
  }

  private static Problem peopleAffected(Change.PeopleAffected people) {
    Problem problem =
        Problem.of(409, "people-affected", "Des professionnels sont engagés sur cette mission.")
            .with("affected", people.affected());
    return people.held() == null ? problem : problem.with("held", people.held());
  }
}
