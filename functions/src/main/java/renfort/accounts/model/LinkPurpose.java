package renfort.accounts.model;

/** Why a link was sent. Names are stored: never rename one. */
public enum LinkPurpose {
  /** The first password of an account (R4, R8). */
  ACTIVATION,
  /** A password that was forgotten, or a link that was lost (R4). */
  RESET
}
