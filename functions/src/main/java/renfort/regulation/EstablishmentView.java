package renfort.regulation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renfort.accounts.model.Establishment;
import renfort.establishments.EstablishmentStore.Known;
import renfort.establishments.model.Contacting;
import renfort.establishments.model.Requester;
import renfort.reference.Regions;
import renfort.reference.model.Identifiers;

/**
 * An establishment with those who act for it or ask to, as agencies see it (contract): each address
 * once, however often it was submitted (R8).
 */
final class EstablishmentView {
  private EstablishmentView() {}

  static Map<String, Object> of(
      Establishment establishment, Known known, List<Requester> requesters) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("finess", establishment.finess());
    view.put("name", establishment.name());
    view.put("address", establishment.address());
    view.put("postalCode", establishment.postalCode());
    view.put("city", establishment.city());
    Set<String> departements = Identifiers.departementsOf(establishment.finess());
    if (!departements.contains(establishment.departement())) {
      view.put("finessMark", departements.isEmpty() ? "UNKNOWN" : "OTHER_DEPARTEMENT");
    }
    if (known.isClaimedOutside(establishment.region())) {
      view.put("claimedElsewhere", true);
    }
    if (known.isNationals(establishment.region())) {
      view.put("nationalDecides", true);
    }
    view.put(
        "requesters", oneOfEach(requesters).stream().map(one -> requester(known, one)).toList());
    return view;
  }

  /** With whom it holds and contacts, and how far it may go (R16). */
  static Map<String, Object> of(
      Establishment establishment,
      Known known,
      List<Requester> requesters,
      Contacting contacting,
      Clock clock) {
    Map<String, Object> view = of(establishment, known, requesters);
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

  /** Of each address the one that is proved, else the one that was submitted first. */
  static List<Requester> oneOfEach(List<Requester> requesters) {
    List<Requester> sorted = new ArrayList<>(requesters);
    sorted.sort(
        Comparator.comparing(Requester::confirmed)
            .reversed()
            .thenComparing(Requester::since)
            .thenComparing(Requester::accountId));
    Map<String, Requester> byEmail = new LinkedHashMap<>();
    sorted.forEach(requester -> byEmail.putIfAbsent(requester.email(), requester));
    return requesters.stream()
        .filter(requester -> requester.equals(byEmail.get(requester.email())))
        .toList();
  }

  private static Map<String, Object> requester(Known known, Requester requester) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("email", requester.email());
    view.put("lastName", requester.lastName());
    view.put("firstName", requester.firstName());
    if (requester.phone() != null) {
      view.put("phone", requester.phone());
    }
    view.put("status", known.status(requester).name());
    view.put("emailConfirmed", requester.confirmed());
    return view;
  }
}
