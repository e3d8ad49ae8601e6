package renfort.notifications;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import renfort.environment.Environment;
import renfort.notifications.model.Letter;
import renfort.web.Log;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/** SES, API version 2. Addresses and contents go as values of a JSON body: no header is ours. */
final class SesMailService implements MailService {
  /** Ten of these fit into the time that Lambda gives a batch, and one into a mail's lease. */
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Asks absence messages not to answer (RFC 3834). */
  private static final MessageHeader AUTOMATIC =
      MessageHeader.builder().name("Auto-Submitted").value("auto-generated").build();

  private final Supplier<SesV2Client> client;
  private final String from;
  private final String settings;

  SesMailService(Environment environment) {
    this.client = environment.clients()::ses;
    this.from = "Renfort <" + environment.variable("SENDER") + ">";
    this.settings = environment.variable("MAIL_SETTINGS");
  }

  @Override
  public Answer send(Letter letter, String id) {
    SendEmailRequest request =
        SendEmailRequest.builder()
            .fromEmailAddress(from)
            .configurationSetName(settings)
            .destination(destination -> destination.toAddresses(letter.to()))
            .content(
                content ->
                    content.simple(
                        simple ->
                            simple
                                .subject(utf8(letter.subject()))
                                .body(
                                    body ->
                                        body.text(utf8(letter.text())).html(utf8(letter.html())))
                                .headers(AUTOMATIC)))
            .overrideConfiguration(override -> override.apiCallTimeout(TIMEOUT))
            .build();
    try {
      client.get().sendEmail(request);
      return Answer.TAKEN;
    } catch (SdkException fault) {
      if (isNotNow(fault)) {
        // an alarm counts it (template.yaml)
        Log.info("mail-not-now", Map.of("id", id, "fault", fault.getClass().getSimpleName()));
        return Answer.NOT_NOW;
      }
      Log.error("mail-service", id, fault);
      return Answer.FAILED;
    }
  }

  /** The rate of sending, or the day's quota. */
  private static boolean isNotNow(SdkException fault) {
    return fault instanceof LimitExceededException
        || (fault instanceof AwsServiceException answer && answer.isThrottlingException());
  }

  private static Content utf8(String text) {
    return Content.builder().charset(StandardCharsets.UTF_8.name()).data(text).build();
  }
}
