package renfort.regulation;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.Callers;
import renfort.accounts.Quotas;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.establishments.model.RequesterStatus;
import renfort.missions.ShowMissions;
import renfort.missions.model.Mission.Status;
import renfort.reference.Professions;
import renfort.web.ApiHandler;
import renfort.web.Paging;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** GET /api/regions/{code}/missions, /professionals, /establishments: what an agency sees (R24). */
public final class RegionalLists extends ApiHandler {
  private final Callers callers;
  private final ListMissions listMissions;
  private final ListPool listPool;
  private final ListEstablishments listEstablishments;
  private final Quotas quotas;

  public RegionalLists() {
    this(Environment.ofProcess());
  }

  public RegionalLists(Environment environment) {
    super(environment);
    this.callers = new Callers(environment);
    this.listMissions = new ListMissions(environment);
    this.listPool = new ListPool(environment);
    this.listEstablishments = new ListEstablishments(environment);
    this.quotas = new Quotas(environment);
  }

  @Override
  protected Response handle(Request request) {
    Account account = callers.in(request, Role.AGENCY, Role.NATIONAL);
    String region = RegionOf.path(request, account).code();
    String route = request.route();
    Page page;
    Paging paging;
    if (route.endsWith("/missions")) {
      Optional<Status> status = ShowMissions.status(request);
      @Nullable String orphan = one(request, "orphan", RegionalLists::isFlag);
      paging = Paging.of(request, region, status.map(Status::name).orElse(""), or(orphan));
      page =
          listMissions.page(
              region, status.orElse(null), flag(orphan), paging.place(), paging.limit());
    } else if (route.endsWith("/professionals")) {
      @Nullable String profession =
          one(request, "profession", code -> Professions.find(code).isPresent());
      @Nullable String available = one(request, "available", RegionalLists::isFlag);
      @Nullable String engaged = one(request, "engaged", RegionalLists::isFlag);
      paging = Paging.of(request, region, or(profession), or(available), or(engaged));
      Optional<Duration> wait = quotas.page(account);
      if (wait.isPresent()) {
        return Quotas.over(request, wait.get());
      }
      page =
          listPool.page(
              region,
              new ListPool.Wanted(profession, flag(available), flag(engaged)),
              account.accountId(),
              paging.place(),
              paging.limit());
    } else {
      @Nullable String status =
          one(request, "status", text -> text.equals("PENDING") || text.equals("APPROVED"));
      paging = Paging.of(request, region, or(status));
      page =
          listEstablishments.page(
              region,
              status == null ? null : RequesterStatus.valueOf(status),
              paging.place(),
              paging.limit());
    }
    return Response.ok(paging.page(page.items(), page.next()));
  }

  private interface Rule {
    boolean takes(String text);
  }

  private static @Nullable String one(Request request, String name, Rule rule) {
    @Nullable String text = request.query().get(name);
    if (text != null && !rule.takes(text)) {
      throw new Refusal(Problem.invalid(name, "choice", "Cette valeur n'est pas dans la liste."));
    }
    return text;
  }

  private static boolean isFlag(String text) {
    return text.equals("true") || text.equals("false");
  }

  private static @Nullable Boolean flag(@Nullable String text) {
    return text == null ? null : Boolean.valueOf(text);
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }
}
