package renfort.accounts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.reference.Regions;
import renfort.reference.model.Region;

/**
 * Who acted, in words for the person it was done to: the establishment or the agency, never the
 * name of somebody who works there (R25).
 */
public final class ActorNames {
  private static final int AT_ONCE = 100;

  private final AccountStore accounts;

  public ActorNames(Environment environment) {
    this.accounts = new AccountStore(environment);
  }

  /**
   * The names of some actors by their accountId.
   *
   * @param self the account that reads
   */
  public Map<String, String> of(Collection<String> actors, String self) {
    Map<String, String> names = new HashMap<>();
    List<String> wanted = new ArrayList<>(actors.stream().distinct().toList());
    wanted.forEach(actor -> names.put(actor, "Un compte effacé"));
    names.put(self, "Vous");
    wanted.remove(self);
    for (int from = 0; from < wanted.size(); from += AT_ONCE) {
      accounts
          .findAll(wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE)))
          .forEach(account -> names.put(account.accountId(), name(account)));
    }
    return names;
  }

  /** The name of one actor. */
  public static String name(Account account) {
    return switch (account.role()) {
      case PROFESSIONAL -> "Un professionnel";
      case REQUESTER ->
          Optional.ofNullable(account.establishment())
              .map(establishment -> establishment.name() + ", " + establishment.city())
              .orElse("Un établissement");
      case AGENCY ->
          Optional.ofNullable(account.region())
              .flatMap(Regions::find)
              .map(Region::ars)
              .orElse("Une agence régionale de santé");
      case NATIONAL -> "Le niveau national";
    };
  }
}
