package renfort.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renfort.reference.model.Region;

class RegionsTest {

  @Test
  void thereAreEighteenRegionsOneAgencyEach() {
    assertEquals(
        List.of(
            "01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75",
            "76", "84", "93", "94"),
        Regions.all().stream().map(Region::code).toList());
    assertEquals(18, new HashSet<>(Regions.all().stream().map(Region::ars).toList()).size());
    assertEquals("ARS Île-de-France", Regions.find("11").orElseThrow().ars());
    assertTrue(Regions.find("1").isEmpty());
    assertTrue(Regions.find("975").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "11, 2026-07-01T23:30:00Z, 2026-07-02",
    "94, 2026-07-01T21:30:00Z, 2026-07-01",
    "94, 2026-07-01T22:30:00Z, 2026-07-02",
    "01, 2026-07-02T03:30:00Z, 2026-07-01",
    "01, 2026-07-02T04:30:00Z, 2026-07-02",
    "02, 2026-07-02T03:30:00Z, 2026-07-01",
    "03, 2026-07-02T02:30:00Z, 2026-07-01",
    "03, 2026-07-02T03:30:00Z, 2026-07-02",
    "04, 2026-07-01T19:30:00Z, 2026-07-01",
    "04, 2026-07-01T20:30:00Z, 2026-07-02",
    "06, 2026-07-01T20:30:00Z, 2026-07-01",
    "06, 2026-07-01T21:30:00Z, 2026-07-02",
  })
  void todayIsTheDateOfTheRegion(String region, Instant now, LocalDate today) {
    assertEquals(today, Regions.find(region).orElseThrow().today(Clock.fixed(now, ZoneOffset.UTC)));
  }
}
