package renfort.outbox.model;

/**
 * What goes first when there is not room for all mails at once (R26, R27), in that order. Names are
 * stored: never rename one.
 */
public enum MailClass {
  /** Without it its owner cannot get in: the links. */
  ACCOUNT,
  /** What happens to a mission or to somebody on it. */
  PROCESS,
  /** What keeps somebody informed, and anybody can cause by a public form. */
  COURTESY;

  /** The class of a template. */
  public static MailClass of(MailTemplate template) {
    return switch (template) {
      case ACTIVATION, PASSWORD_RESET, ACTIVATION_REMINDER -> ACCOUNT;
      case ESTABLISHMENT_APPROVED,
          HOLD_REMINDER,
          CANDIDATE_DECLINED,
          CANDIDATE_UNAVAILABLE,
          CANDIDATE_ERASED,
          AFFECTATION,
          AFFECTATION_RELEASED,
          MISSION_CANCELLED,
          CANDIDATES_PUSHED,
          CANDIDACY_SUBMITTED,
          CANDIDACY_WITHDRAWN,
          MISSION_CLOSED,
          ESTABLISHMENT_ORPHANED,
          QUOTA_REACHED,
          IDENTITY_REJECTED,
          ACCOUNT_ERASED,
          PROFILE_DORMANT,
          DOCUMENTS_EXPIRING ->
          PROCESS;
      case PROPOSAL_RECEIVED, ALREADY_REGISTERED, OTHER_ROLE, DRAFTS_TO_CONFIRM -> COURTESY;
    };
  }
}
