package renfort.accounts.model;

/** What an account is for. Names are stored and sent: never rename one. */
public enum Role {
  /** A volunteer. */
  PROFESSIONAL,
  /** A person who acts for an establishment. */
  REQUESTER,
  /** Staff of one region's agency (ARS). */
  AGENCY,
  /** Staff of the national level: acts on every region. */
  NATIONAL
}
