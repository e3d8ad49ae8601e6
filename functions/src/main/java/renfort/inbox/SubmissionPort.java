package renfort.inbox;

/**
 * What becomes of one kind of submission; the room that knows implements it. Each step is one
 * transaction that also says how far the submission was taken: whoever repeats it finds it done.
 */
public interface SubmissionPort {

  /** How a step ended. */
  enum Outcome {
    /** It is done, or was. */
    DONE,
    /** Something has changed since it was read: to be looked at again. */
    AGAIN,
    /** There is no room for it yet: to be taken another day. */
    WAITS
  }

  /** Does what is to be done of a submission in its state. */
  Outcome take(Submission submission);

  /** Throws away what a submission made, unless its link was used; asked once its time is over. */
  Outcome expire(Submission submission);
}
