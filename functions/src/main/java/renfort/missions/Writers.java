package renfort.missions;

import renfort.accounts.Callers;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.RequesterStatus;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;

/**
 * Requesters who may submit and change missions: all but those whom an agency refused, or whose
 * approval it withdrew. They read their own missions and change nothing (R11).
 */
final class Writers {
  private final Callers callers;
  private final EstablishmentStore establishments;

  Writers(Environment environment) {
    this.callers = new Callers(environment);
    this.establishments = new EstablishmentStore(environment);
  }

  /**
   * The requester who calls.
   *
   * @throws Refusal 401 as {@link Callers#of}, 403 for another role or a refused requester
   */
  Account in(Request request) {
    Account account = callers.in(request, Role.REQUESTER);
    if (!account.approved() && isRefused(account)) {
      throw new Refusal(
          Problem.forbidden()
              .withDetail(
                  "L'ARS a refusé ou retiré la validation de votre compte : vos missions restent"
                      + " consultables, sans modification possible."));
    }
    return account;
  }

  private boolean isRefused(Account account) {
    return account
        .finess()
        .flatMap(finess -> establishments.requester(finess, account.accountId()))
        .filter(requester -> requester.status() == RequesterStatus.REFUSED)
        .isPresent();
  }
}
