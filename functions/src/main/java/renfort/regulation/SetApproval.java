package renfort.regulation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.EstablishmentStore.Known;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.Orphans;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Approves requesters of an establishment, or withdraws their approval (R11): theirs, not the
 * FINESS number's. What is decided is decided on an address and a FINESS number, for whichever
 * submission of the two is proved (R8); each address is decided whole, by itself. The first
 * approval of a proved address stores the establishment as that requester gave it; whoever else
 * asks for it in that region is listed under its name from then on. Who claims a number for another
 * region is approved by the national level alone (R8), and nobody before it has decided while the
 * number is not known.
 */
final class SetApproval {
  /** How many addresses one call takes (contract). */
  static final int MOST = 20;

  /** How many requesters are listed anew in one transaction. */
  private static final int CHUNK = 50;

  private final AccountStore accounts;
  private final EstablishmentStore establishments;
  private final Orphans orphans;
  private final Journal journal;
  private final Outbox outbox;
  private final Database database;

  SetApproval(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.orphans = new Orphans(environment);
    this.journal = new Journal(environment);
    this.outbox = new Outbox(environment);
    this.database = Database.of(environment);
  }

  /** How it ended. */
  sealed interface Outcome {

    /** The establishment, and all that is stored of it, as it is now. */
    record Set(Establishment establishment, Known known, List<Requester> requesters)
        implements Outcome {}

    /** At these places of the list are addresses of nobody who asks for the establishment. */
    record UnknownEmails(List<Integer> places) implements Outcome {}

    /** Nobody has asked for it in the regions that the account acts on. */
    record Unknown() implements Outcome {}

    /** The number is claimed for several regions: the national level decides. */
    record Nationals() implements Outcome {}

    /** The number is claimed for several regions: the national level says whom it approves. */
    record WhoseUnsaid() implements Outcome {}

    /** Others were faster at every try. */
    record Retry() implements Outcome {}
  }

  /**
   * Approves or refuses.
   *
   * @param emails in lower case, or null for the pending ones, the oldest first
   */
  Outcome set(Account actor, String finess, boolean approved, @Nullable List<String> emails) {
    Known known = establishments.known(finess, 0);
    List<Requester> theirs = within(actor, known);
    if (theirs.isEmpty()) {
      return new Outcome.Unknown();
    }
    if (emails == null && isClaimedForSeveral(known, theirs)) {
      return new Outcome.WhoseUnsaid();
    }
    List<String> chosen = emails == null ? pending(known, theirs) : emails;
    List<Integer> unknown = unknown(theirs, chosen);
    if (!unknown.isEmpty()) {
      return new Outcome.UnknownEmails(unknown);
    }
    if (approved && actor.role() == Role.AGENCY && known.isNationals(regionOf(theirs))) {
      return new Outcome.Nationals();
    }
    RequesterStatus wanted = approved ? RequesterStatus.APPROVED : RequesterStatus.REFUSED;
    for (String email : chosen) {
      if (!decide(actor, finess, email, wanted)) {
        return new Outcome.Retry();
      }
    }
    return listed(actor, finess);
  }

  /** The requesters that the account decides on. */
  static List<Requester> within(Account actor, Known known) {
    return known.requesters().stream()
        .filter(requester -> actor.actsOnRegion(requester.establishment().region()))
        .toList();
  }

  private static boolean isClaimedForSeveral(Known known, List<Requester> theirs) {
    return theirs.stream()
            .filter(one -> known.status(one) != RequesterStatus.REFUSED)
            .map(one -> one.establishment().region())
            .distinct()
            .count()
        > 1;
  }

  private static String regionOf(List<Requester> theirs) {
    return theirs.getFirst().establishment().region();
  }

  private static List<String> pending(Known known, List<Requester> theirs) {
    return theirs.stream()
        .filter(requester -> known.status(requester) == RequesterStatus.PENDING)
        .sorted(Comparator.comparing(Requester::since))
        .map(Requester::email)
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** The places of addresses that are nobody's. */
  private static List<Integer> unknown(List<Requester> theirs, List<String> emails) {
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < emails.size(); i++) {
      String email = emails.get(i);
      if (theirs.stream().noneMatch(requester -> requester.email().equals(email))) {
        unknown.add(i);
      }
    }
    return unknown;
  }

  /** Decides on one address; false when others were faster at every try. */
  private boolean decide(Account actor, String finess, String email, RequesterStatus wanted) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Known known = establishments.known(finess, 0);
      List<Requester> asked =
          within(actor, known).stream()
              .filter(requester -> requester.email().equals(email))
              .sorted(Comparator.comparing(Requester::confirmed).reversed())
              .toList();
      if (asked.isEmpty()) {
        // gone meanwhile: nobody is left to decide on
        return true;
      }
      if (asked.stream().allMatch(requester -> requester.status() == wanted)
          && known.status(asked.getFirst()) == wanted) {
        return true;
      }
      Writes writes = new Writes();
      if (prepare(writes, actor, known, asked, wanted)
          && database.commit(writes) instanceof Commit.Done) {
        return true;
      }
      // a requester or the establishment changed meanwhile: looked at again
    }
    return false;
  }

  /** Adds what is to be written; false when an account and its requester's copy come apart. */
  private boolean prepare(
      Writes writes, Account actor, Known known, List<Requester> asked, RequesterStatus wanted) {
    boolean approved = wanted == RequesterStatus.APPROVED;
    Requester first = asked.getFirst();
    String finess = first.establishment().finess();
    establishments.decide(writes, known.pair(finess, first.email()).now(wanted));
    Optional<Establishment> stored =
        approved ? approving(writes, known, first) : known.establishment();
    if (!approved) {
      orphans.withdrawing(writes, known, asked);
    }
    for (Requester requester : asked) {
      Establishment establishment =
          approved ? stored.orElse(requester.establishment()) : requester.establishment();
      if (requester.confirmed()) {
        Optional<Account> account =
            accounts
                .find(requester.accountId())
                .filter(found -> requester.establishment().isSameAs(found.establishment()));
        if (account.isEmpty()) {
          return false;
        }
        accounts.save(
            writes,
            account
                .get()
                .actingFor(
                    approved ? establishment : requireNonNull(account.get().establishment()),
                    approved));
      }
      establishments.save(writes, requester.now(wanted).at(establishment));
      journal.append(
          writes,
          Subject.account(requester.accountId()),
          approved ? Action.REQUESTER_APPROVED : Action.REQUESTER_REFUSED,
          actor.accountId(),
          null);
    }
    if (approved) {
      outbox.post(
          writes,
          Mail.to(first.accountId(), MailTemplate.ESTABLISHMENT_APPROVED).by(actor.accountId()));
    }
    return true;
  }

  /**
   * Adds what an approval makes of the establishment: the first one makes it known, and so does the
   * first one that the national level gives for another region, once nobody of the former one is
   * approved any more.
   *
   * @return the establishment as it is known then
   */
  private Optional<Establishment> approving(Writes writes, Known known, Requester first) {
    Establishment claimed = first.establishment();
    Optional<Establishment> proved =
        first.confirmed() ? Optional.of(claimed) : Optional.<Establishment>empty();
    Optional<Establishment> stored = known.establishment();
    if (stored.isEmpty()) {
      proved.ifPresent(establishment -> establishments.store(writes, establishment));
      return proved;
    }
    boolean isElsewhere = !stored.get().isInRegionOf(claimed);
    if (isElsewhere && known.requesters().stream().noneMatch(Requester::isApproved)) {
      establishments.replace(writes, claimed.finess(), proved);
      return proved;
    }
    return stored;
  }

  private Outcome listed(Account actor, String finess) {
    Known known = gathered(finess);
    List<Requester> theirs = within(actor, known);
    return theirs.isEmpty()
        ? new Outcome.Unknown()
        : new Outcome.Set(
            theirs.getFirst().establishment().asKnown(known.establishment()), known, theirs);
  }

  /**
   * What is stored of a FINESS number, with its requesters of that region listed under its known
   * name.
   */
  private Known gathered(String finess) {
    Known known = establishments.known(finess, 0);
    if (known.establishment().isEmpty()) {
      return known;
    }
    Establishment establishment = known.establishment().get();
    List<Requester> astray =
        known.requesters().stream()
            .filter(requester -> !requester.establishment().equals(establishment))
            .filter(requester -> requester.establishment().region().equals(establishment.region()))
            .toList();
    if (astray.isEmpty()) {
      return known;
    }
    gather(establishment, astray);
    return establishments.known(finess, 0);
  }

  /**
   * Lists requesters under the establishment as it is known; one whom somebody else changes at the
   * same time is gathered by the next call.
   */
  private void gather(Establishment establishment, List<Requester> astray) {
    for (int i = 0; i < astray.size(); i += CHUNK) {
      Writes writes = new Writes();
      astray
          .subList(i, Math.min(astray.size(), i + CHUNK))
          .forEach(requester -> establishments.save(writes, requester.at(establishment)));
      database.commit(writes);
    }
  }
}
