package renfort.regulation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items as JSON trees
 * @param next where the list goes on, or null at its end
 */
record Page(List<Map<String, Object>> items, @Nullable Map<String, String> next) {
  /** How often a page asks for more rows when a filter leaves most of them out. */
  static final int QUERIES = 5;
}
