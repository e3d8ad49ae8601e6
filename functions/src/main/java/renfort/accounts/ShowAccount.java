package renfort.accounts;

import renfort.environment.Environment;
import renfort.web.ApiHandler;
import renfort.web.Request;
import renfort.web.Response;

/** GET /api/me: the account that calls. */
public final class ShowAccount extends ApiHandler {
  private final Callers callers;

  public ShowAccount() {
    this(Environment.ofProcess());
  }

  public ShowAccount(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
  }

  @Override
  protected Response handle(Request request) {
    return Response.ok(AccountView.of(callers.of(request)));
  }
}
