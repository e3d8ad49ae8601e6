package renfort.professionals;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.documents.model.DocumentKind;
import renfort.pool.model.Availability;
import renfort.pool.model.Period;
import renfort.professionals.model.Details;
import renfort.reference.Communes;
import renfort.reference.Professions;
import renfort.reference.Regions;
import renfort.reference.model.ActivityType;
import renfort.reference.model.Commune;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Phones;
import renfort.reference.model.Position;
import renfort.reference.model.Profession;
import renfort.reference.model.Region;
import renfort.reference.model.Resolution;
import renfort.web.Form;

/**
 * Reads the forms of a sheet (R2). Like those of {@link Form}, what is read may be used only once
 * the form's {@link Form#check()} has passed.
 */
final class SheetForm {
  /** No period of a sheet begins before the year of the crisis (R2). */
  private static final LocalDate EARLIEST = LocalDate.of(2020, 1, 1);

  /** How far from today a period may begin or end. */
  private static final java.time.Period FARTHEST = java.time.Period.ofYears(5);

  /** What stands in for a commune at fault. */
  private static final Commune NOWHERE = new Commune("", "", "", "", new Position(0, 0));

  private final Form form;
  private final Clock clock;

  private SheetForm(Form form, Clock clock) {
    this.form = form;
    this.clock = clock;
  }

  /**
   * A sheet's form.
   *
   * @param details what it says
   * @param home the commune of residence
   * @param uploads documentIds by what they prove; those at fault are left out
   */
  record Filled(Details details, Commune home, Map<DocumentKind, String> uploads) {}

  /**
   * The form of a registration.
   *
   * @param email trimmed and in lower case
   * @param filled the sheet
   */
  record Registration(String email, Filled filled) {}

  /**
   * The form of an edit.
   *
   * @param version the version that was edited, or null for whichever it is
   * @param filled the sheet, with documents only when they change
   */
  record Edit(@Nullable Integer version, Filled filled) {}

  /** Reads a registration: with address, consent and identity document. */
  static Registration registration(Form form, Clock clock) {
    String email = form.email("email");
    if (!form.flag("consent") && !form.isWrong("consent")) {
      form.error("consent", "consent", "Votre accord pour être contacté est nécessaire.");
    }
    return new Registration(email, new SheetForm(form, clock).filled(true));
  }

  /** Reads an edit: without address and consent. */
  static Edit edit(Form form, Clock clock) {
    return new Edit(
        form.optionalNumber("version", 0, Integer.MAX_VALUE),
        new SheetForm(form, clock).filled(false));
  }

  private Filled filled(boolean identityRequired) {
    Map<DocumentKind, String> uploads = new EnumMap<>(DocumentKind.class);
    for (DocumentKind kind : DocumentKind.values()) {
      if (form.has(kind.field()) || (kind == DocumentKind.IDENTITY && identityRequired)) {
        String documentId = form.id(kind.field());
        if (!form.isWrong(kind.field())) {
          uploads.put(kind, documentId);
        }
      }
    }
    Optional<Region> region = form.choice("region", Regions::find);
    Optional<Profession> profession = form.choice("profession", Professions::find);
    Optional<IdentifierType> identifierType = form.choice("identifierType", IdentifierType.class);
    String postalCode = form.text("postalCode", 10);
    Commune home = home(postalCode);
    Details details =
        new Details(
            form.personName("lastName", 60),
            form.personName("firstName", 60),
            phone(),
            region.map(Region::code).orElse(""),
            profession.map(Profession::code).orElse(""),
            speciality(profession),
            identifierType.orElse(IdentifierType.NONE),
            identifier(identifierType),
            form.choice("activityType", ActivityType.class).orElse(ActivityType.OTHER),
            form.optionalPlaceName("employer", 100),
            postalCode,
            home.name(),
            form.flag("vehicle"),
            form.flag("nursingHome"),
            form.flag("intensiveCare"),
            form.flag("vaccination"),
            form.optionalText("message", 255),
            availabilities(region),
            form.choices("mobility", Mobility.class));
    return new Filled(details, home, uploads);
  }

  private String phone() {
    String written = form.text("phone", 25);
    Optional<String> phone = Phones.e164(written);
    if (phone.isEmpty() && !form.isWrong("phone")) {
      form.error("phone", "phone", "Ce numéro de téléphone français n'est pas valide.");
    }
    return phone.orElse("");
  }

  private @Nullable String speciality(Optional<Profession> profession) {
    @Nullable String code = form.optionalText("speciality", 20);
    if (code != null && profession.isPresent() && profession.get().speciality(code).isEmpty()) {
      form.error("speciality", "choice", "Cette spécialité n'est pas de cette profession.");
    }
    return code;
  }

  private @Nullable String identifier(Optional<IdentifierType> type) {
    @Nullable String written = form.optionalText("identifier", 11);
    if (type.isEmpty() || form.isWrong("identifier")) {
      return null;
    }
    if (type.get() == IdentifierType.NONE) {
      if (written != null) {
        form.error("identifier", "unexpected", "Avec « Aucun », il n'y a pas d'identifiant.");
      }
      return null;
    }
    if (written == null) {
      form.error("identifier", "required", "Ce champ est obligatoire.");
      return null;
    }
    Optional<String> identifier = type.get().read(written);
    if (identifier.isEmpty()) {
      form.error(
          "identifier",
          "identifier",
          switch (type.get()) {
            case RPPS -> "Ce numéro RPPS n'est pas valide (11 chiffres).";
            case ADELI, NONE -> "Ce numéro ADELI n'est pas valide (9 caractères).";
          });
    }
    return identifier.orElse(null);
  }

  private Commune home(String postalCode) {
    String city = form.line("city", 50);
    if (form.isWrong("postalCode")) {
      return NOWHERE;
    }
    return switch (Communes.resolve(postalCode, city)) {
      case Resolution.Found found -> found.commune();
      case Resolution.UnknownPostalCode unknown -> {
        form.error("postalCode", "unknown", "Ce code postal n'est pas connu.");
        yield NOWHERE;
      }
      case Resolution.CityNotInPostalCode not -> {
        if (!form.isWrong("city")) {
          form.error("city", "unknown", "Cette ville n'est pas de ce code postal.");
        }
        yield NOWHERE;
      }
    };
  }

  private List<Period> availabilities(Optional<Region> region) {
    LocalDate today =
        region
            .map(chosen -> chosen.today(clock))
            .orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Paris")));
    List<Period> periods = new ArrayList<>();
    for (Form period : form.objects("availabilities", 1, Availability.MAX_PERIODS)) {
      LocalDate start = period.date("start");
      @Nullable LocalDate end = period.optionalDate("end");
      if (end != null && !period.isWrong("start") && end.isBefore(start)) {
        period.error("end", "before-start", "La fin précède le début.");
      } else if (end != null && end.isBefore(today)) {
        period.error("end", "past", "Cette période est passée.");
      } else if (end != null && end.isAfter(today.plus(FARTHEST))) {
        period.error(
            "end", "too-late", "Indiquez une fin dans les cinq ans, ou laissez ce champ vide.");
      }
      if (!period.isWrong("start") && start.isBefore(EARLIEST)) {
        period.error("start", "too-early", "Indiquez un début à partir de 2020.");
      } else if (!period.isWrong("start") && start.isAfter(today.plus(FARTHEST))) {
        period.error("start", "too-late", "Indiquez un début dans les cinq ans.");
      }
      periods.add(new Period(start, end, period.flag("weekdays"), period.flag("weekend")));
    }
    return periods;
  }
}
