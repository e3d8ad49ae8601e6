package renfort.missions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renfort.web.Form;
import renfort.web.Problem.FieldError;
import renfort.web.Refusal;

/** What the public form of a need takes (R8). */
class SubmitNeedTest {
  /** Late on the 22nd in Rennes, early on the 23rd in Mamoudzou. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T22:30:00Z"), ZoneOffset.UTC);

  private final Map<String, Object> requester = new LinkedHashMap<>();
  private final Map<String, Object> establishment = new LinkedHashMap<>();
  private final Map<String, Object> mission = new LinkedHashMap<>();

  SubmitNeedTest() {
    requester.put("lastName", " Leroux ");
    requester.put("firstName", "Camille");
    requester.put("email", " Camille.Leroux@Exemple.fr");
    requester.put("phone", "01 99 00 12 34");
    establishment.put("finess", "35 000 001 4");
    establishment.put("name", "EHPAD des Genêts");
    establishment.put("address", "12 rue des Genêts");
    establishment.put("postalCode", "35000");
    establishment.put("city", "rennes");
    establishment.put("region", "53");
    mission.put("start", "2026-11-22");
    mission.put("end", "2026-11-22");
    mission.put("profession", "60");
    mission.put("count", 1);
    mission.put("vehicle", false);
    mission.put("weekend", false);
    mission.put("nursingHome", false);
    mission.put("intensiveCare", false);
  }

  private Need read() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("requester", requester);
    fields.put("establishment", establishment);
    fields.put("missions", List.of(mission));
    return SubmitNeed.read(Form.of(fields), CLOCK);
  }

  private List<String> errors() {
    return assertThrows(Refusal.class, this::read).problem().errors().stream()
        .map(FieldError::field)
        .toList();
  }

  @Test
  void readsWhoAsksForWhatAndWhere() {
    Need need = read();
    assertEquals("Leroux", need.lastName());
    assertEquals("camille.leroux@exemple.fr", need.email());
    assertEquals("+33199001234", need.phone());
    assertEquals("350000014", need.establishment().finess());
    assertEquals("53", need.establishment().region());
    assertEquals("35", need.establishment().departement());
    assertEquals(48.11, need.establishment().latitude(), 0.05);
    assertEquals(-1.68, need.establishment().longitude(), 0.05);
    assertEquals(1, need.missions().size());
  }

  @Test
  void takesACedexAddress() {
    establishment.put("postalCode", "35033");
    establishment.put("city", "Rennes CEDEX 9");
    assertEquals("Rennes CEDEX 9", read().establishment().city());
    assertEquals("35", read().establishment().departement());
    establishment.put("city", "Nantes CEDEX 9");
    assertEquals(List.of("establishment.city"), errors());
  }

  @Test
  void tellsPostcodeCityAndAgencyApart() {
    establishment.put("postalCode", "35999");
    establishment.put("city", "Nulle-Part");
    assertEquals(List.of("establishment.postalCode"), errors());
    establishment.put("postalCode", "35000");
    assertEquals(List.of("establishment.city"), errors());
    establishment.put("city", "Rennes");
    establishment.put("region", "52");
    assertEquals(List.of("establishment.region"), errors());
    establishment.put("region", "99");
    assertEquals(List.of("establishment.region"), errors());
  }

  @Test
  void refusesAFinessNumberWithoutItsKey() {
    establishment.put("finess", "350000015");
    assertEquals(List.of("establishment.finess"), errors());
  }

  @Test
  void refusesAForeignPhone() {
    requester.put("phone", "+49 30 901820");
    assertEquals(List.of("requester.phone"), errors());
  }

  @Test
  void R10_todayIsTheDateInTheRegion() {
    establishment.put("finess", "980500011");
    establishment.put("postalCode", "97600");
    establishment.put("city", "Mamoudzou");
    establishment.put("region", "06");
    assertEquals(List.of("missions[0].start", "missions[0].end"), errors());
  }

  @Test
  void R8_aFinessNumberOfAnotherDepartementIsRefusedAtTheNumber() {
    establishment.put("finess", "440000016");
    assertEquals(List.of("establishment.finess"), errors());
  }

  @Test
  void R8_aFinessNumberWhoseBeginningIsNotKnownIsTaken() {
    establishment.put("finess", "990000010");
    assertEquals("990000010", read().establishment().finess());
  }

  @Test
  void tellsAllAtOnce() {
    requester.remove("lastName");
    requester.put("email", "nobody");
    establishment.put("finess", "1");
    establishment.put("city", "");
    mission.put("count", 0);
    mission.put("more", true);
    assertEquals(
        List.of(
            "requester.lastName",
            "requester.email",
            "establishment.finess",
            "establishment.city",
            "missions[0].count",
            "missions[0].more"),
        errors());
  }
}
