package renfort.reference.model;

/**
 * A speciality of a profession.
 *
 * @param code of the national nomenclature TRE_R38 (spécialité ordinale)
 * @param label in French
 */
public record Speciality(String code, String label) {}
