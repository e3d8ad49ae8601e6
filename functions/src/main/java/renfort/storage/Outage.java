package renfort.storage;

/**
 * A service that a function stands on does not answer; nothing was changed. Answered as 503, or in
 * a batch as RETRY.
 */
public class Outage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An outage of a service.
   *
   * @param service a short name for the log: table, documents, accounts, mail
   */
  public Outage(String service, Throwable cause) {
    super(service + " is out", cause);
  }
}
