package renfort.notifications.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class FrenchTest {
  private static final Instant EVENING = Instant.parse("2026-11-22T23:05:00Z");

  @Test
  void datesAreDayMonthYear() {
    assertEquals("03/07/2026", French.date(LocalDate.of(2026, 7, 3)));
  }

  @Test
  void instantsAreToldInTheirZone() {
    assertEquals("23/11/2026", French.date(EVENING, ZoneId.of("Europe/Paris")));
    assertEquals("22/11/2026", French.date(EVENING, ZoneId.of("America/Cayenne")));
  }

  @Test
  void timesHaveNoBreakSpacesAroundTheH() {
    assertEquals("0\u00a0h\u00a005", French.time(EVENING, ZoneId.of("Europe/Paris")));
    assertEquals("20\u00a0h\u00a005", French.time(EVENING, ZoneId.of("America/Cayenne")));
  }
}
