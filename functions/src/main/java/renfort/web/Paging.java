package renfort.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.storage.Guards;

/**
 * The part of a list that is asked for: how many, and after which place. A cursor is bound to its
 * query, and holds places only, never a key that its query would not reach by itself.
 *
 * @param limit at most so many items
 * @param place where to go on, by names of the list's own; empty at the beginning
 * @param query what the cursor is bound to
 */
public record Paging(int limit, Map<String, String> place, String query) {

  /** As openapi.yaml says; longer than what a key of 1024 bytes makes. */
  private static final int MAX_CURSOR = 2000;

  /**
   * Reads {@code limit} and {@code cursor}.
   *
   * @param query all that makes this list another list: the route's ids and filters
   * @throws Refusal 422 when one of them is not valid, or the cursor is another query's
   */
  public static Paging of(Request request, String... query) {
    String binding = Guards.name(request.route(), query);
    return new Paging(limit(request), place(request.query().get("cursor"), binding), binding);
  }

  /** A page: its items, and the cursor to what follows when there is more. */
  public Map<String, Object> page(List<?> items, @Nullable Map<String, String> next) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", items);
    if (next != null) {
      Map<String, Object> cursor = new LinkedHashMap<>(next);
      cursor.put("q", query);
      page.put(
          "next",
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(Json.write(cursor).getBytes(StandardCharsets.UTF_8)));
    }
    return page;
  }

  /** An answer of another shape, with the cursor to what follows when there is more. */
  public Map<String, Object> answer(Map<String, Object> body, @Nullable Map<String, String> next) {
    Map<String, Object> answer = new LinkedHashMap<>(body);
    @Nullable Object cursor = page(List.of(), next).get("next");
    if (cursor != null) {
      answer.put("next", cursor);
    }
    return answer;
  }

  private static int limit(Request request) {
    @Nullable String text = request.query().get("limit");
    if (text == null) {
      return 20;
    }
    if (text.matches("\\d{1,3}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= 100) {
        return limit;
      }
    }
    throw new Refusal(
        Problem.invalid("limit", "range", "Un nombre entier de 1 à 100 est attendu."));
  }

  private static Map<String, String> place(@Nullable String cursor, String binding) {
    if (cursor == null) {
      return Map.of();
    }
    if (cursor.length() > MAX_CURSOR) {
      throw refused();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (Json.read(new String(bytes, StandardCharsets.UTF_8)) instanceof Map<?, ?> map
          && binding.equals(map.get("q"))
          // no list gives it, and no table takes it for a key
          && !map.containsValue("")) {
        Map<String, String> place = new LinkedHashMap<>();
        map.forEach(
            (name, value) -> {
              if (value instanceof String text && !"q".equals(name)) {
                place.put(String.valueOf(name), text);
              }
            });
        return place;
      }
    } catch (IllegalArgumentException | Json.MalformedJson e) {
      // told below
    }
    throw refused();
  }

  /** A cursor that this list did not give. */
  public static Refusal refused() {
    return new Refusal(
        Problem.invalid("cursor", "cursor", "Cette suite de liste n'est pas valable ici."));
  }
}
