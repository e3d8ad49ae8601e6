package renfort.regulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.People;

/** R24: the pool shows its agency who is affected, now or later, when and where. */
@ExtendWith(PlatformExtension.class)
class PoolListTest {
  private static final String POOL = "/api/regions/53/professionals?profession=96&limit=100";

  private LocalPlatform platform;
  private World world;
  private Requester requester;

  @BeforeEach
  void open(LocalPlatform local, Api api) {
    platform = local;
    world = new World(local, api);
    requester = world.approved();
  }

  private Volunteer volunteer() {
    return world.volunteer(Map.of("profession", "96"));
  }

  private String affect(Requester by, Volunteer person, LocalDate first, LocalDate last) {
    Map<String, Object> terms = world.terms("profession", "96");
    terms.put("start", first.toString());
    terms.put("end", last.toString());
    String mission = by.submit(terms);
    by.contact(mission, person.id()).expect(200);
    assertEquals("AFFECTED", by.affect(mission, person.id()));
    return mission;
  }

  private JsonNode listed(String query, Volunteer person) {
    return People.all(world.agency("53"), POOL + query).stream()
        .filter(one -> one.path("professionalId").asText().equals(person.id()))
        .findFirst()
        .orElseThrow();
  }

  private boolean isListed(String query, Volunteer person) {
    return People.each(People.all(world.agency("53"), POOL + query), "professionalId")
        .contains(person.id());
  }

  @Test
  void R24_whoIsAffectedNowOrLaterIsShownWithDatesAndEstablishment() {
    Volunteer nurse = volunteer();
    Volunteer free = volunteer();
    Requester other = world.approved();
    LocalDate today = world.today();
    // the later one first: what lasts or comes next is shown
    affect(other, nurse, today.plusDays(30), today.plusDays(40));
    assertEngaged(nurse, today.plusDays(30), today.plusDays(40), other);
    String soon = affect(requester, nurse, today.plusDays(7), today.plusDays(9));
    assertEngaged(nurse, today.plusDays(7), today.plusDays(9), requester);
    assertFalse(listed("", free).has("engagement"));

    assertTrue(isListed("&engaged=true", nurse));
    assertFalse(isListed("&engaged=true", free));
    assertFalse(isListed("&engaged=false", nurse));
    assertTrue(isListed("&engaged=false&available=true", free));
    world.agency("53").get(POOL + "&engaged=perhaps").expect(422);

    assertEquals("RELEASED", requester.release(soon, nurse.id()));
    assertEngaged(nurse, today.plusDays(30), today.plusDays(40), other);

    platform.clock().advance(Duration.ofDays(41));
    assertFalse(listed("", nurse).has("engagement"), "it is over");
    assertFalse(isListed("&engaged=true", nurse));
  }

  @Test
  void R24_anAffectationToAnotherRegionIsNamedToo() {
    Volunteer nurse =
        world.volunteer(
            Map.of("profession", "96", "region", "52", "mobility", List.of("NATIONAL")));
    LocalDate day = world.today().plusDays(7);
    affect(requester, nurse, day, day);
    JsonNode engagement =
        People.all(world.agency("52"), POOL.replace("53", "52")).stream()
            .filter(one -> one.path("professionalId").asText().equals(nurse.id()))
            .findFirst()
            .orElseThrow()
            .path("engagement");
    assertEquals(day.toString(), engagement.path("start").asText());
    assertEquals(
        "Centre hospitalier " + requester.finess(), engagement.path("establishment").asText());
  }

  private void assertEngaged(Volunteer person, LocalDate first, LocalDate last, Requester by) {
    JsonNode engagement = listed("", person).path("engagement");
    assertEquals(first.toString(), engagement.path("start").asText());
    assertEquals(last.toString(), engagement.path("end").asText());
    assertEquals("Centre hospitalier " + by.finess(), engagement.path("establishment").asText());
  }
}
