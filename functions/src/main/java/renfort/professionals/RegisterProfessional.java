package renfort.professionals;

import java.time.Clock;
import java.util.List;
import renfort.documents.Checked;
import renfort.documents.Documents;
import renfort.documents.Taking;
import renfort.documents.Taking.Taken;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.inbox.InboxStore;
import renfort.inbox.Submission.Kind;
import renfort.professionals.SheetForm.Registration;
import renfort.professionals.model.Sheet;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Idempotency.Once;
import renfort.web.Problem;
import renfort.web.Problem.FieldError;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/**
 * {@code POST /professionals}: checks the form and its documents, claims these, and puts the sheet
 * into the inbox (R1-R4). Nothing of it asks whose the address is, so that neither the answer nor
 * its time can tell.
 */
public final class RegisterProfessional extends ApiHandler {
  private final Clock clock;
  private final Ids ids;
  private final Database database;
  private final Idempotency idempotency;
  private final Documents documents;
  private final InboxStore inbox;

  public RegisterProfessional() {
    this(Environment.ofProcess());
  }

  public RegisterProfessional(Environment environment) {
    super(environment);
    this.clock = environment.clock();
    this.ids = environment.ids();
    this.database = Database.of(environment);
    this.idempotency = new Idempotency(environment);
    this.documents = new Documents(environment);
    this.inbox = new InboxStore(environment);
  }

  @Override
  protected void prime() {
    idempotency.prime();
  }

  @Override
  protected Response handle(Request request) {
    Form form = request.form();
    return idempotency.once(request, null, once -> register(form, once));
  }

  private Response register(Form form, Once once) {
    Registration registration = SheetForm.registration(form, clock);
    Checked checked = documents.check(registration.filled().uploads());
    checked.faults().forEach(fault -> form.error(fault.field(), fault.code(), fault.message()));
    form.check();
    // the account and the sheet get the submission's id
    String id = ids.next();
    Taking taking = documents.take(checked.uploads(), id, List.of());
    if (taking instanceof Taking.Lost(var fault)) {
      throw new Refusal(Problem.invalid(List.of(fault)));
    }
    Taken taken = (Taken) taking;
    Sheet sheet =
        new Sheet(
            id,
            id,
            registration.email(),
            registration.filled().details(),
            taken.documents(),
            clock.instant(),
            0);
    Response accepted = Response.accepted();
    Writes writes = new Writes();
    taken.claim(writes);
    inbox.post(writes, id, Kind.PROFESSIONAL, sheet.email(), ProfileStore.inboxed(sheet));
    once.keep(writes, accepted);
    return switch (database.commit(writes)) {
      // the worker settles the copies, so that nothing is left to do here once this is stored
      case Commit.Done done -> accepted;
      case Commit.Refused(var labels) -> {
        List<FieldError> faults = taken.faults(labels);
        throw new Refusal(faults.isEmpty() ? Problem.retry() : Problem.invalid(faults));
      }
      case Commit.Busy busy -> throw new Refusal(Problem.retry());
    };
  }
}
