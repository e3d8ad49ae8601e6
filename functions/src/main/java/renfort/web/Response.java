package renfort.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the HTTP API's payload format 2.0.
 *
 * @param status the HTTP status
 * @param headers by lower-case name
 * @param cookies whole Set-Cookie values
 * @param body the text, or null for none
 */
public record Response(
    int status, Map<String, String> headers, List<String> cookies, @Nullable String body) {

  /** A JSON answer. */
  public static Response json(int status, Object tree) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    return new Response(status, headers, List.of(), Json.write(tree));
  }

  public static Response ok(Object tree) {
    return json(200, tree);
  }

  public static Response noContent() {
    return new Response(204, Map.of(), List.of(), null);
  }

  /** 202 with an empty object: the same whatever happened. */
  public static Response accepted() {
    return json(202, Map.of());
  }

  public Response withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Response(status, all, cookies, body);
  }

  /** With one more cookie to be set. */
  public Response withCookie(String cookie) {
    List<String> all = new ArrayList<>(cookies);
    all.add(cookie);
    return new Response(status, headers, all, body);
  }

  Map<String, Object> toEvent() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("statusCode", status);
    Map<String, String> all = new LinkedHashMap<>(headers);
    // answers hold people's data or depend on who asks, unless a handler says otherwise
    all.putIfAbsent("cache-control", "no-store");
    event.put("headers", all);
    if (!cookies.isEmpty()) {
      event.put("cookies", cookies);
    }
    if (body != null) {
      event.put("body", body);
    }
    return event;
  }
}
