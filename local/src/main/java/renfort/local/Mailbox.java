package renfort.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes every mail sent and keeps it to be read; one mail a line in the data directory. */
public final class Mailbox {
  private final Clock clock;
  private final @Nullable Path file;
  private final List<Mail> mails = new ArrayList<>();

  /**
   * A mail as it was sent.
   *
   * @param id counts from 1
   * @param to one address; a mail to two is two of these
   */
  public record Mail(
      int id, String to, String from, String subject, String text, String html, Instant at) {}

  Mailbox(Clock clock, @Nullable Path file) {
    this.clock = clock;
    this.file = file;
    if (file != null && Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file)) {
          mails.add(read(Trees.read(line)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Every mail, oldest first. */
  public synchronized List<Mail> all() {
    return List.copyOf(mails);
  }

  /** The mails to an address, oldest first. */
  public List<Mail> to(String address) {
    String wanted = address.strip().toLowerCase(Locale.ROOT);
    return all().stream()
        .filter(mail -> mail.to().toLowerCase(Locale.ROOT).equals(wanted))
        .toList();
  }

  /** Forgets the mails held in memory; for tests that share a platform. */
  public synchronized void clear() {
    mails.clear();
  }

  /** A mail as the page {@code /_local/mails} gives it. */
  static ObjectNode describe(Mail mail) {
    return Trees.object()
        .put("to", mail.to())
        .put("subject", mail.subject())
        .put("text", mail.text())
        .put("html", mail.html())
        .put("at", mail.at().toString());
  }

  /**
   * Takes a request of SendEmail.
   *
   * @return what is wrong with it, absent when the mail is taken
   */
  synchronized Optional<String> send(JsonNode request) {
    JsonNode simple = request.path("Content").path("Simple");
    JsonNode recipients = request.path("Destination").path("ToAddresses");
    if (recipients.isEmpty()) {
      return Optional.of("Missing required field: Destination");
    }
    String from = request.path("FromEmailAddress").asText();
    if (!from.contains("@")) {
      return Optional.of("Missing required field: FromEmailAddress");
    }
    String subject = simple.path("Subject").path("Data").asText();
    String text = simple.path("Body").path("Text").path("Data").asText();
    String html = simple.path("Body").path("Html").path("Data").asText();
    if (subject.isEmpty() || (text.isEmpty() && html.isEmpty())) {
      return Optional.of("Only a simple message with a subject and a body is known on the laptop");
    }
    ArrayNode lines = Trees.array();
    for (JsonNode to : recipients) {
      Mail mail =
          new Mail(
              mails.size() + 1, address(to.asText()), from, subject, text, html, clock.instant());
      mails.add(mail);
      lines.add(describe(mail).put("from", from));
    }
    append(lines);
    return Optional.empty();
  }

  private void append(ArrayNode lines) {
    if (file == null) {
      return;
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    try {
      Files.writeString(
          file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Mail read(JsonNode line) {
    return new Mail(
        mails.size() + 1,
        line.path("to").asText(),
        line.path("from").asText(),
        line.path("subject").asText(),
        line.path("text").asText(),
        line.path("html").asText(),
        Instant.parse(line.path("at").asText()));
  }

  private static String address(String recipient) {
    int open = recipient.lastIndexOf('<');
    int close = recipient.lastIndexOf('>');
    return open >= 0 && close > open ? recipient.substring(open + 1, close) : recipient.strip();
  }
}
