package renfort.missions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renfort.missions.model.Mission.Terms;
import renfort.web.Form;
import renfort.web.Problem.FieldError;
import renfort.web.Refusal;

/** What a mission may ask for (R10). */
class MissionFormTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private static Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("start", "2026-11-23");
    fields.put("end", "2026-11-23");
    fields.put("profession", "60");
    fields.put("count", 500);
    fields.put("vehicle", true);
    fields.put("weekend", false);
    fields.put("nursingHome", true);
    fields.put("intensiveCare", false);
    return fields;
  }

  private static List<String> errors(Map<String, Object> fields) {
    Form form = Form.of(fields);
    MissionForm.read(form, TODAY, null);
    Refusal refusal = assertThrows(Refusal.class, form::check);
    return refusal.problem().errors().stream().map(FieldError::field).toList();
  }

  private static List<String> errors(String field, Object value) {
    return errors(fields(field, value));
  }

  private static Map<String, Object> fields(String field, Object value) {
    Map<String, Object> fields = fields();
    fields.put(field, value);
    return fields;
  }

  @Test
  void readsAMissionThatEndsToday() {
    Form form = Form.of(fields());
    Terms terms = MissionForm.read(form, TODAY, null);
    form.check();
    assertEquals(new Terms(TODAY, TODAY, "60", null, 500, true, false, true, false), terms);
  }

  @Test
  void readsASpecialityOfTheProfession() {
    Map<String, Object> fields = fields();
    fields.put("speciality", "SI07");
    Form form = Form.of(fields);
    Terms terms = MissionForm.read(form, TODAY, null);
    form.check();
    assertEquals("SI07", terms.speciality());
    assertEquals(List.of("speciality"), errors("speciality", "SM53"));
  }

  @Test
  void refusesDatesOutOfOrderOrPast() {
    assertEquals(List.of("end"), errors("start", "2026-11-24"));
    assertEquals(List.of("end"), errors("end", "2026-11-22"));
    assertEquals(List.of("end"), errors("end", "2026-11-31"));
  }

  @Test
  void R10_aMissionBeginsTodayOrLaterUnlessItHadBegunBefore() {
    Map<String, Object> fields = fields();
    fields.put("start", "2026-11-22");
    assertEquals(List.of("start"), errors(fields));
    Form edited = Form.of(fields);
    MissionForm.read(edited, TODAY, LocalDate.of(2026, 11, 22));
    edited.check();
    Form moved = Form.of(fields);
    MissionForm.read(moved, TODAY, LocalDate.of(2026, 11, 20));
    assertThrows(Refusal.class, moved::check);
  }

  @Test
  void R10_aMissionEndsWithinTwoYears() {
    Map<String, Object> fields = fields();
    fields.put("end", "2028-11-23");
    Form form = Form.of(fields);
    MissionForm.read(form, TODAY, null);
    form.check();
    assertEquals(List.of("end"), errors("end", "2028-11-24"));
    assertEquals(List.of("end"), errors("end", "2099-12-31"));
    Form late = Form.of(fields("end", "2099-12-31"));
    MissionForm.read(late, TODAY, null);
    Refusal refusal = assertThrows(Refusal.class, late::check);
    assertEquals(
        "Une mission se termine dans les deux ans : au plus tard le 23/11/2028.",
        refusal.problem().errors().getFirst().message());
  }

  @Test
  void refusesCountsOutOfRange() {
    assertEquals(List.of("count"), errors("count", 0));
    assertEquals(List.of("count"), errors("count", 501));
    assertEquals(List.of("count"), errors("count", "2"));
  }

  @Test
  void refusesUnknownProfessionsAndFields() {
    assertEquals(List.of("profession"), errors("profession", "61"));
    assertEquals(List.of("priority"), errors("priority", 1));
  }

  @Test
  void tellsAllAtOnce() {
    assertEquals(
        List.of(
            "start",
            "end",
            "profession",
            "count",
            "vehicle",
            "weekend",
            "nursingHome",
            "intensiveCare"),
        errors(new LinkedHashMap<>()));
  }

  @Test
  void takesOneToFortyMissions() {
    assertEquals(40, submitted(40).size());
    assertThrows(Refusal.class, () -> submitted(41));
    assertThrows(Refusal.class, () -> submitted(0));
  }

  private static List<Terms> submitted(int howMany) {
    List<Object> missions = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      missions.add(fields());
    }
    Form form = Form.of(new LinkedHashMap<>(Map.of("missions", missions)));
    List<Terms> read = MissionForm.readAll(form, TODAY);
    form.check();
    return read;
  }
}
