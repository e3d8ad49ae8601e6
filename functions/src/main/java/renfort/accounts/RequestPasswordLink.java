package renfort.accounts;

import renfort.environment.Environment;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Request;
import renfort.web.Response;

/** POST /api/password-links: has a link sent, if the address is known (R1, R4). */
public final class RequestPasswordLink extends ApiHandler {
  private final AskForLink askForLink;
  private final Idempotency idempotency;

  public RequestPasswordLink() {
    this(Environment.ofProcess());
  }

  public RequestPasswordLink(Environment environment) {
    super(environment);
    this.askForLink = new AskForLink(environment);
    this.idempotency = new Idempotency(environment);
  }

  @Override
  protected void prime() {
    idempotency.prime();
  }

  @Override
  protected Response handle(Request request) {
    Form form = request.form();
    String email = form.email("email");
    form.check();
    return idempotency.once(
        request,
        null,
        once -> {
          Response accepted = Response.accepted();
          askForLink.ask(email, writes -> once.keep(writes, accepted));
          return accepted;
        });
  }
}
