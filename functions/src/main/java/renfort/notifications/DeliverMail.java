package renfort.notifications;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.accounts.Links;
import renfort.accounts.model.LinkPurpose;
import renfort.environment.Environment;
import renfort.notifications.Letters.Draft;
import renfort.notifications.model.Letter;
import renfort.outbox.UnsentMails;
import renfort.outbox.UnsentMails.Claim;
import renfort.outbox.model.MailTemplate;
import renfort.storage.Outage;
import renfort.web.Log;

/** Sends one stored mail, whoever asks for it: the stream or the schedule (R26). */
final class DeliverMail {

  /** How it ended. Names are logged. */
  enum Outcome {
    /** It is with the mail service, and marked so. */
    SENT,
    /** It had nobody to go to, or nothing to say any more. */
    SKIPPED,
    /** It is over a limit, and waits until the limit allows it (R27). */
    WAITS,
    /** The mail service takes no more for now; it is due again soon. */
    NOT_NOW,
    /** It could not be sent; it is due again later. */
    FAILED,
    /** It could not be sent for 7 days; an operator is told. */
    GIVEN_UP,
    /** It was sent before, is somebody else's, or not due yet. */
    NOT_DUE
  }

  private final UnsentMails mails;
  private final Letters letters;
  private final MailService service;
  private final Clock clock;

  DeliverMail(Environment environment) {
    this(
        new UnsentMails(environment),
        new Letters(
            new MailDataOfRooms(environment), links(environment), environment.variable("SITE_URL")),
        new SesMailService(environment),
        environment.clock());
  }

  DeliverMail(UnsentMails mails, Letters letters, MailService service, Clock clock) {
    this.mails = mails;
    this.letters = letters;
    this.service = service;
    this.clock = clock;
  }

  /**
   * Sends a mail if it is due.
   *
   * @throws Outage when a table is out; the mail stays due
   */
  Outcome deliver(String id) {
    Optional<Claim> claim = mails.claim(id);
    if (claim.isEmpty()) {
      return Outcome.NOT_DUE;
    }
    Outcome outcome = deliver(claim.get());
    Log.info(
        "mail",
        Map.of(
            "id", id,
            "template", claim.get().mail().template().name(),
            "outcome", outcome.name(),
            "tries", claim.get().tries(),
            // an alarm watches it (template.yaml)
            "ageSeconds", Duration.between(claim.get().dueSince(), clock.instant()).toSeconds()));
    return outcome;
  }

  private Outcome deliver(Claim claim) {
    List<String> counted = List.of();
    try {
      Optional<Draft> draft = letters.draft(claim.mail());
      if (draft.isEmpty()) {
        return skipped(claim, counted);
      }
      List<String> to = draft.get().addresses();
      if (!mails.mayLeave(claim, to)) {
        return Outcome.WAITS;
      }
      counted = to;
      Optional<Letter> letter = letters.write(draft.get(), claim.createdAt());
      return letter.isEmpty()
          ? skipped(claim, to)
          : send(claim, letter.get(), draft.get().accounts());
    } catch (Outage outage) {
      throw outage;
    } catch (RuntimeException bug) {
      // one mail that cannot be written holds up no other
      Log.error("mail", claim.id(), bug);
      return failed(claim, counted);
    }
  }

  private Outcome send(Claim claim, Letter letter, List<String> accounts) {
    // what cannot end within the lease is not begun: somebody else may send it by then
    if (!clock.instant().plus(SesMailService.TIMEOUT).isBefore(claim.leasedUntil())) {
      return failed(claim, letter.to());
    }
    return switch (service.send(letter, claim.id())) {
      case TAKEN -> {
        mails.sent(claim, accounts);
        yield Outcome.SENT;
      }
      case FAILED -> failed(claim, letter.to());
      case NOT_NOW -> {
        if (claim.isLast()) {
          yield failed(claim, letter.to());
        }
        mails.notNow(claim, letter.to());
        yield Outcome.NOT_NOW;
      }
    };
  }

  private Outcome skipped(Claim claim, List<String> counted) {
    mails.skipped(claim, counted);
    return Outcome.SKIPPED;
  }

  private Outcome failed(Claim claim, List<String> counted) {
    return mails.failed(claim, counted) ? Outcome.GIVEN_UP : Outcome.FAILED;
  }

  private static Letters.LinkMaker links(Environment environment) {
    Links links = new Links(environment);
    return (accountId, mail, asked) ->
        links
            .mint(
                accountId,
                mail.template() == MailTemplate.PASSWORD_RESET
                    ? LinkPurpose.RESET
                    : LinkPurpose.ACTIVATION,
                mail.submission(),
                asked)
            .map(links::address);
  }
}
