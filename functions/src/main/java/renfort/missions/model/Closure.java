package renfort.missions.model;

import org.jspecify.annotations.Nullable;

/**
 * Why an agency or the national level closed a mission (R24).
 *
 * @param reason one of the list
 * @param text their own words, at most {@value #MAX_TEXT} characters, or null
 */
public record Closure(Reason reason, @Nullable String text) {
  public static final int MAX_TEXT = 500;

  /** Names are stored and sent: never rename one. */
  public enum Reason {
    /** Nobody is left to act for it. */
    ORPHAN,
    DUPLICATE,
    ABUSE,
    OTHER
  }
}
