package renfort.establishments.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;

/**
 * Somebody who acts for an establishment, as lists show them: a copy of their account, written with
 * it.
 *
 * @param accountId theirs
 * @param email theirs
 * @param lastName family name
 * @param firstName given name
 * @param phone theirs, E.164; null in copies from before it was kept
 * @param status of their approval
 * @param establishment as they gave it, or, once approved, as it is known (R8)
 * @param confirmed whether their address is proved; a submission that is not proved acts for nobody
 * @param since when they first submitted for it
 * @param version grows with each change; 0 when it is not stored yet
 */
public record Requester(
    String accountId,
    String email,
    String lastName,
    String firstName,
    @Nullable String phone,
    RequesterStatus status,
    Establishment establishment,
    boolean confirmed,
    Instant since,
    long version) {

  /** Whether they act for the establishment. */
  public boolean isApproved() {
    return confirmed && status == RequesterStatus.APPROVED;
  }

  /** Somebody who asks to act for an establishment. */
  public static Requester of(Account account, Establishment establishment, Instant now) {
    return new Requester(
        account.accountId(),
        account.email(),
        account.lastName(),
        account.firstName(),
        account.phone(),
        RequesterStatus.PENDING,
        establishment,
        account.isConfirmed(),
        now,
        0);
  }

  /** With the names of an account, which may have changed. */
  public Requester named(Account account) {
    return new Requester(
        accountId,
        email,
        account.lastName(),
        account.firstName(),
        account.phone(),
        status,
        establishment,
        confirmed,
        since,
        version);
  }

  /** With another approval. */
  public Requester now(RequesterStatus newStatus) {
    return new Requester(
        accountId,
        email,
        lastName,
        firstName,
        phone,
        newStatus,
        establishment,
        confirmed,
        since,
        version);
  }

  /** With the establishment as it is known. */
  public Requester at(Establishment known) {
    return new Requester(
        accountId, email, lastName, firstName, phone, status, known, confirmed, since, version);
  }

  /** With their address proved. */
  public Requester proved() {
    return new Requester(
        accountId, email, lastName, firstName, phone, status, establishment, true, since, version);
  }
}
