package renfort.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;

/**
 * Who calls: the account named by the verified token, read consistently at each request, because a
 * token outlives an erasure, a switched-off account and a withdrawn approval.
 */
public final class Callers {
  /** How long after a sign-in an act is taken that cannot be undone (R29). */
  static final Duration RECENT = Duration.ofMinutes(5);

  private final AccountStore accounts;
  private final Clock clock;

  public Callers(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.clock = environment.clock();
  }

  /**
   * The account that calls.
   *
   * @throws Refusal 401 when the account is gone or switched off
   */
  public Account of(Request request) {
    return Optional.ofNullable(request.user())
        .filter(Ids::isId)
        .flatMap(accounts::find)
        .filter(Account::enabled)
        .orElseThrow(() -> new Refusal(Problem.unauthorized()));
  }

  /**
   * The account that calls, which must have one of the roles.
   *
   * @throws Refusal 401 as {@link #of}, 403 for another role
   */
  public Account in(Request request, Role... roles) {
    Account account = of(request);
    if (!Arrays.asList(roles).contains(account.role())) {
      throw new Refusal(Problem.forbidden());
    }
    return account;
  }

  /**
   * The account that calls, which must have the role and have signed in within the last five
   * minutes: a session left open, or a stolen token, erases nobody (R29).
   *
   * @throws Refusal 401 and 403 as {@link #in}, 403 {@code sign-in-again} when it is longer ago
   */
  public Account signedInRecently(Request request, Role role) {
    Account account = in(request, role);
    @Nullable Instant since = request.signedInAt();
    if (since == null || since.plus(RECENT).isBefore(clock.instant())) {
      throw new Refusal(Problem.signInAgain());
    }
    return account;
  }

  /**
   * The approved requester who calls (R11).
   *
   * @throws Refusal 401 as {@link #of}, 403 for anybody else
   */
  public Account approvedRequester(Request request) {
    return approved(in(request, Role.REQUESTER));
  }

  /**
   * Whoever may see people: an approved requester or staff (R11).
   *
   * @throws Refusal 401 as {@link #of}, 403 for anybody else
   */
  public Account whoSeesPeople(Request request) {
    return approved(in(request, Role.REQUESTER, Role.AGENCY, Role.NATIONAL));
  }

  private static Account approved(Account account) {
    if (account.role() == Role.REQUESTER && !account.approved()) {
      throw new Refusal(
          Problem.forbidden()
              .withDetail("Votre compte n'est pas encore validé par l'ARS de votre région."));
    }
    return account;
  }
}
