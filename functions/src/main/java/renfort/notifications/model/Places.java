package renfort.notifications.model;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the places of a text: {@code {{name}}} is a value, <code>{{#name}}…{{/name}}</code> stays
 * when there is such a value, <code>{{^name}}…{{/name}}</code> when there is none. Every value is
 * cleaned, and escaped in HTML; what a value holds is never read as a place.
 */
public final class Places {
  private static final Pattern SECTION =
      Pattern.compile("\\{\\{([#^])(\\w+)}}(.*?)\\{\\{/\\2}}", Pattern.DOTALL);
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  /** What could break a line or turn its direction. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

  private Places() {}

  /**
   * Fills a plain text.
   *
   * @throws IllegalStateException naming a place that has no value
   */
  public static String fillText(String text, Map<String, String> values) {
    return fill(text, values, UnaryOperator.identity());
  }

  /**
   * Fills HTML, in its content and in quoted attributes.
   *
   * @throws IllegalStateException naming a place that has no value
   */
  public static String fillHtml(String html, Map<String, String> values) {
    return fill(html, values, Places::escape);
  }

  private static String fill(
      String template, Map<String, String> values, UnaryOperator<String> escape) {
    String open = template;
    // a section may hold others; no value is in the text yet
    for (Matcher section = SECTION.matcher(open);
        section.find(0);
        section = SECTION.matcher(open)) {
      boolean stays = values.containsKey(section.group(2)) == section.group(1).equals("#");
      open =
          open.substring(0, section.start())
              + (stays ? section.group(3) : "")
              + open.substring(section.end());
    }
    return PLACE
        .matcher(open)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException("no value for " + place.group(1));
              }
              return Matcher.quoteReplacement(
                  escape.apply(UNPRINTABLE.matcher(value).replaceAll(" ")));
            });
  }

  private static String escape(String value) {
    StringBuilder escaped = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
