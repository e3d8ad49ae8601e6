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
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.accounts.model.Account;
import renfort.journal.Journal.Subject;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.storage.Item;
import renfort.storage.Writes;

/** Export and erasure of a requester (R29). */
@ExtendWith(PlatformExtension.class)
class RequesterDataTest {
  private static final String DECLINED = "Une proposition de renfort a été déclinée";

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
  void R29_theExportHoldsTheMailsOfTheirMissionsWhoeverTheyWentTo() {
    World world = new World(platform, api);
    Requester submitter = world.approved();
    Requester colleague = world.approved(submitter.finess());
    Requester third = world.approved(submitter.finess());
    String first = submitter.submit(world.terms());
    String second = submitter.submit(world.terms());
    declined(world, submitter, first);
    assertEquals(1, told(submitter), "the submitter while there");
    assertEquals(0, told(colleague));

    Volunteer volunteer = world.volunteer();
    Api me = world.as(volunteer);
    submitter.contact(second, volunteer.id()).expect(200);
    submitter.api().delete("/api/me").expect(204);
    decline(me, second);
    platform.awaitStreams();

    assertEquals(1, told(colleague));
    assertEquals(1, told(third));
    String gone = people.account(third.email()).accountId();
    assertFalse(world.volunteers().keptMails(gone).isEmpty());
    third.api().delete("/api/me").expect(204);
    platform.awaitStreams();
    assertTrue(onlyTheConfirmation(world.volunteers().keptMails(gone)));
    assertEquals(1, told(colleague), "theirs stays");
  }

  private void declined(World world, Requester requester, String mission) {
    Volunteer volunteer = world.volunteer();
    Api me = world.as(volunteer);
    requester.contact(mission, volunteer.id()).expect(200);
    decline(me, mission);
    platform.awaitStreams();
  }

  private static void decline(Api me, String mission) {
    me.post("/api/professionals/me/candidacies/" + mission + "/decline").expect(204);
  }

  /** It may have left before the worker came by. */
  private static boolean onlyTheConfirmation(List<Item> mails) {
    return mails.stream().allMatch(row -> row.text("template").equals("ACCOUNT_ERASED"));
  }

  private static long told(Requester requester) {
    return requester
        .api()
        .get("/api/me/export")
        .expect(200)
        .json()
        .path("mails")
        .valueStream()
        .filter(mail -> mail.path("subject").asText().equals(DECLINED))
        .count();
  }

  @Test
  void R29_aLongExportGoesOnAnswerByAnswer() {
    World world = new World(platform, api);
    Requester requester = world.approved();
    requester.submit(world.terms());
    String accountId = people.account(requester.email()).accountId();
    platform.awaitStreams();
    int before = world.volunteers().keptMails(accountId).size();
    int more = 1600;
    for (int from = 0; from < more; from += Writes.LIMIT) {
      Writes writes = new Writes();
      for (int i = from; i < from + Writes.LIMIT; i++) {
        writes.put(
            "mail",
            platform.tableName("OutboxTable"),
            Item.empty()
                .with("id", accountId + "-" + i)
                .with("template", "CANDIDATES_PUSHED")
                .with("to", accountId)
                .with("state", "SENT")
                .with("createdAt", platform.clock().instant().plusSeconds(i)),
            Writes.isNew("id"));
      }
      people.commit(writes);
    }

    int answers = 0;
    int mails = 0;
    int missions = 0;
    int entries = 0;
    String cursor = "";
    do {
      JsonNode export = requester.api().get("/api/me/export" + cursor).expect(200).json();
      answers++;
      mails += export.path("mails").size();
      missions += export.path("missions").size();
      entries +=
          (int)
              export
                  .path("journal")
                  .valueStream()
                  .filter(entry -> entry.path("action").asText().equals("ACCOUNT_EXPORTED"))
                  .count();
      cursor = export.has("next") ? "?cursor=" + export.path("next").asText() : "";
    } while (!cursor.isEmpty());

    assertTrue(answers > 1, answers + " answers");
    assertEquals(before + more, mails);
    assertEquals(2, missions, "each once");
    assertEquals(1, entries, "one look, however many answers");
    requester.api().get("/api/me/export?cursor=x").expect(422).problem();
    requester.api().delete("/api/me").expect(204);
    platform.awaitStreams();
    assertTrue(onlyTheConfirmation(world.volunteers().keptMails(accountId)));
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
