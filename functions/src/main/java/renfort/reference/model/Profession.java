package renfort.reference.model;

import java.util.List;
import java.util.Optional;

/**
 * A profession that one registers with and that a mission asks for.
 *
 * @param code of a national nomenclature (TRE_G15, TRE_R85, TRE_R95), or a local one: {@code L} and
 *     two digits
 * @param label in French
 * @param specialities empty when the profession has none
 */
public record Profession(String code, String label, List<Speciality> specialities) {

  /** Keeps a copy of the list. */
  public Profession {
    specialities = List.copyOf(specialities);
  }

  /** Whether the code is this system's own, because no national nomenclature has one. */
  public boolean local() {
    return code.startsWith("L");
  }

  /** The speciality of that code, if this profession has it. */
  public Optional<Speciality> speciality(String specialityCode) {
    return specialities.stream().filter(s -> s.code().equals(specialityCode)).findFirst();
  }
}
