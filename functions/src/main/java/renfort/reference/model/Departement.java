package renfort.reference.model;

/**
 * A département, or Saint-Barthélemy (977) or Saint-Martin (978).
 *
 * @param code 2 characters ({@code 2A} and {@code 2B} in Corsica), 3 overseas
 * @param name in French
 * @param region code of the region whose agency it depends on
 * @param centroid mean position of its communes
 * @param area the smallest that holds all its communes
 */
public record Departement(String code, String name, String region, Position centroid, Area area) {}
