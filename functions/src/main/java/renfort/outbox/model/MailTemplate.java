package renfort.outbox.model;

/**
 * The mails of the platform, each with its recipient and what a {@link Mail} of it carries. Names
 * are stored: never rename one.
 */
public enum MailTemplate {
  /**
   * To the account of a professional who registered: « Proposition de renfort prise en compte »
   * (R4).
   */
  PROPOSAL_RECEIVED,
  /**
   * To the account, with a link: « Activation de votre compte Renfort » (R4, R8; staff too).
   * Submission when needs wait for it.
   */
  ACTIVATION,
  /** To the account, with a link: « Réinitialisation de votre mot de passe » (R4). */
  PASSWORD_RESET,
  /**
   * To the account of a confirmed address that registers again: « Vous avez déjà un compte » (R1).
   */
  ALREADY_REGISTERED,
  /** To the account that the address belongs to, of another role: nothing was stored (R8, R1). */
  OTHER_ROLE,
  /**
   * To the account of a known requester who submitted a need without signing in: drafts wait for a
   * confirmation (R8).
   */
  DRAFTS_TO_CONFIRM,
  /** To the account of a requester: « Votre établissement est validé » (R11). */
  ESTABLISHMENT_APPROVED,
  /** To the requester, 6 hours before a hold ends (R16). Mission, professional. */
  HOLD_REMINDER,
  /**
   * To the requester: somebody contacted, pushed or affected declined (R21). Mission, professional;
   * detail {@link Mail#AFFECTED} and the dates of the engagement when there was one.
   */
  CANDIDATE_DECLINED,
  /**
   * To the requester: somebody contacted is not available any more (state table). Mission,
   * professional.
   */
  CANDIDATE_UNAVAILABLE,
  /**
   * To the requester: somebody contacted or affected erased their account (R29). Mission; detail
   * {@link Mail#AFFECTED} and the dates of the engagement when there was one.
   */
  CANDIDATE_ERASED,
  /**
   * To the account of a professional: « Affectation sur une mission de renfort » (R18). Mission,
   * dates of the engagement, actor.
   */
  AFFECTATION,
  /**
   * To the account of a professional: the establishment released the affectation (R21). Mission,
   * dates of the engagement, actor.
   */
  AFFECTATION_RELEASED,
  /**
   * To the account of a professional affected to a mission that was cancelled, or closed by an
   * agency (R20, R24). Mission, dates of the engagement.
   */
  MISSION_CANCELLED,
  /**
   * To the requester: « Nouvelles propositions de renfort pour votre mission » (R23). Mission,
   * actor.
   */
  CANDIDATES_PUSHED,
  /**
   * To the account of a professional: « Votre candidature a été soumise à un établissement » (R23).
   * Mission, detail {@link Mail#REGIONAL} or {@link Mail#NATIONAL}.
   */
  CANDIDACY_SUBMITTED,
  /**
   * To the account of a professional: « Votre candidature n'est plus proposée » (R23). Mission,
   * actor.
   */
  CANDIDACY_WITHDRAWN,
  /**
   * To the account of a professional whose identity document was rejected and deleted: another one
   * is to be uploaded (R28).
   */
  IDENTITY_REJECTED,
  /**
   * To the address of an account that was erased, kept until this has left (R29). Detail: the name
   * of an {@code ErasureReason}.
   */
  ACCOUNT_ERASED,
  /**
   * To the account of an address that nobody confirmed, with a link: « Votre inscription attend
   * votre confirmation » (R7).
   */
  ACTIVATION_REMINDER,
  /**
   * To the account of a professional without contact for long: « Votre fiche sera effacée » (R29).
   * The day of the erasure, as dates.
   */
  PROFILE_DORMANT,
  /**
   * To the account of a professional whose documents nobody checked: « Vos documents seront
   * supprimés » (R28). The day of the deletion, as dates.
   */
  DOCUMENTS_EXPIRING,
  /**
   * To the requester: an agency or the national level has closed the mission (R24). Mission, actor,
   * detail {@link Mail#REGIONAL} or {@link Mail#NATIONAL}.
   */
  MISSION_CLOSED,
  /**
   * To the agency of the mission's region: nobody is left to act for its establishment (R41).
   * Mission, one of the live ones.
   */
  ESTABLISHMENT_ORPHANED,
  /**
   * To the agency of the region of an account that has looked at as many people as it may on a day
   * (R27). Actor: the account; detail: PAGES, SHEETS or DOCUMENTS.
   */
  QUOTA_REACHED
}
