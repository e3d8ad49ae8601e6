package renfort.professionals.model;

import java.time.Instant;

/**
 * What became of the check of an identity document (R28).
 *
 * @param result what was found
 * @param at when
 * @param by for whom it was checked, in words: an establishment, an agency or the national level
 * @param checker the accountId of who checked
 */
public record IdentityCheck(Result result, Instant at, String by, String checker) {

  /** Names are stored and sent: never rename one. */
  public enum Result {
    /** The document is that of the person. */
    VERIFIED,
    /** It is not, or cannot be read: another one is to be uploaded. */
    REJECTED
  }
}
