package renfort.reference.model;

/**
 * How a professional works at present. No official list covers all of these; the names are stored.
 */
public enum ActivityType {
  SALARIED("Salarié"),
  LIBERAL("Libéral"),
  VOLUNTEER("Bénévole"),
  STUDENT("Étudiant"),
  RETIRED("Retraité"),
  UNEMPLOYED("Sans emploi"),
  OTHER("Autre");

  private final String label;

  ActivityType(String label) {
    this.label = label;
  }

  /** In French, for screens and mails. */
  public String label() {
    return label;
  }
}
