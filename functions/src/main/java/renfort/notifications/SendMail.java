package renfort.notifications;

import renfort.environment.Environment;
import renfort.web.StreamHandler;

/**
 * Sends each new mail as soon as it is stored: the stream of the outbox (R26). A mail that could
 * not be sent is done here, because ResendMails takes it up; only a table that is out brings its
 * record again.
 */
public final class SendMail extends StreamHandler {
  private final DeliverMail delivery;

  public SendMail() {
    this(Environment.ofProcess());
  }

  public SendMail(Environment environment) {
    this(new DeliverMail(environment));
  }

  SendMail(DeliverMail delivery) {
    this.delivery = delivery;
  }

  @Override
  protected void handle(Change change) {
    delivery.deliver(change.keys().text("id"));
  }
}
