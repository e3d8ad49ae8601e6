package renfort.missions;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.PublicMails;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Requester;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Stores what a public form asks for (R8): drafts of a new or never confirmed requester, or of a
 * known one, or nothing for an address of another role. The mail tells which; the reads and the
 * number of writes are the same for all, so that the time taken does not (R1).
 */
final class StoreNeed {
  /** What a transaction holds besides a mission and its journal entry each. */
  private static final int WRITES_BESIDES_MISSIONS = 6;

  private static final String NOBODY = "00000000000000000000";

  private final AccountStore accounts;
  private final EstablishmentStore establishments;
  private final MissionStore missions;
  private final PublicMails publicMails;
  private final Outbox outbox;
  private final Journal journal;
  private final Database database;
  private final Clock clock;
  private final Ids ids;

  StoreNeed(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.missions = new MissionStore(environment);
    this.publicMails = new PublicMails(environment);
    this.outbox = new Outbox(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
    this.ids = environment.ids();
  }

  /**
   * A submission.
   *
   * @param email trimmed and in lower case
   * @param phone E.164
   * @param establishment as it was submitted
   */
  record Need(
      String lastName,
      String firstName,
      String email,
      String phone,
      Establishment establishment,
      List<Terms> missions) {}

  /** How it ended. */
  enum Outcome {
    /** Whatever happened. */
    TAKEN,
    /** Others were faster at every try. */
    RETRY
  }

  /**
   * Stores a submission.
   *
   * @param more adds what belongs in the same transaction
   */
  Outcome store(Need need, Consumer<Writes> more) {
    // over the limit no mail leaves, but the need is not lost: an earlier or a later link opens it
    boolean mailAllowed = publicMails.allow(need.email(), 1);
    for (int turn = 0; turn < Database.TRIES; turn++) {
      Writes writes = new Writes();
      prepare(writes, need, mailAllowed);
      while (writes.size() < 2 * need.missions().size() + WRITES_BESIDES_MISSIONS) {
        missions.checkNew(writes, ids.next());
      }
      more.accept(writes);
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          return Outcome.TAKEN;
        }
        case Commit.Refused refused -> {
          // the account or the establishment changed meanwhile: looked at again
        }
        case Commit.Busy busy -> {
          // the same
        }
      }
    }
    return Outcome.RETRY;
  }

  private void prepare(Writes writes, Need need, boolean mailAllowed) {
    Optional<Account> known = accounts.findByEmail(need.email());
    @Nullable Establishment own = known.map(Account::establishment).orElse(null);
    boolean confirmed = known.map(Account::isConfirmed).orElse(false);
    Establishment submitted = confirmed && own != null ? own : need.establishment();
    Optional<Establishment> stored = establishments.find(submitted.finess());
    Optional<Requester> before =
        establishments.requester(
            own == null ? submitted.finess() : own.finess(),
            known.map(Account::accountId).orElse(NOBODY));
    // a public form never changes a known establishment
    Establishment establishment = stored.orElse(submitted);

    String accountId;
    Mail mail;
    if (known.isEmpty()) {
      Account account = newRequester(need, establishment);
      accounts.create(writes, account);
      establishments.save(writes, Requester.of(account, establishment, clock.instant()));
      accountId = account.accountId();
      mail = Mail.to(accountId, MailTemplate.ACTIVATION).activating(ids.next());
    } else if (known.get().role() != Role.REQUESTER) {
      if (mailAllowed) {
        outbox.post(writes, Mail.to(known.get().accountId(), MailTemplate.OTHER_ROLE));
      }
      return;
    } else if (confirmed) {
      accountId = known.get().accountId();
      // as it is: but an account that is erased meanwhile gets no drafts
      accounts.save(writes, known.get());
      mail = Mail.to(accountId, MailTemplate.DRAFTS_TO_CONFIRM);
    } else {
      accountId = known.get().accountId();
      replace(writes, need, known.get(), before, establishment);
      mail = Mail.to(accountId, MailTemplate.ACTIVATION).activating(ids.next());
    }
    if (stored.isEmpty()) {
      establishments.checkUnknown(writes, establishment.finess());
    }
    addDrafts(writes, need.missions(), establishment, accountId);
    if (mailAllowed) {
      outbox.post(writes, mail);
    }
  }

  private Account newRequester(Need need, Establishment establishment) {
    return new Account(
        ids.next(),
        Role.REQUESTER,
        need.email(),
        need.lastName(),
        need.firstName(),
        need.phone(),
        null,
        establishment,
        false,
        null,
        null,
        true,
        false,
        1);
  }

  /**
   * A requester who never set a password is a new address again: the last submission counts. What
   * an agency decided stays while the FINESS number does.
   */
  private void replace(
      Writes writes,
      Need need,
      Account account,
      Optional<Requester> before,
      Establishment establishment) {
    boolean sameFiness = establishment.isSameAs(account.establishment());
    Account after =
        account
            .named(need.lastName(), need.firstName(), need.phone())
            .actingFor(establishment, sameFiness && account.approved());
    accounts.save(writes, after);
    if (sameFiness && before.isPresent()) {
      establishments.save(writes, before.get().named(after).at(establishment));
      return;
    }
    before.ifPresent(old -> establishments.delete(writes, old));
    establishments.save(writes, Requester.of(after, establishment, clock.instant()));
  }

  private void addDrafts(
      Writes writes, List<Terms> wanted, Establishment establishment, String accountId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    for (Terms terms : wanted) {
      Mission draft =
          Mission.submitted(ids.next(), establishment, accountId, terms, Status.DRAFT, now);
      missions.create(writes, draft);
      // nobody has proved to be the one who submits here
      journal.append(
          writes, Subject.mission(draft.missionId()), Action.MISSION_CREATED, Journal.SYSTEM, null);
    }
    journal.append(writes, Subject.account(accountId), Action.NEED_SUBMITTED, Journal.SYSTEM, null);
  }
}
