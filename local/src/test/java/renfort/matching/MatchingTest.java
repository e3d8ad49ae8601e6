package renfort.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/**
 * R11-R15, R25: who is proposed, in which order, to whom; over HTTP. Each test has a profession of
 * its own.
 */
@ExtendWith(PlatformExtension.class)
class MatchingTest {
  private World world;

  @BeforeEach
  void open(LocalPlatform platform, Api api) {
    world = new World(platform, api);
  }

  private static List<String> ids(List<JsonNode> candidates) {
    return candidates.stream().map(each -> each.path("professionalId").asText()).toList();
  }

  private Volunteer of(String profession, String postalCode, String city) {
    return world.volunteer(
        Map.of("profession", profession, "postalCode", postalCode, "city", city));
  }

  @Test
  void r13_theRegionsPeopleComeZoneByZoneThenThoseOfOtherRegions() {
    Requester requester = world.approved();
    Volunteer national =
        world.volunteer(
            Map.of(
                "profession",
                "92",
                "region",
                "52",
                "postalCode",
                "44000",
                "city",
                "Nantes",
                "mobility",
                List.of("NATIONAL")));
    Volunteer local =
        world.volunteer(
            Map.of(
                "profession",
                "92",
                "region",
                "52",
                "postalCode",
                "44000",
                "city",
                "Nantes",
                "mobility",
                List.of("LOCAL")));
    Volunteer outside = of("92", "75011", "Paris");
    Volunteer brest = of("92", "29200", "Brest");
    Volunteer rennes = of("92", "35000", "Rennes");
    Volunteer confirmed = of("92", "35700", "Rennes");
    world.as(confirmed);
    String mission = requester.submit(world.terms("profession", "92"));
    List<JsonNode> found = world.candidates(requester.api(), mission);
    assertEquals(
        List.of(confirmed.id(), rennes.id(), brest.id(), outside.id(), national.id()), ids(found));
    assertFalse(ids(found).contains(local.id()));
    assertTrue(found.get(2).path("distanceKm").asInt() > 180, "Brest is 210 km from Rennes");
    assertTrue(found.get(2).path("distanceKm").asInt() < 240, "Brest is 210 km from Rennes");
    for (JsonNode candidate : found) {
      assertTrue(candidate.path("reasons").size() >= 1);
      assertEquals(10, candidate.path("missionDays").asInt());
    }
  }

  @Test
  void pagesFollowEachOtherWithoutLossOrRepetitionAndACursorServesItsOwnListOnly() {
    Requester requester = world.approved();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(of("94", i % 2 == 0 ? "35000" : "29200", i % 2 == 0 ? "Rennes" : "Brest").id());
    }
    String mission = requester.submit(world.terms("profession", "94"));
    List<String> seen = new ArrayList<>();
    String cursor = "";
    String first = "";
    do {
      JsonNode page =
          requester
              .api()
              .get("/api/missions/" + mission + "/candidates?limit=2" + cursor)
              .expect(200)
              .json();
      assertTrue(page.path("items").size() <= 2);
      seen.addAll(page.path("items").findValuesAsText("professionalId"));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
      first = first.isEmpty() ? cursor : first;
    } while (!cursor.isEmpty());
    assertEquals(all.stream().sorted().toList(), seen.stream().sorted().toList());
    String other = requester.submit(world.terms("profession", "94"));
    requester
        .api()
        .get("/api/missions/" + other + "/candidates?limit=2" + first)
        .expect(422)
        .problem();
    requester
        .api()
        .get("/api/missions/" + mission + "/candidates?cursor=abc")
        .expect(422)
        .problem();
    requester.api().get("/api/missions/" + mission + "/candidates?limit=0").expect(422).problem();
  }

  @Test
  void r13_ownPeopleComeFirstRefusedLast() {
    Requester requester = world.approved();
    Volunteer affected = of("86", "35000", "Rennes");
    Volunteer contacted = of("86", "35000", "Rennes");
    Volunteer refused = of("86", "35000", "Rennes");
    Volunteer free = of("86", "35000", "Rennes");
    Map<String, Object> terms = world.terms("profession", "86");
    terms.put("count", 3);
    String mission = requester.submit(terms);
    requester.contact(mission, affected.id()).expect(200);
    requester.contact(mission, contacted.id()).expect(200);
    requester.contact(mission, refused.id()).expect(200);
    assertEquals("AFFECTED", requester.affect(mission, affected.id()));
    assertEquals("REFUSED", requester.refuse(mission, refused.id()));
    assertEquals(
        List.of(affected.id(), contacted.id(), free.id(), refused.id()),
        ids(world.candidates(requester.api(), mission)));
    requester
        .api()
        .put("/api/missions/" + mission + "/status", Map.of("status", "FILLED"))
        .expect(200);
    assertFalse(
        ids(world.candidates(requester.api(), mission)).contains(free.id()),
        "a filled mission lists its own candidacies only");
  }

  @Test
  void R13_withinADepartementTheNearerBandOfDistanceComesFirst() {
    Requester requester = world.approved();
    // the oldest sheets are the nearest
    Volunteer rennes = confirmed("93", "35000", "Rennes");
    Volunteer next = confirmed("93", "35510", "Cesson-Sévigné");
    Volunteer vitre = confirmed("93", "35500", "Vitré");
    Volunteer saintMalo = confirmed("93", "35400", "Saint-Malo");
    Volunteer brest = confirmed("93", "29200", "Brest");
    Volunteer unconfirmed = of("93", "35000", "Rennes");
    List<JsonNode> found =
        world.candidates(requester.api(), requester.submit(world.terms("profession", "93")));
    List<String> ids = ids(found);
    assertEquals(Set.of(rennes.id(), next.id()), Set.copyOf(ids.subList(0, 2)));
    assertEquals(
        List.of(vitre.id(), saintMalo.id(), brest.id(), unconfirmed.id()),
        ids.subList(2, ids.size()));
  }

  private Volunteer confirmed(String profession, String postalCode, String city) {
    Volunteer volunteer = of(profession, postalCode, city);
    world.as(volunteer);
    return volunteer;
  }

  @Test
  void r15_whenNobodyMatchesTheNearMissesAreTold() {
    Requester requester = world.approved();
    Map<String, Object> later = new LinkedHashMap<>();
    later.put("start", world.today().plusDays(9).toString());
    later.put("weekdays", true);
    later.put("weekend", true);
    world.volunteer(Map.of("profession", "95", "availabilities", List.of(later), "vehicle", true));
    world.volunteer(Map.of("profession", "95", "vehicle", false));
    Map<String, Object> terms = world.terms("profession", "95");
    terms.put("vehicle", true);
    JsonNode page =
        requester
            .api()
            .get("/api/missions/" + requester.submit(terms) + "/candidates")
            .expect(200)
            .json();
    assertEquals(0, page.path("items").size());
    assertEquals(2, page.path("nearMisses").size(), page.toString());
    assertTrue(page.at("/nearMisses/0/reason").asText().startsWith("disponible à partir du"));
    assertEquals("sans véhicule personnel", page.at("/nearMisses/1/reason").asText());
    assertEquals(1, page.at("/nearMisses/1/count").asInt());
  }

  @Test
  void r15_theNearMissesAreToldTooWhenOnlyPeopleRefusedAreLeft() {
    Requester requester = world.approved();
    Volunteer refused = world.volunteer(Map.of("profession", "98", "vehicle", true));
    world.volunteer(Map.of("profession", "98", "vehicle", false));
    Map<String, Object> terms = world.terms("profession", "98");
    terms.put("vehicle", true);
    String mission = requester.submit(terms);
    requester.contact(mission, refused.id()).expect(200);
    assertEquals("REFUSED", requester.refuse(mission, refused.id()));
    JsonNode page =
        requester.api().get("/api/missions/" + mission + "/candidates").expect(200).json();
    assertEquals(1, page.path("items").size());
    assertEquals(1, page.at("/nearMisses/0/count").asInt(), page.toString());
  }

  @Test
  void r11_beforeApprovalOnlyANumberIsToldAndWithdrawingCutsAccessAtOnce() {
    Requester requester = world.unapproved();
    Volunteer psychomotor = of("96", "35000", "Rennes");
    String mission = requester.submit(world.terms("profession", "96"));
    JsonNode page =
        requester.api().get("/api/missions/" + mission + "/candidates").expect(200).json();
    assertEquals(0, page.path("items").size());
    assertEquals(1, page.path("matching").path("atLeast").asInt());
    String sheet = "/api/missions/" + mission + "/candidates/" + psychomotor.id();
    requester.api().get(sheet).expect(403);
    requester.contact(mission, psychomotor.id()).expect(403);
    Api agency = world.agency("53");
    String approval = "/api/establishments/" + requester.finess() + "/approval";
    agency.put(approval, Map.of("approved", true)).expect(200);
    requester.api().get(sheet).expect(200);
    assertFalse(
        requester
            .api()
            .get("/api/missions/" + mission + "/candidates")
            .expect(200)
            .json()
            .has("matching"));
    agency
        .put(approval, Map.of("approved", false, "emails", List.of(requester.email())))
        .expect(200);
    requester.api().get(sheet).expect(403);
  }

  @Test
  void aColleagueOfAnotherEstablishmentAndAnotherRegionsAgencySeeNothing() {
    Requester requester = world.approved();
    Requester other = world.approved();
    Volunteer nurse = world.volunteer();
    String mission = requester.submit(world.terms());
    String list = "/api/missions/" + mission + "/candidates";
    other.api().get(list).expect(404);
    other.api().get(list + "/" + nurse.id()).expect(404);
    other.contact(mission, nurse.id()).expect(404);
    Api elsewhere = world.agency("11");
    elsewhere.get(list).expect(404);
    elsewhere
        .post(
            "/api/missions/" + mission + "/pushes", Map.of("professionalIds", List.of(nurse.id())))
        .expect(404);
    Requester colleague = world.approved(requester.finess());
    colleague.api().get(list + "/" + nurse.id()).expect(200);
  }

  @Test
  void r25_aSheetSeenIsInTheProfessionalsExport() {
    Requester requester = world.approved();
    Volunteer nurse = world.volunteer();
    Api own = world.as(nurse);
    String mission = requester.submit(world.terms());
    requester.api().get("/api/missions/" + mission + "/candidates/" + nurse.id()).expect(200);
    List<String> actions =
        own.get("/api/professionals/me/export")
            .expect(200)
            .json()
            .path("journal")
            .findValuesAsText("action");
    assertTrue(actions.contains("CANDIDATE_SEEN"), actions.toString());
    assertTrue(actions.contains("DOCUMENT_SEEN"), actions.toString());
  }
}
