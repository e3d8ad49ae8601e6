package renfort.reference.model;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A region and its regional health agency (agence régionale de santé, ARS).
 *
 * @param code INSEE code, 2 characters
 * @param name in French
 * @param timeZone IANA name of the zone in which its days are counted
 */
public record Region(String code, String name, String timeZone) {

  /** The agency's name, for instance {@code ARS Bretagne}. */
  public String ars() {
    return "ARS " + name;
  }

  /** The zone in which its days are counted. */
  public ZoneId zone() {
    return ZoneId.of(timeZone);
  }

  /** The date it is there now (R10: a mission's end is past or not by this date). */
  public LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), zone());
  }
}
