package renfort.reference.model;

import java.util.Optional;

/** The kind of a professional's identifier. The names are stored. */
public enum IdentifierType {
  RPPS("RPPS"),
  ADELI("ADELI"),
  NONE("Aucun");

  private final String label;

  IdentifierType(String label) {
    this.label = label;
  }

  /** In French, for screens and mails. */
  public String label() {
    return label;
  }

  /**
   * The identifier in the form that is stored and compared, or empty when it is not one of this
   * kind ({@link #NONE} has none).
   */
  public Optional<String> read(String identifier) {
    return switch (this) {
      case RPPS -> Identifiers.rpps(identifier);
      case ADELI -> Identifiers.adeli(identifier);
      case NONE -> Optional.empty();
    };
  }
}
