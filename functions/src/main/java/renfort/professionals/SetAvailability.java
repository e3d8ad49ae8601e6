package renfort.professionals;

import java.util.Optional;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.professionals.Turning.Outcome;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** {@code PUT /professionals/me/availability}: available or not, at once (R6). */
public final class SetAvailability extends ApiHandler {
  private final Callers callers;
  private final Turning turning;

  public SetAvailability() {
    this(Environment.ofProcess());
  }

  public SetAvailability(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.turning = new Turning(environment, new CandidacyTies(environment));
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.PROFESSIONAL);
    Form form = request.form();
    boolean available = form.flag("available");
    form.check();
    Outcome outcome =
        Optional.ofNullable(account.professionalId())
            .map(id -> turning.turn(id, available, account.accountId()))
            .orElse(Outcome.GONE);
    return switch (outcome) {
      case DONE -> Response.noContent();
      case GONE -> throw new Refusal(Problem.unauthorized());
      case BUSY -> throw new Refusal(Problem.retry());
    };
  }
}
