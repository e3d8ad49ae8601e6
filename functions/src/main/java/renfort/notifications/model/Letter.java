package renfort.notifications.model;

import java.util.List;

/**
 * A mail as it is sent.
 *
 * @param to the addresses it goes to, at least one
 * @param subject on one line; never holds a value that somebody typed
 * @param text for readers of plain text
 * @param html the same for the others
 */
public record Letter(List<String> to, String subject, String text, String html) {

  /** Keeps a copy of the addresses. */
  public Letter {
    to = List.copyOf(to);
  }
}
