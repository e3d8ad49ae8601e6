package renfort.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that may be too long to be read at once.
 *
 * @param rows what is given of it
 * @param read how many rows were read for it
 * @param next the place where the next part begins, or null at the end
 */
public record Part<T>(List<T> rows, int read, @Nullable String next) {

  /** A part that gives each row that was read. */
  public static <T> Part<T> of(List<T> rows, @Nullable String next) {
    return new Part<>(rows, rows.size(), next);
  }
}
