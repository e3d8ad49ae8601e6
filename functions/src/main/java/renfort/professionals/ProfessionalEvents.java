package renfort.professionals;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountEvents;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.documents.Documents;
import renfort.environment.Environment;
import renfort.inbox.InboxStore;
import renfort.inbox.Submission.State;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.professionals.model.Sheet;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Outage;
import renfort.storage.Writes;

/** What an account's events mean for a volunteer's sheet (R7, R29). */
public final class ProfessionalEvents implements AccountEvents {
  private final Database database;
  private final ProfileStore profiles;
  private final PoolStore pool;
  private final SharedIdentifiers identifiers;
  private final ListViews views;

  private final InboxStore inbox;
  private final Environment environment;

  // made by an erasure only: setting a password needs neither bucket nor missions
  private final Supplier<Documents> documents;
  private final Supplier<Ties> ties;

  // made for a sheet that was kept apart only
  private final Supplier<NewSheets> newSheets;

  /**
   * What happens to sheets.
   *
   * @param ties asked for by an erasure only
   */
  public ProfessionalEvents(Environment environment, Supplier<Ties> ties) {
    this.database = Database.of(environment);
    this.profiles = new ProfileStore(environment);
    this.pool = new PoolStore(environment);
    this.inbox = new InboxStore(environment);
    this.environment = environment;
    this.identifiers = new SharedIdentifiers(environment);
    this.views = new ListViews(environment);
    this.documents = () -> new Documents(environment);
    this.newSheets = () -> new NewSheets(environment);
    this.ties = ties;
  }

  /**
   * Ranks the row with those of the confirmed addresses (R7, R13); a sheet that was kept apart
   * until its own link is used comes into the pool.
   */
  @Override
  public Account passwordSet(Writes writes, Account account) {
    String professionalId = account.professionalId();
    if (professionalId == null) {
      return account;
    }
    Optional<PoolRow> row = pool.find(professionalId);
    if (row.isPresent()) {
      if (!row.get().confirmed() || row.get().undeliverable()) {
        pool.save(writes, row.get().nowConfirmed());
      }
    } else if (!account.isConfirmed()) {
      inbox
          .find(account.accountId())
          .filter(submission -> submission.state() == State.PARKED)
          .ifPresent(
              submission -> {
                Sheet sheet = ProfileStore.ofInbox(submission.content());
                newSheets.get().create(writes, sheet, true, account.accountId());
                inbox.taken(writes, submission, null, List.of(), null);
              });
    }
    return account;
  }

  @Override
  public void superseded(Account unproved) {
    if (new CloseProfessional(environment)
            .close(unproved.accountId(), ErasureReason.UNPROVED, account -> !account.isConfirmed())
        == CloseProfessional.Outcome.BUSY) {
      throw new Outage("table", new IllegalStateException("busy"));
    }
  }

  /** Erases a profile that nobody used for long, unless it has changed since it was read (R29). */
  public void eraseDormant(Account asRead) {
    if (new CloseProfessional(environment)
            .close(
                asRead.accountId(),
                ErasureReason.DORMANT,
                account -> account.version() == asRead.version())
        == CloseProfessional.Outcome.BUSY) {
      throw new Outage("table", new IllegalStateException("busy"));
    }
  }

  /** Shows in lists that a mail came back from their address, so that they are called. */
  public void mailCameBack(Account account) {
    change(account.professionalId(), PoolRow::undeliverable, row -> row.unreached(true));
  }

  private void change(
      @Nullable String professionalId, Predicate<PoolRow> isDone, UnaryOperator<PoolRow> change) {
    if (professionalId == null) {
      return;
    }
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      Optional<PoolRow> row = pool.find(professionalId);
      if (row.isEmpty() || isDone.test(row.get())) {
        return;
      }
      Writes writes = new Writes();
      pool.save(writes, change.apply(row.get()));
      if (database.commit(writes) instanceof Commit.Done) {
        return;
      }
    }
    throw new Outage("table", new IllegalStateException("the row changes all the time"));
  }

  /** Frees what ties them to missions, then deletes documents, sheet and POOL row. */
  @Override
  public Optional<String> erased(
      String accountId, @Nullable String professionalId, @Nullable String place) {
    if (professionalId == null) {
      return Optional.empty();
    }
    closeRow(professionalId);
    Optional<String> next = ties.get().erase(professionalId, place);
    if (next.isEmpty()) {
      documents.get().discardAll(professionalId);
      views.forget(professionalId);
      deleteRows(professionalId);
    }
    return next;
  }

  /** Closed with the account, as a rule; what is not may be found while it is being freed. */
  private void closeRow(String professionalId) {
    commit(
        () -> {
          Writes writes = new Writes();
          pool.find(professionalId).ifPresent(row -> pool.close(writes, row));
          return writes;
        });
  }

  private void deleteRows(String professionalId) {
    commit(
        () -> {
          Writes writes = new Writes();
          profiles
              .find(professionalId)
              .ifPresent(
                  sheet -> {
                    var _ =
                        identifiers.change(
                            writes, professionalId, sheet.details().shared(), Optional.empty());
                    profiles.delete(writes, sheet);
                  });
          pool.delete(writes, professionalId);
          return writes;
        });
  }

  /** Prepares and commits until nobody was faster. */
  private void commit(Supplier<Writes> prepared) {
    for (int turn = 1; turn <= Database.TRIES; turn++) {
      if (database.commit(prepared.get()) instanceof Commit.Done) {
        return;
      }
    }
    throw new Outage("table", new IllegalStateException("the rows change all the time"));
  }
}
