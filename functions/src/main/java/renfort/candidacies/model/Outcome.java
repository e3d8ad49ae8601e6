package renfort.candidacies.model;

/** What an action did to one person (contract: outcomes). */
public enum Outcome {
  AFFECTED,
  REFUSED,
  RELEASED,
  PUSHED,
  /** A push was taken back (R23). */
  WITHDRAWN,
  /** Only somebody contacted can be affected or refused (R17). */
  NOT_CONTACTED,
  /** The hold is over (R17). */
  EXPIRED,
  /** Held by a contact (R23). */
  HELD,
  /** No place left (R18). */
  FULL,
  /** Does not match, or has no covering free period any more (R17, R23). */
  NOT_MATCHING,
  NOT_AFFECTED,
  /** There is no push to take back; who is contacted already stays so (R23). */
  NOT_PUSHED,
  /** An agency pushes people of its own region only (R23). */
  OTHER_REGION,
  /** Nobody is approved to receive a push to this mission (R23). */
  NO_REQUESTER,
  DECLINED,
  /** No such person. */
  UNKNOWN,
  /** Others were faster at every try, or a table went out: to be asked again. */
  RETRY
}
