package renfort.outbox.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A mail to be sent: a template and ids. What it will say, and its link, are made when it is sent.
 *
 * @param template which mail
 * @param to the accountId of the recipient; null for the requester of the mission (whoever acts for
 *     it when it is sent), or the agency of its region or of the actor's, as the template says
 * @param mission the mission it speaks of, or null
 * @param professional the professional it speaks of, or null
 * @param actor the accountId of the user to turn to, or null
 * @param start first day of the engagement it speaks of, or null
 * @param end last day of that engagement, or null
 * @param submission the submission that the link activates, or null
 * @param detail a constant of the template's own (the level that pushed, say), or null
 */
public record Mail(
    MailTemplate template,
    @Nullable String to,
    @Nullable String mission,
    @Nullable String professional,
    @Nullable String actor,
    @Nullable LocalDate start,
    @Nullable LocalDate end,
    @Nullable String submission,
    @Nullable String detail) {

  /** Detail of the mails about somebody who is lost to a mission: they were affected. */
  public static final String AFFECTED = "AFFECTED";

  /** Detail of {@link MailTemplate#CANDIDACY_SUBMITTED}: a region's agency pushed. */
  public static final String REGIONAL = "REGIONAL";

  /** Detail of {@link MailTemplate#CANDIDACY_SUBMITTED}: the national level pushed. */
  public static final String NATIONAL = "NATIONAL";

  /** A mail to an account. */
  public static Mail to(String accountId, MailTemplate template) {
    return new Mail(template, accountId, null, null, null, null, null, null, null);
  }

  /** A mail to the agency of a mission's region: the template says so. */
  public static Mail toAgencyOf(String missionId, MailTemplate template) {
    return new Mail(template, null, missionId, null, null, null, null, null, null);
  }

  /**
   * {@link MailTemplate#QUOTA_REACHED}, to the agency of an account's region.
   *
   * @param accountId of the account
   * @param kind of what it looked at
   */
  public static Mail ofQuota(String accountId, String kind) {
    return new Mail(
        MailTemplate.QUOTA_REACHED, null, null, null, accountId, null, null, null, kind);
  }

  /** A mail to whoever acts for a mission. */
  public static Mail toRequesterOf(String missionId, MailTemplate template) {
    return new Mail(template, null, missionId, null, null, null, null, null, null);
  }

  public Mail about(String missionId, String professionalId) {
    return new Mail(template, to, missionId, professionalId, actor, start, end, submission, detail);
  }

  public Mail by(String accountId) {
    return new Mail(template, to, mission, professional, accountId, start, end, submission, detail);
  }

  public Mail during(LocalDate first, LocalDate last) {
    return new Mail(template, to, mission, professional, actor, first, last, submission, detail);
  }

  public Mail activating(String submissionId) {
    return new Mail(template, to, mission, professional, actor, start, end, submissionId, detail);
  }

  public Mail saying(String constant) {
    return new Mail(template, to, mission, professional, actor, start, end, submission, constant);
  }
}
