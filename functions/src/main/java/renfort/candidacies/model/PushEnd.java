package renfort.candidacies.model;

/** Why an agency's proposal ended before a contact (R23). Names are stored: never rename one. */
public enum PushEnd {
  /** An agency or the national level took it back. */
  WITHDRAWN,
  /** The person is not available any more, or the mission asks for something else by now. */
  NOT_MATCHING,
  /** They are affected elsewhere on those days. */
  ENGAGED,
  /** The mission is full, or was set POURVUE. */
  FULL,
  /** The mission was cancelled or is over. */
  CLOSED
}
