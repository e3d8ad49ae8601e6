package renfort.accounts;

import java.time.Duration;
import renfort.environment.Environment;
import renfort.storage.Guards;

/**
 * How many mails anybody may have sent to one address: ten a day, whatever the route (R27). Known
 * and unknown addresses are counted alike.
 */
public final class PublicMails {
  static final int LIMIT = 10;
  static final Duration DAY = Duration.ofDays(1);

  private final Guards guards;

  public PublicMails(Environment environment) {
    this.guards = new Guards(environment);
  }

  /**
   * Counts the mails that a request will send.
   *
   * @param email trimmed and in lower case
   * @param howMany all of them, counted in one go
   * @return whether they may be sent; otherwise none is, and the answer stays the same
   */
  public boolean allow(String email, int howMany) {
    return guards.take(Guards.name("PUBLIC_MAILS", email), DAY, LIMIT, howMany);
  }
}
