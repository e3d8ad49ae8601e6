package renfort.accounts;

import java.util.List;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.missions.OpenDrafts;
import renfort.professionals.ProfessionalEvents;
import renfort.web.StreamHandler;

/**
 * Stream of the accounts: does what the transaction that closed an account left to do, a slice a
 * call (R29). Each slice notes on the account's row how far it came, and that write wakes the next.
 */
public final class FinishErasure extends StreamHandler {
  private final EraseNextSlice erase;

  public FinishErasure() {
    this(Environment.ofProcess());
  }

  public FinishErasure(Environment environment) {
    this(environment, rooms(environment));
  }

  /** With the rooms above that have something to finish. */
  FinishErasure(Environment environment, List<AccountEvents> events) {
    this.erase = new EraseNextSlice(environment, events);
  }

  /** Whoever holds something of an account. */
  static List<AccountEvents> rooms(Environment environment) {
    return List.of(
        new ProfessionalEvents(environment, () -> new CandidacyTies(environment)),
        new OpenDrafts(environment));
  }

  @Override
  protected void handle(Change change) {
    erase.nextOf(change.keys().text("accountId"));
  }
}
