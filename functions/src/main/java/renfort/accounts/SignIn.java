package renfort.accounts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Passwords.Kind;
import renfort.accounts.Passwords.Tokens;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.storage.Guards;
import renfort.storage.Item;
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

  /** How many devices of an account are known; of more the one that came first is forgotten. */
  static final int MOST_DEVICES = 10;

  private final AccountStore accounts;
  private final Environment environment;
  private final Passwords passwords;
  private final Confirmation confirmation;
  private final Guards guards;
  private final Timers timers;

  SignIn(Environment environment, List<AccountEvents> events) {
    this.accounts = new AccountStore(environment);
    this.environment = environment;
    this.passwords = new Passwords(environment);
    this.confirmation = new Confirmation(environment, events);
    this.guards = new Guards(environment);
    this.timers = new Timers(environment);
  }

  /** How it ended. */
  sealed interface Outcome {

    /**
     * A session, and whose it is.
     *
     * @param device the secret by which the device is known next time; null when it stays as it is
     */
    record SignedIn(Tokens tokens, Account account, @Nullable String device) implements Outcome {}

    /** Unknown, switched off, never activated, or another password: all one from outside. */
    record Refused() implements Outcome {}

    /** The password was not even looked at. */
    record TooMany(Duration left) implements Outcome {}
  }

  /** What counts failures: how many within which time. */
  private record Counter(String name, Duration window, int limit) {}

  /**
   * Opens a session.
   *
   * @param devices the secrets that the device showed, by which it is known or not
   */
  Outcome signIn(String email, String password, Kind kind, String sourceIp, List<String> devices) {
    Optional<Item> row = accounts.rowOf(email);
    Optional<String> device = known(row, devices);
    List<Counter> counters = counters(email, sourceIp, row, device);
    for (int i = 0; i < counters.size(); i++) {
      Counter counter = counters.get(i);
      if (!guards.take(counter.name(), counter.window(), counter.limit())) {
        giveBack(counters.subList(0, i));
        return new Outcome.TooMany(guards.left(counter.window()));
      }
    }
    Optional<Account> account = row.map(AccountStore::read).filter(Account::enabled);
    Optional<Tokens> tokens;
    try {
      tokens = passwords.signIn(account.map(Account::accountId).orElse(NOBODY), password, kind);
    } catch (Outage outage) {
      giveBack(counters);
      throw outage;
    }
    Map<String, String> who =
        Map.of("accountId", account.map(Account::accountId).orElse("unknown"));
    Optional<Account> confirmed = Optional.empty();
    if (account.isPresent() && tokens.isPresent()) {
      giveBack(counters);
      confirmed = confirmed(account.get());
    }
    if (confirmed.isEmpty()) {
      Log.info("sign-in-refused", who);
      return new Outcome.Refused();
    }
    timers.seen(confirmed.get());
    Log.info("signed-in", who);
    return new Outcome.SignedIn(
        tokens.orElseThrow(), confirmed.get(), device.or(() -> remember(email)).orElse(null));
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
                    .map(account -> new Outcome.SignedIn(tokens, account, null)));
  }

  /** Ends a session at Cognito too. */
  void end(String refreshToken, Kind kind) {
    passwords.revoke(refreshToken, kind);
  }

  /** Looks for an account that is not there. */
  void prime() {
    var _ = accounts.find(NOBODY);
  }

  /**
   * What a failure counts in: a device that has signed in before has a count of its own, so that
   * strangers' failures do not lock its owner out. A new password begins all of them anew.
   */
  private static List<Counter> counters(
      String email, String sourceIp, Optional<Item> row, Optional<String> device) {
    String since = row.map(item -> String.valueOf(item.number("passwordSetAt"))).orElse("0");
    return device
        .map(
            secret ->
                List.of(
                    new Counter(
                        Guards.name("SIGN_IN_DEVICE", email, secret, since),
                        SHORT,
                        FAILURES_PER_ADDRESS_AND_IP)))
        .orElseGet(
            () ->
                List.of(
                    new Counter(
                        Guards.name("SIGN_IN_IP", email, sourceIp, since),
                        SHORT,
                        FAILURES_PER_ADDRESS_AND_IP),
                    new Counter(Guards.name("SIGN_IN", email, since), LONG, FAILURES_PER_ADDRESS)));
  }

  private static Optional<String> known(Optional<Item> row, List<String> devices) {
    List<String> known = row.map(item -> item.texts("devices")).orElse(List.of());
    return devices.stream().filter(secret -> known.contains(hash(secret))).findFirst();
  }

  /** Makes the device known; when another is made known meanwhile, it is asked again next time. */
  private Optional<String> remember(String email) {
    Optional<Item> row = accounts.rowOf(email);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    List<String> before = row.get().texts("devices");
    String secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(environment.ids().secret(32));
    List<String> after = new ArrayList<>(before);
    after.add(hash(secret));
    while (after.size() > MOST_DEVICES) {
      after.removeFirst();
    }
    return accounts.remember(row.get(), after) ? Optional.of(secret) : Optional.empty();
  }

  private static String hash(String secret) {
    return Guards.name("DEVICE", secret);
  }

  private void giveBack(List<Counter> counters) {
    counters.forEach(counter -> guards.giveBack(counter.name(), counter.window()));
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
