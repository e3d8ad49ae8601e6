package renfort.regulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renfort.accounts.model.Establishment;
import renfort.establishments.model.Requester;

/** An establishment with those who act for it or ask to, as agencies see it (contract). */
final class EstablishmentView {
  private EstablishmentView() {}

  static Map<String, Object> of(Establishment establishment, List<Requester> requesters) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("finess", establishment.finess());
    view.put("name", establishment.name());
    view.put("address", establishment.address());
    view.put("postalCode", establishment.postalCode());
    view.put("city", establishment.city());
    view.put("requesters", requesters.stream().map(EstablishmentView::requester).toList());
    return view;
  }

  private static Map<String, Object> requester(Requester requester) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("email", requester.email());
    view.put("lastName", requester.lastName());
    view.put("firstName", requester.firstName());
    view.put("status", requester.status().name());
    return view;
  }
}
