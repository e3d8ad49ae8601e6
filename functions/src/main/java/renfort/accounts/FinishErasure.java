package renfort.accounts;

import java.util.List;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.missions.OpenDrafts;
import renfort.professionals.ProfessionalEvents;
import renfort.storage.Item;
import renfort.web.StreamHandler;

/**
 * Stream of the accounts: finishes what the transaction of an erasure could not do (R29). Repeated
 * at will.
 */
public final class FinishErasure extends StreamHandler {
  private final Passwords passwords;
  private final List<AccountEvents> events;

  public FinishErasure() {
    this(Environment.ofProcess());
  }

  public FinishErasure(Environment environment) {
    this(
        environment,
        List.of(
            new ProfessionalEvents(environment, () -> new CandidacyTies(environment)),
            new OpenDrafts(environment)));
  }

  /** With the rooms above that have something to finish. */
  public FinishErasure(Environment environment, List<AccountEvents> events) {
    this.passwords = new Passwords(environment);
    this.events = events;
  }

  @Override
  protected void handle(Change change) {
    change.image().filter(AccountStore::isErased).ifPresent(this::finish);
  }

  private void finish(Item row) {
    String accountId = row.text("accountId");
    passwords.delete(accountId);
    for (AccountEvents event : events) {
      event.erased(accountId, row.textOrNull("professionalId"));
    }
  }
}
