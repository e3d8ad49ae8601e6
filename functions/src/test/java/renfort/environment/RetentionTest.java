package renfort.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpClient;

/** The days are what template.yaml says, or the function does not start. */
public class RetentionTest {
  /** The variable as template.yaml gives it by default. */
  public static final String DEFAULTS =
      "unconfirmedReminderDays=3,unconfirmedHiddenDays=14,unconfirmedErasureDays=30,draftDays=7,"
          + "documentDays=180,dormantDays=730,noticeDays=30,mailDays=90";

  private static Retention read(String value) {
    return Retention.of(
        new Environment(
            Map.of("RETENTION", value),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            Ids.random(),
            Clients.answeredBy(org.mockito.Mockito.mock(SdkHttpClient.class))));
  }

  @Test
  void eachDayIsReadByItsName() {
    Retention retention = read(DEFAULTS);
    assertEquals(new Retention(3, 14, 30, 7, 180, 730, 30, 90), retention);
    assertEquals(Duration.ofDays(7), retention.draftLife());
    assertEquals(180, retention.byName().get("documentDays"));
  }

  @Test
  void aMissingOrUnknownNameIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> read(DEFAULTS.replace("draftDays=7,", "")));
    assertThrows(IllegalArgumentException.class, () -> read(DEFAULTS + ",otherDays=3"));
  }

  @Test
  void daysFollowOneAnother() {
    assertThrows(
        IllegalArgumentException.class,
        () -> read(DEFAULTS.replace("HiddenDays=14", "HiddenDays=30")));
    assertThrows(
        IllegalArgumentException.class,
        () -> read(DEFAULTS.replace("dormantDays=730", "dormantDays=30")));
  }
}
