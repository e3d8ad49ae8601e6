package renfort.regulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore.Known;
import renfort.establishments.model.Requester;
import renfort.reference.model.Identifiers;
import renfort.regulation.SetApproval.Outcome;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Problem;
import renfort.web.Problem.FieldError;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** PUT /api/establishments/{finess}/approval: requesters are approved or not (R11). */
public final class ApproveEstablishment extends ApiHandler {
  private final Callers callers;
  private final SetApproval setApproval;

  public ApproveEstablishment() {
    this(Environment.ofProcess());
  }

  public ApproveEstablishment(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.setApproval = new SetApproval(environment);
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.AGENCY, Role.NATIONAL);
    String finess = request.path().getOrDefault("finess", "");
    if (!Identifiers.finess(finess).filter(finess::equals).isPresent()) {
      throw new Refusal(Problem.notFound());
    }
    Form form = request.form();
    boolean approved = form.flag("approved");
    @Nullable List<String> emails = emails(form, approved);
    form.check();
    return switch (setApproval.set(account, finess, approved, emails)) {
      case Outcome.Set(Establishment establishment, Known known, List<Requester> requesters) ->
          Response.ok(EstablishmentView.of(establishment, known, requesters));
      case Outcome.UnknownEmails(List<Integer> places) -> throw new Refusal(unknown(places));
      case Outcome.Nationals nationals ->
          throw new Refusal(
              Problem.forbidden()
                  .withDetail(
                      "Ce numéro FINESS est demandé dans plusieurs régions : le niveau national"
                          + " décide."));
      case Outcome.WhoseUnsaid unsaid ->
          throw new Refusal(
              Problem.invalid(
                  "emails",
                  "required",
                  "Ce numéro FINESS est demandé dans plusieurs régions : indiquez les demandeurs"
                      + " concernés."));
      case Outcome.Unknown unknown -> throw new Refusal(Problem.notFound());
      case Outcome.Retry retry -> throw new Refusal(Problem.retry());
    };
  }

  private static @Nullable List<String> emails(Form form, boolean approved) {
    if (!form.has("emails")) {
      if (!approved && !form.isWrong("approved")) {
        form.error("emails", "required", "Indiquez les demandeurs concernés.");
      }
      return null;
    }
    List<String> sent = form.texts("emails", 1, SetApproval.MOST);
    Set<String> emails = new LinkedHashSet<>();
    for (String email : sent) {
      if (!emails.add(email.toLowerCase(Locale.ROOT))) {
        form.error("emails", "repeated", "Une valeur est répétée.");
        break;
      }
    }
    return new ArrayList<>(emails);
  }

  private static Problem unknown(List<Integer> places) {
    return Problem.invalid(
        places.stream()
            .map(
                place ->
                    new FieldError(
                        "emails[" + place + "]",
                        "unknown",
                        "Cette adresse n'est pas celle d'un demandeur de l'établissement."))
            .toList());
  }
}
