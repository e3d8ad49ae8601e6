package renfort;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.professionals.Volunteers;
import renfort.reference.model.Identifiers;

/**
 * People and places of tests, made as anybody makes them: by the API, links taken from the mails.
 */
public final class World {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<String, String> AGENCIES = new ConcurrentHashMap<>();

  private final LocalPlatform platform;
  private final Api api;
  private final Volunteers volunteers;

  public World(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    this.volunteers = new Volunteers(platform, api);
  }

  public Volunteers volunteers() {
    return volunteers;
  }

  public LocalDate today() {
    return LocalDate.ofInstant(platform.clock().instant(), ZoneId.of("Europe/Paris"));
  }

  /** A FINESS number of Ille-et-Vilaine that nobody has yet. */
  public static String finess() {
    String body = "351%05d".formatted(COUNT.incrementAndGet());
    for (int key = 0; key < 10; key++) {
      Optional<String> number = Identifiers.finess(body + key);
      if (number.isPresent()) {
        return number.get();
      }
    }
    throw new IllegalStateException("no key");
  }

  /** Staff of a region's agency, or of the national level when the region is "". */
  public Api agency(String region) {
    String email =
        AGENCIES.computeIfAbsent(
            platform.address() + region,
            place -> {
              String address = "agence.monde" + COUNT.incrementAndGet() + "@exemple.org";
              Map<String, Object> wish = new LinkedHashMap<>();
              wish.put("email", address);
              wish.put("role", region.isEmpty() ? "NATIONAL" : "AGENCY");
              if (!region.isEmpty()) {
                wish.put("region", region);
              }
              wish.put("enabled", true);
              platform.invoke("SetStaffAccount", wish);
              volunteers.activate(address);
              return address;
            });
    return volunteers.signIn(email);
  }

  public Api national() {
    return agency("");
  }

  /** The terms of a mission for nurses that begins in a week and lasts ten days. */
  public Map<String, Object> terms() {
    Map<String, Object> terms = new LinkedHashMap<>();
    terms.put("start", today().plusDays(7).toString());
    terms.put("end", today().plusDays(16).toString());
    terms.put("profession", "60");
    terms.put("count", 1);
    terms.put("vehicle", false);
    terms.put("weekend", false);
    terms.put("nursingHome", false);
    terms.put("intensiveCare", false);
    return terms;
  }

  /** Terms with one thing changed. */
  public Map<String, Object> terms(String name, Object value) {
    Map<String, Object> terms = terms();
    terms.put(name, value);
    return terms;
  }

  /** The form of a need of an establishment in Rennes. */
  public Map<String, Object> need(String email, String finess, List<Map<String, Object>> missions) {
    Map<String, Object> need = new LinkedHashMap<>();
    need.put(
        "requester",
        Map.of("lastName", "Le Goff", "firstName", "Anne", "email", email, "phone", "0261911240"));
    need.put(
        "establishment",
        Map.of(
            "finess",
            finess,
            "name",
            "Centre hospitalier " + finess,
            "address",
            "2 rue Henri Le Guilloux",
            "postalCode",
            "35000",
            "city",
            "Rennes",
            "region",
            "53"));
    need.put("missions", missions);
    return need;
  }

  /**
   * Somebody who acts for an establishment.
   *
   * @param email their login
   * @param finess whom they act for
   * @param api a client signed in as them
   */
  public record Requester(String email, String finess, Api api) {

    /** Submits a mission; answers its id. */
    public String submit(Map<String, Object> terms) {
      return api.post("/api/missions", Map.of("missions", List.of(terms)))
          .expect(201)
          .json()
          .at("/missions/0/id")
          .asText();
    }

    public JsonNode mission(String id) {
      return api.get("/api/missions/" + id).expect(200).json();
    }

    public Answer contact(String mission, String person) {
      return api.post("/api/missions/" + mission + "/candidates/" + person + "/contact");
    }

    public String affect(String mission, String person) {
      return outcome("affectations", mission, person);
    }

    public String refuse(String mission, String person) {
      return outcome("refusals", mission, person);
    }

    public String release(String mission, String person) {
      return outcome("releases", mission, person);
    }

    private String outcome(String action, String mission, String person) {
      return World.outcome(api, action, mission, person);
    }
  }

  /** Does one thing to one person; answers the outcome. */
  public static String outcome(Api as, String action, String mission, String person) {
    return as.post(
            "/api/missions/" + mission + "/" + action, Map.of("professionalIds", List.of(person)))
        .expect(200)
        .json()
        .at("/results/0/outcome")
        .asText();
  }

  /** A requester of a new establishment in Rennes who was not approved. */
  public Requester unapproved() {
    return unapproved(finess());
  }

  public Requester unapproved(String finess) {
    String email = "structure.monde" + COUNT.incrementAndGet() + "@exemple.org";
    api.post("/api/needs", need(email, finess, List.of(terms("profession", "70")))).expect(202);
    volunteers.activate(email);
    return new Requester(email, finess, volunteers.signIn(email));
  }

  /** An approved requester of a new establishment in Rennes. */
  public Requester approved() {
    return approved(finess());
  }

  public Requester approved(String finess) {
    Requester requester = unapproved(finess);
    agency("53")
        .put(
            "/api/establishments/" + finess + "/approval",
            Map.of("approved", true, "emails", List.of(requester.email())))
        .expect(200);
    return requester;
  }

  /** The same requester with a new session: the clock has moved past the old one. */
  public Requester signedIn(Requester requester) {
    return new Requester(
        requester.email(), requester.finess(), volunteers.signIn(requester.email()));
  }

  /**
   * A volunteer.
   *
   * @param email their login
   * @param id their professionalId
   */
  public record Volunteer(String email, String id) {}

  /** A nurse of Rennes in the pool, not confirmed. */
  public Volunteer volunteer() {
    return volunteer(Map.of());
  }

  /** A nurse of Rennes in the pool with some fields of the form changed. */
  public Volunteer volunteer(Map<String, Object> changes) {
    return volunteers(1, changes).getFirst();
  }

  /** Several such nurses; the worker takes them while the next ones register. */
  public List<Volunteer> volunteers(int count, Map<String, Object> changes) {
    List<String> emails = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String email = Volunteers.address();
      Map<String, Object> form = volunteers.form(email);
      form.putAll(changes);
      api.post("/api/professionals", form).expect(202);
      emails.add(email);
    }
    return emails.stream()
        .map(email -> new Volunteer(email, volunteers.professionalId(email).orElseThrow()))
        .toList();
  }

  /** A client signed in as a volunteer, confirmed by the link of their mail. */
  public Api as(Volunteer volunteer) {
    volunteers.activate(volunteer.email());
    return volunteers.signIn(volunteer.email());
  }

  /** All candidates of a mission, page after page. */
  public List<JsonNode> candidates(Api as, String mission) {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          as.get("/api/missions/" + mission + "/candidates?limit=100" + cursor).expect(200).json();
      page.path("items").forEach(all::add);
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  /** One person as a mission's list shows them, if it does. */
  public Optional<JsonNode> candidate(Api as, String mission, String person) {
    return candidates(as, mission).stream()
        .filter(candidate -> candidate.path("professionalId").asText().equals(person))
        .findFirst();
  }

  /** The mission that somebody's POOL row says holds them, live or over. */
  public Optional<String> holder(String person) {
    return volunteers.poolRow(person).flatMap(row -> Optional.ofNullable(row.textOrNull("h")));
  }
}
