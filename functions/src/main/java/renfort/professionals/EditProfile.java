package renfort.professionals;

import java.time.Clock;
import java.util.Optional;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.documents.Checked;
import renfort.documents.Documents;
import renfort.environment.Environment;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.Editing.Outcome;
import renfort.professionals.SheetForm.Edit;
import renfort.professionals.model.Sheet;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** {@code GET} and {@code PUT /professionals/me}: the own sheet (R6). */
public final class EditProfile extends ApiHandler {
  private final Clock clock;
  private final Callers callers;
  private final ProfileStore profiles;
  private final PoolStore pool;
  private final Documents documents;
  private final Editing editing;

  public EditProfile() {
    this(Environment.ofProcess());
  }

  public EditProfile(Environment environment) {
    super(environment);
    this.clock = environment.clock();
    this.callers = new Callers(environment);
    this.profiles = new ProfileStore(environment);
    this.pool = new PoolStore(environment);
    this.documents = new Documents(environment);
    this.editing = new Editing(environment, documents);
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.PROFESSIONAL);
    return request.route().startsWith("PUT ") ? edit(request, account) : show(account);
  }

  private Response show(Account account) {
    Optional<String> id = Optional.ofNullable(account.professionalId());
    Optional<Sheet> sheet = id.flatMap(profiles::find);
    Optional<PoolRow> row = id.flatMap(pool::find);
    if (sheet.isEmpty() || row.isEmpty()) {
      throw new Refusal(Problem.unauthorized());
    }
    return Response.ok(SheetView.of(sheet.get(), row.get().available(), account.isConfirmed()));
  }

  private Response edit(Request request, Account account) {
    Form form = request.form();
    Edit edit = SheetForm.edit(form, clock);
    Checked checked = documents.check(edit.filled().uploads());
    checked.faults().forEach(fault -> form.error(fault.field(), fault.code(), fault.message()));
    form.check();
    return switch (editing.edit(account.accountId(), edit, checked.uploads())) {
      case Outcome.Edited edited ->
          Response.ok(SheetView.of(edited.sheet(), edited.available(), account.isConfirmed()));
      case Outcome.Stale stale ->
          throw new Refusal(
              Problem.of(409, "stale", "Votre fiche a changé depuis que vous l'avez ouverte.")
                  .withDetail("Rechargez-la, puis reprenez vos modifications."));
      case Outcome.Invalid invalid -> throw new Refusal(Problem.invalid(invalid.faults()));
      case Outcome.Gone gone -> throw new Refusal(Problem.unauthorized());
      case Outcome.Busy busy -> throw new Refusal(Problem.retry());
    };
  }
}
