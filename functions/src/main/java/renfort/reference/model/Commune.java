package renfort.reference.model;

/**
 * A commune that depends on a regional health agency.
 *
 * @param code INSEE code, 5 characters
 * @param name official name, in French
 * @param departement code of its département
 * @param region code of the region whose agency it depends on
 * @param position of its main place, or of its neighbours' when that one is not known
 */
public record Commune(
    String code, String name, String departement, String region, Position position) {}
