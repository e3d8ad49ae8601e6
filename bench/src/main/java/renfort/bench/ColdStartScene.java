package renfort.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.candidacies.CandidacyStore;
import renfort.candidacies.model.Candidacy;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Requester;
import renfort.establishments.model.RequesterStatus;
import renfort.local.LocalPlatform;
import renfort.local.Template;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
import renfort.pool.PoolStore;
import renfort.pool.model.Availability;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.professionals.ProfileStore;
import renfort.professionals.model.Details;
import renfort.professionals.model.Sheet;
import renfort.reference.model.ActivityType;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Item;
import renfort.storage.Writes;
import renfort.web.Json;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What the sample events of {@code events/} speak of, stored on a platform: their accounts, mission
 * and volunteers by the ids that they name, so that a function does its work; and for
 * MatchCandidates a mission of its own with three pages of people.
 */
final class ColdStartScene {
  /** The function that is compared with others. */
  static final String MATCHING = "MatchCandidates";

  /** How many people a page of it has. */
  static final int PAGE = 20;

  private static final int PEOPLE = 3 * PAGE;
  private static final String REQUESTER = "3c5e7g9j1m2p4r6t8w0y";
  private static final String AGENCY = "6d8f0h2k4m5p7r9t1w3y";
  private static final String MISSION = "7h3k9m2p5q8r1s4t6v0w";
  private static final List<String> VOLUNTEERS =
      List.of("5f7h9k1m3p4r6t8w0y2b", "8j0m2p4r6t7w9y1c3e5g");
  private static final String OTHER_REQUESTER = "4d6f8h0k2n3q5s7v9x1z";
  private static final String OTHER_MISSION = "8k4n0p3r6t9v2x5z7b1d";
  private static final String PASSWORD = "Genets-Ajoncs-2027";
  private static final String REQUESTER_EMAIL = "camille.leroux@example.org";
  private static final String VOLUNTEER_EMAIL = "solene.kerbrat@example.org";
  private static final List<String> DOCUMENTS =
      List.of("4tq8x0m2k7c9v1zrb6hd", "9w3e5r7t1y2p4a6s8d0f");
  private static final String LINK =
      "2b4d6f8h0k1m3p5r7t9w.Zm9yLXRoZS1leGFtcGxlLW9ubHktbm90LWEtc2VjcmV0";

  /** What a function changes; journal and outbox only grow. */
  private static final List<String> CHANGED =
      List.of(
          "AccountsTable",
          "ProfessionalsTable",
          "EstablishmentsTable",
          "MissionsTable",
          "CandidaciesTable",
          "RegionsTable",
          "InboxTable",
          "GuardsTable");

  private final LocalPlatform platform;
  private final LoadCaller caller;
  private final LoadTown town;
  private final Path events;
  private final Environment environment;
  private final DynamoDbClient tables;
  private final Instant now = Instant.now();
  private final LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
  private final Map<String, Rows> stored = new HashMap<>();

  /**
   * A table as it was.
   *
   * @param key the names of its key's attributes
   */
  private record Rows(List<String> key, Set<Map<String, AttributeValue>> items) {}

  /** Stores it. */
  ColdStartScene(LocalPlatform platform, Path home) {
    this.platform = platform;
    this.caller = new LoadCaller(platform.address(), new LoadTally());
    this.town = LoadTown.at(caller, "");
    this.events = home.resolve("events");
    this.tables = MatchingBench.client(platform, List.of());
    this.environment = platform.environment(variables(function(MATCHING)));
    storeSamples();
    storeMatching();
    for (String table : CHANGED) {
      String name = platform.tableName(table);
      List<String> key =
          tables.describeTable(request -> request.tableName(name)).table().keySchema().stream()
              .map(KeySchemaElement::attributeName)
              .toList();
      stored.put(name, new Rows(key, new HashSet<>(items(name))));
    }
  }

  /** A function of the template. */
  Template.Function function(String id) {
    return platform.template().functions().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No function is called " + id));
  }

  /** A function's variables here, with the addresses of the services. */
  Map<String, String> variables(Template.Function function) {
    Map<String, String> variables = new HashMap<>(platform.variables(function.id()));
    URI services = platform.servicesAddress();
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", platform.tablesAddress().toString());
    variables.put("AWS_ENDPOINT_URL_S3", platform.objectsAddress().toString());
    variables.put("AWS_ENDPOINT_URL_SESV2", services.toString());
    variables.put("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", services.toString());
    return variables;
  }

  /** The sample event of a function, as if it were sent for the first time. */
  Map<String, Object> event(String id) {
    try {
      String sample = Files.readString(events.resolve(id + ".json"));
      prepare(id);
      String text =
          switch (id) {
            case MATCHING ->
                sample.replace(MISSION, OTHER_MISSION).replace(REQUESTER, OTHER_REQUESTER);
            case "RegisterProfessional" -> {
              // documents serve once, and the sample's address is a volunteer's here
              String known = sample.replace(VOLUNTEER_EMAIL, "gwen.tanguy@example.org");
              for (String document : DOCUMENTS) {
                known = known.replace(document, town.upload());
              }
              yield known;
            }
            case "SetPassword" -> sample.replace(LINK, link());
            case "MarkUndeliverable" -> sample.replace("inconnue@exemple.fr", VOLUNTEER_EMAIL);
            case "SetStaffAccount" -> sample.replace("ars.guyane", "ars." + UUID.randomUUID());
            default -> sample;
          };
      platform.awaitStreams();
      return read(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores what a function is to find, where that is more than the scene has. */
  private void prepare(String id) throws IOException {
    switch (id) {
      case "AffectCandidates", "RefuseCandidates", "OwnCandidacies", "CheckIdentity" -> contact();
      case "ReleaseAffectations" -> {
        var _ = platform.invoke("AffectCandidates", event("AffectCandidates"));
      }
      case "WithdrawPushes" -> {
        var _ = platform.invoke("PushCandidates", event("PushCandidates"));
      }
      case "ReleaseCandidates" -> fill();
      case "SweepDays" -> end();
      case "SweepHolds", "FinishErasure" -> lapse();
      case "SendMail", "ResendMails" -> write();
      case "SettleDocuments" -> claim();
      default -> {}
    }
  }

  /** An event as if it were sent for the first time. */
  private static Map<String, Object> read(String text) {
    try {
      Map<String, Object> event = map(Json.read(text));
      if (event.get("headers") instanceof Map<?, ?> headers
          && headers.containsKey("idempotency-key")) {
        map(headers).put("idempotency-key", UUID.randomUUID().toString());
      }
      return event;
    } catch (Json.MalformedJson e) {
      throw new IllegalStateException(text, e);
    }
  }

  /** The same as Lambda sends it. */
  byte[] bytes(String id) {
    return Json.write(event(id)).getBytes(StandardCharsets.UTF_8);
  }

  /** Has the mission's requester contact both volunteers. */
  private void contact() throws IOException {
    String sample = Files.readString(events.resolve("ContactCandidate.json"));
    for (String volunteer : VOLUNTEERS) {
      JsonNode answer =
          platform.invoke(
              "ContactCandidate", read(sample.replace(VOLUNTEERS.getFirst(), volunteer)));
      if (answer.path("statusCode").asInt() != 200) {
        throw new IllegalStateException("Nobody is contacted: " + answer);
      }
    }
  }

  /**
   * Has the mission set POURVUE by hand, and all but the end of its release done: of people whom
   * the function frees, the stream tells the platform's own worker, which would be in its way.
   */
  private void fill() {
    String table = environment.variable("MISSIONS_TABLE");
    Map<String, AttributeValue> key = Map.of("missionId", AttributeValue.fromS(MISSION));
    Map<String, AttributeValue> mission =
        new HashMap<>(tables.getItem(request -> request.tableName(table).key(key)).item());
    mission.put("status", AttributeValue.fromS(Status.FILLED.name()));
    mission.put("byHand", AttributeValue.fromBool(true));
    mission.put("toRelease", AttributeValue.fromBool(true));
    // of a mission that is new the stream tells the platform's own worker nothing
    var _ = tables.deleteItem(request -> request.tableName(table).key(key));
    var _ = tables.putItem(request -> request.tableName(table).item(mission));
  }

  /** Has both volunteers held until an hour ago, and nobody tidied it. */
  private void lapse() {
    Instant then = now.minus(1, ChronoUnit.HOURS);
    MissionStore missions = new MissionStore(environment);
    PoolStore pool = new PoolStore(environment);
    commit(
        List.of(
            writes -> {
              Mission mission = missions.find(MISSION).orElseThrow();
              for (String volunteer : VOLUNTEERS) {
                mission = mission.holding(volunteer, then);
                new CandidacyStore(environment)
                    .save(
                        writes,
                        Candidacy.none(MISSION, volunteer, then).contactedUntil(then, 0, then));
                pool.save(writes, pool.find(volunteer).orElseThrow().held(new Hold(MISSION, then)));
              }
              missions.save(writes, mission);
            }));
  }

  /** Has the mission's last day be past. */
  private void end() {
    MissionStore missions = new MissionStore(environment);
    Mission mission = missions.find(MISSION).orElseThrow();
    Terms past =
        new Terms(
            today.minusDays(9),
            today.minusDays(3),
            mission.terms().profession(),
            null,
            5,
            false,
            true,
            false,
            false);
    commit(List.of(writes -> missions.save(writes, mission.edited(past))));
  }

  /** Has the sample's mail waiting to be sent. */
  private void write() {
    Instant then = now.minus(10, ChronoUnit.MINUTES);
    Item mail =
        Database.key("id", "1b3d5f7h9k0m2p4r6t8w")
            .with("template", "AFFECTATION")
            .with("to", VOLUNTEERS.getFirst())
            .with("mission", MISSION)
            .with("actor", REQUESTER)
            .with("start", today)
            .with("end", today.plusDays(20))
            .with("createdAt", then)
            .with("dueAt", then);
    String table = platform.tableName("OutboxTable");
    // only of a mail that is new the stream tells the platform's own worker: this one is sent
    var _ = tables.putItem(request -> request.tableName(table).item(mail.attributes()));
    platform.awaitStreams();
    Item unsent = mail.with("unsent", "PROCESS#3");
    var _ = tables.putItem(request -> request.tableName(table).item(unsent.attributes()));
  }

  /** Has a document claimed whose upload is left to be settled. */
  private void claim() {
    Item row =
        Guards.key("DOCUMENT#" + town.upload())
            .with("claimedBy", VOLUNTEERS.getFirst())
            .withTexts("replaced", List.of())
            .with("until", now.plus(1, ChronoUnit.DAYS));
    String table = platform.tableName("GuardsTable");
    var _ = tables.putItem(request -> request.tableName(table).item(row.attributes()));
  }

  /**
   * All that a function which answers nothing may change: to be compared before and after.
   *
   * @return the rows of all tables but the journal, and the names of all documents
   */
  Set<Object> state() {
    Set<Object> state = new HashSet<>(items(platform.tableName("OutboxTable")));
    stored.keySet().forEach(table -> state.addAll(items(table)));
    String bucket = platform.bucketName("DocumentsBucket");
    platform.clients().s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .forEach(state::add);
    return state;
  }

  /** A new link of the requester's. */
  private String link() {
    platform.awaitStreams();
    platform.mailbox().clear();
    caller
        .call("link", "POST", "/api/password-links", null, Map.of("email", REQUESTER_EMAIL))
        .expect(202);
    return town.link(REQUESTER_EMAIL).orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  /** Takes back what calls have changed, so that each finds the same. */
  void restore() {
    stored.forEach(
        (table, rows) -> {
          Set<Map<String, AttributeValue>> there = new HashSet<>(items(table));
          for (Map<String, AttributeValue> item : there) {
            if (!rows.items().contains(item)) {
              Map<String, AttributeValue> key = new HashMap<>(item);
              key.keySet().retainAll(rows.key());
              var _ = tables.deleteItem(request -> request.tableName(table).key(key));
            }
          }
          for (Map<String, AttributeValue> item : rows.items()) {
            if (!there.contains(item)) {
              var _ = tables.putItem(request -> request.tableName(table).item(item));
            }
          }
        });
  }

  private List<Map<String, AttributeValue>> items(String table) {
    return tables.scanPaginator(request -> request.tableName(table)).items().stream().toList();
  }

  private void storeSamples() {
    Establishment establishment =
        new Establishment(
            "350000014",
            "EHPAD des Genêts",
            "12 rue des Genêts",
            "35000",
            "Rennes",
            "53",
            "35",
            48.11,
            -1.68);
    Account requester =
        account(REQUESTER, Role.REQUESTER, REQUESTER_EMAIL, establishment, null, null);
    commit(
        List.of(
            writes -> {
              accounts().create(writes, requester);
              EstablishmentStore establishments = new EstablishmentStore(environment);
              establishments.store(writes, establishment);
              establishments.save(
                  writes,
                  Requester.of(requester, establishment, now).now(RequesterStatus.APPROVED));
              accounts()
                  .create(
                      writes, account(AGENCY, Role.AGENCY, "ars.53@example.org", null, null, "53"));
              new MissionStore(environment)
                  .create(writes, mission(MISSION, establishment, REQUESTER));
            },
            writes -> {
              volunteer(writes, VOLUNTEERS.get(0), VOLUNTEER_EMAIL);
              volunteer(writes, VOLUNTEERS.get(1), "yann.lebihan@example.org");
            }));
    // the sample edits the third version
    var _ =
        tables.updateItem(
            request ->
                request
                    .tableName(environment.variable("PROFESSIONALS_TABLE"))
                    .key(
                        Map.of(
                            "professionalId",
                            AttributeValue.fromS(VOLUNTEERS.get(0)),
                            "sk",
                            AttributeValue.fromS("PROFILE")))
                    .updateExpression("SET version = :three")
                    .expressionAttributeValues(Map.of(":three", AttributeValue.fromN("3"))));
    CognitoIdentityProviderClient cognito = platform.clients().cognito();
    String pool = environment.variable("USER_POOL_ID");
    var _ = cognito.adminCreateUser(user -> user.userPoolId(pool).username(REQUESTER));
    var _ =
        cognito.adminSetUserPassword(
            user ->
                user.userPoolId(pool)
                    .username(REQUESTER)
                    .password(PASSWORD)
                    .permanent(Boolean.TRUE));
  }

  private void volunteer(Writes writes, String id, String email) {
    accounts().create(writes, account(id, Role.PROFESSIONAL, email, null, id, null));
    PoolRow row = row(id, "53", "35", new Position(48.11, -1.68), 0);
    new PoolStore(environment).create(writes, row);
    Details details =
        new Details(
            row.lastName(),
            row.firstName(),
            "+33261911234",
            row.region(),
            row.profession(),
            null,
            IdentifierType.NONE,
            null,
            ActivityType.SALARIED,
            null,
            row.postalCode(),
            row.city(),
            true,
            true,
            false,
            true,
            null,
            row.availability().declared(),
            row.mobility());
    new ProfileStore(environment)
        .create(writes, new Sheet(id, id, email, details, List.of(), now, 0));
  }

  private void storeMatching() {
    Establishment establishment =
        new Establishment(
            "440000016",
            "EHPAD des Ajoncs",
            "3 rue des Ajoncs",
            "44000",
            "Nantes",
            "52",
            "44",
            47.22,
            -1.55);
    Account requester =
        account(OTHER_REQUESTER, Role.REQUESTER, "ajoncs@example.org", establishment, null, null);
    PoolStore pool = new PoolStore(environment);
    commit(
        List.of(
            writes -> {
              accounts().create(writes, requester);
              new MissionStore(environment)
                  .create(writes, mission(OTHER_MISSION, establishment, OTHER_REQUESTER));
            },
            writes -> {
              for (int i = 0; i < PEOPLE; i++) {
                String id = String.format(Locale.ROOT, "0v0m2p4r6t7w9y1c3%03d", i);
                pool.create(writes, row(id, "52", "44", new Position(47.2, -1.5), i));
              }
            }));
  }

  private AccountStore accounts() {
    return new AccountStore(environment);
  }

  private Account account(
      String id,
      Role role,
      String email,
      @Nullable Establishment establishment,
      @Nullable String professionalId,
      @Nullable String region) {
    return new Account(
        id,
        role,
        email,
        "Leroux",
        "Camille",
        role == Role.AGENCY ? null : "+33199001234",
        professionalId,
        establishment,
        establishment != null,
        region,
        now,
        true,
        false,
        0);
  }

  private Mission mission(String id, Establishment establishment, String requester) {
    return Mission.submitted(
        id,
        establishment,
        requester,
        new Terms(today, today.plusDays(60), "60", null, 5, false, true, false, false),
        Status.OPEN,
        now.minus(1, ChronoUnit.DAYS));
  }

  private PoolRow row(String id, String region, String zone, Position home, int number) {
    return new PoolRow(
        id,
        "Martin",
        "Camille",
        zone + "000",
        zone.equals("35") ? "Rennes" : "Nantes",
        zone,
        home,
        "60",
        null,
        region,
        IdentifierType.NONE,
        null,
        true,
        number % 2 == 0,
        number % 3 == 0,
        Set.of(Mobility.LOCAL, Mobility.DEPARTMENTAL),
        true,
        true,
        false,
        false,
        new Availability(List.of(period(number)), List.of()),
        null,
        now.minus(number, ChronoUnit.HOURS),
        false,
        0);
  }

  /** Of each five one begins too late, one ends early, and one works on weekdays only. */
  private Period period(int number) {
    return new Period(
        number % 5 == 1 ? today.plusDays(3) : today.minusDays(10),
        today.plusDays(number % 5 == 2 ? 20 : 90),
        true,
        number % 5 != 3);
  }

  private interface Part {
    void addTo(Writes writes);
  }

  private void commit(List<Part> parts) {
    Database database = Database.of(environment);
    for (Part part : parts) {
      Writes writes = new Writes();
      part.addTo(writes);
      if (!(database.commit(writes) instanceof Commit.Done)) {
        throw new IllegalStateException("The scene could not be stored");
      }
    }
  }

  /** The ids of the template's functions, in its order. */
  List<String> functions() {
    List<String> ids = new ArrayList<>();
    platform.template().functions().forEach(function -> ids.add(function.id()));
    return ids;
  }
}
