package renfort.pool.model;

/**
 * Days that an affectation took, and for which mission (R18).
 *
 * @param mission {@value #TAG_BITS} bits that stand for the missionId, so that the POOL row stays
 *     small; 0 in what was stored before missions were. Two engagements of a person never meet:
 *     days tell apart what equal tags would not
 * @param days the days taken
 */
public record Engagement(int mission, Days days) {
  public static final int TAG_BITS = 21;

  private static final int UNNAMED = 0;

  /** The engagement for a mission. */
  public static Engagement of(String missionId, Days days) {
    return new Engagement(tag(missionId), days);
  }

  /** One from before engagements named their mission. */
  public static Engagement unnamed(Days days) {
    return new Engagement(UNNAMED, days);
  }

  /** Whether it is one of a mission, by what is stored of its id. */
  public boolean isOf(String missionId) {
    return mission == tag(missionId);
  }

  public boolean isUnnamed() {
    return mission == UNNAMED;
  }

  private static int tag(String missionId) {
    return 1 + Math.floorMod(missionId.hashCode(), (1 << TAG_BITS) - 1);
  }
}
