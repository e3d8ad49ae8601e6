package renfort.matching;

import java.util.Optional;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.professionals.model.IdentityCheck.Result;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** {@code POST /api/professionals/{id}/identity-check}: an identity document was checked (R28). */
public final class CheckIdentityHandler extends ApiHandler {
  private final Callers callers;
  private final CheckIdentity checkIdentity;
  private final Idempotency idempotency;

  public CheckIdentityHandler() {
    this(Environment.ofProcess());
  }

  public CheckIdentityHandler(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.checkIdentity = new CheckIdentity(environment);
    this.idempotency = new Idempotency(environment);
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.whoSeesPeople(request);
    String professionalId = request.id("id");
    Form form = request.form();
    Optional<Result> result = form.choice("result", Result.class);
    form.check();
    return idempotency.once(
        request,
        account.accountId(),
        once ->
            switch (checkIdentity.check(account, professionalId, result.orElseThrow())) {
              case RECORDED -> Response.noContent();
              case UNKNOWN -> throw new Refusal(Problem.notFound());
              case BUSY -> throw new Refusal(Problem.retry());
            });
  }
}
