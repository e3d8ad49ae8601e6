package renfort.regulation;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import renfort.accounts.model.Establishment;
import renfort.establishments.model.Contacting;
import renfort.establishments.model.Requester;
import renfort.reference.Regions;

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

  /** With whom it holds and contacts, and how far it may go (R16). */
  static Map<String, Object> of(
      Establishment establishment, List<Requester> requesters, Contacting contacting, Clock clock) {
    Map<String, Object> view = of(establishment, requesters);
    view.put("holds", contacting.held(clock.instant()));
    view.put(
        "contactsToday",
        contacting.contacted(Regions.find(establishment.region()).orElseThrow().today(clock)));
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("holds", contacting.limits().holds());
    limits.put("contactsPerDay", contacting.limits().contactsPerDay());
    view.put("limits", limits);
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
