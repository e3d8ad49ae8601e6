package renfort.notifications;

import renfort.notifications.model.Letter;

/** What takes letters and carries them to mailboxes. */
@FunctionalInterface
interface MailService {

  /** What the service said. */
  enum Answer {
    /** It took the letter. */
    TAKEN,
    /** It refused it, or did not say in time; then it may have taken it. */
    FAILED,
    /** It takes no more for now: its rate or the day's quota is used up. */
    NOT_NOW
  }

  /**
   * Hands a letter over.
   *
   * @param id of the mail, for the log
   */
  Answer send(Letter letter, String id);
}
