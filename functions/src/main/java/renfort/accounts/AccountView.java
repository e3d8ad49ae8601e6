package renfort.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;

/** An account as its owner sees it (contract, GET /me). */
public final class AccountView {
  private AccountView() {}

  /** The account as a JSON tree; what it has not is left out. */
  public static Map<String, Object> of(Account account) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("accountId", account.accountId());
    view.put("role", account.role().name());
    view.put("email", account.email());
    view.put("lastName", account.lastName());
    view.put("firstName", account.firstName());
    if (account.phone() != null) {
      view.put("phone", account.phone());
    }
    Establishment establishment = account.establishment();
    if (establishment != null) {
      view.put("establishment", establishment(establishment, account.approved()));
    }
    if (account.region() != null) {
      view.put("region", account.region());
    }
    if (account.professionalId() != null) {
      view.put("professionalId", account.professionalId());
    }
    return view;
  }

  private static Map<String, Object> establishment(Establishment establishment, boolean approved) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("finess", establishment.finess());
    view.put("name", establishment.name());
    view.put("address", establishment.address());
    view.put("postalCode", establishment.postalCode());
    view.put("city", establishment.city());
    view.put("region", establishment.region());
    view.put("approved", approved);
    return view;
  }
}
