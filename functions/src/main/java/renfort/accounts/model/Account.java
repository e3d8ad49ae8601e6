package renfort.accounts.model;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is and what they may act for. One per e-mail address (R1).
 *
 * @param accountId the account's id, its Cognito user name and the {@code username} of its tokens
 * @param role what it is for
 * @param email trimmed and in lower case
 * @param lastName family name
 * @param firstName given name
 * @param phone E.164, or null for staff
 * @param professionalId of a PROFESSIONAL, else null
 * @param establishment of a REQUESTER, else null
 * @param approved whether a REQUESTER was approved (R11): theirs, not the FINESS number's
 * @param region of an AGENCY, else null
 * @param confirmedAt when a password was first set by a link: the address is theirs; null until
 *     then
 * @param enabled false for a staff account that was switched off
 * @param undeliverable whether a mail came back from the address: it gets those only that its owner
 *     asks for, until a link is used
 * @param version grows with each change
 */
public record Account(
    String accountId,
    Role role,
    String email,
    String lastName,
    String firstName,
    @Nullable String phone,
    @Nullable String professionalId,
    @Nullable Establishment establishment,
    boolean approved,
    @Nullable String region,
    @Nullable Instant confirmedAt,
    boolean enabled,
    boolean undeliverable,
    long version) {

  /** Whether the address has proved to be theirs. */
  public boolean isConfirmed() {
    return confirmedAt != null;
  }

  /** Whether this is staff who may act on a region: its agency's, or the national level. */
  public boolean actsOnRegion(@Nullable String code) {
    return role == Role.NATIONAL || (role == Role.AGENCY && code != null && code.equals(region));
  }

  /** The FINESS number that this account acts for, if any. */
  public Optional<String> finess() {
    return Optional.ofNullable(establishment).map(Establishment::finess);
  }

  /** The code of the region whose agency answers for it: its establishment's, or its own. */
  public Optional<String> regionCode() {
    return Optional.ofNullable(establishment == null ? region : establishment.region());
  }

  /** With other contact details. */
  public Account named(String newLastName, String newFirstName, @Nullable String newPhone) {
    return new Account(
        accountId,
        role,
        email,
        newLastName,
        newFirstName,
        newPhone,
        professionalId,
        establishment,
        approved,
        region,
        confirmedAt,
        enabled,
        undeliverable,
        version);
  }

  /** Acting for an establishment, approved or not. */
  public Account actingFor(Establishment newEstablishment, boolean nowApproved) {
    return new Account(
        accountId,
        role,
        email,
        lastName,
        firstName,
        phone,
        professionalId,
        newEstablishment,
        nowApproved,
        region,
        confirmedAt,
        enabled,
        undeliverable,
        version);
  }

  /** Staff of a region's agency, or of the national level when there is no region. */
  public Account staffOf(@Nullable String newRegion, boolean nowEnabled) {
    return new Account(
        accountId,
        role,
        email,
        lastName,
        firstName,
        phone,
        professionalId,
        establishment,
        approved,
        newRegion,
        confirmedAt,
        nowEnabled,
        undeliverable,
        version);
  }
}
