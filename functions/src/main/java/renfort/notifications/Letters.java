package renfort.notifications;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Role;
import renfort.notifications.model.French;
import renfort.notifications.model.Letter;
import renfort.outbox.MailData;
import renfort.outbox.MailData.Closing;
import renfort.outbox.MailData.Hold;
import renfort.outbox.MailData.MissionFacts;
import renfort.outbox.MailData.Person;
import renfort.outbox.MailData.Place;
import renfort.outbox.MailData.Professional;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailClass;

/** Turns a stored mail into the letter it is at this moment. */
final class Letters {
  /** How many people of an establishment are told at once when its submitter is gone. */
  private static final int MOST_RECIPIENTS = 10;

  /** Makes the link of a mail, right before it is sent (R26). */
  @FunctionalInterface
  interface LinkMaker {
    /**
     * A new link for the account; the one before is void.
     *
     * @param asked when the mail was asked for
     * @return its address, or nothing when the account is gone or has been asked a later one for
     */
    Optional<String> make(String accountId, Mail mail, Instant asked);
  }

  private final MailData data;
  private final LinkMaker links;
  private final MailTexts texts = new MailTexts();
  private final String site;

  Letters(MailData data, LinkMaker links, String site) {
    this.data = data;
    this.links = links;
    this.site = site;
  }

  /**
   * What a letter will say, but for its link.
   *
   * @param mail what was stored
   * @param to who gets it, one at least
   * @param values by the name of their place
   */
  record Draft(Mail mail, List<Person> to, Map<String, String> values) {

    /** Where it goes. */
    List<String> addresses() {
      return to.stream().map(Person::email).toList();
    }

    /** Whose addresses these are. */
    List<String> accounts() {
      return to.stream().map(Person::accountId).toList();
    }
  }

  /** Drafts a letter; nothing when it has nobody to go to, or nothing to say any more. */
  Optional<Draft> draft(Mail mail) {
    List<Person> to = recipients(mail);
    if (to.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    values.put("site", site);
    // nobody is greeted by a name that a stranger may have written
    if (to.size() == 1 && to.getFirst().confirmed()) {
      values.put("name", nameOf(to.getFirst()));
    }
    return fill(mail, to.getFirst(), values)
        ? Optional.of(new Draft(mail, to, values))
        : Optional.empty();
  }

  /**
   * Finishes a letter that is about to leave.
   *
   * @param asked when it was asked for
   * @return nothing when its link was to be of use to nobody any more
   */
  Optional<Letter> write(Draft draft, Instant asked) {
    Mail mail = draft.mail();
    if (MailClass.of(mail.template()) == MailClass.ACCOUNT) {
      Optional<String> link = links.make(draft.to().getFirst().accountId(), mail, asked);
      if (link.isEmpty()) {
        return Optional.empty();
      }
      draft.values().put("link", link.get());
    }
    return Optional.of(texts.write(mail.template(), draft.addresses(), draft.values()));
  }

  private List<Person> recipients(Mail mail) {
    return switch (mail.template()) {
      // who asks for a link may have mended the mailbox: using the link proves it
      case ACTIVATION, PASSWORD_RESET ->
          data.person(required(mail.to(), "recipient")).stream().toList();
      case ACCOUNT_ERASED -> data.erased(required(mail.to(), "recipient")).stream().toList();
      case PROPOSAL_RECEIVED,
          ALREADY_REGISTERED,
          OTHER_ROLE,
          DRAFTS_TO_CONFIRM,
          ESTABLISHMENT_APPROVED,
          AFFECTATION,
          AFFECTATION_RELEASED,
          MISSION_CANCELLED,
          CANDIDACY_SUBMITTED,
          CANDIDACY_WITHDRAWN,
          IDENTITY_REJECTED,
          ACTIVATION_REMINDER,
          PROFILE_DORMANT,
          DOCUMENTS_EXPIRING ->
          data.person(required(mail.to(), "recipient")).stream()
              .filter(Letters::isReached)
              .toList();
      // only the approved read the name of a candidate (R11), and may look at whom one pushed (R23)
      case HOLD_REMINDER, CANDIDATE_DECLINED, CANDIDATE_UNAVAILABLE, CANDIDATES_PUSHED ->
          requesters(mail, Person::approved);
      case CANDIDATE_ERASED, MISSION_CLOSED -> requesters(mail, person -> true);
      case ESTABLISHMENT_ORPHANED -> some(data.agencyOf(required(mail.mission(), "mission")));
      case QUOTA_REACHED -> some(data.agencyOfAccount(required(mail.actor(), "actor")));
    };
  }

  private static List<Person> some(List<Person> people) {
    return people.stream().filter(Letters::isReached).limit(MOST_RECIPIENTS).toList();
  }

  private List<Person> requesters(Mail mail, Predicate<Person> mayRead) {
    String mission = required(mail.mission(), "mission");
    return data.submitterOf(mission)
        .filter(mayRead)
        .filter(Letters::isReached)
        .map(List::of)
        .orElseGet(() -> some(data.approvedRequestersOf(mission)));
  }

  private static boolean isReached(Person person) {
    return !person.undeliverable();
  }

  /** Finds the values; false when there is nothing to say any more. */
  private boolean fill(Mail mail, Person to, Map<String, String> values) {
    return switch (mail.template()) {
      case ACCOUNT_ERASED -> reason(mail, values);
      case PROPOSAL_RECEIVED -> proposal(to, values);
      case ACTIVATION, PASSWORD_RESET -> submission(mail, values);
      case ACTIVATION_REMINDER -> role(to, values);
      case PROFILE_DORMANT, DOCUMENTS_EXPIRING -> day(mail, values);
      case ALREADY_REGISTERED, IDENTITY_REJECTED -> true;
      case OTHER_ROLE -> role(to, values);
      case DRAFTS_TO_CONFIRM, ESTABLISHMENT_APPROVED -> establishment(to, values);
      case HOLD_REMINDER -> mission(mail, values) && candidate(mail, values) && until(mail, values);
      case CANDIDATE_DECLINED, CANDIDATE_UNAVAILABLE ->
          mission(mail, values) && candidate(mail, values);
      case CANDIDATE_ERASED -> mission(mail, values);
      // somebody may have been approved meanwhile
      case ESTABLISHMENT_ORPHANED ->
          mission(mail, values)
              && data.approvedRequestersOf(required(mail.mission(), "mission")).isEmpty();
      case MISSION_CLOSED -> mission(mail, values) && level(mail, values) && contact(mail, values);
      case AFFECTATION,
          AFFECTATION_RELEASED,
          MISSION_CANCELLED,
          CANDIDATES_PUSHED,
          CANDIDACY_WITHDRAWN ->
          mission(mail, values) && contact(mail, values);
      case CANDIDACY_SUBMITTED -> mission(mail, values) && level(mail, values);
      case QUOTA_REACHED -> looker(mail, values);
    };
  }

  /** Whose account looked at how much of what; false when it is gone. */
  private boolean looker(Mail mail, Map<String, String> values) {
    Optional<Person> looker = data.person(required(mail.actor(), "actor"));
    looker.ifPresent(
        person -> {
          if (person.confirmed()) {
            values.put("looker", nameOf(person));
          }
          values.put("email", person.email());
          if (person.establishment() != null) {
            put(person.establishment(), values);
          }
        });
    values.put(
        "what",
        switch (required(mail.detail(), "detail")) {
          case "PAGES" -> "pages de candidats ou de volontaires";
          case "SHEETS" -> "fiches avec coordonnées";
          case "DOCUMENTS" -> "pièces d'identité et diplômes";
          default -> throw new IllegalStateException("no such limit");
        });
    return looker.isPresent();
  }

  private boolean proposal(Person to, Map<String, String> values) {
    Optional<Professional> professional =
        Optional.ofNullable(to.professionalId()).flatMap(data::professional);
    professional.ifPresent(
        found -> {
          values.put("region", found.region());
          values.put("profession", found.profession());
          values.put("postalCode", found.postalCode());
        });
    return professional.isPresent();
  }

  private static boolean submission(Mail mail, Map<String, String> values) {
    if (mail.submission() != null) {
      values.put("submission", "");
    }
    return true;
  }

  /** The day that is announced. */
  private static boolean day(Mail mail, Map<String, String> values) {
    if (mail.start() == null) {
      throw new IllegalStateException("a mail without its day");
    }
    values.put("day", French.date(mail.start()));
    return true;
  }

  private static boolean role(Person to, Map<String, String> values) {
    values.put(
        "role",
        switch (Role.valueOf(to.role())) {
          case PROFESSIONAL -> "de professionnel";
          case REQUESTER -> "d'établissement";
          case AGENCY -> "d'Agence Régionale de Santé";
          case NATIONAL -> "du niveau national";
        });
    return true;
  }

  private static boolean establishment(Person to, Map<String, String> values) {
    if (to.establishment() == null) {
      return false;
    }
    put(to.establishment(), values);
    return true;
  }

  /** The mission, and the dates of the engagement when the mail has some. */
  private boolean mission(Mail mail, Map<String, String> values) {
    Optional<MissionFacts> mission = data.mission(required(mail.mission(), "mission"));
    mission.ifPresent(
        found -> {
          put(found.establishment(), values);
          values.put("profession", found.profession());
          values.put("start", French.date(found.start()));
          values.put("end", French.date(found.end()));
          closing(found.closing(), values);
        });
    if (Mail.AFFECTED.equals(mail.detail())) {
      values.put("affected", "");
    }
    if (mail.start() != null && mail.end() != null) {
      values.put("first", French.date(mail.start()));
      values.put("last", French.date(mail.end()));
    }
    return mission.isPresent();
  }

  private static void closing(@Nullable Closing closing, Map<String, String> values) {
    if (closing == null) {
      return;
    }
    values.put(
        "closed",
        switch (closing.reason()) {
          case "ORPHAN" -> "plus personne ne peut agir pour cette mission";
          case "DUPLICATE" -> "cette mission fait double emploi avec une autre";
          case "ABUSE" -> "cette mission ne respecte pas les règles d'utilisation de Renfort";
          case "OTHER" -> "décision de l'agence";
          default -> throw new IllegalStateException("no such reason");
        });
    if (closing.text() != null) {
      values.put("words", closing.text());
    }
  }

  /** The name of the candidate; whoever is gone by now is not named. */
  private boolean candidate(Mail mail, Map<String, String> values) {
    values.put(
        "candidate",
        data.professional(required(mail.professional(), "professional"))
            .map(found -> found.firstName() + " " + found.lastName())
            .orElse("Une personne"));
    return true;
  }

  /** When the hold ends, by the clocks of the mission's region; false when it is over. */
  private boolean until(Mail mail, Map<String, String> values) {
    String mission = required(mail.mission(), "mission");
    Optional<Hold> hold = data.hold(mission, required(mail.professional(), "professional"));
    hold.ifPresent(
        found -> {
          values.put("untilDay", French.date(found.until(), found.zone()));
          values.put("untilTime", French.time(found.until(), found.zone()));
        });
    return hold.isPresent();
  }

  /**
   * The address of the user to turn to, as long as they are there; of what no person did, that of
   * whoever acts for the mission.
   */
  private boolean contact(Mail mail, Map<String, String> values) {
    Optional<Person> contact =
        mail.actor() == null
            ? requesters(mail, Person::approved).stream().findFirst()
            : data.person(mail.actor());
    contact.ifPresent(person -> values.put("contact", person.email()));
    return true;
  }

  /** Whether they asked for it, or nothing was heard of them for long. */
  private static boolean reason(Mail mail, Map<String, String> values) {
    if (ErasureReason.DORMANT.name().equals(mail.detail())) {
      values.put("dormant", "");
    }
    return true;
  }

  /** In whose words: those of the agency, or of the national level (R23). */
  private static boolean level(Mail mail, Map<String, String> values) {
    switch (required(mail.detail(), "detail")) {
      case Mail.REGIONAL -> values.put("regional", "");
      case Mail.NATIONAL -> {}
      default -> throw new IllegalStateException("no such level");
    }
    return true;
  }

  private static void put(Place place, Map<String, String> values) {
    values.put("establishment", place.name());
    values.put("city", place.city());
  }

  private static String nameOf(Person person) {
    return person.firstName() + " " + person.lastName();
  }

  private static String required(@Nullable String value, String name) {
    if (value == null) {
      throw new IllegalStateException("a mail without " + name);
    }
    return value;
  }
}
