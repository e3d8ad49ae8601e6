package renfort.reference.model;

import java.util.Set;

/** How far a professional accepts to go. The names are stored. */
public enum Mobility {
  LOCAL("Locale"),
  DEPARTMENTAL("Départementale"),
  NATIONAL("Nationale");

  private final String label;

  Mobility(String label) {
    this.label = label;
  }

  /** How far « localement » reaches, in kilometres: the last band of R13 but « further ». */
  private static final long LOCAL_KM = 50;

  /**
   * Whether somebody accepts to go to a place.
   *
   * @param declared what they accept; nothing is as good as {@link #LOCAL}
   * @param km how far it is from where they live
   * @param sameDepartement whether it lies in the département where they live
   */
  public static boolean reaches(Set<Mobility> declared, long km, boolean sameDepartement) {
    return declared.contains(NATIONAL)
        || (declared.contains(DEPARTMENTAL) && sameDepartement)
        || ((declared.contains(LOCAL) || declared.isEmpty()) && km <= LOCAL_KM);
  }

  /** In French, for screens and mails. */
  public String label() {
    return label;
  }
}
