package renfort.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.Faults.Injection;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.storage.Item;

/** R28: the check of an identity document, over HTTP. */
@ExtendWith(PlatformExtension.class)
class IdentityCheckTest {
  private LocalPlatform platform;
  private World world;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
  }

  private static Answer check(Api as, String person, String result) {
    return as.post("/api/professionals/" + person + "/identity-check", Map.of("result", result));
  }

  private static JsonNode sheet(Api as, String mission, String person) {
    return as.get("/api/missions/" + mission + "/candidates/" + person).expect(200).json();
  }

  private static int download(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void R28_aCheckDeletesTheFilesAndKeepsResultDateAndChecker() throws Exception {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    String mission = requester.submit(world.terms());
    requester.contact(mission, nurse.id()).expect(200);
    JsonNode before = sheet(requester.api(), mission, nurse.id());
    String url = before.at("/documents/0/url").asText();
    assertEquals(200, download(url));
    assertFalse(before.has("identityCheck"));

    check(requester.api(), nurse.id(), "VERIFIED").expect(204);

    assertEquals(404, download(url));
    JsonNode after = sheet(requester.api(), mission, nurse.id());
    assertEquals(0, after.path("documents").size());
    assertEquals("VERIFIED", after.at("/identityCheck/result").asText());
    assertEquals(
        "Centre hospitalier " + requester.finess(), after.at("/identityCheck/by").asText());
    JsonNode mine = own.get("/api/professionals/me").expect(200).json();
    assertTrue(mine.at("/documents/0/checked").asBoolean());
    assertEquals(
        before.at("/documents/0/fileName").asText(), mine.at("/documents/0/fileName").asText());
    assertTrue(
        own.get("/api/professionals/me/export")
            .expect(200)
            .json()
            .path("journal")
            .findValuesAsText("action")
            .contains("IDENTITY_CHECKED"));
    assertEquals(List.of(), discards(nurse.id()));
  }

  @Test
  void R28_onlyWhoHoldsOrAffectsThemAndTheirOwnAgencyCheck() {
    Requester requester = world.approved();
    Requester other = world.approved();
    Volunteer nurse = world.volunteer();
    String mission = requester.submit(world.terms());
    check(requester.api(), nurse.id(), "VERIFIED").expect(404);
    requester.contact(mission, nurse.id()).expect(200);
    check(other.api(), nurse.id(), "VERIFIED").expect(404);
    check(world.agency("11"), nurse.id(), "VERIFIED").expect(404);
    check(world.unapproved().api(), nurse.id(), "VERIFIED").expect(403);
    check(world.as(world.volunteer()), nurse.id(), "VERIFIED").expect(403);
    assertEquals("REFUSED", requester.refuse(mission, nurse.id()));
    check(requester.api(), nurse.id(), "VERIFIED").expect(404);

    Volunteer affected = world.volunteer();
    requester.contact(mission, affected.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, affected.id()));
    platform.awaitStreams();
    check(requester.api(), affected.id(), "VERIFIED").expect(204);
    check(world.agency("53"), nurse.id(), "VERIFIED").expect(204);
    check(world.national(), world.volunteer().id(), "VERIFIED").expect(204);
  }

  @Test
  void R28_whoIsRejectedIsToldAndANewDocumentIsToBeCheckedAgain() throws Exception {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    String mission = requester.submit(world.terms());
    check(world.agency("53"), nurse.id(), "REJECTED").expect(204);
    platform.awaitStreams();
    assertEquals(
        1,
        world.volunteers().subjects(nurse.email()).stream()
            .filter(subject -> subject.equals("Votre pièce d'identité est à renvoyer"))
            .count());
    assertEquals(
        "ARS Bretagne",
        sheet(requester.api(), mission, nurse.id()).at("/identityCheck/by").asText());

    Map<String, Object> renewed = world.volunteers().sheet();
    renewed.put("identityDocumentId", world.volunteers().upload("identite.pdf"));
    own.put("/api/professionals/me", renewed).expect(200);
    JsonNode after = sheet(requester.api(), mission, nurse.id());
    assertFalse(after.has("identityCheck"), after.toString());
    assertEquals(200, download(after.at("/documents/0/url").asText()));
    assertFalse(
        own.get("/api/professionals/me").expect(200).json().at("/documents/0").has("checked"));
  }

  @Test
  void R28_checksThatRaceAreOne() throws Exception {
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    Api agency = world.agency("53");
    Api national = world.national();
    List<Callable<Integer>> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Api as = i % 2 == 0 ? agency : national;
      racers.add(() -> check(as, nurse.id(), "REJECTED").status());
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> answer : threads.invokeAll(racers)) {
        assertTrue(List.of(204, 409).contains(answer.get()), String.valueOf(answer.get()));
      }
    }
    check(agency, nurse.id(), "VERIFIED").expect(204);
    platform.awaitStreams();
    assertEquals(
        1,
        own
            .get("/api/professionals/me/export")
            .expect(200)
            .json()
            .path("journal")
            .findValuesAsText("action")
            .stream()
            .filter("IDENTITY_CHECKED"::equals)
            .count());
    assertEquals(
        1,
        world.volunteers().subjects(nurse.email()).stream()
            .filter(subject -> subject.equals("Votre pièce d'identité est à renvoyer"))
            .count());
  }

  @Test
  void R28_filesThatAnOutageLeftAreDeletedByTheSchedule() throws Exception {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    String mission = requester.submit(world.terms());
    requester.contact(mission, nurse.id()).expect(200);
    String url = sheet(requester.api(), mission, nurse.id()).at("/documents/0/url").asText();
    try (Injection _ = platform.faults().failObjects()) {
      check(requester.api(), nurse.id(), "VERIFIED").expect(204);
    }
    assertEquals(200, download(url), "the store was out");
    assertEquals(1, discards(nurse.id()).size());
    assertEquals(0, sheet(requester.api(), mission, nurse.id()).path("documents").size());

    platform.invoke("SettleDocuments", Map.of());
    assertEquals(404, download(url));
    assertEquals(List.of(), discards(nurse.id()));
  }

  private List<Item> discards(String person) {
    return platform
        .clients()
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(platform.tableName("ProfessionalsTable")))
        .items()
        .stream()
        .map(Item::of)
        .filter(item -> item.text("professionalId").equals(person))
        .filter(item -> item.text("sk").startsWith("DISCARD#"))
        .toList();
  }
}
