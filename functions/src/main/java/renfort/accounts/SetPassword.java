package renfort.accounts;

import java.util.List;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.missions.OpenDrafts;
import renfort.professionals.ProfessionalEvents;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** POST /api/passwords: sets the password by the token of a link (R4, R5). */
public final class SetPassword extends ApiHandler {
  private final ChangePassword changePassword;
  private final Idempotency idempotency;

  public SetPassword() {
    this(Environment.ofProcess());
  }

  public SetPassword(Environment environment) {
    this(
        environment,
        List.of(
            new ProfessionalEvents(environment, () -> new CandidacyTies(environment)),
            new OpenDrafts(environment)));
  }

  /** With the rooms above that are told when a password is set. */
  public SetPassword(Environment environment, List<AccountEvents> events) {
    super(environment);
    this.changePassword = new ChangePassword(environment, events);
    this.idempotency = new Idempotency(environment);
  }

  @Override
  protected void prime() {
    idempotency.prime();
  }

  @Override
  protected Response handle(Request request) {
    Form form = request.form();
    String token = form.verbatim("token", 200);
    String password = form.verbatim("password", Request.MAX_BODY);
    form.check();
    return idempotency.once(
        request,
        null,
        once -> {
          Response set = Response.noContent();
          return switch (changePassword.change(token, password, writes -> once.keep(writes, set))) {
            case ChangePassword.Outcome.Changed changed -> set;
            case ChangePassword.Outcome.Weak weak ->
                throw new Refusal(
                    Problem.invalid(
                        weak.faults().stream()
                            .map(
                                fault ->
                                    new Problem.FieldError(
                                        "password", fault.code(), fault.message()))
                            .toList()));
            case ChangePassword.Outcome.Gone gone ->
                throw new Refusal(
                    Problem.of(410, "gone", "Ce lien n'est plus valable.")
                        .withDetail(
                            "Il a déjà servi, a expiré ou a été remplacé par un lien plus récent :"
                                + " demandez-en un nouveau."));
            case ChangePassword.Outcome.Busy busy -> throw new Refusal(Problem.retry());
          };
        });
  }
}
