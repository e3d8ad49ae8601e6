package renfort.missions;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.inbox.InboxStore;
import renfort.inbox.Submission.Kind;
import renfort.missions.model.Mission.Terms;
import renfort.reference.Communes;
import renfort.reference.Regions;
import renfort.reference.model.Commune;
import renfort.reference.model.Identifiers;
import renfort.reference.model.Phones;
import renfort.reference.model.Region;
import renfort.reference.model.Resolution;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/**
 * POST /api/needs: a need without an account, checked and put into the inbox (R8). Nothing of it
 * asks whose the address is, so that neither the answer nor its time can tell (R1).
 */
public final class SubmitNeed extends ApiHandler {
  private final InboxStore inbox;
  private final Database database;
  private final Ids ids;
  private final Idempotency idempotency;
  private final Clock clock;

  public SubmitNeed() {
    this(Environment.ofProcess());
  }

  public SubmitNeed(Environment environment) {
    super(environment);
    this.inbox = new InboxStore(environment);
    this.database = Database.of(environment);
    this.ids = environment.ids();
    this.idempotency = new Idempotency(environment);
    this.clock = environment.clock();
  }

  @Override
  protected void prime() {
    idempotency.prime();
  }

  @Override
  protected Response handle(Request request) {
    Need need = read(request.form(), clock);
    return idempotency.once(
        request,
        null,
        once -> {
          Response accepted = Response.accepted();
          Writes writes = new Writes();
          inbox.post(writes, ids.next(), Kind.NEED, need.email(), need.inboxed());
          once.keep(writes, accepted);
          return switch (database.commit(writes)) {
            case Commit.Done done -> accepted;
            case Commit.Refused refused -> throw new Refusal(Problem.retry());
            case Commit.Busy busy -> throw new Refusal(Problem.retry());
          };
        });
  }

  static Need read(Form form, Clock clock) {
    Form requester = form.object("requester");
    String lastName = requester.personName("lastName", 60);
    String firstName = requester.personName("firstName", 60);
    String email = requester.email("email");
    String phone = phone(requester);
    Form establishment = form.object("establishment");
    Optional<Region> region = establishment.choice("region", Regions::find);
    Establishment submitted = establishment(establishment, region);
    // with a region at fault the dates are checked all the same, so that all is told at once
    LocalDate today = region.orElseGet(() -> Regions.find("11").orElseThrow()).today(clock);
    List<Terms> missions = MissionForm.readAll(form, today);
    form.check();
    return new Need(lastName, firstName, email, phone, submitted, missions);
  }

  private static String phone(Form form) {
    String text = form.line("phone", 25);
    Optional<String> phone = Phones.e164(text);
    if (!text.isEmpty() && phone.isEmpty()) {
      form.error("phone", "phone", "Ce numéro n'est pas un numéro de téléphone français.");
    }
    return phone.orElse("");
  }

  private static Establishment establishment(Form form, Optional<Region> region) {
    String text = form.line("finess", 20);
    Optional<String> finess = Identifiers.finess(text);
    if (!text.isEmpty() && finess.isEmpty()) {
      form.error("finess", "finess", "Ce numéro FINESS géographique n'est pas valide.");
    }
    String name = form.placeName("name", 100);
    String address = form.placeName("address", 200);
    String postalCode = form.line("postalCode", 10);
    String city = form.line("city", 50);
    Optional<Commune> commune = commune(form, postalCode, city);
    if (commune.isPresent()
        && region.isPresent()
        && !commune.get().region().equals(region.get().code())) {
      form.error("region", "region", "L'ARS de rattachement n'est pas celle de cette commune.");
    }
    if (finess.isPresent() && commune.isPresent() && !lies(finess.get(), commune.get())) {
      form.error(
          "finess",
          "departement",
          "Ce numéro FINESS n'est pas celui d'un établissement du département "
              + commune.get().departement()
              + " : vérifiez le numéro ou la ville.");
    }
    return new Establishment(
        finess.orElse(""),
        name,
        address,
        postalCode,
        city,
        commune.map(Commune::region).orElse(""),
        commune.map(Commune::departement).orElse(""),
        commune.map(found -> found.position().latitude()).orElse(0.0),
        commune.map(found -> found.position().longitude()).orElse(0.0));
  }

  /** A number whose beginning is not known is not refused: the agency sees it marked (R8). */
  private static boolean lies(String finess, Commune commune) {
    Set<String> departements = Identifiers.departementsOf(finess);
    return departements.isEmpty() || departements.contains(commune.departement());
  }

  private static Optional<Commune> commune(Form form, String postalCode, String city) {
    if (postalCode.isEmpty() || city.isEmpty()) {
      return Optional.empty();
    }
    return switch (Communes.resolveEstablishment(postalCode, city)) {
      case Resolution.Found(Commune found) -> Optional.of(found);
      case Resolution.UnknownPostalCode unknown -> {
        form.error("postalCode", "unknown", "Ce code postal n'est pas connu.");
        yield Optional.empty();
      }
      case Resolution.CityNotInPostalCode other -> {
        form.error("city", "unknown", "Cette ville ne correspond pas au code postal.");
        yield Optional.empty();
      }
    };
  }
}
