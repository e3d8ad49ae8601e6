package renfort.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as trees of maps, lists, strings, numbers and booleans; no data binding, so that a cold
 * start stays short.
 */
public final class Json {
  private static final JSON MAPPER =
      JSON.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(JSON.Feature.WRITE_NULL_PROPERTIES)
          .build();

  private Json() {}

  /**
   * Reads any JSON value.
   *
   * @throws MalformedJson when the text is not JSON, or more than one value
   */
  public static @Nullable Object read(String text) throws MalformedJson {
    try (JsonParser parser = MAPPER.createParser(text)) {
      @Nullable Object value = MAPPER.anyFrom(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJson();
      }
      return value;
    } catch (IOException e) {
      throw new MalformedJson();
    }
  }

  /**
   * Reads the JSON object that a Lambda is called with; anything else there is a fault of the
   * caller's set-up.
   */
  public static Map<String, Object> readEvent(InputStream input) throws IOException {
    return MAPPER.mapFrom(input);
  }

  /** Writes a tree as one line of JSON. */
  public static String write(@Nullable Object tree) {
    try {
      return MAPPER.asString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a tree to a Lambda's output. */
  public static void write(@Nullable Object tree, OutputStream output) throws IOException {
    output.write(write(tree).getBytes(StandardCharsets.UTF_8));
  }

  /** A text that is not JSON; carries nothing of it. */
  public static final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJson() {
      super("not JSON", null, false, false);
    }
  }
}
