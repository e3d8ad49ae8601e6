package renfort.professionals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import renfort.accounts.AccountStore;
import renfort.accounts.ClaimStore;
import renfort.environment.Environment;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.Mailbox;
import renfort.local.Uploads;
import renfort.reference.model.Identifiers;
import renfort.storage.Database;
import renfort.storage.Item;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Volunteers of tests: their forms, uploads, mails, sessions and what is stored of them. */
public final class Volunteers {
  public static final String PASSWORD = "Genets-Ajoncs-2027";
  static final byte[] PDF = "%PDF-1.7 the papers of a test".getBytes(StandardCharsets.US_ASCII);

  static final byte[] TEXT = "not what it is said to be".getBytes(StandardCharsets.US_ASCII);

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final LocalPlatform platform;
  private final Api api;

  public Volunteers(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
  }

  /** An address that nobody has yet. */
  public static String address() {
    return "volontaire" + COUNT.incrementAndGet() + "@exemple.org";
  }

  /** An RPPS number that nobody has yet. */
  public static String rpps() {
    String body = "9%09d".formatted(COUNT.incrementAndGet());
    for (int key = 0; key < 10; key++) {
      Optional<String> number = Identifiers.rpps(body + key);
      if (number.isPresent()) {
        return number.get();
      }
    }
    throw new IllegalStateException("no key");
  }

  /** The first day of the form's period: tomorrow in Paris. */
  public LocalDate start() {
    return LocalDate.ofInstant(platform.clock().instant(), ZoneId.of("Europe/Paris")).plusDays(1);
  }

  /** A whole form of a nurse in Rennes, without optional fields, its identity document uploaded. */
  public Map<String, Object> form(String email) {
    Map<String, Object> form = sheet();
    form.put("email", email);
    form.put("identityDocumentId", upload("identite.pdf"));
    form.put("consent", true);
    return form;
  }

  /** The form of an edit, without documents. */
  public Map<String, Object> sheet() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("lastName", "Kerbrat");
    form.put("firstName", "Solène");
    form.put("phone", "02 61 91 12 34");
    form.put("region", "53");
    form.put("profession", "60");
    form.put("identifierType", "NONE");
    form.put("activityType", "SALARIED");
    form.put("postalCode", "35000");
    form.put("city", "Rennes");
    form.put("vehicle", true);
    form.put("nursingHome", false);
    form.put("intensiveCare", false);
    form.put("vaccination", true);
    form.put("availabilities", List.of(period(start().toString(), true, true)));
    form.put("mobility", List.of("LOCAL"));
    return form;
  }

  static Map<String, Object> period(String start, boolean weekdays, boolean weekend) {
    return Map.of("start", start, "weekdays", weekdays, "weekend", weekend);
  }

  /** Uploads a PDF; returns its documentId. */
  public String upload(String fileName) {
    return upload(fileName, "application/pdf", PDF);
  }

  /** Uploads bytes as what they are said to be; returns their documentId. */
  public String upload(String fileName, String contentType, byte[] content) {
    JsonNode slot =
        api.post(
                "/api/documents",
                Map.of(
                    "fileName",
                    fileName,
                    "contentType",
                    contentType,
                    "size",
                    content.length,
                    "sha256",
                    Uploads.sha256(content)))
            .expect(201)
            .json();
    try {
      var answer = CLIENT.send(Uploads.put(slot, content), BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return slot.path("documentId").asText();
  }

  /** Registers, activates by the mail's link and signs in. */
  public Api confirmed(String email) {
    return confirmed(form(email));
  }

  /** Registers with a form, activates by the mail's link and signs in. */
  public Api confirmed(Map<String, Object> form) {
    api.post("/api/professionals", form).expect(202);
    String email = String.valueOf(form.get("email"));
    activate(email);
    return signIn(email);
  }

  /** Sets the password by the last link sent to an address. */
  public void activate(String email) {
    api.post("/api/passwords", Map.of("token", lastToken(email), "password", PASSWORD)).expect(204);
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

  /** The subjects of the mails sent to an address, once all there are to send are sent. */
  public List<String> subjects(String email) {
    platform.awaitStreams();
    return platform.mailbox().to(email).stream().map(Mailbox.Mail::subject).sorted().toList();
  }

  /** The text of the last mail with a subject. */
  public String mail(String email, String subject) {
    platform.awaitStreams();
    List<Mailbox.Mail> mails =
        platform.mailbox().to(email).stream()
            .filter(mail -> mail.subject().equals(subject))
            .toList();
    assertTrue(!mails.isEmpty(), () -> "no mail « " + subject + " »");
    return mails.getLast().text();
  }

  /**
   * The token of the last link sent to an address; the schedules bring a mail that a busy machine
   * has put off (R26).
   */
  public String lastToken(String email) {
    platform.awaitStreams();
    Optional<String> token = sentToken(email);
    if (token.isEmpty()) {
      System.err.println("the link to " + email + " was put off");
      platform.advance(Duration.ofMinutes(3));
      for (String schedule : List.of("RetakeSubmissions", "ResendMails")) {
        platform.runSchedule(schedule);
        platform.awaitStreams();
      }
      token = sentToken(email);
    }
    return token.orElseThrow(() -> new AssertionError("no link was sent"));
  }

  private Optional<String> sentToken(String email) {
    return platform.mailbox().to(email).stream()
        .map(Mailbox.Mail::text)
        .filter(text -> text.contains("#token="))
        .map(text -> text.substring(text.indexOf("#token=") + "#token=".length()))
        .map(text -> text.split("\\s", 2)[0])
        .reduce((first, second) -> second);
  }

  /**
   * The professionalId of an address, if it has an account of a professional, proved or not: what
   * was sent before now has been taken.
   */
  public Optional<String> professionalId(String email) {
    return account(email).map(account -> account.textOrNull("professionalId"));
  }

  /**
   * The live account of an address as it is stored, once what was sent before now is taken: that of
   * the proved address, else of the latest submission.
   */
  public Optional<Item> account(String email) {
    platform.awaitStreams();
    return item("AccountsTable", Map.of("accountId", "EMAIL#" + email))
        .map(item -> item.text("account"))
        .or(() -> unproved(email).stream().reduce((first, second) -> second))
        .flatMap(id -> item("AccountsTable", Map.of("accountId", id)));
  }

  /** The accountIds of the unproved submissions of an address, the oldest first. */
  public List<String> unproved(String email) {
    platform.awaitStreams();
    return new AccountStore(environment())
        .claims(email).stream().map(ClaimStore.Claim::accountId).toList();
  }

  /** An account's item, live or erased. */
  public Item accountItem(String accountId) {
    return item("AccountsTable", Map.of("accountId", accountId)).orElseThrow();
  }

  /** The environment of a function. */
  public Environment environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name :
        List.of(
            "Accounts",
            "Professionals",
            "Establishments",
            "Missions",
            "Candidacies",
            "Establishments",
            "Regions",
            "Journal",
            "Outbox",
            "Inbox",
            "Guards")) {
      variables.put(name.toUpperCase(Locale.ROOT) + "_TABLE", platform.tableName(name + "Table"));
    }
    variables.put("DOCUMENTS_BUCKET", platform.bucketName("DocumentsBucket"));
    variables.put("RETENTION", platform.variables("SweepDays").get("RETENTION"));
    return platform.environment(variables);
  }

  /** What the pool has of somebody. */
  public Optional<Item> poolRow(String professionalId) {
    return item("ProfessionalsTable", Map.of("professionalId", professionalId, "sk", "POOL"));
  }

  /** The flags of somebody's row in the pool: A available, C confirmed, 2 duplicate. */
  public String flags(String professionalId) {
    return poolRow(professionalId).orElseThrow().text("b");
  }

  /** The whole sheet as it is stored. */
  public Optional<Item> profile(String professionalId) {
    return item("ProfessionalsTable", Map.of("professionalId", professionalId, "sk", "PROFILE"));
  }

  /** The days on which somebody stood in a list, as they are stored. */
  public List<String> listed(String professionalId) {
    return new ListViews(environment())
        .of(professionalId, null, 1000).rows().stream()
            .map(view -> view.get("date") + " " + view.get("by"))
            .toList();
  }

  /** The mails to an account as they are stored, by the index of recipients. */
  public List<Item> keptMails(String accountId) {
    return Database.of(environment())
        .queryAll(
            Database.Find.in(
                platform.tableName("OutboxTable"),
                "byRecipient",
                "#to = :account",
                Item.empty().with("account", accountId)));
  }

  /** The documents stored for somebody, by the last part of their key. */
  public List<String> documents(String professionalId) {
    return keys("professionals/" + professionalId + "/");
  }

  /** How many objects there are for all professionals. */
  public int allDocuments() {
    return keys("professionals/").size();
  }

  /** The sheets that are noted for an identifier. */
  public List<String> sharing(String type, String number) {
    return item(
            "ProfessionalsTable",
            Map.of("professionalId", "IDENTIFIER#" + type + "#" + number, "sk", "IDENTIFIER"))
        .map(item -> item.texts("sheets"))
        .orElse(List.of());
  }

  /** The fields that a problem names. */
  static Set<String> fields(JsonNode problem) {
    Set<String> fields = new TreeSet<>();
    problem.path("errors").forEach(error -> fields.add(error.path("field").asText()));
    return fields;
  }

  /** What was done on somebody, by their export. */
  static List<String> actions(JsonNode export) {
    List<String> actions = new ArrayList<>();
    export.path("journal").forEach(entry -> actions.add(entry.path("action").asText()));
    return actions;
  }

  /** A tree that is equal to another whatever the order of its members. */
  static JsonNode tree(Object tree) {
    return new ObjectMapper().valueToTree(tree);
  }

  private List<String> keys(String prefix) {
    String bucket = platform.bucketName("DocumentsBucket");
    return platform
        .clients()
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .map(key -> key.substring(key.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  private Optional<Item> item(String table, Map<String, String> key) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    key.forEach((name, value) -> attributes.put(name, AttributeValue.fromS(value)));
    var answer =
        platform
            .clients()
            .dynamoDb()
            .getItem(
                GetItemRequest.builder()
                    .tableName(platform.tableName(table))
                    .key(attributes)
                    .consistentRead(true)
                    .build());
    return answer.hasItem() ? Optional.of(Item.of(answer.item())) : Optional.empty();
  }
}
