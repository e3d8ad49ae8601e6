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
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.EstablishmentStore.Known;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Approves requesters of an establishment, or withdraws their approval (R11): theirs, not the
 * FINESS number's. The first approval stores the establishment as that requester gave it (R8);
 * whoever else asks for it is listed under its name and region from then on.
 */
final class SetApproval {
  /** How many requesters one call takes (contract); four writes each fit into a transaction. */
  static final int MOST = 20;

  /** How many requesters are listed anew in one transaction. */
  private static final int CHUNK = 50;

  private final AccountStore accounts;
  private final EstablishmentStore establishments;
  private final Journal journal;
  private final Outbox outbox;
  private final Database database;

  SetApproval(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.journal = new Journal(environment);
    this.outbox = new Outbox(environment);
    this.database = Database.of(environment);
  }

  /** How it ended. */
  sealed interface Outcome {

    /** The establishment and its requesters as they are now. */
    record Set(Establishment establishment, List<Requester> requesters) implements Outcome {}

    /** At these places of the list are addresses of nobody who asks for the establishment. */
    record UnknownEmails(List<Integer> places) implements Outcome {}

    /** Nobody has asked for it in the regions that the account acts on. */
    record Unknown() implements Outcome {}

    /** Others were faster at every try. */
    record Retry() implements Outcome {}
  }

  /**
   * Approves or refuses.
   *
   * @param emails in lower case, or null for the pending ones, the oldest first
   */
  Outcome set(Account actor, String finess, boolean approved, @Nullable List<String> emails) {
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Known known = establishments.known(finess, 0);
      List<Requester> theirs = within(actor, known);
      if (theirs.isEmpty()) {
        return new Outcome.Unknown();
      }
      List<Requester> chosen = new ArrayList<>();
      List<Integer> unknown = choose(theirs, emails, chosen);
      if (!unknown.isEmpty()) {
        return new Outcome.UnknownEmails(unknown);
      }
      RequesterStatus wanted = approved ? RequesterStatus.APPROVED : RequesterStatus.REFUSED;
      chosen.removeIf(requester -> requester.status() == wanted);
      Writes writes = new Writes();
      if (!prepare(writes, actor, known, chosen, wanted)) {
        continue;
      }
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return listed(actor, finess);
        }
        case Commit.Refused refused -> {
          // a requester or the establishment changed meanwhile: looked at again
        }
        case Commit.Busy busy -> {
          // the same
        }
      }
    }
    return new Outcome.Retry();
  }

  /** The requesters that the account decides on. */
  static List<Requester> within(Account actor, Known known) {
    return known.establishment().isPresent()
        ? actor.actsOnRegion(known.establishment().get().region()) ? known.requesters() : List.of()
        : known.requesters().stream()
            .filter(requester -> actor.actsOnRegion(requester.establishment().region()))
            .toList();
  }

  /** Fills in who is meant; answers the places of addresses that are nobody's. */
  private static List<Integer> choose(
      List<Requester> theirs, @Nullable List<String> emails, List<Requester> chosen) {
    List<Integer> unknown = new ArrayList<>();
    if (emails == null) {
      theirs.stream()
          .filter(requester -> requester.status() == RequesterStatus.PENDING)
          .sorted(Comparator.comparing(Requester::since))
          .limit(MOST)
          .forEach(chosen::add);
      return unknown;
    }
    for (int i = 0; i < emails.size(); i++) {
      String email = emails.get(i);
      Optional<Requester> found =
          theirs.stream().filter(requester -> requester.email().equals(email)).findFirst();
      found.ifPresent(chosen::add);
      if (found.isEmpty()) {
        unknown.add(i);
      }
    }
    return unknown;
  }

  /** Adds what is to be written; false when an account and its requester's copy come apart. */
  private boolean prepare(
      Writes writes, Account actor, Known known, List<Requester> chosen, RequesterStatus wanted) {
    boolean approved = wanted == RequesterStatus.APPROVED;
    if (approved && known.establishment().isEmpty() && !chosen.isEmpty()) {
      establishments.store(writes, chosen.getFirst().establishment());
    }
    for (Requester requester : chosen) {
      Optional<Account> account =
          accounts
              .find(requester.accountId())
              .filter(found -> requester.establishment().isSameAs(found.establishment()));
      if (account.isEmpty()) {
        return false;
      }
      Establishment establishment =
          approved
              ? known.establishment().orElse(chosen.getFirst().establishment())
              : requireNonNull(account.get().establishment());
      accounts.save(writes, account.get().actingFor(establishment, approved));
      establishments.save(
          writes, requester.now(wanted).at(approved ? establishment : requester.establishment()));
      journal.append(
          writes,
          Subject.account(requester.accountId()),
          approved ? Action.REQUESTER_APPROVED : Action.REQUESTER_REFUSED,
          actor.accountId(),
          null);
      if (approved) {
        outbox.post(
            writes,
            Mail.to(requester.accountId(), MailTemplate.ESTABLISHMENT_APPROVED)
                .by(actor.accountId()));
      }
    }
    return true;
  }

  private Outcome listed(Account actor, String finess) {
    Known known = gathered(finess);
    List<Requester> theirs = within(actor, known);
    return theirs.isEmpty()
        ? new Outcome.Unknown()
        : new Outcome.Set(known.establishment().orElse(theirs.getFirst().establishment()), theirs);
  }

  /** What is stored of a FINESS number, with all its requesters listed under its known name. */
  private Known gathered(String finess) {
    Known known = establishments.known(finess, 0);
    if (known.establishment().isEmpty()) {
      return known;
    }
    Establishment establishment = known.establishment().get();
    List<Requester> astray =
        known.requesters().stream()
            .filter(requester -> !requester.establishment().equals(establishment))
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
