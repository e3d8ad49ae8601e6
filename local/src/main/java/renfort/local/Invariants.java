package renfort.local;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import renfort.accounts.model.Role;
import renfort.candidacies.CandidacyStore;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.environment.Environment;
import renfort.establishments.ContactStore;
import renfort.establishments.model.Contacting;
import renfort.establishments.model.Contacting.Slot;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.outbox.model.MailTemplate;
import renfort.pool.PoolStore;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Hold;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.storage.Item;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * What holds of the stored data whatever happened (R16-R21, R25, R26): asked after storms, loads
 * and faults, when nobody writes any more.
 */
public final class Invariants {
  /** The variables that the environment needs. */
  private static final List<String> TABLES =
      List.of(
          "Accounts",
          "Establishments",
          "Missions",
          "Professionals",
          "Candidacies",
          "Guards",
          "Inbox",
          "Journal",
          "Outbox");

  /** The limits of an establishment, where no template says them. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "RETENTION",
          "unconfirmedReminderDays=3,unconfirmedHiddenDays=14,unconfirmedErasureDays=30,draftDays=7,"
              + "documentDays=180,dormantDays=730,noticeDays=30,mailDays=90",
          "HOLDS_PER_ESTABLISHMENT",
          "60",
          "CONTACTS_PER_DAY",
          "200");

  /** The entries of which each change of a candidacy makes one. */
  private static final Set<Action> CHANGES =
      EnumSet.of(
          Action.CONTACTED,
          Action.AFFECTED,
          Action.REFUSED,
          Action.RELEASED,
          Action.DECLINED,
          Action.PUSHED,
          Action.PUSH_WITHDRAWN,
          Action.PUSH_ENDED,
          Action.HOLD_FREED,
          Action.HOLD_EXPIRED);

  private final Environment environment;
  private final ContactStore contacts;
  private final MissionStore missions;
  private final PoolStore pool;
  private final CandidacyStore candidacies;
  private final Journal journal;

  /** Of the data that a platform keeps. */
  public Invariants(LocalPlatform platform) {
    this(environment(platform));
  }

  /** Of the data in the tables that an environment names. */
  public Invariants(Environment environment) {
    this.environment = environment;
    this.contacts = new ContactStore(environment);
    this.missions = new MissionStore(environment);
    this.pool = new PoolStore(environment);
    this.candidacies = new CandidacyStore(environment);
    this.journal = new Journal(environment);
  }

  /** An environment with the tables that the rooms below the functions need. */
  public static Environment environment(LocalPlatform platform) {
    Map<String, String> variables = variables(platform::tableName);
    LIMITS
        .keySet()
        .forEach(name -> variables.put(name, platform.variables("ContactCandidate").get(name)));
    return platform.environment(variables);
  }

  /** The variables that name the tables, whose physical names are asked for by logical id. */
  public static Map<String, String> variables(UnaryOperator<String> names) {
    Map<String, String> variables = new HashMap<>(LIMITS);
    TABLES.forEach(
        table ->
            variables.put(table.toUpperCase(Locale.ROOT) + "_TABLE", names.apply(table + "Table")));
    return variables;
  }

  /** All that is wrong in the tables, by scans such as no function may do; empty when all holds. */
  public List<String> broken() {
    Set<String> people = new TreeSet<>();
    for (Item item : scan("PROFESSIONALS_TABLE")) {
      if (item.text("sk").equals("POOL")) {
        people.add(item.text("professionalId"));
      }
    }
    Set<String> all = new TreeSet<>();
    scan("MISSIONS_TABLE").forEach(item -> all.add(item.text("missionId")));
    List<String> wrong = new ArrayList<>(broken(people, all));
    wrong.addAll(addresses());
    return wrong;
  }

  /**
   * All that is wrong with some people and some missions: live holds and their mirrors, places,
   * engagements, and what the journal tells of them; empty when all holds.
   *
   * @param people whoever the missions may have held or engaged
   * @param among their ids
   */
  public List<String> broken(Collection<String> people, Collection<String> among) {
    List<String> wrong = new ArrayList<>();
    Instant now = environment.clock().instant();
    Map<String, List<Candidacy>> byPerson = new HashMap<>();
    for (String id : among) {
      Optional<Mission> mission = missions.find(id);
      if (mission.isEmpty()) {
        wrong.add(id + " is gone");
        continue;
      }
      List<Candidacy> all = candidacies.ofMission(id);
      all.forEach(
          one -> byPerson.computeIfAbsent(one.professionalId(), who -> new ArrayList<>()).add(one));
      counts(mission.get(), all, now, wrong);
    }
    establishments(among, byPerson, now, wrong);
    Map<String, Integer> reminders = reminders();
    for (String person : people) {
      List<Candidacy> theirs = byPerson.getOrDefault(person, List.of());
      holds(person, theirs, now, wrong);
      engagements(person, theirs, wrong);
      journal(person, theirs, reminders, wrong);
    }
    return wrong;
  }

  /**
   * What is wrong with whose an address is (R1): a proved one is kept to one live account, and no
   * unproved one is kept to anybody but is named among the submissions of its address.
   */
  public List<String> addresses() {
    List<String> wrong = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    Set<String> claimed = new TreeSet<>();
    List<Item> live = new ArrayList<>();
    for (Item item : scan("ACCOUNTS_TABLE")) {
      String id = item.text("accountId");
      if (id.startsWith("EMAIL#")) {
        owners.put(id.substring("EMAIL#".length()), item.text("account"));
      } else if (id.startsWith("CLAIM#")) {
        item.attributes().keySet().stream()
            .filter(name -> name.startsWith("s_"))
            .map(name -> id.substring("CLAIM#".length()) + " " + name.substring("s_".length()))
            .forEach(claimed::add);
      } else if ("LIVE".equals(item.textOrNull("status"))) {
        live.add(item);
      }
    }
    Set<String> kept = new TreeSet<>();
    Set<String> unproved = new TreeSet<>();
    for (Item account : live) {
      String id = account.text("accountId");
      String email = account.text("email");
      boolean keeps =
          switch (Role.valueOf(account.text("role"))) {
            case AGENCY, NATIONAL -> true;
            case PROFESSIONAL, REQUESTER -> account.has("confirmedAt");
          };
      if (keeps != id.equals(owners.get(email))) {
        wrong.add(id + (keeps ? " has not its address" : " has an address that is not proved"));
      }
      if (keeps) {
        kept.add(id);
      } else {
        unproved.add(email + " " + id);
      }
    }
    owners.values().stream()
        .filter(owner -> !kept.contains(owner))
        .forEach(owner -> wrong.add("an address is kept to " + owner));
    if (!claimed.equals(unproved)) {
      wrong.add("claims and unproved accounts come apart");
    }
    return wrong;
  }

  /**
   * How the outbox ended: the number of mails by state, {@code UNSENT} for those still to be sent.
   */
  public Map<String, Integer> mails() {
    Map<String, Integer> states = new HashMap<>();
    for (Item mail : outbox()) {
      String state = Optional.ofNullable(mail.textOrNull("state")).orElse("UNSENT");
      states.merge(state, 1, Integer::sum);
    }
    return states;
  }

  private void counts(Mission mission, List<Candidacy> all, Instant now, List<String> wrong) {
    long affected = all.stream().filter(one -> one.status() == Status.AFFECTED).count();
    if (affected != mission.filled() || affected > mission.terms().count()) {
      wrong.add(
          "%s counts %d of %d, affected %d"
              .formatted(mission.missionId(), mission.filled(), mission.terms().count(), affected));
    }
    long held = all.stream().filter(one -> one.holds(now)).count();
    if (held != mission.held(now)) {
      wrong.add(mission.missionId() + " holds " + mission.held(now) + ", contacted " + held);
    }
    LocalDate today =
        Regions.find(mission.establishment().region()).orElseThrow().today(environment.clock());
    for (Candidacy one : all) {
      boolean engaged =
          one.status() == Status.AFFECTED
              && one.engagement() != null
              && !one.engagement().last().isBefore(today);
      if ((engaged || one.holds(now)) && pool.find(one.professionalId()).isEmpty()) {
        wrong.add(
            "%s keeps %s, who is erased".formatted(mission.missionId(), one.professionalId()));
      }
    }
    long pushed = all.stream().filter(Candidacy::pushed).count();
    if (pushed != mission.pushed()) {
      wrong.add(mission.missionId() + " counts " + mission.pushed() + " pushed of " + pushed);
    }
  }

  /** No establishment holds more than it may, and each live hold has a slot of its own (R16). */
  private void establishments(
      Collection<String> among,
      Map<String, List<Candidacy>> byPerson,
      Instant now,
      List<String> wrong) {
    Map<String, String> finessOf = new HashMap<>();
    Map<String, Contacting> contactings = new HashMap<>();
    for (String id : among) {
      missions
          .find(id)
          .map(mission -> mission.establishment().finess())
          .ifPresent(
              finess -> {
                finessOf.put(id, finess);
                contactings.computeIfAbsent(finess, contacts::find);
              });
    }
    Set<String> held = new TreeSet<>();
    for (List<Candidacy> theirs : byPerson.values()) {
      for (Candidacy candidacy : theirs) {
        Integer number = candidacy.slot();
        if (number == null || !candidacy.holds(now)) {
          continue;
        }
        held.add(candidacy.missionId() + " " + candidacy.professionalId());
        Contacting contacting = contactings.get(finessOf.get(candidacy.missionId()));
        Slot slot = contacting == null ? null : contacting.slots().get(number);
        if (slot == null
            || !slot.missionId().equals(candidacy.missionId())
            || !slot.professionalId().equals(candidacy.professionalId())
            || !slot.until().equals(candidacy.heldUntil())) {
          wrong.add(
              "%s is held by %s without its slot"
                  .formatted(candidacy.professionalId(), candidacy.missionId()));
        }
      }
    }
    contactings.forEach(
        (finess, contacting) -> {
          if (contacting.held(now) > contacting.limits().holds()) {
            wrong.add(finess + " holds " + contacting.held(now) + ", more than it may");
          }
          contacting.slots().values().stream()
              .filter(slot -> slot.isTaken(now) && finessOf.containsKey(slot.missionId()))
              .map(slot -> slot.missionId() + " " + slot.professionalId())
              .filter(hold -> !held.contains(hold))
              .forEach(hold -> wrong.add(finess + " has a slot for no hold: " + hold));
        });
  }

  /** At most one live hold of a person, and their row says so. */
  private void holds(String person, List<Candidacy> theirs, Instant now, List<String> wrong) {
    List<Candidacy> live = theirs.stream().filter(one -> one.holds(now)).toList();
    if (live.size() > 1) {
      wrong.add(person + " is held " + live.size() + " times");
    }
    String mirrored =
        pool.find(person).flatMap(row -> row.liveHold(now)).map(Hold::missionId).orElse("");
    String holder = live.isEmpty() ? "" : live.getFirst().missionId();
    if (!mirrored.equals(holder)) {
      wrong.add("%s is held by '%s', the pool says '%s'".formatted(person, holder, mirrored));
    }
  }

  /** Nobody works in two places on one day, and their row knows the days. */
  private void engagements(String person, List<Candidacy> theirs, List<String> wrong) {
    List<Days> days = new ArrayList<>();
    List<Engagement> engagements = new ArrayList<>();
    for (Candidacy candidacy : theirs) {
      if (candidacy.status() == Status.AFFECTED && candidacy.engagement() != null) {
        if (days.stream().anyMatch(candidacy.engagement()::meets)) {
          wrong.add(person + " is engaged twice at once");
        }
        days.add(candidacy.engagement());
        engagements.add(Engagement.of(candidacy.missionId(), candidacy.engagement()));
      }
    }
    Optional<PoolRow> row = pool.find(person);
    if (row.isPresent() && !row.get().availability().engagements().containsAll(engagements)) {
      wrong.add(person + " has days that the pool does not know");
    }
  }

  /** As many entries as changes: a reminder changes a candidacy and is told by its mail alone. */
  private void journal(
      String person, List<Candidacy> theirs, Map<String, Integer> reminders, List<String> wrong) {
    if (theirs.isEmpty()) {
      return;
    }
    List<Journal.Entry> entries = journal.of(Subject.professional(person));
    for (Candidacy candidacy : theirs) {
      String mission = candidacy.missionId();
      long told =
          entries.stream()
              .filter(
                  entry ->
                      mission.equals(entry.mission())
                          && CHANGES.contains(Action.valueOf(entry.action())))
              .count();
      int reminded = reminders.getOrDefault(mission + " " + person, 0);
      if (told + reminded != candidacy.version()) {
        wrong.add(
            "%s on %s changed %d times, the journal tells %d and the outbox %d"
                .formatted(person, mission, candidacy.version(), told, reminded));
      }
    }
  }

  private Map<String, Integer> reminders() {
    Map<String, Integer> reminders = new HashMap<>();
    for (Item mail : outbox()) {
      if (mail.text("template").equals(MailTemplate.HOLD_REMINDER.name())) {
        reminders.merge(mail.text("mission") + " " + mail.text("professional"), 1, Integer::sum);
      }
    }
    return reminders;
  }

  /** The mails, each once, however many people got it. */
  private List<Item> outbox() {
    return scan("OUTBOX_TABLE").stream().filter(mail -> !mail.has("copyOf")).toList();
  }

  private List<Item> scan(String variable) {
    List<Item> items = new ArrayList<>();
    environment
        .clients()
        .dynamoDb()
        .scanPaginator(
            ScanRequest.builder()
                .tableName(environment.variable(variable))
                .consistentRead(true)
                .build())
        .items()
        .forEach(item -> items.add(Item.of(item)));
    return items;
  }
}
