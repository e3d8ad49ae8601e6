package renfort.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.outbox.UnsentMails;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Writes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FinishErasureTest {
  private final Scene scene = new Scene();
  private final List<String> told = new ArrayList<>();
  private boolean out;
  private int slices = 1;
  private final List<AccountEvents> events =
      List.of(
          new AccountEvents() {
            @Override
            public Account passwordSet(Writes writes, Account account) {
              throw new IllegalStateException("no password is set here");
            }

            @Override
            public void superseded(Account unproved) {
              throw new IllegalStateException("nobody is superseded here");
            }

            @Override
            public Optional<String> erased(
                String accountId, @Nullable String professionalId, @Nullable String place) {
              if (out) {
                throw new Outage("table", new IOException());
              }
              told.add(accountId + " " + professionalId + " " + place);
              int slice = place == null ? 1 : Integer.parseInt(place) + 1;
              return slice < slices ? Optional.of(Integer.toString(slice)) : Optional.empty();
            }
          });
  private final FinishErasure handler = new FinishErasure(scene.environment, events);
  private final EraseNextSlice erase = new EraseNextSlice(scene.environment, events);

  @Test
  void R29_anErasedAccountLosesItsUserAndTheRoomsAboveFinish() {
    Account account = scene.confirmedProfessional();
    scene.erase(account);

    assertEquals(List.of(), failures());
    assertEquals(Map.of(), scene.cognito.users);
    assertEquals(List.of(told(account, null)), told);
    assertEquals(List.of(), failures(), "again, after a crash");
  }

  @Test
  void R29_eachSliceWakesTheNextAndTheLastOneStops() {
    slices = 3;
    Account account = scene.confirmedProfessional();
    scene.erase(account);

    while (row().flag("unfinished")) {
      assertEquals(List.of(), failures());
    }

    assertEquals(List.of(told(account, null), told(account, "1"), told(account, "2")), told);
    assertFalse(row().has("place"));
  }

  @Test
  void R29_afterALastLookNothingOfThePersonStaysOnTheAccount() {
    Account account = scene.confirmedProfessional();
    scene.mint(account);
    scene.erase(account);
    assertEquals(1, scene.tables.rows("accounts").size(), "the address is free again");
    assertEquals(List.of(), failures());
    assertTrue(row().has("erasing"), "what an index did not show yet is looked for again");

    scene.clock.pass(Erasures.SETTLED);
    erase.nextOf(account.accountId());
    assertEquals(account.email(), row().text("email"), "until the confirmation has left");

    sendMails();
    erase.nextOf(account.accountId());
    assertEquals(
        List.of("accountId", "professionalId", "role", "status"),
        row().attributes().keySet().stream().sorted().toList());
    int before = told.size();
    erase.nextOf(account.accountId());
    assertEquals(before, told.size(), "it is over");
  }

  @Test
  void R7_whoNeverProvedTheAddressGetsNoMail() {
    Account account = scene.confirmedProfessional();
    int mails = scene.tables.rows("outbox").size();
    Writes writes = new Writes();
    new Erasures(scene.environment).close(writes, account, ErasureReason.UNPROVED);
    scene.commit(writes);

    assertEquals(mails, scene.tables.rows("outbox").size());
    assertFalse(row().has("email"));
  }

  @Test
  void aLiveAccountIsLeftAlone() {
    Account account = scene.confirmedProfessional();

    assertEquals(List.of(), failures());
    assertEquals(List.of(), told);
    assertEquals(Map.of(account.accountId(), Scene.PASSWORD), scene.cognito.users);
  }

  @Test
  void whatCouldNotBeFinishedComesAgain() {
    scene.erase(scene.confirmedProfessional());
    scene.cognito.out = true;
    assertEquals(List.of("1"), failures());
    scene.cognito.out = false;
    out = true;
    assertEquals(List.of("1"), failures());
    out = false;

    assertEquals(List.of(), failures());
    assertEquals(1, told.size());
  }

  private static String told(Account account, @Nullable String place) {
    return account.accountId() + " " + account.professionalId() + " " + place;
  }

  private Item row() {
    return scene.tables.rows("accounts").getFirst();
  }

  private void sendMails() {
    UnsentMails unsent = new UnsentMails(scene.environment);
    scene
        .tables
        .rows("outbox")
        .forEach(
            mail ->
                unsent.claim(mail.text("id")).ifPresent(claim -> unsent.sent(claim, List.of())));
  }

  /** Calls the function with the accounts as the stream shows them. */
  private List<Object> failures() {
    List<Object> records = new ArrayList<>();
    for (Item row : scene.tables.rows("accounts")) {
      Map<String, Object> image = new java.util.LinkedHashMap<>();
      row.attributes().forEach((name, value) -> image.put(name, json(value)));
      records.add(
          Map.of(
              "eventID",
              "event",
              "eventName",
              "MODIFY",
              "dynamodb",
              Map.of(
                  "Keys",
                  Map.of("accountId", json(row.attributes().get("accountId"))),
                  "NewImage",
                  image,
                  "SequenceNumber",
                  Integer.toString(records.size() + 1))));
    }
    List<?> failures =
        (List<?>)
            Scene.invoke(handler, Map.of("Records", records))
                .getOrDefault("batchItemFailures", List.of());
    return failures.stream()
        .<Object>map(failure -> ((Map<?, ?>) failure).get("itemIdentifier"))
        .toList();
  }

  private static Map<String, Object> json(@Nullable AttributeValue value) {
    if (value == null) {
      throw new IllegalArgumentException("no value");
    }
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case BOOL -> Map.of("BOOL", value.bool());
      default -> throw new IllegalArgumentException(value.toString());
    };
  }
}
