package renfort.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import renfort.bench.LoadCaller.Answer;
import renfort.local.LocalPlatform;
import renfort.local.Uploads;
import renfort.reference.model.Identifiers;

/** Nurses and hospitals of Brittany, made over HTTP as anybody makes them, links from the mails. */
final class LoadTown {
  static final String PASSWORD = "Genets-Ajoncs-2027";

  private static final byte[] DOCUMENT =
      "%PDF-1.7 the papers of a load".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern TOKEN = Pattern.compile("#token=([^\\s\"<]+)");
  private static final List<String> HOMES =
      List.of("35000 Rennes", "29200 Brest", "56000 Vannes", "22000 Saint-Brieuc");

  /** Links come by a stream, within moments. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Numbers for addresses and establishments: those of two towns on one platform never meet. */
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Begins anywhere, so that a later process meets no establishment of an earlier one. */
  private static final AtomicInteger FINESS =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(1_000_000));

  private final LoadCaller caller;
  private final Clock clock;
  private final String mark;
  private final String agency;
  private final String agencyPassword;

  private LoadTown(
      LoadCaller caller, Clock clock, String mark, String agency, String agencyPassword) {
    this.caller = caller;
    this.clock = clock;
    this.mark = mark;
    this.agency = agency;
    this.agencyPassword = agencyPassword;
  }

  /** A town on a platform of this process; its agency is made too. */
  static LoadTown on(LocalPlatform platform, LoadCaller caller) {
    String email = "agence." + COUNT.incrementAndGet() + "@exemple.org";
    LoadTown town = new LoadTown(caller, platform.clock(), "", email, PASSWORD);
    var _ =
        platform.invoke(
            "SetStaffAccount",
            Map.of("email", email, "role", "AGENCY", "region", "53", "enabled", true));
    town.activate(email);
    return town;
  }

  /**
   * A town on a platform of another process, which has the staff of the demonstration.
   *
   * @param mark of the addresses, unlike those of earlier towns there
   */
  static LoadTown at(LoadCaller caller, String mark) {
    return new LoadTown(caller, Clock.systemUTC(), mark, "ars.53@exemple.fr", "Demonstration-2026");
  }

  /** The same town, whose calls another client makes. */
  LoadTown with(LoadCaller other) {
    return new LoadTown(other, clock, mark, agency, agencyPassword);
  }

  /**
   * Somebody who acts for an establishment.
   *
   * @param finess of the establishment
   */
  record Requester(String email, String finess) {}

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Paris"));
  }

  /** A mission for nurses that begins in a week. */
  Map<String, Object> terms(int count, int days) {
    Map<String, Object> terms = new HashMap<>();
    terms.put("start", today().plusDays(7).toString());
    terms.put("end", today().plusDays(7L + days).toString());
    terms.put("profession", "60");
    terms.put("count", count);
    terms.put("vehicle", false);
    terms.put("weekend", true);
    terms.put("nursingHome", false);
    terms.put("intensiveCare", false);
    return terms;
  }

  /** An address that nobody has yet. */
  String address() {
    return "volontaire" + mark + "." + COUNT.incrementAndGet() + "@exemple.org";
  }

  /** The form of a nurse; the identity document is uploaded. */
  Map<String, Object> form(String email) {
    Map<String, Object> form = sheet();
    form.put("email", email);
    form.put("identityDocumentId", upload());
    form.put("consent", true);
    return form;
  }

  /** The form of an edit. */
  Map<String, Object> sheet() {
    int number = COUNT.incrementAndGet();
    String[] home = HOMES.get(number % HOMES.size()).split(" ", 2);
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("lastName", "Kerbrat");
    form.put("firstName", "Solène");
    form.put("phone", "02619%05d".formatted(number % 100_000));
    form.put("region", "53");
    form.put("profession", "60");
    form.put("identifierType", "NONE");
    form.put("activityType", "SALARIED");
    form.put("postalCode", home[0]);
    form.put("city", home[1]);
    form.put("vehicle", true);
    form.put("nursingHome", number % 2 == 0);
    form.put("intensiveCare", false);
    form.put("vaccination", true);
    form.put(
        "availabilities",
        List.of(Map.of("start", today().toString(), "weekdays", true, "weekend", true)));
    form.put("mobility", List.of("LOCAL"));
    return form;
  }

  /** Uploads a document; returns its id. */
  String upload() {
    JsonNode slot =
        caller
            .call(
                "upload slot",
                "POST",
                "/api/documents",
                null,
                Map.of(
                    "fileName",
                    "identite.pdf",
                    "contentType",
                    "application/pdf",
                    "size",
                    DOCUMENT.length,
                    "sha256",
                    Uploads.sha256(DOCUMENT)))
            .expect(201)
            .json();
    caller.send("upload", Uploads.put(slot, DOCUMENT)).expect(200);
    return slot.path("documentId").asText();
  }

  /** Registers a nurse. */
  Answer register(String email) {
    return caller.call("register", "POST", "/api/professionals", null, form(email));
  }

  /** A nurse with a password; returns the address. */
  String volunteer() {
    String email = address();
    register(email).expect(202);
    activate(email);
    return email;
  }

  /** A requester of a new establishment, approved by the agency. */
  Requester requester() {
    Requester requester = new Requester("structure" + address(), finess());
    caller
        .call("need", "POST", "/api/needs", null, need(requester.email(), requester.finess()))
        .expect(202);
    activate(requester.email());
    caller
        .call(
            "approve",
            "PUT",
            "/api/establishments/" + requester.finess() + "/approval",
            agency(),
            Map.of("approved", true, "emails", List.of(requester.email())))
        .expect(200);
    return requester;
  }

  /** The form of a need of an establishment in Rennes. */
  Map<String, Object> need(String email, String finess) {
    Map<String, Object> need = new HashMap<>();
    need.put(
        "requester",
        Map.of("lastName", "Le Goff", "firstName", "Anne", "email", email, "phone", "0261911240"));
    need.put(
        "establishment",
        Map.of(
            "finess", finess,
            "name", "Centre hospitalier " + finess,
            "address", "2 rue Henri Le Guilloux",
            "postalCode", "35000",
            "city", "Rennes",
            "region", "53"));
    need.put("missions", List.of(terms(1, 5)));
    return need;
  }

  /** The login of the agency. */
  String agencyAddress() {
    return agency;
  }

  /** A token of the agency. */
  String agency() {
    return token(agency, agencyPassword);
  }

  /** A token of somebody. */
  String token(String email) {
    return token(email, PASSWORD);
  }

  private String token(String email, String password) {
    return logIn(email, password).expect(200).json().path("accessToken").asText();
  }

  Answer logIn(String email, String password) {
    return caller.call(
        "log in",
        "POST",
        "/api/sessions",
        null,
        Map.of("email", email, "password", password, "keepSignedIn", false));
  }

  /** Submits a mission; returns its id. */
  String submit(String token, int count, int days) {
    return caller
        .call(
            "submit mission",
            "POST",
            "/api/missions",
            token,
            Map.of("missions", List.of(terms(count, days))))
        .expect(201)
        .json()
        .at("/missions/0/id")
        .asText();
  }

  /** Sets the password by the last link that came to an address. */
  void activate(String email) {
    String link = link(email).orElseThrow(() -> new IllegalStateException("No link to " + email));
    caller
        .call(
            "set password",
            "POST",
            "/api/passwords",
            null,
            Map.of("token", link, "password", PASSWORD))
        .expect(204);
  }

  /** The token of the last link that came to an address, once there is one. */
  Optional<String> link(String email) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      @Nullable String found = null;
      for (JsonNode mail : mails(email)) {
        Matcher token = TOKEN.matcher(mail.path("text").asText());
        found = token.find() ? token.group(1) : found;
      }
      if (found != null) {
        return Optional.of(found);
      }
      pause(Duration.ofMillis(50));
    }
    return Optional.empty();
  }

  /** The mails that came to an address. */
  JsonNode mails(String email) {
    return caller
        .call(
            "mails",
            "GET",
            "/_local/mails?to=" + URLEncoder.encode(email, StandardCharsets.UTF_8),
            null,
            null)
        .expect(200)
        .json();
  }

  /** Does the same so many times, some at once, and gives all that came of it. */
  static <T> List<T> together(int times, int threads, Callable<T> task) {
    List<T> all = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> begun =
          IntStream.range(0, times).mapToObj(number -> pool.submit(task)).toList();
      for (Future<T> one : begun) {
        all.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return all;
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A FINESS number of Ille-et-Vilaine that nobody has yet. */
  static String finess() {
    String body = "35%06d".formatted(FINESS.incrementAndGet() % 1_000_000);
    for (int key = 0; key < 10; key++) {
      Optional<String> number = Identifiers.finess(body + key);
      if (number.isPresent()) {
        return number.get();
      }
    }
    throw new IllegalStateException("no key");
  }
}
