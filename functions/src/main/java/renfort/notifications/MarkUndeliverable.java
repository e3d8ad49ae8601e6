package renfort.notifications;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.candidacies.CandidacyTies;
import renfort.environment.Environment;
import renfort.professionals.ProfessionalEvents;
import renfort.web.Json;
import renfort.web.Log;

/**
 * Told by SES, through EventBridge, of a mail that came back for good or was complained of: marks
 * the address. Lists show the person as one to call; no mail goes there any more but the link that
 * its owner asks for, and using that link takes the mark away. A mail that may still arrive, as to
 * a full mailbox, marks nothing.
 */
public final class MarkUndeliverable implements RequestStreamHandler {
  private final AccountStore accounts;
  private final ProfessionalEvents professionals;

  public MarkUndeliverable() {
    this(Environment.ofProcess());
  }

  public MarkUndeliverable(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.professionals = new ProfessionalEvents(environment, () -> new CandidacyTies(environment));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> detail = object(Json.readEvent(input).get("detail"));
    try {
      mark(detail);
    } catch (RuntimeException fault) {
      Log.error(getClass().getSimpleName(), "", fault);
      // the runtime writes what it is thrown to the log, and a message may hold people's data
      throw new IllegalStateException("failed: the log tells where");
    }
    Json.write(Map.of(), output);
  }

  private void mark(Map<String, Object> detail) {
    Map<String, Object> bounce = object(detail.get("bounce"));
    if ("Permanent".equals(bounce.get("bounceType"))) {
      mark(bounce.get("bouncedRecipients"), "BOUNCED");
    }
    mark(object(detail.get("complaint")).get("complainedRecipients"), "COMPLAINED");
  }

  private void mark(@Nullable Object recipients, String fault) {
    for (String address : addresses(recipients)) {
      accounts
          .ofAddress(address)
          .forEach(
              account -> {
                accounts.mailCameBack(account, fault);
                professionals.mailCameBack(account);
                Log.info("mail-came-back", Map.of("account", account.accountId(), "fault", fault));
              });
    }
  }

  private static List<String> addresses(@Nullable Object recipients) {
    List<String> addresses = new ArrayList<>();
    if (recipients instanceof List<?> list) {
      for (Object recipient : list) {
        // SES may give the name as well: Anne <anne@exemple.fr>
        String address = String.valueOf(object(recipient).get("emailAddress"));
        addresses.add(address.replaceFirst("^.*<([^>]*)>$", "$1").strip().toLowerCase(Locale.ROOT));
      }
    }
    return addresses;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
