package renfort.missions;

import java.util.List;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Establishment;
import renfort.missions.model.Mission.Terms;
import renfort.storage.Item;

/**
 * What the public form of a need says (R8).
 *
 * @param lastName family name of who asks
 * @param firstName their given name
 * @param email trimmed and in lower case
 * @param phone E.164
 * @param establishment as it was submitted
 * @param missions 1 to 40
 */
record Need(
    String lastName,
    String firstName,
    String email,
    String phone,
    Establishment establishment,
    List<Terms> missions) {

  Need {
    missions = List.copyOf(missions);
  }

  /** As the inbox keeps it. */
  Item inboxed() {
    return Item.empty()
        .with("lastName", lastName)
        .with("firstName", firstName)
        .with("phone", phone)
        .with("establishment", AccountStore.writeEstablishment(establishment))
        .withItems("missions", missions.stream().map(MissionStore::writeTerms).toList());
  }

  /** As the inbox kept it. */
  static Need ofInbox(String email, Item content) {
    return new Need(
        content.text("lastName"),
        content.text("firstName"),
        email,
        content.text("phone"),
        AccountStore.readEstablishment(content.item("establishment").orElseThrow()),
        content.items("missions").stream().map(MissionStore::readTerms).toList());
  }
}
