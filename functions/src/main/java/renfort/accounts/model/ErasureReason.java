package renfort.accounts.model;

/** Why an account is erased. Names are stored as the detail of its mail: never rename one. */
public enum ErasureReason {
  /** Its owner asked for it (R29). */
  ASKED,
  /** Nobody ever proved the address (R7): no mail goes to it. */
  UNPROVED,
  /** Nothing was heard for two years, and it was announced (R29). */
  DORMANT
}
