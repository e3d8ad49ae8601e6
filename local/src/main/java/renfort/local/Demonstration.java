package renfort.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import renfort.reference.Regions;
import renfort.reference.model.Identifiers;
import renfort.reference.model.Region;

/**
 * The people and places that a laptop starts with, made as anybody makes them: by the functions and
 * the API, links taken from the mails. Nothing of it exists in the cloud.
 */
final class Demonstration {
  /** The password of every demonstration account. */
  static final String PASSWORD = "Demonstration-2026";

  /** The login of the national level. */
  static final String NATIONAL = "national@exemple.fr";

  /** The login of a requester whose establishment is approved. */
  static final String REQUESTER = "etablissement@exemple.fr";

  /** The login of a volunteer. */
  static final String VOLUNTEER = "professionnel@exemple.fr";

  /** An establishment of the demonstration; numbers, names and people are made up. */
  private record Hospital(
      String finess,
      String name,
      String address,
      String postalCode,
      String city,
      String region,
      String lastName,
      String firstName) {}

  private static final List<Hospital> HOSPITALS =
      List.of(
          new Hospital(
              finess("44999001"),
              "Centre hospitalier de la Loire",
              "1 quai Moncousu",
              "44000",
              "Nantes",
              "52",
              "Guérin",
              "Élise"),
          new Hospital(
              finess("75999001"),
              "Hôpital du Canal",
              "12 quai de Jemmapes",
              "75010",
              "Paris",
              "11",
              "Benali",
              "Samir"),
          new Hospital(
              finess("69999001"),
              "EHPAD Les Mûriers",
              "8 rue de Sèze",
              "69006",
              "Lyon",
              "84",
              "Roche",
              "Martine"),
          new Hospital(
              finess("35999001"),
              "Clinique de la Vilaine",
              "2 rue de Brest",
              "35000",
              "Rennes",
              "53",
              "Le Goff",
              "Anne"),
          new Hospital(
              finess("59999001"),
              "Hôpital des Flandres",
              "5 rue Nationale",
              "59800",
              "Lille",
              "32",
              "Dubois",
              "Hugo"),
          new Hospital(
              finess("97499001"),
              "Centre hospitalier du Piton",
              "3 rue Pasteur",
              "97400",
              "Saint-Denis",
              "04",
              "Payet",
              "Loïc"));

  private static final Pattern TOKEN = Pattern.compile("#token=([^\\s\"<]+)");

  private final LocalPlatform platform;
  private final URI api;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * @param api where the API answers this class; it may be a door that nobody else knows
   */
  Demonstration(LocalPlatform platform, URI api) {
    this.platform = platform;
    this.api = api;
  }

  /** A number with its key: Luhn over all nine. */
  private static String finess(String body) {
    for (int key = 0; key < 10; key++) {
      Optional<String> number = Identifiers.finess(body + key);
      if (number.isPresent()) {
        return number.get();
      }
    }
    throw new IllegalArgumentException(body);
  }

  /** The login of a region's agency. */
  static String agency(String region) {
    return "ars." + region + "@exemple.fr";
  }

  /** The accounts of the agencies and of the national level; asked again, it changes nothing. */
  void staff() {
    Map<String, Map<String, Object>> wishes = new LinkedHashMap<>();
    wishes.put(NATIONAL, Map.of("email", NATIONAL, "role", "NATIONAL", "enabled", true));
    for (Region region : Regions.all()) {
      String email = agency(region.code());
      wishes.put(
          email,
          Map.of("email", email, "role", "AGENCY", "region", region.code(), "enabled", true));
    }
    together(wishes.values().stream().map(wish -> (Runnable) () -> account(wish)).toList());
    platform.awaitStreams();
    confirm(List.copyOf(wishes.keySet()));
  }

  /**
   * Establishments with missions, and a login of each kind. Staff and volunteers are there before.
   */
  void fill() {
    post("/api/professionals", ownVolunteer(), 202);
    for (int i = 0; i < HOSPITALS.size(); i++) {
      post("/api/needs", need(i), 202);
    }
    platform.awaitStreams();
    confirm(List.of(VOLUNTEER));
    confirm(HOSPITALS.stream().map(Demonstration::login).toList());
    together(HOSPITALS.stream().map(hospital -> (Runnable) () -> approve(hospital)).toList());
    work();
    platform.awaitStreams();
  }

  /**
   * The first hospital is in the middle of its work: somebody affected, somebody contacted,
   * somebody refused.
   */
  private void work() {
    String token = signIn(REQUESTER);
    JsonNode missions = get("/api/missions", token).path("items");
    String mission = missions.path(0).path("id").asText();
    JsonNode candidates = get("/api/missions/" + mission + "/candidates", token).path("items");
    List<String> people = candidates.findValuesAsText("professionalId");
    if (people.size() < 3) {
      throw new IllegalStateException("Too few candidates for the demonstration");
    }
    for (String person : people.subList(0, 3)) {
      send(
          "POST",
          "/api/missions/" + mission + "/candidates/" + person + "/contact",
          null,
          token,
          200);
    }
    act(mission, "affectations", people.get(0), token);
    act(mission, "refusals", people.get(2), token);
  }

  private void act(String mission, String action, String person, String token) {
    send(
        "POST",
        "/api/missions/" + mission + "/" + action,
        Map.of("professionalIds", List.of(person)),
        token,
        200);
  }

  private void approve(Hospital hospital) {
    send(
        "PUT",
        "/api/establishments/" + hospital.finess() + "/approval",
        Map.of("approved", true),
        signIn(agency(hospital.region())),
        200);
  }

  /** The volunteer who can sign in: a nurse of Nantes. */
  private Map<String, Object> ownVolunteer() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("lastName", "Morel");
    form.put("firstName", "Camille");
    form.put("email", VOLUNTEER);
    form.put("phone", "02 61 91 00 01");
    form.put("region", "52");
    form.put("profession", "60");
    form.put("identifierType", "NONE");
    form.put("activityType", "SALARIED");
    form.put("employer", "Clinique des Marais");
    form.put("postalCode", "44000");
    form.put("city", "Nantes");
    form.put("vehicle", true);
    form.put("nursingHome", true);
    form.put("intensiveCare", false);
    form.put("vaccination", true);
    form.put("message", "Jusqu'à 45 minutes de trajet, de préférence en journée.");
    form.put(
        "availabilities",
        List.of(Map.of("start", today().toString(), "weekdays", true, "weekend", true)));
    form.put("mobility", List.of("LOCAL", "DEPARTMENTAL"));
    form.put("identityDocumentId", upload());
    form.put("consent", true);
    return form;
  }

  private String upload() {
    byte[] content = Volunteers.DOCUMENT;
    JsonNode slot =
        post(
            "/api/documents",
            Map.of(
                "fileName",
                "carte-identite.pdf",
                "contentType",
                "application/pdf",
                "size",
                content.length,
                "sha256",
                Uploads.sha256(content)),
            201);
    exchange(Uploads.put(slot, content), 200);
    return slot.path("documentId").asText();
  }

  private Map<String, Object> need(int index) {
    Hospital hospital = HOSPITALS.get(index);
    Map<String, Object> requester = new LinkedHashMap<>();
    requester.put("lastName", hospital.lastName());
    requester.put("firstName", hospital.firstName());
    requester.put("email", login(hospital));
    requester.put("phone", "02 61 91 01 %02d".formatted(index));
    Map<String, Object> establishment = new LinkedHashMap<>();
    establishment.put("finess", hospital.finess());
    establishment.put("name", hospital.name());
    establishment.put("address", hospital.address());
    establishment.put("postalCode", hospital.postalCode());
    establishment.put("city", hospital.city());
    establishment.put("region", hospital.region());
    List<Object> missions = new ArrayList<>();
    int wanted = index == 0 ? 6 : 2;
    for (int i = 0; i < wanted; i++) {
      Map<String, Object> mission = new LinkedHashMap<>();
      LocalDate start = today().plusDays(2L + 3L * i);
      mission.put("start", start.toString());
      mission.put("end", start.plusDays(13L + i).toString());
      mission.put("profession", List.of("60", "313", "60", "10", "70", "313").get(i));
      mission.put("count", List.of(3, 2, 1, 1, 1, 4).get(i));
      mission.put("vehicle", i == 1);
      mission.put("weekend", i == 2);
      mission.put("nursingHome", i == 5);
      mission.put("intensiveCare", i == 0);
      missions.add(mission);
    }
    return Map.of("requester", requester, "establishment", establishment, "missions", missions);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(platform.clock().instant(), ZoneId.of("Europe/Paris"));
  }

  private static String login(Hospital hospital) {
    return HOSPITALS.indexOf(hospital) == 0
        ? REQUESTER
        : "etablissement." + hospital.region() + "@exemple.fr";
  }

  /** Sets the password of accounts whose link came by mail, or asks for a link first. */
  void confirm(List<String> emails) {
    List<String> left = emails.stream().filter(email -> !isSet(email)).toList();
    if (left.isEmpty()) {
      return;
    }
    together(
        left.stream()
            .map(email -> (Runnable) () -> post("/api/password-links", Map.of("email", email), 202))
            .toList());
    platform.awaitStreams();
    for (String email : left) {
      if (!isSet(email)) {
        throw new IllegalStateException("No password could be set for " + email);
      }
    }
  }

  private void account(Map<String, Object> wish) {
    JsonNode answer = platform.invoke("SetStaffAccount", wish);
    if (!answer.has("accountId")) {
      throw new IllegalStateException("SetStaffAccount answered " + answer);
    }
  }

  private boolean isSet(String email) {
    List<Mailbox.Mail> mails = platform.mailbox().to(email);
    if (mails.isEmpty()) {
      return false;
    }
    Matcher token = TOKEN.matcher(mails.getLast().text());
    return token.find() && setPassword(token.group(1));
  }

  private boolean setPassword(String token) {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/api/passwords"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    Trees.of(Map.of("token", token, "password", PASSWORD)).toString()))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 204;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String signIn(String email) {
    return post(
            "/api/sessions",
            Map.of("email", email, "password", PASSWORD, "keepSignedIn", false),
            200)
        .path("accessToken")
        .asText();
  }

  private JsonNode get(String path, String token) {
    return send("GET", path, null, token, 200);
  }

  private JsonNode post(String path, Map<String, Object> body, int expected) {
    return send("POST", path, body, null, expected);
  }

  private JsonNode send(
      String method,
      String path,
      @Nullable Map<String, Object> body,
      @Nullable String token,
      int expected) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(Trees.of(body).toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return Trees.read(exchange(request.build(), expected));
  }

  private String exchange(HttpRequest request, int expected) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != expected) {
        throw new IllegalStateException(
            request.method()
                + " "
                + request.uri().getPath()
                + " answered "
                + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void together(List<Runnable> tasks) {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> begun = tasks.stream().<Future<?>>map(threads::submit).toList();
      for (Future<?> task : begun) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
