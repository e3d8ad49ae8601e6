package renfort.professionals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renfort.documents.model.DocumentKind;
import renfort.pool.model.Period;
import renfort.professionals.SheetForm.Edit;
import renfort.professionals.SheetForm.Registration;
import renfort.professionals.model.Details;
import renfort.reference.model.ActivityType;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.web.Form;
import renfort.web.Json;
import renfort.web.Problem.FieldError;
import renfort.web.Refusal;
import renfort.web.Request;

class SheetFormTest {
  private static final String IDENTITY = "4tq8x0m2k7c9v1zrb6hd";
  private static final String DIPLOMA = "9w3e5r7t1y2p4a6s8d0f";

  /** In Paris it is the 3rd already, in Guadeloupe still the 2nd. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2027-01-02T23:30:00Z"), ZoneOffset.UTC);

  @Test
  void R2_everyFieldIsRead() {
    Registration registration = register(full());

    assertEquals("solene.kerbrat@example.org", registration.email());
    Details details = registration.filled().details();
    assertEquals("Kerbrat", details.lastName());
    assertEquals("Solène", details.firstName());
    assertEquals("+33261911234", details.phone());
    assertEquals("11", details.region());
    assertEquals("60", details.profession());
    assertEquals("SI07", details.speciality());
    assertEquals(IdentifierType.RPPS, details.identifierType());
    assertEquals("10102030409", details.identifier());
    assertEquals(ActivityType.SALARIED, details.activityType());
    assertEquals("Clinique des Ajoncs", details.employer());
    assertEquals("35000", details.postalCode());
    assertEquals("Rennes", details.city());
    assertTrue(details.vehicle());
    assertTrue(details.nursingHome());
    assertTrue(details.intensiveCare());
    assertTrue(details.vaccination());
    assertEquals("La nuit\naussi.", details.message());
    assertEquals(
        List.of(
            new Period(LocalDate.parse("2027-01-04"), LocalDate.parse("2027-02-28"), true, false),
            new Period(LocalDate.parse("2027-04-01"), null, false, true)),
        details.availabilities());
    assertEquals(Set.of(Mobility.LOCAL, Mobility.NATIONAL), details.mobility());
    assertEquals("53", registration.filled().home().region());
    assertEquals(
        Map.of(DocumentKind.IDENTITY, IDENTITY, DocumentKind.DIPLOMA, DIPLOMA),
        registration.filled().uploads());
  }

  @Test
  void R2_whatIsOptionalMayBeLeftOut() {
    Map<String, Object> fields = full();
    List.of("speciality", "identifier", "employer", "message", "diplomaId").forEach(fields::remove);
    fields.put("identifierType", "NONE");
    fields.put("mobility", List.of());

    Details details = register(fields).filled().details();

    assertNull(details.speciality());
    assertNull(details.identifier());
    assertNull(details.employer());
    assertNull(details.message());
    assertEquals(Set.of(), details.mobility());
    assertTrue(details.shared().isEmpty());
  }

  @Test
  void R2_everythingRequiredIsToldAtOnce() {
    assertEquals(
        Set.of(
            "lastName required",
            "firstName required",
            "email required",
            "phone required",
            "region required",
            "profession required",
            "identifierType required",
            "activityType required",
            "postalCode required",
            "city required",
            "vehicle required",
            "nursingHome required",
            "intensiveCare required",
            "vaccination required",
            "availabilities required",
            "mobility required",
            "identityDocumentId required",
            "consent required"),
        Set.copyOf(errors(Map.of())));
  }

  @Test
  void R2_everyFieldAtFaultIsToldAtOnce() {
    Map<String, Object> fields = full();
    fields.put("lastName", "K".repeat(61));
    fields.put("firstName", "So\nlène");
    fields.put("email", "solene@nowhere");
    fields.put("phone", "0199");
    fields.put("region", "99");
    fields.put("profession", "L99");
    fields.put("identifier", "10102030408");
    fields.put("activityType", "RICH");
    fields.put("employer", "E".repeat(101));
    fields.put("postalCode", "35001");
    fields.put("city", "R".repeat(51));
    fields.put("vehicle", "yes");
    fields.put("message", "M".repeat(256));
    fields.put(
        "availabilities",
        List.of(
            Map.of("start", "2027-02-30", "weekdays", true, "weekend", true),
            Map.of("start", "2027-03-01", "end", "2027-02-28", "weekdays", true, "weekend", true),
            Map.of("start", "2026-12-01", "end", "2027-01-02", "weekdays", true, "weekend", 1)));
    fields.put("mobility", List.of("LOCAL", "LUNAR"));
    fields.put("identityDocumentId", "1");
    fields.put("diplomaId", 7);
    fields.put("consent", false);
    fields.put("pet", "cat");

    assertEquals(
        Set.of(
            "lastName too-long",
            "firstName characters",
            "email email",
            "phone phone",
            "region choice",
            "profession choice",
            "identifier identifier",
            "activityType choice",
            "employer too-long",
            "postalCode unknown",
            "city too-long",
            "vehicle type",
            "message too-long",
            "availabilities[0].start date",
            "availabilities[1].end before-start",
            "availabilities[2].end past",
            "availabilities[2].weekend type",
            "mobility choice",
            "identityDocumentId unknown",
            "diplomaId type",
            "consent consent",
            "pet unknown-field"),
        Set.copyOf(errors(fields)));
  }

  @Test
  void R2_aMessageOf255CharactersIsTaken() {
    Map<String, Object> fields = full();
    fields.put("message", "é".repeat(255));

    assertEquals(List.of(), errors(fields));
  }

  @ParameterizedTest
  @CsvSource({
    "RPPS, 10102030409, ",
    "RPPS, 101020304, identifier identifier",
    "RPPS, , identifier required",
    "ADELI, 999912345, ",
    "ADELI, 10102030409, identifier identifier",
    "ADELI, , identifier required",
    "NONE, , ",
    "NONE, 10102030409, identifier unexpected"
  })
  void R2_theIdentifierFollowsItsType(
      String type, @Nullable String identifier, @Nullable String error) {
    Map<String, Object> fields = full();
    fields.put("identifierType", type);
    if (identifier == null) {
      fields.remove("identifier");
    } else {
      fields.put("identifier", identifier);
    }

    assertEquals(error == null ? List.of() : List.of(error), errors(fields));
  }

  @ParameterizedTest
  @CsvSource({
    "35000, Rennes, ",
    "97400, st denis, ",
    "35000, Brest, city unknown",
    "00000, Rennes, postalCode unknown",
    "00000, , postalCode unknown;city required",
    "35000, , city required",
    "3500O, Rennes, postalCode unknown"
  })
  void R2_postcodeAndCityAreReadTogether(
      String postalCode, @Nullable String city, @Nullable String expected) {
    Map<String, Object> fields = full();
    fields.put("postalCode", postalCode);
    fields.put("city", city == null ? "" : city);

    assertEquals(
        expected == null ? Set.of() : Set.of(expected.split(";", -1)), Set.copyOf(errors(fields)));
  }

  @Test
  void R2_theCityIsSpeltAsTheCommune() {
    Map<String, Object> fields = full();
    fields.put("postalCode", "97400");
    fields.put("city", "st denis");

    assertEquals("Saint-Denis", register(fields).filled().details().city());
  }

  @Test
  void R2_aSpecialityIsOneOfTheProfession() {
    Map<String, Object> fields = full();
    fields.put("profession", "313");

    assertEquals(List.of("speciality choice"), errors(fields));
  }

  @ParameterizedTest
  @CsvSource({"11, 2027-01-03, true", "11, 2027-01-02, false", "01, 2027-01-02, true"})
  void R2_aPeriodIsPastByTheDateInTheRegion(String region, String end, boolean taken) {
    Map<String, Object> fields = full();
    fields.put("region", region);
    fields.put(
        "availabilities",
        List.of(Map.of("start", "2026-12-01", "end", end, "weekdays", true, "weekend", true)));

    assertEquals(taken ? List.of() : List.of("availabilities[0].end past"), errors(fields));
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-01, 2032-01-03, ''",
    "2019-12-31, 2027-02-01, availabilities[0].start too-early",
    "2027-02-01, 2032-01-04, availabilities[0].end too-late",
    "2027-02-01, 2099-12-31, availabilities[0].end too-late",
    "2032-01-03, , ''",
    "2032-01-04, , availabilities[0].start too-late"
  })
  void R2_aPeriodBeginsAndEndsInSaneYears(String start, String end, String error) {
    Map<String, Object> period = new LinkedHashMap<>();
    period.put("start", start);
    period.put("end", end);
    period.put("weekdays", true);
    period.put("weekend", true);
    Map<String, Object> fields = full();
    fields.put("availabilities", List.of(period));

    assertEquals(error.isEmpty() ? List.of() : List.of(error), errors(fields));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 13})
  void R2_oneToTwelvePeriodsAreTaken(int count) {
    Map<String, Object> fields = full();
    List<Object> periods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      periods.add(Map.of("start", "2027-02-01", "weekdays", true, "weekend", true));
    }
    fields.put("availabilities", periods);

    assertEquals(List.of("availabilities size"), errors(fields));
  }

  @Test
  void R6_anEditHasNeitherAddressNorConsentAndNoDocumentUnlessItChanges() {
    Map<String, Object> fields = full();
    List.of("email", "consent", "identityDocumentId").forEach(fields::remove);
    fields.put("version", 3);

    Form form = form(fields);
    Edit edit = SheetForm.edit(form, CLOCK);
    form.check();

    assertEquals(3, edit.version());
    assertEquals(Map.of(DocumentKind.DIPLOMA, DIPLOMA), edit.filled().uploads());
  }

  @Test
  void R6_addressAndConsentAreNoFieldsOfAnEdit() {
    Form form = form(full());
    SheetForm.edit(form, CLOCK);

    assertEquals(Set.of("email unknown-field", "consent unknown-field"), Set.copyOf(told(form)));
  }

  private static Registration register(Map<String, Object> fields) {
    Form form = form(fields);
    Registration registration = SheetForm.registration(form, CLOCK);
    form.check();
    return registration;
  }

  private static List<String> errors(Map<String, Object> fields) {
    Form form = form(fields);
    SheetForm.registration(form, CLOCK);
    return told(form);
  }

  /** Each as its field and code. */
  private static List<String> told(Form form) {
    try {
      form.check();
      return List.of();
    } catch (Refusal refusal) {
      assertEquals(422, refusal.problem().status());
      return refusal.problem().errors().stream().map(SheetFormTest::brief).toList();
    }
  }

  private static String brief(FieldError error) {
    return error.field() + " " + error.code();
  }

  private static Form form(Map<String, Object> fields) {
    return new Request(
            "POST /api/professionals",
            Map.of(),
            Map.of(),
            Map.of("content-type", "application/json"),
            List.of(),
            Json.write(fields),
            null,
            null,
            "",
            "")
        .form();
  }

  private static Map<String, Object> full() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("lastName", " Kerbrat ");
    fields.put("firstName", "Solène");
    fields.put("email", " Solene.Kerbrat@Example.org ");
    fields.put("phone", "02 61 91 12 34");
    fields.put("region", "11");
    fields.put("profession", "60");
    fields.put("speciality", "SI07");
    fields.put("identifierType", "RPPS");
    fields.put("identifier", "10102030409");
    fields.put("activityType", "SALARIED");
    fields.put("employer", "Clinique des Ajoncs");
    fields.put("postalCode", "35000");
    fields.put("city", "RENNES");
    fields.put("vehicle", true);
    fields.put("nursingHome", true);
    fields.put("intensiveCare", true);
    fields.put("vaccination", true);
    fields.put("message", "La nuit\naussi.");
    fields.put(
        "availabilities",
        List.of(
            Map.of("start", "2027-01-04", "end", "2027-02-28", "weekdays", true, "weekend", false),
            Map.of("start", "2027-04-01", "weekdays", false, "weekend", true)));
    fields.put("mobility", List.of("NATIONAL", "LOCAL"));
    fields.put("identityDocumentId", IDENTITY);
    fields.put("diplomaId", DIPLOMA);
    fields.put("consent", true);
    return fields;
  }
}
