package renfort.accounts;

import java.util.Optional;
import renfort.accounts.ClaimStore.Claim;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.storage.Item;

/**
 * Frees what the other unproved submissions of an address hold, once one of them has proved it
 * (R1). One after the other, each whole by itself: whoever is stopped goes on with those that are
 * left, and whoever is called again finds none. Nobody can add one meanwhile: taking a submission
 * asks for an address that is not proved, in its own transaction.
 */
final class FreeSubmissions {
  private static final String EMAIL = "EMAIL#";

  private final AccountStore accounts;
  private final AccountEvents professionals;
  private final AccountEvents requesters;

  FreeSubmissions(Environment environment, AccountEvents professionals, AccountEvents requesters) {
    this.accounts = new AccountStore(environment);
    this.professionals = professionals;
    this.requesters = requesters;
  }

  /**
   * Frees the others.
   *
   * @param row an {@code EMAIL#} item, as old as may be
   */
  void free(Item row) {
    String email = row.text("accountId").substring(EMAIL.length());
    String accountId = row.text("account");
    for (Claim claim : accounts.claims(email)) {
      // asked each time: an owner who is gone by now has nobody freed any more
      if (!accounts.owner(email).equals(Optional.of(accountId))) {
        return;
      }
      if (!claim.accountId().equals(accountId)) {
        accounts.find(claim.accountId()).ifPresent(this::free);
      }
    }
  }

  private void free(Account unproved) {
    AccountEvents events = unproved.role() == Role.PROFESSIONAL ? professionals : requesters;
    events.superseded(unproved);
  }
}
