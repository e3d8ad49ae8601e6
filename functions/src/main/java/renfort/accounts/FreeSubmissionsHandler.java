package renfort.accounts;

import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.missions.OpenDrafts;
import renfort.professionals.ProfessionalEvents;
import renfort.web.StreamHandler;

/** Stream of the accounts: an address was proved, so its other submissions are freed (R1). */
public final class FreeSubmissionsHandler extends StreamHandler {
  private final FreeSubmissions freeSubmissions;

  public FreeSubmissionsHandler() {
    this(Environment.ofProcess());
  }

  public FreeSubmissionsHandler(Environment environment) {
    this.freeSubmissions =
        new FreeSubmissions(
            environment,
            new ProfessionalEvents(environment, () -> new CandidacyTies(environment)),
            new OpenDrafts(environment));
  }

  @Override
  protected void handle(Change change) {
    change
        .image()
        .filter(row -> AccountStore.PROVED.equals(row.textOrNull("status")))
        .ifPresent(freeSubmissions::free);
  }
}
