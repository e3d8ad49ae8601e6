package renfort.accounts;

import java.util.List;
import java.util.function.Consumer;
import renfort.accounts.Links.Lease;
import renfort.accounts.model.PasswordRules;
import renfort.accounts.model.PasswordRules.Fault;
import renfort.environment.Environment;
import renfort.storage.Writes;

/** Sets a password by a link (R4, R5). */
final class ChangePassword {
  private static final Fault NOT_TAKEN =
      new Fault("refused", "Ce mot de passe n'est pas accepté : choisissez-en un autre.");

  private final PasswordRules rules = PasswordTable.read();
  private final Links links;
  private final Passwords passwords;
  private final Confirmation confirmation;
  private final AccountStore accounts;

  ChangePassword(Environment environment, List<AccountEvents> events) {
    this.links = new Links(environment);
    this.passwords = new Passwords(environment);
    this.confirmation = new Confirmation(environment, events);
    this.accounts = new AccountStore(environment);
  }

  /** How it ended. */
  sealed interface Outcome {

    record Changed() implements Outcome {}

    /** The link is still good. */
    record Weak(List<Fault> faults) implements Outcome {}

    /** There is no such link any more. */
    record Gone() implements Outcome {}

    /** Another request is using the link or changing the account. */
    record Busy() implements Outcome {}
  }

  /**
   * Sets the password of the account that the token's link is for, and ends its sessions.
   *
   * @param more adds what belongs in the transaction that uses the link up
   */
  Outcome change(String token, String password, Consumer<Writes> more) {
    List<Fault> faults = rules.faults(password);
    if (!faults.isEmpty()) {
      return new Outcome.Weak(faults);
    }
    return switch (links.show(token)) {
      case Links.Showing.Gone gone -> new Outcome.Gone();
      case Links.Showing.Busy busy -> new Outcome.Busy();
      case Links.Showing.Leased leased -> use(leased.lease(), password, more);
    };
  }

  private Outcome use(Lease lease, String password, Consumer<Writes> more) {
    String accountId = lease.account().accountId();
    boolean used = false;
    try {
      // another submission has proved the address: what this one left is being erased
      if (!accounts.owner(lease.account().email()).map(accountId::equals).orElse(true)) {
        return new Outcome.Gone();
      }
      // whose address was never proved never had a password that opened a session
      boolean taken =
          lease.account().isConfirmed()
              ? passwords.setAnother(accountId, password)
              : passwords.setFirst(accountId, password);
      if (!taken) {
        return new Outcome.Weak(List.of(NOT_TAKEN));
      }
      return switch (confirmation.complete(lease.account(), more)) {
        case CONFIRMED -> {
          used = true;
          yield new Outcome.Changed();
        }
        case GONE -> {
          // the erasure may have removed the user before this request made it again
          passwords.delete(accountId);
          yield new Outcome.Gone();
        }
        case BUSY -> new Outcome.Busy();
      };
    } finally {
      if (!used) {
        links.giveBack(lease);
      }
    }
  }
}
