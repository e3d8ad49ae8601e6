package renfort.regulation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.establishments.ContactStore;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.EstablishmentStore.Known;
import renfort.establishments.EstablishmentStore.Listed;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;

/**
 * The establishments of a region by name, found by their requesters. Until the first approval each
 * name that was submitted is an item of its own, so that the agency sees what it would approve
 * (R8).
 */
final class ListEstablishments {
  /** How many requesters an item shows. */
  private static final int REQUESTERS = 100;

  private final EstablishmentStore establishments;
  private final ContactStore contacts;
  private final Clock clock;

  ListEstablishments(Environment environment) {
    this.establishments = new EstablishmentStore(environment);
    this.contacts = new ContactStore(environment);
    this.clock = environment.clock();
  }

  /**
   * A page.
   *
   * @param status establishments that have such a requester, or null for every one
   */
  Page page(String region, @Nullable RequesterStatus status, Map<String, String> place, int limit) {
    Listed listed = establishments.ofRegion(region, status, place, limit);
    List<Map<String, Object>> items = new ArrayList<>();
    @Nullable Requester before = shownBefore(place);
    for (Requester requester : listed.requesters()) {
      if (before == null || !isSameItem(before, requester)) {
        item(region, status, requester).ifPresent(items::add);
      }
      before = requester;
    }
    if (status == null) {
      listed.without().forEach(establishment -> without(establishment).ifPresent(items::add));
    }
    return new Page(items, listed.next());
  }

  /** An establishment that was left by its last requester; who asks for it again lists it. */
  private Optional<Map<String, Object>> without(Establishment establishment) {
    Known known = establishments.known(establishment.finess(), REQUESTERS);
    return known.requesters().stream()
            .noneMatch(one -> one.establishment().isInRegionOf(establishment))
        ? Optional.of(
            EstablishmentView.of(
                establishment, known, List.of(), contacts.find(establishment.finess()), clock))
        : Optional.empty();
  }

  /** The last requester of the page before: an item that it began is not shown again. */
  private @Nullable Requester shownBefore(Map<String, String> place) {
    @Nullable String finess = place.get("finess");
    @Nullable String id = place.get("id");
    return finess == null || id == null ? null : establishments.requester(finess, id).orElse(null);
  }

  private static boolean isSameItem(Requester one, Requester other) {
    return one.status() == other.status()
        && one.establishment().isSameAs(other.establishment())
        && one.establishment().name().equals(other.establishment().name());
  }

  private Optional<Map<String, Object>> item(
      String region, @Nullable RequesterStatus status, Requester requester) {
    Known known = establishments.known(requester.establishment().finess(), REQUESTERS);
    List<Requester> here =
        known.requesters().stream()
            .filter(other -> other.establishment().region().equals(region))
            .toList();
    if (status == null && isListedEarlier(requester, here)) {
      return Optional.empty();
    }
    // the index has what was so when a row was written; an approval decides on the address
    if (status != null && here.stream().noneMatch(other -> known.status(other) == status)) {
      return Optional.empty();
    }
    Establishment shown = requester.establishment().asKnown(known.establishment());
    return Optional.of(
        EstablishmentView.of(shown, known, here, contacts.find(shown.finess()), clock));
  }

  /** Whether the list of all has shown this item under an earlier status. */
  private static boolean isListedEarlier(Requester requester, List<Requester> all) {
    return all.stream()
        .anyMatch(
            other ->
                other.status().name().compareTo(requester.status().name()) < 0
                    && other.establishment().name().equals(requester.establishment().name()));
  }
}
