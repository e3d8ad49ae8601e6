package renfort.storage;

/**
 * A list cannot go on from the place that it was given: no list gave it. Answered as 422 on the
 * cursor.
 */
public final class BadPlace extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadPlace() {
    super("not a place of this list", null, false, false);
  }
}
