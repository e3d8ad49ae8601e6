package renfort.missions;

import java.util.List;
import renfort.accounts.SweepAccounts;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.pool.SweepPool;
import renfort.professionals.ProfessionalEvents;
import renfort.professionals.SweepDocuments;
import renfort.web.SweepHandler;

/** Every five minutes: what a new day ends (R7, R8, R12, R20, R28, R29). */
public final class SweepDays extends SweepHandler {

  public SweepDays() {
    this(Environment.ofProcess());
  }

  public SweepDays(Environment environment) {
    super(tasks(environment));
  }

  private static List<Task> tasks(Environment environment) {
    TidyDays tidyDays = new TidyDays(environment);
    CandidacyTies ties = new CandidacyTies(environment);
    ProfessionalEvents professionals = new ProfessionalEvents(environment, () -> ties);
    SweepAccounts accounts =
        new SweepAccounts(
            environment,
            professionals,
            new OpenDrafts(environment),
            new SweepAccounts.Dormant(ties::lastContact, professionals::eraseDormant));
    return List.of(
        new Task("ends", tidyDays::endMissions),
        new Task("drafts", tidyDays::dropDrafts),
        new Task("pool", new SweepPool(environment)::run),
        new Task("unconfirmed", accounts::unconfirmed),
        new Task("documents", new SweepDocuments(environment)::run),
        new Task("dormant", accounts::dormant));
  }
}
