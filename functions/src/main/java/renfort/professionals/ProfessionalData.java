package renfort.professionals;

import java.util.Optional;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Role;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.notifications.MailTexts;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.model.Sheet;
import renfort.web.ApiHandler;
import renfort.web.Paging;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/**
 * {@code GET /professionals/me/export} and {@code DELETE /professionals/me}: all that is held on a
 * volunteer, and its erasure (R25, R29).
 */
public final class ProfessionalData extends ApiHandler {
  private final Callers callers;
  private final ProfileStore profiles;
  private final PoolStore pool;
  private final Journal journal;
  private final ExportProfessional export;
  private final CloseProfessional closeProfessional;

  public ProfessionalData() {
    this(Environment.ofProcess());
  }

  public ProfessionalData(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.profiles = new ProfileStore(environment);
    this.pool = new PoolStore(environment);
    this.journal = new Journal(environment);
    this.export =
        new ExportProfessional(environment, new CandidacyTies(environment), new MailTexts());
    this.closeProfessional = new CloseProfessional(environment);
  }

  @Override
  protected Response handle(Request request) {
    return request.route().startsWith("DELETE ")
        ? erase(callers.signedInRecently(request, Role.PROFESSIONAL))
        : export(request, callers.in(request, Role.PROFESSIONAL));
  }

  private Response erase(Account account) {
    return switch (closeProfessional.close(account.accountId(), ErasureReason.ASKED)) {
      case CLOSED -> Response.noContent();
      case BUSY -> throw new Refusal(Problem.retry());
    };
  }

  private Response export(Request request, Account account) {
    Paging paging = Paging.of(request, account.accountId());
    Optional<String> id = Optional.ofNullable(account.professionalId());
    Optional<Sheet> sheet = id.flatMap(profiles::find);
    Optional<PoolRow> row = id.flatMap(pool::find);
    if (sheet.isEmpty() || row.isEmpty()) {
      throw new Refusal(Problem.unauthorized());
    }
    if (paging.place().isEmpty()) {
      journal.look(
          Subject.professional(sheet.get().professionalId()),
          Action.SHEET_EXPORTED,
          account.accountId(),
          null);
    }
    ExportProfessional.Answer answer =
        export.answer(account, sheet.get(), row.get(), paging.place());
    return Response.ok(paging.answer(answer.body(), answer.next()));
  }
}
