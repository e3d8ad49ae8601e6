package renfort.matching;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.candidacies.CandidacyStore;
import renfort.candidacies.model.Candidacy;
import renfort.documents.Documents;
import renfort.documents.model.Document;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.MissionStore;
import renfort.missions.MissionView;
import renfort.missions.model.Mission;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.pool.PoolStore;
import renfort.pool.model.Hold;
import renfort.pool.model.PoolRow;
import renfort.professionals.ProfileStore;
import renfort.professionals.model.IdentityCheck;
import renfort.professionals.model.IdentityCheck.Result;
import renfort.professionals.model.Sheet;
import renfort.reference.Regions;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;

/**
 * Records the check of somebody's identity document by the agency of their region, the national
 * level, or an establishment that holds or affects them now; the files are deleted, the result, its
 * date and the checker stay (R28).
 */
final class CheckIdentity {
  private final PoolStore pool;
  private final ProfileStore profiles;
  private final CandidacyStore candidacies;
  private final MissionStore missions;
  private final Documents documents;
  private final Journal journal;
  private final Outbox outbox;
  private final Database database;
  private final Clock clock;
  private final Duration draftLife;

  CheckIdentity(Environment environment) {
    this.pool = new PoolStore(environment);
    this.profiles = new ProfileStore(environment);
    this.candidacies = new CandidacyStore(environment);
    this.missions = new MissionStore(environment);
    this.documents = new Documents(environment);
    this.journal = new Journal(environment);
    this.outbox = new Outbox(environment);
    this.database = Database.of(environment);
    this.clock = environment.clock();
    this.draftLife = Retention.of(environment).draftLife();
  }

  /** How it ended. */
  enum Outcome {
    /** The check is recorded, by this call or by an earlier one. */
    RECORDED,
    /** There is no such person, or the account is not the one to check them. */
    UNKNOWN,
    /** Others were faster at every try; nothing is stored. */
    BUSY
  }

  /** Checks: the first check of a document is the one that counts. */
  Outcome check(Account account, String professionalId, Result result) {
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      Optional<PoolRow> row = pool.find(professionalId);
      Optional<Sheet> sheet = profiles.find(professionalId);
      if (row.isEmpty() || sheet.isEmpty() || !mayCheck(account, row.get())) {
        return Outcome.UNKNOWN;
      }
      List<Document> files = sheet.get().files();
      if (sheet.get().identityCheck() != null && files.isEmpty()) {
        return Outcome.RECORDED;
      }
      Writes writes = new Writes();
      profiles.save(writes, sheet.get().checked(made(account, result)));
      documents.discardLater(writes, professionalId, files);
      journal.append(
          writes,
          Subject.professional(professionalId),
          Action.IDENTITY_CHECKED,
          account.accountId(),
          null);
      if (result == Result.REJECTED) {
        outbox.post(writes, Mail.to(sheet.get().accountId(), MailTemplate.IDENTITY_REJECTED));
      }
      switch (database.commit(writes)) {
        case Commit.Done done -> {
          documents.discardNow(professionalId, files);
          return Outcome.RECORDED;
        }
        case Commit.Refused refused -> {
          // the sheet changed meanwhile: looked at again
        }
        case Commit.Busy busy -> {
          return Outcome.BUSY;
        }
      }
    }
    return Outcome.BUSY;
  }

  private IdentityCheck made(Account account, Result result) {
    String by =
        switch (account.role()) {
          case AGENCY -> Regions.find(requireNonNull(account.region())).orElseThrow().ars();
          case NATIONAL -> "le niveau national";
          case REQUESTER ->
              Optional.ofNullable(account.establishment()).map(Establishment::name).orElseThrow();
          case PROFESSIONAL -> throw new IllegalStateException("nobody checks themselves");
        };
    return new IdentityCheck(
        result, clock.instant().truncatedTo(ChronoUnit.SECONDS), by, account.accountId());
  }

  private boolean mayCheck(Account account, PoolRow row) {
    return switch (account.role()) {
      case AGENCY, NATIONAL -> account.actsOnRegion(row.region());
      case REQUESTER -> holds(account, row) || affects(account, row);
      case PROFESSIONAL -> false;
    };
  }

  private boolean holds(Account account, PoolRow row) {
    return row.liveHold(clock.instant())
        .map(Hold::missionId)
        .flatMap(missions::find)
        .filter(mission -> isTheirs(account, mission))
        .isPresent();
  }

  private boolean affects(Account account, PoolRow row) {
    List<String> affecting =
        candidacies.ofProfessional(row.professionalId()).stream()
            .filter(candidacy -> candidacy.status() == Candidacy.Status.AFFECTED)
            .map(Candidacy::missionId)
            .limit(100)
            .toList();
    return missions.findAll(affecting).values().stream()
        .filter(mission -> isTheirs(account, mission))
        .anyMatch(
            mission ->
                switch (mission.statusOn(MissionView.today(mission, clock))) {
                  case OPEN, FILLED -> true;
                  case DRAFT, CANCELLED, ENDED -> false;
                });
  }

  private boolean isTheirs(Account account, Mission mission) {
    return account.role() == Role.REQUESTER
        && mission.isVisibleTo(account, clock.instant(), draftLife);
  }
}
