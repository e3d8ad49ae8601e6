package renfort.missions;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import renfort.accounts.AccountStore;
import renfort.accounts.ClaimStore;
import renfort.accounts.ClaimStore.Claim;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.environment.Retention;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.inbox.InboxStore;
import renfort.inbox.Submission;
import renfort.inbox.SubmissionPort;
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
 * Makes drafts of a need (R8): with an account of their own for an address that is not proved,
 * whatever else was submitted for it; of the own establishment for a known requester; nothing for
 * an address of another role. Its forty missions, their entries in the journal and the account fit
 * into one transaction.
 */
public final class TakeNeed implements SubmissionPort {
  private final AccountStore accounts;
  private final EstablishmentStore establishments;
  private final MissionStore missions;
  private final CloseRequester closeRequester;
  private final InboxStore inbox;
  private final Outbox outbox;
  private final Journal journal;
  private final Database database;
  private final Clock clock;
  private final Ids ids;
  private final Duration draftLife;

  public TakeNeed(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.missions = new MissionStore(environment);
    this.closeRequester = new CloseRequester(environment);
    this.inbox = new InboxStore(environment);
    this.outbox = new Outbox(environment);
    this.journal = new Journal(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
    this.ids = environment.ids();
    this.draftLife = Retention.of(environment).draftLife();
  }

  @Override
  public Outcome take(Submission submission) {
    Need need = Need.ofInbox(submission.email(), submission.content());
    Optional<Account> owner = accounts.findByEmail(submission.email());
    if (owner.isEmpty()) {
      return receive(submission, need);
    }
    return owner.get().role() == Role.REQUESTER
        ? join(submission, need, owner.get())
        : refuse(submission, owner.get());
  }

  private Outcome receive(Submission submission, Need need) {
    List<Claim> others = accounts.claims(submission.email());
    if (others.size() >= ClaimStore.MOST) {
      return Outcome.WAITS;
    }
    Optional<Establishment> stored = establishments.find(need.establishment().finess());
    Establishment establishment = need.establishment().asKnown(stored);
    boolean shown =
        others.stream().filter(Claim::shown).count() < ClaimStore.MOST_SHOWN
            && hasRoom(establishment.finess(), need);
    Account account = account(submission, need, establishment);
    Instant expiry = submission.createdAt().plus(draftLife);
    Writes writes = new Writes();
    accounts.createUnproved(
        writes, account, new Claim(account.accountId(), submission.createdAt(), shown));
    if (shown) {
      checkStillUnknown(writes, stored, establishment);
      establishments.save(
          writes,
          Requester.of(account, establishment, submission.createdAt())
              .now(
                  establishments
                      .pair(establishment.finess(), account.email())
                      .statusOr(RequesterStatus.PENDING)));
      List<String> drafts = addDrafts(writes, submission, need, establishment, account);
      inbox.taken(writes, submission, establishment.finess(), drafts, expiry);
    } else {
      inbox.parked(writes, submission, expiry);
    }
    outbox.post(
        writes,
        Mail.to(account.accountId(), MailTemplate.ACTIVATION)
            .activating(submission.submissionId()));
    return commit(writes);
  }

  /** A known requester's: of their own establishment, to be confirmed once signed in. */
  private Outcome join(Submission submission, Need need, Account owner) {
    Establishment own = requireNonNull(owner.establishment(), "a requester's establishment");
    if (!hasRoom(own.finess(), need)) {
      return Outcome.WAITS;
    }
    Optional<Establishment> stored = establishments.find(own.finess());
    Establishment establishment = own.asKnown(stored);
    Writes writes = new Writes();
    accounts.checkOwner(writes, owner);
    checkStillUnknown(writes, stored, establishment);
    List<String> drafts = addDrafts(writes, submission, need, establishment, owner);
    inbox.taken(
        writes, submission, establishment.finess(), drafts, submission.createdAt().plus(draftLife));
    outbox.post(writes, Mail.to(owner.accountId(), MailTemplate.DRAFTS_TO_CONFIRM));
    return commit(writes);
  }

  private Outcome refuse(Submission submission, Account owner) {
    Writes writes = new Writes();
    accounts.checkOwner(writes, owner);
    outbox.post(writes, Mail.to(owner.accountId(), MailTemplate.OTHER_ROLE));
    inbox.taken(writes, submission, null, List.of(), null);
    return commit(writes);
  }

  /** Drafts have seven days (R8): with them goes an account that nobody proved. */
  @Override
  public Outcome expire(Submission submission) {
    Optional<Account> account = accounts.find(submission.submissionId());
    if (account.isPresent()
        && !account.get().isConfirmed()
        && closeRequester.close(submission.submissionId(), ErasureReason.UNPROVED)
            == CloseRequester.Outcome.BUSY) {
      return Outcome.AGAIN;
    }
    Writes writes = new Writes();
    if (submission.finess() != null) {
      establishments.giveRoom(writes, submission.finess(), submission.submissionId());
    }
    inbox.settled(writes, submission);
    return commit(writes);
  }

  private boolean hasRoom(String finess, Need need) {
    return establishments.roomForDrafts(finess) >= need.missions().size();
  }

  private void checkStillUnknown(
      Writes writes, Optional<Establishment> stored, Establishment establishment) {
    if (stored.isEmpty()) {
      establishments.checkUnknown(writes, establishment.finess());
    }
  }

  private List<String> addDrafts(
      Writes writes,
      Submission submission,
      Need need,
      Establishment establishment,
      Account account) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    List<String> drafts = new ArrayList<>();
    for (Terms terms : need.missions()) {
      Mission draft =
          Mission.submitted(
              ids.next(), establishment, account.accountId(), terms, Status.DRAFT, now);
      missions.create(writes, draft);
      // nobody has proved to be the one who submits here
      journal.append(
          writes, Subject.mission(draft.missionId()), Action.MISSION_CREATED, Journal.SYSTEM, null);
      drafts.add(draft.missionId());
    }
    establishments.takeRoom(
        writes, establishment.finess(), submission.submissionId(), drafts.size());
    journal.append(
        writes, Subject.account(account.accountId()), Action.NEED_SUBMITTED, Journal.SYSTEM, null);
    return drafts;
  }

  private Outcome commit(Writes writes) {
    return switch (database.commit(writes)) {
      case Commit.Done done -> Outcome.DONE;
      case Commit.Refused refused -> Outcome.AGAIN;
      case Commit.Busy busy -> Outcome.AGAIN;
    };
  }

  private static Account account(Submission submission, Need need, Establishment establishment) {
    return new Account(
        submission.submissionId(),
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
        0);
  }
}
