package renfort.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import renfort.accounts.model.Account;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Writes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FinishErasureTest {
  private final Scene scene = new Scene();
  private final List<String> told = new ArrayList<>();
  private boolean out;
  private final FinishErasure handler =
      new FinishErasure(
          scene.environment,
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
                public void erased(String accountId, @Nullable String professionalId) {
                  if (out) {
                    throw new Outage("table", new IOException());
                  }
                  told.add(accountId + " " + professionalId);
                }
              }));

  @Test
  void R29_anErasedAccountLosesItsUserAndTheRoomsAboveFinish() {
    Account account = scene.confirmedProfessional();
    scene.erase(account);

    assertEquals(List.of(), failures());
    assertEquals(Map.of(), scene.cognito.users);
    assertEquals(List.of(account.accountId() + " " + account.professionalId()), told);
    assertEquals(List.of(), failures(), "again, after a crash");
  }

  @Test
  void R29_nothingOfThePersonStaysOnTheAccount() {
    Account account = scene.confirmedProfessional();
    scene.mint(account);

    scene.erase(account);

    assertEquals(1, scene.tables.rows("accounts").size(), "the address is free again");
    assertEquals(
        List.of("accountId", "professionalId", "role", "status"),
        scene.tables.rows("accounts").getFirst().attributes().keySet().stream().sorted().toList());
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
