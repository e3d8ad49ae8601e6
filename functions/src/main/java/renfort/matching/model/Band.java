package renfort.matching.model;

/**
 * How far somebody lives from an establishment, by the whole kilometres that lists show: within a
 * zone the nearer band comes first (R13).
 */
public enum Band {
  WITHIN_10(0, 10),
  WITHIN_25(10, 25),
  WITHIN_50(25, 50),
  FURTHER(50, Long.MAX_VALUE);

  private final long beyondKm;
  private final long mostKm;

  Band(long beyondKm, long mostKm) {
    this.beyondKm = beyondKm;
    this.mostKm = mostKm;
  }

  /** The band of a distance that is not rounded. */
  public static Band of(double km) {
    long shown = Math.round(km);
    for (Band band : values()) {
      if (shown <= band.mostKm) {
        return band;
      }
    }
    return FURTHER;
  }

  /** A distance in kilometres, not rounded, that everybody of the band lives at or beyond. */
  public double fromKm() {
    return beyondKm == 0 ? 0 : beyondKm + 0.5;
  }

  /** A distance in kilometres, not rounded, that nobody of the band lives beyond. */
  public double toKm() {
    return this == FURTHER ? Double.POSITIVE_INFINITY : mostKm + 0.5;
  }
}
