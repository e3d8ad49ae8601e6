package renfort.missions;

import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.notifications.MailTexts;
import renfort.web.ApiHandler;
import renfort.web.Paging;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** GET /api/me/export and DELETE /api/me: a requester's data, shown or erased (R29). */
public final class RequesterData extends ApiHandler {
  private final Callers callers;
  private final Journal journal;
  private final ExportRequester exportRequester;
  private final CloseRequester closeRequester;

  public RequesterData() {
    this(Environment.ofProcess());
  }

  public RequesterData(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.journal = new Journal(environment);
    this.exportRequester = new ExportRequester(environment, new MailTexts());
    this.closeRequester = new CloseRequester(environment);
  }

  @Override
  protected Response handle(Request request) {
    if (request.route().startsWith("GET ")) {
      return export(request, callers.in(request, Role.REQUESTER));
    }
    Account account = callers.signedInRecently(request, Role.REQUESTER);
    return switch (closeRequester.close(account.accountId(), ErasureReason.ASKED)) {
      case CLOSED -> Response.noContent();
      case BUSY -> throw new Refusal(Problem.retry());
    };
  }

  private Response export(Request request, Account account) {
    Paging paging = Paging.of(request, account.accountId());
    if (paging.place().isEmpty()) {
      journal.look(
          Subject.account(account.accountId()), Action.ACCOUNT_EXPORTED, account.accountId(), null);
    }
    ExportRequester.Answer answer = exportRequester.answer(account, paging.place());
    return Response.ok(paging.answer(answer.body(), answer.next()));
  }
}
