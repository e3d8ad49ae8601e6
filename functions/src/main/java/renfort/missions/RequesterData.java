package renfort.missions;

import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.web.ApiHandler;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** GET /api/me/export and DELETE /api/me: a requester's data, shown or erased (R29). */
public final class RequesterData extends ApiHandler {
  private final Callers callers;
  private final ExportRequester exportRequester;
  private final EraseRequester eraseRequester;

  public RequesterData() {
    this(Environment.ofProcess());
  }

  public RequesterData(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.exportRequester = new ExportRequester(environment);
    this.eraseRequester = new EraseRequester(environment);
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.REQUESTER);
    if (request.route().startsWith("GET ")) {
      return Response.ok(exportRequester.export(account));
    }
    return switch (eraseRequester.erase(account.accountId(), account.accountId())) {
      case ERASED -> Response.noContent();
      case RETRY -> throw new Refusal(Problem.retry());
    };
  }
}
