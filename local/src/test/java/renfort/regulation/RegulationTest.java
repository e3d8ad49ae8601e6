package renfort.regulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.journal.Journal.Subject;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.People;

/** How a region is regulated (R16, R22). */
@ExtendWith(PlatformExtension.class)
class RegulationTest {

  @Test
  void R22_onlyTheNationalLevelSetsOrLiftsNational(LocalPlatform platform, Api api) {
    People people = new People(platform, api);
    Api agency = people.as(people.agency("06"));
    Api national = people.as(people.national());
    String path = "/api/regions/06/regulation";

    JsonNode unset = agency.get(path).expect(200).json();
    assertEquals("06", unset.path("region").asText());
    assertEquals("DIRECT", unset.path("mode").asText());
    assertEquals(36, unset.path("holdHours").asInt());
    assertFalse(unset.has("changedAt"));

    JsonNode set = agency.put(path, Map.of("mode", "REGIONAL", "holdHours", 24)).expect(200).json();
    assertEquals("REGIONAL", set.path("mode").asText());
    assertEquals(24, set.path("holdHours").asInt());
    assertTrue(set.has("changedAt"));
    assertEquals(set, agency.get(path).expect(200).json());

    agency.put(path, Map.of("mode", "NATIONAL")).expect(403).problem();
    JsonNode nation = national.put(path, Map.of("mode", "NATIONAL")).expect(200).json();
    assertEquals(24, nation.path("holdHours").asInt(), "left as it is");
    agency.put(path, Map.of("mode", "DIRECT")).expect(403).problem();
    assertEquals("NATIONAL", agency.get(path).expect(200).json().path("mode").asText());
    agency.put(path, Map.of("mode", "NATIONAL", "holdHours", 12)).expect(200);
    national.put(path, Map.of("mode", "DIRECT", "holdHours", 72)).expect(200);
    assertEquals(
        Collections.nCopies(4, "REGULATION_SET"),
        people.journal(Subject.region("06")).stream()
            .filter(action -> action.equals("REGULATION_SET"))
            .toList());
  }

  @Test
  void R16_aHoldLasts12To72Hours(LocalPlatform platform, Api api) {
    Api agency = new People(platform, api).as(new People(platform, api).agency("04"));
    String path = "/api/regions/04/regulation";
    agency.put(path, Map.of("mode", "DIRECT", "holdHours", 11)).expect(422).problem();
    agency.put(path, Map.of("mode", "DIRECT", "holdHours", 73)).expect(422).problem();
    agency.put(path, Map.of("mode", "OTHER")).expect(422).problem();
    agency.put(path, Map.of("holdHours", 24)).expect(422).problem();
    agency.put("/api/regions/53/regulation", Map.of("mode", "DIRECT")).expect(404).problem();
  }
}
