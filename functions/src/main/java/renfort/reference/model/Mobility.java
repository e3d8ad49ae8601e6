package renfort.reference.model;

/** How far a professional accepts to go. The names are stored. */
public enum Mobility {
  LOCAL("Locale"),
  DEPARTMENTAL("Départementale"),
  NATIONAL("Nationale");

  private final String label;

  Mobility(String label) {
    this.label = label;
  }

  /** In French, for screens and mails. */
  public String label() {
    return label;
  }
}
