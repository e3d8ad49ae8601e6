package renfort.establishments.model;

import org.jspecify.annotations.Nullable;

/**
 * What an agency decided on an address and a FINESS number (R8): it holds for whichever submission
 * of the two is proved, and no submission changes it.
 *
 * @param finess FINESS number
 * @param email trimmed and in lower case
 * @param status what was decided, or null for nothing yet
 * @param version grows with each decision; 0 before the first
 */
public record Pair(String finess, String email, @Nullable RequesterStatus status, long version) {

  /** How a requester of it stands. */
  public RequesterStatus statusOr(RequesterStatus undecided) {
    return status == null ? undecided : status;
  }

  /** With another decision. */
  public Pair now(RequesterStatus newStatus) {
    return new Pair(finess, email, newStatus, version);
  }
}
