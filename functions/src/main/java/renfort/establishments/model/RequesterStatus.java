package renfort.establishments.model;

/** Where the approval of a requester stands (R11). Names are stored and sent: never rename one. */
public enum RequesterStatus {
  PENDING,
  APPROVED,
  /** Not accepted, or the approval was withdrawn. */
  REFUSED
}
