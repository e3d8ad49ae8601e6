package renfort.professionals.model;

import renfort.reference.model.IdentifierType;

/**
 * A professional number that only one person has.
 *
 * @param type RPPS or ADELI
 * @param number in the form that is compared
 */
public record Identifier(IdentifierType type, String number) {}
