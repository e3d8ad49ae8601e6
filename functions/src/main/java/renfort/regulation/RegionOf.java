package renfort.regulation;

import renfort.accounts.model.Account;
import renfort.reference.Regions;
import renfort.reference.model.Region;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;

/** The region that a path names. */
final class RegionOf {
  private RegionOf() {}

  /**
   * The region of the path, for staff who act on it.
   *
   * @throws Refusal 404 when there is none, or it is another agency's
   */
  static Region path(Request request, Account account) {
    return Regions.find(request.path().getOrDefault("code", ""))
        .filter(region -> account.actsOnRegion(region.code()))
        .orElseThrow(() -> new Refusal(Problem.notFound()));
  }
}
