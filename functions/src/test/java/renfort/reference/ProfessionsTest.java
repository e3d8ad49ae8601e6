package renfort.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import renfort.reference.model.ActivityType;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Profession;
import renfort.reference.model.Speciality;

class ProfessionsTest {

  @Test
  void codesAreThoseOfTheNomenclaturesThenLocalOnes() {
    assertEquals(
        List.of(
            "10", "21", "26", "28", "31", "32", "40", "50", "60", "69", "70", "80", "86", "91",
            "92", "93", "94", "95", "96", "98", "313", "314", "315", "316", "317", "L01", "L02",
            "L03", "L04", "L05"),
        Professions.all().stream().map(Profession::code).toList());
    assertEquals(
        List.of("L01", "L02", "L03", "L04", "L05"),
        Professions.all().stream().filter(Profession::local).map(Profession::code).toList());
  }

  @Test
  void aProfessionIsFoundByItsCode() {
    assertEquals("Infirmier diplômé d'État", Professions.find("60").orElseThrow().label());
    assertEquals("Masseur-kinésithérapeute", Professions.find("70").orElseThrow().label());
    assertTrue(Professions.find("6").isEmpty());
  }

  @Test
  void iadeAndIbodeAreSpecialitiesOfNurses() {
    Profession nurse = Professions.find("60").orElseThrow();
    assertTrue(nurse.speciality("SI07").orElseThrow().label().contains("IADE"));
    assertTrue(nurse.speciality("SI06").orElseThrow().label().contains("IBODE"));
    assertTrue(nurse.speciality("SM54").isEmpty(), "a doctor's");
    assertTrue(Professions.find("10").orElseThrow().speciality("SI07").isEmpty());
  }

  @Test
  void specialitiesOfDoctorsAreTheMedicalOnesInAlphabeticalOrder() {
    List<Speciality> specialities = Professions.find("10").orElseThrow().specialities();
    Pattern medical = Pattern.compile("SM\\d\\d");
    assertTrue(specialities.stream().allMatch(s -> medical.matcher(s.code()).matches()));
    Map<String, String> labels =
        specialities.stream().collect(Collectors.toMap(Speciality::code, Speciality::label));
    assertEquals("Anesthésie-réanimation", labels.get("SM02"));
    assertEquals("Médecine générale", labels.get("SM54"));
    assertEquals("Médecine d'urgence", labels.get("SM59"));
    assertEquals("Médecine intensive-réanimation", labels.get("SM46"));
    List<String> folded = specialities.stream().map(s -> CityNames.fold(s.label())).toList();
    assertEquals(folded.stream().distinct().sorted().toList(), folded);
  }

  @Test
  void noSpecialityCodeServesTwice() {
    List<String> codes =
        Professions.all().stream()
            .flatMap(p -> p.specialities().stream())
            .map(Speciality::code)
            .toList();
    assertEquals(codes.size(), new HashSet<>(codes).size());
  }

  /** These names are in stored rows and in the contract: a renamed one could not be read back. */
  @Test
  void codesOfFormsAreTheContracts() {
    assertEquals(
        "SALARIED LIBERAL VOLUNTEER STUDENT RETIRED UNEMPLOYED OTHER",
        names(ActivityType.values()));
    assertEquals("LOCAL DEPARTMENTAL NATIONAL", names(Mobility.values()));
    assertEquals("RPPS ADELI NONE", names(IdentifierType.values()));
    assertFalse(Stream.of(ActivityType.values()).anyMatch(type -> type.label().isBlank()));
    assertEquals("Départementale", Mobility.DEPARTMENTAL.label());
    assertEquals("Aucun", IdentifierType.NONE.label());
  }

  private static String names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name).collect(Collectors.joining(" "));
  }
}
