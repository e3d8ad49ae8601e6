package renfort.establishments.model;

/**
 * How far one establishment may go (R16): of all its missions together.
 *
 * @param holds how many people it may hold at once, 1 to {@value #MOST_HOLDS}
 * @param contactsPerDay how many it may contact on one day of its region, 1 to {@value
 *     #MOST_CONTACTS}
 */
public record Limits(int holds, int contactsPerDay) {
  public static final int MOST_HOLDS = 500;
  public static final int MOST_CONTACTS = 2000;
}
