package renfort.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses of the account and mail services, in the protocols that the SDK speaks. */
record ServiceFront(AccountService accounts, Mailbox mailbox) implements HttpHandler {
  private static final int MOST = 10 << 20;
  private static final String ACCOUNT_TARGET = "AWSCognitoIdentityProviderService.";
  private static final Pattern KEYS = Pattern.compile("/([^/]+)/\\.well-known/jwks\\.json");

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Optional<byte[]> body = HttpFront.body(exchange, MOST);
    String path = exchange.getRequestURI().getPath();
    String target =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
    Matcher keys = KEYS.matcher(path);
    if (body.isEmpty()) {
      refuse(exchange, 413, "RequestEntityTooLarge", "Too large");
    } else if (target.startsWith(ACCOUNT_TARGET)) {
      AccountService.Answer answer =
          accounts.answer(target.substring(ACCOUNT_TARGET.length()), Trees.read(body.get()));
      HttpFront.send(
          exchange,
          answer.status(),
          Map.of("Content-Type", "application/x-amz-json-1.1"),
          Trees.bytes(answer.body()));
    } else if (exchange.getRequestMethod().equals("POST")
        && path.equals("/v2/email/outbound-emails")) {
      Optional<String> wrong = mailbox.send(Trees.read(body.get()));
      if (wrong.isPresent()) {
        refuse(exchange, 400, "BadRequestException", wrong.get());
      } else {
        HttpFront.send(
            exchange,
            200,
            "application/json",
            Trees.object().put("MessageId", UUID.randomUUID().toString()).toString());
      }
    } else if (keys.matches() && accounts.jwks(keys.group(1)) != null) {
      HttpFront.send(
          exchange, 200, "application/json", String.valueOf(accounts.jwks(keys.group(1))));
    } else {
      refuse(exchange, 404, "UnknownOperationException", "Not known on the laptop");
    }
  }

  private static void refuse(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
    HttpFront.send(
        exchange,
        status,
        "application/json",
        Trees.object().put("__type", type).put("message", message).toString());
  }
}
