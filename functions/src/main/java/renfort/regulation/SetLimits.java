package renfort.regulation;

import java.util.List;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.establishments.ContactStore;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.EstablishmentStore.Known;
import renfort.establishments.model.Limits;
import renfort.establishments.model.Requester;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/** Sets how many people an establishment may hold at once and contact a day (R16, R24). */
final class SetLimits {
  private final EstablishmentStore establishments;
  private final ContactStore contacts;
  private final Journal journal;
  private final Database database;

  SetLimits(Environment environment) {
    this.establishments = new EstablishmentStore(environment);
    this.contacts = new ContactStore(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
  }

  /** How it ended. */
  sealed interface Outcome {

    /** The establishment and its requesters. */
    record Set(Establishment establishment, Known known, List<Requester> requesters)
        implements Outcome {}

    /** Nobody has asked for it in the regions that the account acts on. */
    record Unknown() implements Outcome {}

    /** Others were faster at every try. */
    record Retry() implements Outcome {}
  }

  /** Sets the limits of an establishment. */
  Outcome set(Account actor, String finess, Limits limits) {
    Known known = establishments.known(finess, 0);
    List<Requester> theirs = SetApproval.within(actor, known);
    boolean isElsewhere =
        known.establishment().filter(stored -> !actor.actsOnRegion(stored.region())).isPresent();
    if (theirs.isEmpty() || isElsewhere) {
      return new Outcome.Unknown();
    }
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Writes writes = new Writes();
      contacts.save(writes, finess, limits, contacts.limits(finess).version());
      journal.append(
          writes, Subject.establishment(finess), Action.LIMITS_SET, actor.accountId(), null);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return new Outcome.Set(
              known.establishment().orElse(theirs.getFirst().establishment()), known, theirs);
        }
        case Commit.Refused refused -> {
          // set by somebody else meanwhile: looked at again
        }
        case Commit.Busy busy -> {
          // the same
        }
      }
    }
    return new Outcome.Retry();
  }
}
