package renfort.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.environment.RetentionTest;
import renfort.pool.model.Availability;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.pool.model.Rows;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;
import renfort.storage.Item;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class PoolStoreTest {
  private static final LocalDate DAY = Rows.DAY;
  private static final String ID = "0123456789abcdefghjk";
  private static final String MISSION = "zyxwvtsrqpnmkjhgfedc";

  private final PoolStore store =
      new PoolStore(
          new Environment(
              Map.of("PROFESSIONALS_TABLE", "professionals", "RETENTION", RetentionTest.DEFAULTS),
              Clock.fixed(Rows.NOW, ZoneOffset.UTC),
              Ids.random(),
              new Clients(
                  () -> Mockito.mock(DynamoDbClient.class),
                  () -> Mockito.mock(S3Client.class),
                  () -> Mockito.mock(S3Presigner.class),
                  () -> Mockito.mock(SesV2Client.class),
                  () -> Mockito.mock(CognitoIdentityProviderClient.class))));

  private static PoolRow row(
      String lastName, String firstName, String city, Availability availability) {
    return new PoolRow(
        ID,
        lastName,
        firstName,
        "97416",
        city,
        "974",
        new Position(-21.17, 55.29),
        "10",
        "SM54",
        "04",
        IdentifierType.RPPS,
        "10001234568",
        true,
        true,
        true,
        Set.of(Mobility.values()),
        true,
        true,
        true,
        false,
        availability,
        new Hold(MISSION, Instant.parse("2026-12-02T21:00:00Z")),
        Instant.parse("2026-11-22T15:00:00Z"),
        false,
        123);
  }

  private static Availability availability(int periods, int engagements) {
    List<Period> declared = new ArrayList<>();
    for (int i = 0; i < periods; i++) {
      declared.add(new Period(DAY.plusDays(30L * i), DAY.plusDays(30L * i + 20), true, true));
    }
    List<Engagement> taken = new ArrayList<>();
    for (int i = 0; i < engagements; i++) {
      taken.add(
          Engagement.of(
              "mission%013d".formatted(i),
              new Days(DAY.plusDays(400 + 2L * i), DAY.plusDays(400 + 2L * i))));
    }
    return new Availability(declared, taken);
  }

  @Test
  void aRowWithTwoPeriodsAndAHoldTakesAtMost300Bytes() {
    PoolRow row = row("Charbonneau", "Marie-Christine", "Saint-Philippe", availability(2, 0));
    assertTrue(store.write(row, 124).size() <= 300, () -> "bytes: " + store.write(row, 124).size());
  }

  @Test
  void theLargestRowTakesAtMost720Bytes() {
    PoolRow row =
        row(
            "é".repeat(60),
            "é".repeat(60),
            "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
            availability(Availability.MAX_PERIODS, Availability.MAX_ENGAGEMENTS));
    assertTrue(
        store.write(row, 99_999_999).size() <= 720,
        () -> "bytes: " + store.write(row, 99_999_999).size());
  }

  @Test
  void aRowIsReadAsItWasWritten() {
    PoolRow row = row("Durand", "Zoé", "Saint-Pierre", availability(3, 2));
    assertEquals(row, store.read(store.write(row, 123)));
    PoolRow open = Rows.nurse(ID);
    assertEquals(open, store.read(store.write(open, 1)));
  }

  @Test
  void R18_aRowOfBeforeIsReadWrittenAndKeptUntilItIsRepaired() {
    Availability free = availability(1, 0);
    Engagement old = Engagement.unnamed(new Days(DAY, DAY.plusDays(3)));
    PoolRow row = row("a", "b", "c", new Availability(free.declared(), List.of(old)));
    Item before = store.write(row, 123);
    assertFalse(before.has("E"));
    assertEquals(6, before.text("e").length());
    assertEquals(row, store.read(before));
    PoolRow both =
        row.with(row.availability().engaged("mission", new Days(DAY.plusDays(9), DAY.plusDays(9))));
    Item after = store.write(both, 123);
    assertEquals(6, after.bytesOf("E").length);
    assertEquals(
        Set.copyOf(both.availability().engagements()),
        Set.copyOf(store.read(after).availability().engagements()));
  }

  @Test
  void R10_aDayThatARowCannotSayIsNeverChangedIntoAnother() {
    LocalDate far = LocalDate.of(2099, 12, 31);
    PoolRow declared =
        row("a", "b", "c", new Availability(List.of(new Period(DAY, far, true, true)), List.of()));
    assertEquals(
        List.of(new Period(DAY, null, true, true)),
        store.read(store.write(declared, 1)).availability().declared());
    PoolRow engaged =
        Rows.nurse(ID).with(Rows.nurse(ID).availability().engaged("mission", new Days(DAY, far)));
    assertThrows(IllegalArgumentException.class, () -> store.write(engaged, 1));
    // two years from any day of this century, and a mission's bits at their largest
    for (LocalDate first : List.of(DAY, LocalDate.of(2099, 12, 31))) {
      Engagement longest =
          new Engagement((1 << Engagement.TAG_BITS) - 1, new Days(first, first.plusYears(2)));
      PoolRow row =
          row(
              "a",
              "b",
              "c",
              new Availability(declared.availability().declared(), List.of(longest)));
      assertEquals(List.of(longest), store.read(store.write(row, 1)).availability().engagements());
    }
  }

  @Test
  void onlySomebodyWithFreeTimeWhoIsAvailableIsFoundByMatching() {
    Item listed = store.write(Rows.nurse(ID), 1);
    assertEquals("60#52#44", listed.text("p"));
    assertFalse(listed.has("n"));
    Item unavailable = store.write(Rows.nurse(ID).turned(false), 1);
    assertFalse(unavailable.has("p"));
    assertTrue(unavailable.has("g"), "the agency still sees them");
    Availability over =
        new Availability(
            List.of(new Period(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30), true, true)),
            List.of());
    assertFalse(store.write(Rows.nurse(ID, over), 1).has("p"));
    Availability taken =
        new Availability(
            List.of(new Period(DAY, DAY.plusDays(3), true, true)),
            List.of(Engagement.of("mission", new Days(DAY, DAY.plusDays(3)))));
    assertFalse(store.write(Rows.nurse(ID, taken), 1).has("p"));
  }

  @Test
  void confirmedComeBeforeUnconfirmedAndFreshBeforeStale() {
    PoolRow row = Rows.nurse(ID);
    String confirmed = store.write(row, 1).text("r");
    PoolRow stale = row("a", "b", "c", availability(1, 0));
    String older = store.write(stale, 1).text("r");
    assertTrue(confirmed.compareTo(older) < 0, "freshest first");
    PoolRow unconfirmed =
        Rows.row(ID, "60", null, "52", "44", row.availability(), Set.of(), false, false, false);
    assertTrue(older.compareTo(store.write(unconfirmed, 1).text("r")) < 0, "confirmed first");
  }

  @Test
  void theDayAfterTheLastFreeDayIsKnownToTheSweep() {
    Item item =
        store.write(
            Rows.nurse(
                ID,
                new Availability(List.of(new Period(DAY, DAY.plusDays(3), true, true)), List.of())),
            1);
    assertTrue(item.text("d").startsWith("FREE#"));
    assertFalse(store.write(Rows.nurse(ID), 1).has("d"), "an open period has no end");
  }
}
