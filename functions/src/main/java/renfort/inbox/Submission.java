package renfort.inbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import renfort.storage.Item;

/**
 * What a public form brought, as it is stored.
 *
 * @param submissionId its id, and that of the account that it gets
 * @param kind which form
 * @param state how far it was taken
 * @param email trimmed and in lower case; gone once it is taken
 * @param content what the form said, in the form of the room that takes it; empty once it is taken
 * @param finess whose drafts it has, or null
 * @param drafts the missions that it made
 * @param createdAt when the form was sent
 * @param tries how often taking it has failed
 */
public record Submission(
    String submissionId,
    Kind kind,
    State state,
    String email,
    Item content,
    @Nullable String finess,
    List<String> drafts,
    Instant createdAt,
    int tries) {

  public Submission {
    drafts = List.copyOf(drafts);
  }

  /** Which form brought it. Names are stored: never rename one. */
  public enum Kind {
    PROFESSIONAL,
    NEED
  }

  /** How far it was taken. Names are stored: never rename one. */
  public enum State {
    /** Nothing was done of it. */
    RECEIVED(true),
    /** Its address was told that it has an account; what it brought is still to be thrown away. */
    REFUSED(true),
    /** It has an account and a link; nobody sees what it brought until that link is used (R8). */
    PARKED(false),
    /** All was done; only ids are left. */
    TAKEN(false);

    private final boolean isWork;

    State(boolean isWork) {
      this.isWork = isWork;
    }

    /** Whether the worker has something to do of it. */
    public boolean isWork() {
      return isWork;
    }
  }
}
