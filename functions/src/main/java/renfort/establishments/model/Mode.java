package renfort.establishments.model;

/** Who brings candidates to establishments (R22). Names are stored and sent: never rename one. */
public enum Mode {
  /** Establishments see all that match. */
  DIRECT,
  /** They see whom the region's agency pushed. */
  REGIONAL,
  /** They see whom the agency or the national level pushed. */
  NATIONAL
}
