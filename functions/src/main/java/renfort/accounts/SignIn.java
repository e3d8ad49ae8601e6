package renfort.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.accounts.Passwords.Kind;
import renfort.accounts.Passwords.Tokens;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.storage.Guards;
import renfort.storage.Outage;
import renfort.web.Log;

/**
 * Opens, renews and ends sessions. An unknown address is treated as a known one with a wrong
 * password, up to the call to Cognito (R1); failures are counted before they happen, so that many
 * requests at once are no way around the limit.
 */
final class SignIn {
  static final Duration SHORT = Duration.ofMinutes(15);
  static final int FAILURES_PER_ADDRESS_AND_IP = 10;
  static final Duration LONG = Duration.ofHours(1);
  static final int FAILURES_PER_ADDRESS = 100;

  /** No accountId has this form, so that no user has this name. */
  private static final String NOBODY = "-".repeat(20);

  private final AccountStore accounts;
  private final Passwords passwords;
  private final Confirmation confirmation;
  private final Guards guards;

  SignIn(Environment environment, List<AccountEvents> events) {
    this.accounts = new AccountStore(environment);
    this.passwords = new Passwords(environment);
    this.confirmation = new Confirmation(environment, events);
    this.guards = new Guards(environment);
  }

  /** How it ended. */
  sealed interface Outcome {

    /** A session, and whose it is. */
    record SignedIn(Tokens tokens, Account account) implements Outcome {}

    /** Unknown, switched off, never activated, or another password: all one from outside. */
    record Refused() implements Outcome {}

    /** The password was not even looked at. */
    record TooMany(Duration left) implements Outcome {}
  }

  /** Opens a session. */
  Outcome signIn(String email, String password, Kind kind, String sourceIp) {
    String byIp = Guards.name("SIGN_IN_IP", email, sourceIp);
    String byAddress = Guards.name("SIGN_IN", email);
    if (!guards.take(byIp, SHORT, FAILURES_PER_ADDRESS_AND_IP)) {
      return new Outcome.TooMany(guards.left(SHORT));
    }
    if (!guards.take(byAddress, LONG, FAILURES_PER_ADDRESS)) {
      guards.giveBack(byIp, SHORT);
      return new Outcome.TooMany(guards.left(LONG));
    }
    Optional<Account> account = accounts.findByEmail(email).filter(Account::enabled);
    Optional<Tokens> tokens;
    try {
      tokens = passwords.signIn(account.map(Account::accountId).orElse(NOBODY), password, kind);
    } catch (Outage outage) {
      giveBack(byIp, byAddress);
      throw outage;
    }
    Map<String, String> who =
        Map.of("accountId", account.map(Account::accountId).orElse("unknown"));
    Optional<Account> confirmed = Optional.empty();
    if (account.isPresent() && tokens.isPresent()) {
      giveBack(byIp, byAddress);
      confirmed = confirmed(account.get());
    }
    if (confirmed.isEmpty()) {
      Log.info("sign-in-refused", who);
      return new Outcome.Refused();
    }
    Log.info("signed-in", who);
    return new Outcome.SignedIn(tokens.orElseThrow(), confirmed.get());
  }

  /** Renews a session, or nothing when it is over or its account is gone or switched off. */
  Optional<Outcome.SignedIn> renew(String refreshToken, Kind kind) {
    return passwords
        .refresh(refreshToken, kind)
        .flatMap(
            tokens ->
                accounts
                    .find(tokens.user())
                    .filter(Account::enabled)
                    .map(account -> new Outcome.SignedIn(tokens, account)));
  }

  /** Ends a session at Cognito too. */
  void end(String refreshToken, Kind kind) {
    passwords.revoke(refreshToken, kind);
  }

  /** Looks for an account that is not there. */
  void prime() {
    var _ = accounts.find(NOBODY);
  }

  private void giveBack(String byIp, String byAddress) {
    guards.giveBack(byIp, SHORT);
    guards.giveBack(byAddress, LONG);
  }

  /**
   * The account, confirmed: a link let its password be set, though the request that did so may have
   * crashed before it said so.
   */
  private Optional<Account> confirmed(Account account) {
    if (account.isConfirmed()) {
      return Optional.of(account);
    }
    return switch (confirmation.complete(account, writes -> {})) {
      case CONFIRMED -> accounts.find(account.accountId());
      case GONE -> Optional.empty();
      case BUSY -> throw new Outage("table", new IllegalStateException("busy"));
    };
  }
}
