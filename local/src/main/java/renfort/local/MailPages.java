package renfort.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mailbox to read, under {@code /_local}: {@code mails?to=ADDRESS} as JSON for programs, a page
 * for people. Only for this machine: mails hold links that open accounts.
 */
record MailPages(Mailbox mailbox) implements HttpHandler {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?)]");
  private static final Pattern HERE = Pattern.compile("(127\\.0\\.0\\.1|localhost)(:\\d+)?");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss").withZone(ZoneId.of("Europe/Paris"));
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
          + "frame-ancestors 'none'";

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
    String path = exchange.getRequestURI().getPath();
    if (!HERE.matcher(host).matches()) {
      // a page of another site that has its name point here must not read the mails
      HttpFront.send(exchange, 421, "text/plain; charset=utf-8", "Adresse inattendue");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      HttpFront.send(exchange, 405, Map.of("Allow", "GET"), new byte[0]);
    } else if (path.equals("/_local/mails")) {
      ArrayNode list = Trees.array();
      wanted(exchange).forEach(mail -> list.add(Mailbox.describe(mail)));
      HttpFront.send(exchange, 200, headers("application/json; charset=utf-8"), Trees.bytes(list));
    } else if (path.equals("/_local/style.css")) {
      HttpFront.send(exchange, 200, headers("text/css"), STYLE.getBytes(StandardCharsets.UTF_8));
    } else if (path.equals("/_local") || path.equals("/_local/")) {
      HttpFront.send(
          exchange,
          200,
          headers("text/html; charset=utf-8"),
          page(exchange).getBytes(StandardCharsets.UTF_8));
    } else {
      HttpFront.send(exchange, 404, "text/plain; charset=utf-8", "Page introuvable");
    }
  }

  private List<Mailbox.Mail> wanted(HttpExchange exchange) {
    String to = address(exchange);
    return to.isEmpty() ? mailbox.all() : mailbox.to(to);
  }

  private static String address(HttpExchange exchange) {
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith("to=")) {
        // addresses may hold a plus, and few clients escape it
        return Routes.decode(pair.substring(3));
      }
    }
    return "";
  }

  private String page(HttpExchange exchange) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!doctype html>
        <html lang="fr">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Courriels – Renfort</title>
        <link rel="stylesheet" href="/_local/style.css">
        </head>
        <body>
        <main>
        <h1>Courriels envoyés</h1>
        <form action="/_local/" method="get">
        <label for="to">Destinataire</label>
        <input id="to" name="to" type="email" value="%s">
        <button>Filtrer</button>
        </form>
        """
            .formatted(escape(address(exchange))));
    List<Mailbox.Mail> mails = wanted(exchange).reversed();
    if (mails.isEmpty()) {
      page.append("<p>Aucun courriel.</p>\n");
    }
    for (Mailbox.Mail mail : mails) {
      page.append(
          """
          <article>
          <h2>%s</h2>
          <p>À <strong>%s</strong>, de %s, le %s</p>
          <pre>%s</pre>
          </article>
          """
              .formatted(
                  escape(mail.subject()),
                  escape(mail.to()),
                  escape(mail.from()),
                  TIME.format(mail.at()),
                  linked(mail.text())));
    }
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String linked(String text) {
    StringBuilder html = new StringBuilder();
    Matcher link = LINK.matcher(text);
    int end = 0;
    while (link.find()) {
      String address = escape(link.group());
      html.append(escape(text.substring(end, link.start())))
          .append("<a href=\"%s\">%s</a>".formatted(address, address));
      end = link.end();
    }
    return html.append(escape(text.substring(end))).toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static Map<String, String> headers(String type) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cache-Control", "no-store");
    return headers;
  }

  private static final String STYLE =
      """
      body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f4f5f7; color: #1b1f24; }
      main { max-width: 50rem; margin: 0 auto; padding: 1rem; }
      article { background: #fff; border: 1px solid #c9ced6; border-radius: .25rem; padding: 0 1rem; margin: 1rem 0; }
      h2 { font-size: 1.1rem; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
      """;
}
