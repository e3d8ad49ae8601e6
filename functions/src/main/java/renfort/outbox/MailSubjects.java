package renfort.outbox;

import renfort.outbox.model.MailTemplate;

/** What stands above a mail, in French. The room that writes the mails knows it. */
@FunctionalInterface
public interface MailSubjects {

  /** The subject of all mails of a template. */
  String of(MailTemplate template);
}
