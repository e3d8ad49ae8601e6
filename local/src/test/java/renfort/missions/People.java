package renfort.missions;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.Links;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.LinkPurpose;
import renfort.accounts.model.Role;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.journal.Journal;
import renfort.journal.Journal.Entry;
import renfort.journal.Journal.Subject;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
import renfort.pool.PoolStore;
import renfort.pool.model.Availability;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Communes;
import renfort.reference.Regions;
import renfort.reference.model.Commune;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Identifiers;
import renfort.reference.model.Position;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;

/** Requesters and staff of tests, their establishments and missions, and what is stored of them. */
public final class People {
  public static final String PASSWORD = "Genets-Ajoncs-2027";

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final LocalPlatform platform;
  private final Api api;
  public final Environment environment;
  public final AccountStore accounts;
  public final EstablishmentStore establishments;
  public final MissionStore missions;
  private final Database database;

  public People(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name :
        List.of(
            "Accounts",
            "Professionals",
            "Establishments",
            "Missions",
            "Candidacies",
            "Regions",
            "Journal",
            "Outbox",
            "Inbox",
            "Guards")) {
      variables.put(name.toUpperCase(Locale.ROOT) + "_TABLE", platform.tableName(name + "Table"));
    }
    variables.put("RETENTION", platform.variables("SweepDays").get("RETENTION"));
    this.environment = platform.environment(variables);
    this.accounts = new AccountStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.missions = new MissionStore(environment);
    this.database = Database.of(environment);
  }

  /** An address that nobody has yet. */
  public static String address() {
    return "demandeur" + COUNT.incrementAndGet() + "@exemple.org";
  }

  /** A FINESS number that no other test has. */
  public static String finess() {
    String body = "35%06d".formatted(700_000 + COUNT.incrementAndGet());
    for (int key = 0; key < 10; key++) {
      Optional<String> number = Identifiers.finess(body + key);
      if (number.isPresent()) {
        return number.get();
      }
    }
    throw new IllegalStateException("no key");
  }

  /** The date in Paris. */
  public LocalDate today() {
    return Regions.find("53").orElseThrow().today(platform.clock());
  }

  public Instant now() {
    // as it is stored
    return platform.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** An establishment in Rennes. */
  public Establishment inRennes(String finess) {
    return at(finess, "EHPAD des Genêts", "35000", "Rennes");
  }

  /** An establishment somewhere. */
  public Establishment at(String finess, String name, String postalCode, String city) {
    Commune commune =
        Communes.ofPostalCode(postalCode).stream()
            .filter(one -> one.name().equals(city))
            .findFirst()
            .orElseThrow();
    return new Establishment(
        finess,
        name,
        "12 rue des Genêts",
        postalCode,
        city,
        commune.region(),
        commune.departement(),
        commune.position().latitude(),
        commune.position().longitude());
  }

  /** A requester whose address is proved; an approved one's establishment is known. */
  public Account requester(Establishment establishment, boolean approved) {
    Account account =
        new Account(
            environment.ids().next(),
            Role.REQUESTER,
            address(),
            "Leroux",
            "Camille",
            "+33199001234",
            null,
            establishment,
            approved,
            null,
            now(),
            true,
            false,
            1);
    Writes writes = new Writes();
    accounts.create(writes, account);
    Requester requester = Requester.of(account, establishment, now());
    establishments.save(writes, approved ? requester.now(RequesterStatus.APPROVED) : requester);
    if (approved && establishments.find(establishment.finess()).isEmpty()) {
      establishments.store(writes, establishment);
    }
    commit(writes);
    return account;
  }

  /** Staff of a region's agency. */
  public Account agency(String region) {
    return staff(Role.AGENCY, region);
  }

  public Account national() {
    return staff(Role.NATIONAL, null);
  }

  private Account staff(Role role, @Nullable String region) {
    Account account =
        new Account(
            environment.ids().next(),
            role,
            address(),
            "ARS",
            "Renfort",
            null,
            null,
            null,
            false,
            region,
            now(),
            true,
            false,
            1);
    Writes writes = new Writes();
    accounts.create(writes, account);
    commit(writes);
    return account;
  }

  /** A client that is signed in. */
  public Api as(Account account) {
    var cognito = platform.clients().cognito();
    String pool = platform.reference("UserPool");
    cognito.adminCreateUser(user -> user.userPoolId(pool).username(account.accountId()));
    cognito.adminSetUserPassword(
        user ->
            user.userPoolId(pool).username(account.accountId()).password(PASSWORD).permanent(true));
    return signIn(account.email());
  }

  /** A client with a session. */
  public Api signIn(String email) {
    return api.as(
        api.post(
                "/api/sessions",
                Map.of("email", email, "password", PASSWORD, "keepSignedIn", false))
            .expect(200)
            .json()
            .path("accessToken")
            .asText());
  }

  /** Sets the password of an address by a link of its account, or of its latest submission. */
  public void setPassword(String email) {
    setPassword(account(email));
  }

  /** Sets the password of an account by a link. */
  public void setPassword(Account account) {
    api.post("/api/passwords", Map.of("token", link(account), "password", PASSWORD)).expect(204);
    platform.awaitStreams();
  }

  /** The token of a new link of an account. */
  public String link(Account account) {
    // a mail that is still to be sent would void this link
    platform.awaitStreams();
    return new Links(environment)
        .mint(account.accountId(), LinkPurpose.ACTIVATION, null, environment.clock().instant())
        .orElseThrow();
  }

  /**
   * The live account of an address, once what was sent before now is taken: that of the proved
   * address, else of the latest submission.
   */
  public Account account(String email) {
    platform.awaitStreams();
    return accounts.findByEmail(email).orElseGet(() -> unproved(email).getLast());
  }

  /** The accounts of the unproved submissions of an address, the oldest first. */
  public List<Account> unproved(String email) {
    platform.awaitStreams();
    return accounts.claims(email).stream()
        .flatMap(claim -> accounts.find(claim.accountId()).stream())
        .toList();
  }

  /** A stored mission of 21 days from tomorrow on. */
  public Mission mission(Account submitter, Status status) {
    return mission(submitter, status, today().plusDays(1), today().plusDays(21));
  }

  /** A stored mission. */
  public Mission mission(Account submitter, Status status, LocalDate start, LocalDate end) {
    Establishment establishment = submitter.establishment();
    if (establishment == null) {
      throw new IllegalArgumentException("no requester");
    }
    Mission mission =
        Mission.submitted(
            environment.ids().next(),
            establishment,
            submitter.accountId(),
            new Terms(start, end, "60", null, 2, false, true, true, false),
            status,
            now());
    Writes writes = new Writes();
    missions.create(writes, mission);
    commit(writes);
    return missions.find(mission.missionId()).orElseThrow();
  }

  /** A nurse of Rennes in the pool, free from today on, who matches those missions. */
  public String nurse() {
    String id = environment.ids().next();
    Writes writes = new Writes();
    new PoolStore(environment)
        .create(
            writes,
            new PoolRow(
                id,
                "Kerbrat",
                "Solène",
                "35000",
                "Rennes",
                "35",
                new Position(48.11, -1.68),
                "60",
                null,
                "53",
                IdentifierType.NONE,
                null,
                true,
                true,
                false,
                Set.of(),
                true,
                true,
                false,
                false,
                new Availability(List.of(new Period(today(), null, true, true)), List.of()),
                null,
                now(),
                false,
                0));
    commit(writes);
    return id;
  }

  /** Stores a changed mission. */
  public void save(Mission mission) {
    Writes writes = new Writes();
    missions.save(writes, mission);
    commit(writes);
  }

  public Mission stored(String missionId) {
    return missions.find(missionId).orElseThrow();
  }

  /** The drafts and missions of a FINESS number, whoever submitted them. */
  public List<Mission> ofFiness(String finess) {
    platform.awaitStreams();
    return missions.ofEstablishment(finess, false, null, Map.of(), 100).missions();
  }

  public void commit(Writes writes) {
    assertInstanceOf(Commit.Done.class, database.commit(writes));
  }

  /** The templates of the mails stored for an account, oldest first. */
  public List<String> mails(String accountId) {
    platform.awaitStreams();
    return platform
        .clients()
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(platform.tableName("OutboxTable")))
        .items()
        .stream()
        .map(Item::of)
        .filter(mail -> accountId.equals(mail.textOrNull("to")))
        .sorted(Comparator.comparingLong(mail -> mail.number("createdAt")))
        .map(mail -> mail.text("template"))
        .toList();
  }

  /** The actions in the journal on a subject, oldest first. */
  public List<String> journal(Subject subject) {
    platform.awaitStreams();
    return new Journal(environment).of(subject).stream().map(Entry::action).toList();
  }

  /** The form of a need, of one mission from tomorrow on. */
  public Map<String, Object> need(String email, Establishment establishment) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put(
        "requester",
        Map.of(
            "lastName",
            "Leroux",
            "firstName",
            "Camille",
            "email",
            email,
            "phone",
            "01 99 00 12 34"));
    form.put(
        "establishment",
        Map.of(
            "finess",
            establishment.finess(),
            "name",
            establishment.name(),
            "address",
            establishment.address(),
            "postalCode",
            establishment.postalCode(),
            "city",
            establishment.city(),
            "region",
            establishment.region()));
    form.put("missions", List.of(terms()));
    return form;
  }

  /** What a form says of a mission of 21 days from tomorrow on. */
  public Map<String, Object> terms() {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("start", today().plusDays(1).toString());
    terms.put("end", today().plusDays(21).toString());
    terms.put("profession", "60");
    terms.put("count", 2);
    terms.put("vehicle", false);
    terms.put("weekend", true);
    terms.put("nursingHome", true);
    terms.put("intensiveCare", false);
    return terms;
  }

  /** All items of a list, page by page. */
  public static List<JsonNode> all(Api api, String path) {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    do {
      JsonNode page =
          api.get(
                  path
                      + (next.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + "cursor=" + next))
              .expect(200)
              .json();
      page.path("items").forEach(items::add);
      next = page.path("next").asText();
    } while (!next.isEmpty());
    return items;
  }

  /** The values of a member of all items. */
  public static List<String> each(List<JsonNode> items, String member) {
    return items.stream().map(item -> item.path(member).asText()).toList();
  }
}
