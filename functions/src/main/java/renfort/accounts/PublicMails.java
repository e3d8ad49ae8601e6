package renfort.accounts;

import renfort.environment.Environment;

/**
 * The mails of public routes are posted always: what is over a limit waits where mails leave (R27),
 * and no answer depends on it.
 */
public final class PublicMails {

  public PublicMails(Environment environment) {}

  /** Whether the mails of a request may be posted: they may. */
  public boolean allow(String email, int howMany) {
    return true;
  }
}
