package renfort.notifications;

import renfort.notifications.model.Letter;

/** What takes letters and carries them to mailboxes. */
@FunctionalInterface
interface MailService {
  /**
   * Hands a letter over.
   *
   * @param id of the mail, for the log
   * @return whether the service took it; when it did not say in time, it may have
   */
  boolean send(Letter letter, String id);
}
