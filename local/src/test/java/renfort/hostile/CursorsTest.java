package renfort.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.contract.Witness;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/**
 * Cursors of somebody or something else, changed or made up. They are not signed: a made-up one may
 * be taken, and then shows nothing that its list would not show by itself.
 */
@ExtendWith(PlatformExtension.class)
class CursorsTest {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /**
   * A list that goes on.
   *
   * @param all what it shows from its beginning to its end
   * @param id the field that names an item
   */
  private record Listed(Api as, String path, String next, String id, Set<String> all) {}

  private static @Nullable Map<String, Listed> shared;

  private Api api;
  private World world;
  private Map<String, Listed> lists;

  @BeforeEach
  void lists(LocalPlatform platform, Api api) {
    this.api = api.seenBy(new Witness());
    world = new World(platform, this.api);
    if (shared == null) {
      // a region's lists show what other tests have put straight into the tables, in forms of their
      // own: nobody compares them with openapi.yaml here
      shared = make(new World(platform, api).agency("53"));
    }
    lists = shared;
  }

  @AfterAll
  static void leave() {
    shared = null;
  }

  private Map<String, Listed> make(Api agency) {
    Requester mine = world.approved();
    Requester other = world.approved();
    final Api professional = professional(mine);
    String mission = mine.submit(world.terms());
    String second = mine.submit(world.terms());
    String foreign = other.submit(world.terms());
    other.submit(world.terms());
    Map<String, Listed> made = new LinkedHashMap<>();
    made.put("missions", list(mine.api(), "/api/missions", "id"));
    made.put("another's missions", list(other.api(), "/api/missions", "id"));
    made.put(
        "candidates",
        list(mine.api(), "/api/missions/" + mission + "/candidates", "professionalId"));
    made.put(
        "candidates of a second mission",
        list(mine.api(), "/api/missions/" + second + "/candidates", "professionalId"));
    made.put(
        "another's candidates",
        list(other.api(), "/api/missions/" + foreign + "/candidates", "professionalId"));
    for (String what : List.of("missions", "professionals", "establishments")) {
      String id =
          switch (what) {
            case "missions" -> "id";
            case "professionals" -> "professionalId";
            default -> "finess";
          };
      made.put("region's " + what, list(agency, "/api/regions/53/" + what, id));
    }
    made.put(
        "own candidacies", list(professional, "/api/professionals/me/candidacies", "missionId"));
    return made;
  }

  /** Somebody whom two missions push. */
  private Api professional(Requester requester) {
    Volunteer volunteer = world.volunteer();
    for (int i = 0; i < 2; i++) {
      String mission = requester.submit(world.terms());
      assertEquals("PUSHED", World.outcome(world.agency("53"), "pushes", mission, volunteer.id()));
    }
    world.volunteer();
    return world.as(volunteer);
  }

  private static Listed list(Api as, String path, String id) {
    String first = as.get(path + "?limit=1").expect(200).json().path("next").asText();
    assertFalse(first.isEmpty(), path + " has no second page");
    Set<String> all = new TreeSet<>();
    String cursor = "";
    do {
      JsonNode page = as.get(path + "?limit=100" + cursor).expect(200).json();
      page.path("items").forEach(item -> all.add(item.path(id).asText()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return new Listed(as, path, first, id, all);
  }

  private static Answer go(Listed list, String cursor) {
    return list.as().get(list.path() + "?limit=100&cursor=" + cursor);
  }

  private static void isRefused(Listed list, String cursor) {
    Answer answer = go(list, cursor).expect(422);
    assertEquals("invalid", answer.problemType());
    assertEquals("cursor", answer.json().at("/errors/0/field").asText());
    assertEquals(1, answer.json().path("errors").size());
  }

  /** Refused, or answered with nothing but what the list holds anyway. */
  private static void showsNothingMore(Listed list, String cursor) {
    Answer answer = go(list, cursor);
    if (answer.status() == 422) {
      assertEquals("cursor", answer.json().at("/errors/0/field").asText());
      return;
    }
    answer
        .expect(200)
        .json()
        .path("items")
        .forEach(
            item ->
                assertTrue(
                    list.all().contains(item.path(list.id()).asText()),
                    () -> list.path() + " with " + cursor + " showed " + item));
  }

  @Test
  void aCursorServesItsOwnListOnly() {
    lists.forEach(
        (name, list) ->
            lists.forEach(
                (other, from) -> {
                  if (!name.equals(other)) {
                    isRefused(list, from.next());
                  }
                }));
    lists.values().forEach(list -> go(list, list.next()).expect(200));
  }

  @Test
  void aCursorDoesNotCarryAFilterToAnotherList() {
    Listed missions = lists.get("missions");
    for (String filter : List.of("OPEN", "CANCELLED")) {
      Answer answer =
          missions
              .as()
              .get(missions.path() + "?status=" + filter + "&cursor=" + missions.next())
              .expect(422);
      assertEquals("cursor", answer.json().at("/errors/0/field").asText());
    }
    Listed pool = lists.get("region's professionals");
    pool.as().get(pool.path() + "?available=false&cursor=" + pool.next()).expect(422);
    world.agency("94").get("/api/regions/94/missions?cursor=" + pool.next()).expect(422);
    world.national().get("/api/regions/94/professionals?cursor=" + pool.next()).expect(422);
    world.agency("94").get(pool.path() + "?cursor=" + pool.next()).expect(404);
  }

  @Test
  void aCursorWithAByteChangedShowsNothingMore() {
    for (Listed list : lists.values()) {
      String next = list.next();
      for (int at = 0; at < next.length(); at += 1 + next.length() / 24) {
        char other = next.charAt(at) == 'A' ? 'B' : 'A';
        showsNothingMore(list, next.substring(0, at) + other + next.substring(at + 1));
      }
      isRefused(list, next.substring(0, next.length() / 2));
      isRefused(list, next + next);
    }
  }

  @Test
  void aCursorThatIsMadeUpShowsNothingMore() throws Exception {
    for (Listed list : lists.values()) {
      ObjectNode mine = decoded(list.next());
      List<String> names = new ArrayList<>();
      mine.fieldNames().forEachRemaining(names::add);
      names.remove("q");
      assertFalse(names.isEmpty());
      for (String name : names) {
        for (String other :
            List.of("another's missions", "another's candidates", "region's professionals")) {
          Listed from = lists.get(other);
          ObjectNode theirs = decoded(from.next());
          for (JsonNode value : theirs) {
            showsNothingMore(list, encoded(mine.deepCopy().set(name, value)));
          }
        }
        for (String value :
            List.of("0", "zzzzzzzzzzzzzzzzzzzz", "\ud83d\ude00", "x".repeat(500), "a#b#c")) {
          showsNothingMore(list, encoded(mine.deepCopy().put(name, value)));
        }
        isRefused(list, encoded(mine.deepCopy().put(name, "")));
        isRefused(list, encoded(mine.deepCopy().put(name, "x".repeat(3000))));
        showsNothingMore(list, encoded(mine.deepCopy().put(name, 7)));
        showsNothingMore(list, encoded(mine.deepCopy().putNull(name)));
        showsNothingMore(list, encoded((ObjectNode) mine.deepCopy().without(name)));
        showsNothingMore(list, encoded(mine.deepCopy().put("finess", "350000014")));
        showsNothingMore(list, encoded(mine.deepCopy().put("region", "94")));
      }
      isRefused(list, encoded(mine.deepCopy().put("q", "x")));
      isRefused(list, encoded(mine.deepCopy().put("q", 7)));
      isRefused(list, encoded((ObjectNode) mine.deepCopy().without("q")));
    }
  }

  @Test
  void whatIsNoCursorIsRefused() {
    for (Listed list : lists.values()) {
      for (String cursor :
          List.of(
              "x".repeat(8000),
              ENCODER.encodeToString("[".repeat(3000).getBytes(StandardCharsets.UTF_8)),
              "====",
              "%00",
              "%F0%9F%98%80",
              "..%2F..%2F",
              "null",
              list.next() + "&cursor=" + list.next())) {
        isRefused(list, cursor);
      }
    }
  }

  private static ObjectNode decoded(String cursor) throws JsonProcessingException {
    return (ObjectNode)
        Texts.JSON.readTree(
            new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
  }

  private static String encoded(JsonNode tree) {
    return ENCODER.encodeToString(Texts.json(tree).getBytes(StandardCharsets.UTF_8));
  }
}
