package renfort.notifications;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import renfort.notifications.model.Letter;
import renfort.notifications.model.Places;
import renfort.outbox.MailSubjects;
import renfort.outbox.model.MailTemplate;

/**
 * The words of the mails: for each template a {@code .txt}, whose first line is the subject, and a
 * {@code .html}, each put into the frame that all share. Read when first needed.
 */
public final class MailTexts implements MailSubjects {
  private static final String BODY = "{{body}}";

  private record Words(String subject, String text, String html) {}

  private final Map<String, String> frames = new ConcurrentHashMap<>();
  private final Map<MailTemplate, Words> words = new ConcurrentHashMap<>();

  /**
   * Writes a letter.
   *
   * @param values by the name of their place; {@code name} greets, when it is there
   */
  Letter write(MailTemplate template, List<String> to, Map<String, String> values) {
    Words of = words(template);
    Map<String, String> all = new HashMap<>(values);
    all.put("subject", of.subject());
    return new Letter(
        to,
        of.subject(),
        framed("frame.txt", part -> Places.fillText(part, all), of.text()),
        framed("frame.html", part -> Places.fillHtml(part, all), of.html()));
  }

  @Override
  public String of(MailTemplate template) {
    return words(template).subject();
  }

  private Words words(MailTemplate template) {
    return words.computeIfAbsent(template, MailTexts::read);
  }

  private String framed(String name, UnaryOperator<String> fill, String body) {
    String frame = frames.computeIfAbsent(name, MailTexts::resource);
    int at = frame.indexOf(BODY);
    return fill.apply(frame.substring(0, at))
        + fill.apply(body).strip()
        + fill.apply(frame.substring(at + BODY.length()));
  }

  private static Words read(MailTemplate template) {
    String name = template.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String text = resource(name + ".txt");
    int end = text.indexOf('\n');
    return new Words(
        text.substring(0, end), text.substring(end).strip(), resource(name + ".html").strip());
  }

  private static String resource(String name) {
    try (InputStream stream = MailTexts.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
