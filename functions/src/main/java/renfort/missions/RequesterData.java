package renfort.missions;

import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
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
  private final CloseRequester closeRequester;

  public RequesterData() {
    this(Environment.ofProcess());
  }

  public RequesterData(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.exportRequester = new ExportRequester(environment);
    this.closeRequester = new CloseRequester(environment);
  }

  @Override
  protected Response handle(Request request) {
    if (request.route().startsWith("GET ")) {
      return Response.ok(exportRequester.export(callers.in(request, Role.REQUESTER)));
    }
    Account account = callers.signedInRecently(request, Role.REQUESTER);
    return switch (closeRequester.close(account.accountId(), ErasureReason.ASKED)) {
      case CLOSED -> Response.noContent();
      case BUSY -> throw new Refusal(Problem.retry());
    };
  }
}
