package renfort.outbox.model;

/** The mails of the platform. Names are stored: never rename one. */
public enum MailTemplate {
  /** To a professional who registered: « Proposition de renfort prise en compte » (R4). */
  PROPOSAL_RECEIVED,
  /** « Activation de votre compte Renfort », with a link (R4, R8; staff too). */
  ACTIVATION,
  /** « Réinitialisation de votre mot de passe », with a link (R4). */
  PASSWORD_RESET,
  /** « Vous avez déjà un compte », to a confirmed address that registers again (R1). */
  ALREADY_REGISTERED,
  /** The address belongs to an account of another role: nothing was stored (R8, R1). */
  OTHER_ROLE,
  /** A known requester submitted a need without signing in: drafts wait for a confirmation (R8). */
  DRAFTS_TO_CONFIRM,
  /** « Votre établissement est validé » (R11). */
  ESTABLISHMENT_APPROVED,
  /** To the requester, 6 hours before a hold ends (R16). */
  HOLD_REMINDER,
  /** To the requester: somebody contacted, pushed or affected declined (R21). */
  CANDIDATE_DECLINED,
  /** To the requester: somebody contacted is not available any more (state table). */
  CANDIDATE_UNAVAILABLE,
  /** To the requester: somebody contacted or affected erased their account (R29). */
  CANDIDATE_ERASED,
  /** To the professional: « Affectation sur une mission de renfort » (R18). */
  AFFECTATION,
  /** To the professional: the establishment released the affectation (R21). */
  AFFECTATION_RELEASED,
  /** To the professional affected to a mission that was cancelled (R20). */
  MISSION_CANCELLED,
  /** To the requester: « Nouvelles propositions de renfort pour votre mission » (R23). */
  CANDIDATES_PUSHED,
  /** To the professional: « Votre candidature a été soumise à un établissement » (R23). */
  CANDIDACY_SUBMITTED
}
