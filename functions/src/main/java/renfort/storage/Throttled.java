package renfort.storage;

/**
 * A service that a function stands on takes no more calls for now; nothing was changed. Answered as
 * 429 with a time to come back, where an {@link Outage} is 503.
 */
public final class Throttled extends Outage {
  private static final long serialVersionUID = 1L;

  private final String service;

  /**
   * A service that holds callers back.
   *
   * @param service a short name for the log, as that of an outage
   */
  public Throttled(String service, Throwable cause) {
    super(service, cause);
    this.service = service;
  }

  /** Which one. */
  public String service() {
    return service;
  }
}
