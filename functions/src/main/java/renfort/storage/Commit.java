package renfort.storage;

import java.util.Set;

/** How a transaction ended. */
public sealed interface Commit {

  /** All its writes are there. */
  record Done() implements Commit {}

  /**
   * Conditions did not hold; nothing was written.
   *
   * @param labels the writes whose conditions failed
   */
  record Refused(Set<String> labels) implements Commit {}

  /** Other transactions held its items at every try; nothing was written. */
  record Busy() implements Commit {}
}
