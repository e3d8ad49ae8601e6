package renfort.matching.model;

/** How much of somebody a mission's list and sheet show. Names are sent: never rename one. */
public enum Sight {
  /** Nothing: for this reader they are nobody's candidate. */
  NOTHING,
  /** Who they are and where the candidacy stands, and nothing else. */
  NAME_AND_STATE,
  /** All but phone, e-mail, employer and documents. */
  WITHOUT_CONTACT,
  /** All. */
  FULL
}
