package renfort.documents.model;

/** What a look at an upload tells (R3). */
public sealed interface Check {

  /** It is what was announced, and can be claimed. */
  record Fits(Upload upload) implements Check {}

  /** Nothing was uploaded under this id, the slot is over, or there never was one. */
  record Missing() implements Check {}

  /** More than 5 MiB. */
  record TooLarge() implements Check {}

  /** Not the size, type or content that was announced, or its bytes are of another kind. */
  record WrongContent() implements Check {}

  /** It does something when it is opened, or hides what it does; no paper needs that. */
  record Active() implements Check {}

  /** A sheet has it, or it is given twice. */
  record AlreadyClaimed() implements Check {}
}
