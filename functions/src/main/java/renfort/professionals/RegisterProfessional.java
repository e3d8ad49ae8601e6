package renfort.professionals;

import java.time.Clock;
import renfort.documents.Checked;
import renfort.documents.Documents;
import renfort.environment.Environment;
import renfort.professionals.Registering.Outcome;
import renfort.professionals.SheetForm.Registration;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Idempotency.Once;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** {@code POST /professionals}: 202 whoever the address belongs to (R1-R4). */
public final class RegisterProfessional extends ApiHandler {
  private final Clock clock;
  private final Idempotency idempotency;
  private final Documents documents;
  private final Registering registering;

  public RegisterProfessional() {
    this(Environment.ofProcess());
  }

  public RegisterProfessional(Environment environment) {
    super(environment);
    this.clock = environment.clock();
    this.idempotency = new Idempotency(environment);
    this.documents = new Documents(environment);
    this.registering = new Registering(environment, documents);
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
    Response accepted = Response.accepted();
    return switch (registering.register(
        registration, checked.uploads(), writes -> once.keep(writes, accepted))) {
      case Outcome.Accepted done -> accepted;
      case Outcome.Invalid invalid -> throw new Refusal(Problem.invalid(invalid.faults()));
      case Outcome.Busy busy -> throw new Refusal(Problem.retry());
    };
  }
}
