package renfort.missions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.accounts.model.Account;
import renfort.journal.Journal.Subject;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;

/** Export and erasure of a requester (R29). */
@ExtendWith(PlatformExtension.class)
class RequesterDataTest {
  private LocalPlatform platform;
  private Api api;
  private People people;

  @BeforeEach
  void people(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    people = new People(platform, api);
  }

  @Test
  void R29_theExportHoldsTheAccountItsSubmissionsAndItsJournal() {
    String email = People.address();
    api.post("/api/needs", people.need(email, people.inRennes(People.finess()))).expect(202);
    people.setPassword(email);
    Account account = people.account(email);
    people.save(people.mission(account, Status.OPEN).cancelled());
    people.mission(
        people.requester(people.inRennes(account.finess().orElseThrow()), true), Status.OPEN);
    Api me = people.signIn(email);

    JsonNode export = me.get("/api/me/export").expect(200).json();

    assertEquals(me.get("/api/me").expect(200).json(), export.path("account"));
    assertEquals(
        List.of("OPEN", "CANCELLED"),
        People.each(
            List.of(export.path("missions").path(0), export.path("missions").path(1)), "status"));
    assertEquals(2, export.path("missions").size(), "their own only");
    List<JsonNode> journal = new ArrayList<>();
    export.path("journal").forEach(journal::add);
    assertEquals(
        List.of("NEED_SUBMITTED", "PASSWORD_SET", "ACCOUNT_EXPORTED"),
        People.each(journal, "action"));
    assertFalse(export.path("journal").path(0).has("by"));
    assertEquals("Vous", export.at("/journal/1/by").asText());
    assertEquals("Mot de passe défini", export.at("/journal/1/label").asText());
    people.as(people.agency("53")).get("/api/me/export").expect(403).problem();
  }

  @Test
  void R29_nothingOfAnErasedRequesterStaysButIds() {
    Account requester = people.requester(people.inRennes(People.finess()), true);
    String finess = requester.finess().orElseThrow();
    Mission open = people.mission(requester, Status.OPEN);
    Mission draft = people.mission(requester, Status.DRAFT);
    Api me = people.as(requester);

    me.delete("/api/me").expect(204);

    me.get("/api/me").expect(401).problem();
    me.get("/api/missions").expect(401).problem();
    assertTrue(people.accounts.findByEmail(requester.email()).isEmpty());
    assertTrue(people.establishments.requester(finess, requester.accountId()).isEmpty());
    assertEquals(List.of("ERASED"), people.journal(Subject.account(requester.accountId())));
    platform.awaitStreams();
    assertTrue(people.missions.find(draft.missionId()).isEmpty());
    assertEquals(Status.OPEN, people.stored(open.missionId()).status());
    JsonNode listed =
        People.all(people.as(people.agency("53")), "/api/regions/53/missions").stream()
            .filter(item -> item.path("id").asText().equals(open.missionId()))
            .findFirst()
            .orElseThrow();
    assertFalse(listed.has("requester"));
    people.as(people.agency("53")).delete("/api/me").expect(403).problem();
  }

  @Test
  void anErasedAddressIsANewOne() {
    Account requester = people.requester(people.inRennes(People.finess()), true);
    people.as(requester).delete("/api/me").expect(204);
    api.post("/api/needs", people.need(requester.email(), people.inRennes(People.finess())))
        .expect(202);
    assertFalse(people.account(requester.email()).isConfirmed());
    assertFalse(people.account(requester.email()).accountId().equals(requester.accountId()));
  }
}
