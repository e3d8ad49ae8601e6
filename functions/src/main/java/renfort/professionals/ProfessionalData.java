package renfort.professionals;

import static java.util.Comparator.comparing;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import renfort.accounts.AccountView;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Role;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Entry;
import renfort.journal.Journal.Subject;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.model.Sheet;
import renfort.web.ApiHandler;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/**
 * {@code GET /professionals/me/export} and {@code DELETE /professionals/me}: all that is held on a
 * volunteer, and its erasure (R25, R29).
 */
public final class ProfessionalData extends ApiHandler {
  private final Clock clock;
  private final Callers callers;
  private final ProfileStore profiles;
  private final PoolStore pool;
  private final Journal journal;
  private final Ties ties;
  private final CloseProfessional closeProfessional;

  public ProfessionalData() {
    this(Environment.ofProcess());
  }

  public ProfessionalData(Environment environment) {
    super(environment);
    this.clock = environment.clock();
    this.callers = new Callers(environment);
    this.profiles = new ProfileStore(environment);
    this.pool = new PoolStore(environment);
    this.journal = new Journal(environment);
    this.ties = new CandidacyTies(environment);
    this.closeProfessional = new CloseProfessional(environment);
  }

  @Override
  protected Response handle(Request request) {
    return request.route().startsWith("DELETE ")
        ? erase(callers.signedInRecently(request, Role.PROFESSIONAL))
        : export(callers.in(request, Role.PROFESSIONAL));
  }

  private Response erase(Account account) {
    return switch (closeProfessional.close(account.accountId(), ErasureReason.ASKED)) {
      case CLOSED -> Response.noContent();
      case BUSY -> throw new Refusal(Problem.retry());
    };
  }

  private Response export(Account account) {
    Optional<String> id = Optional.ofNullable(account.professionalId());
    Optional<Sheet> sheet = id.flatMap(profiles::find);
    Optional<PoolRow> row = id.flatMap(pool::find);
    if (sheet.isEmpty() || row.isEmpty()) {
      throw new Refusal(Problem.unauthorized());
    }
    String professionalId = sheet.get().professionalId();
    Subject subject = Subject.professional(professionalId);
    journal.look(subject, Action.SHEET_EXPORTED, account.accountId(), null);
    Map<String, Object> export = new LinkedHashMap<>();
    export.put("exportedAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    export.put("account", AccountView.of(account));
    export.put("profile", SheetView.of(sheet.get(), row.get().available(), account.isConfirmed()));
    export.put("candidacies", ties.export(professionalId));
    export.put(
        "journal",
        Stream.of(subject, Subject.account(account.accountId()))
            .flatMap(about -> journal.of(about).stream())
            .sorted(comparing(Entry::at))
            .map(Entry::view)
            .toList());
    return Response.ok(export);
  }
}
