package renfort.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import renfort.storage.BadPlace;
import renfort.storage.Part;

/**
 * An answer of several lists, any of which may be too long for one answer: given list after list,
 * as many rows in each answer as it may read. Where it goes on is a place that a cursor can hold.
 */
public final class Parts {
  private static final String PART = "part";

  private final List<Named> parts = new ArrayList<>();

  private record Named(String name, BiFunction<Map<String, String>, Integer, Read> list) {}

  /**
   * What was read of a list.
   *
   * @param rows how many
   * @param next where the list goes on, in places of its own; null at its end
   */
  public record Read(int rows, @Nullable Map<String, String> next) {

    /** Of a list whose places are one text. */
    public static Read upTo(int rows, @Nullable String next) {
      return new Read(rows, next == null ? null : Map.of("at", next));
    }
  }

  /**
   * Adds a list, after those that were added before.
   *
   * @param name stands in cursors
   * @param list reads so many rows at most, from a place on that is empty at its beginning
   */
  public Parts with(String name, BiFunction<Map<String, String>, Integer, Read> list) {
    parts.add(new Named(name, list));
    return this;
  }

  /** Reads a list from a place on; the place is null at its beginning. */
  public interface Reader<T> {

    /** So many rows at most. */
    Part<T> read(@Nullable String place, int most);
  }

  /**
   * Adds a list as above whose places are one text.
   *
   * @param rows gets what is read
   */
  public <T> Parts with(String name, Reader<T> list, List<? super T> rows) {
    return with(
        name,
        (from, most) -> {
          Part<T> part = list.read(from.get("at"), most);
          rows.addAll(part.rows());
          return Read.upTo(part.read(), part.next());
        });
  }

  /**
   * Reads what one answer may hold.
   *
   * @param place where the answer before ended; empty at the beginning
   * @param rows how many rows at most
   * @return where the next answer begins, or null when all was read
   * @throws BadPlace when no answer ended there
   */
  public @Nullable Map<String, String> read(Map<String, String> place, int rows) {
    int index = 0;
    if (!place.isEmpty()) {
      index = parts.stream().map(Named::name).toList().indexOf(place.getOrDefault(PART, ""));
      if (index < 0) {
        throw new BadPlace();
      }
    }
    Map<String, String> from = new LinkedHashMap<>(place);
    from.remove(PART);
    int left = rows;
    while (index < parts.size()) {
      Named part = parts.get(index);
      if (left <= 0) {
        Map<String, String> next = new LinkedHashMap<>(from);
        next.put(PART, part.name());
        return next;
      }
      Read read = part.list().apply(from, left);
      left -= read.rows();
      if (read.next() == null) {
        index++;
        from = Map.of();
      } else {
        from = read.next();
      }
    }
    return null;
  }
}
