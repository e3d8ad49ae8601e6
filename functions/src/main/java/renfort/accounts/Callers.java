package renfort.accounts;

import java.util.Arrays;
import java.util.Optional;
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
  private final AccountStore accounts;

  public Callers(Environment environment) {
    this.accounts = new AccountStore(environment);
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
