package renfort.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.QuotaLimits;
import renfort.environment.Environment;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.reference.Regions;
import renfort.reference.model.Region;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Writes;
import renfort.web.Log;
import renfort.web.Problem;
import renfort.web.Request;
import renfort.web.Response;

/**
 * How much an account, and all accounts of an establishment together, may look at people a day
 * (R27). A day is one of their region. Counted by conditional writes: exact however many calls come
 * at once.
 */
public final class Quotas {
  private final Database database;
  private final Guards guards;
  private final Outbox outbox;
  private final Clock clock;
  private final QuotaLimits limits;

  public Quotas(Environment environment) {
    this.database = Database.of(environment);
    this.guards = new Guards(environment);
    this.outbox = new Outbox(environment);
    this.clock = environment.clock();
    this.limits = QuotaLimits.parse(environment.variable("QUOTAS"));
  }

  /** What is counted. Names are stored. */
  private enum Kind {
    PAGES,
    SHEETS,
    DOCUMENTS
  }

  /** Counts a page of people; how long to wait when there are no more today. */
  public Optional<Duration> page(Account account) {
    return take(account, Kind.PAGES, null, limits.pages());
  }

  /** Counts a person's sheet with contact details, once a day; how long to wait as above. */
  public Optional<Duration> sheet(Account account, String professionalId) {
    return take(account, Kind.SHEETS, professionalId, limits.sheets());
  }

  /** Counts a document whose address is handed out, once a day; how long to wait as above. */
  public Optional<Duration> document(Account account, String documentId) {
    return take(account, Kind.DOCUMENTS, documentId, limits.documents());
  }

  /** The answer to a request that is over a quota. */
  public static Response over(Request request, Duration wait) {
    return Problem.of(429, "too-many-requests", "La limite de consultations du jour est atteinte.")
        .withDetail("Elle protège les volontaires. Votre ARS peut être contactée si besoin.")
        .toResponse(request.requestId())
        .withHeader("retry-after", String.valueOf(Math.max(1, wait.toSeconds())));
  }

  private Optional<Duration> take(Account account, Kind kind, @Nullable String member, int usual) {
    Instant now = clock.instant();
    ZoneId zone = zone(account);
    LocalDate day = LocalDate.ofInstant(now, zone);
    Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
    @Nullable Establishment establishment = account.establishment();
    int own = establishment == null ? usual * limits.agencyTimes() : usual;
    String name = "QUOTA#" + kind + "#" + day + "#";
    boolean within = takeOne(name + account.accountId(), member, end, own);
    if (within && establishment != null) {
      within =
          takeOne(
              name + "F" + establishment.finess(),
              member,
              end,
              usual * limits.establishmentTimes());
      if (!within && member == null) {
        guards.giveBackUntil(name + account.accountId());
      }
    }
    if (within) {
      return Optional.empty();
    }
    tell(account, kind, day, end);
    return Optional.of(Duration.between(now, end));
  }

  private boolean takeOne(String name, @Nullable String member, Instant end, int limit) {
    return member == null
        ? guards.takeUntil(name, end, limit)
        : guards.addUntil(name, member, end, limit);
  }

  /**
   * One line a day for each account and kind, which an alarm counts, and one mail a day for each
   * account to the agency of its region. The national level belongs to none.
   */
  private void tell(Account account, Kind kind, LocalDate day, Instant end) {
    String name = "QUOTA#TOLD#" + day + "#" + account.accountId();
    if (guards.find(name + "#" + kind).isPresent()) {
      return;
    }
    Writes first = new Writes();
    once(first, name + "#" + kind, end);
    if (region(account).isPresent()) {
      once(first, name, end);
      outbox.post(first, Mail.ofQuota(account.accountId(), kind.name()));
    }
    boolean told = database.commit(first) instanceof Commit.Done;
    if (!told) {
      Writes line = new Writes();
      once(line, name + "#" + kind, end);
      told = database.commit(line) instanceof Commit.Done;
    }
    if (told) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("kind", kind.name());
      facts.put("accountId", account.accountId());
      account.finess().ifPresent(finess -> facts.put("finess", finess));
      Log.info("quota-reached", facts);
    }
  }

  private void once(Writes writes, String name, Instant end) {
    writes.put("told", guards.table(), Guards.key(name).with("until", end), Writes.isNew("guard"));
  }

  private static ZoneId zone(Account account) {
    return region(account).map(Region::zone).orElse(ZoneId.of("Europe/Paris"));
  }

  /** The region whose agency answers for an account. */
  private static Optional<Region> region(Account account) {
    return account.regionCode().flatMap(Regions::find);
  }
}
