package renfort.candidacies;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.candidacies.model.Outcome;
import renfort.candidacies.model.PushEnd;
import renfort.candidacies.model.Situation;
import renfort.candidacies.model.StateTable;
import renfort.candidacies.model.StateTable.Affect;
import renfort.candidacies.model.StateTable.Contact;
import renfort.candidacies.model.StateTable.Decision;
import renfort.candidacies.model.StateTable.Decline;
import renfort.environment.Environment;
import renfort.establishments.ContactStore;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Contacting;
import renfort.establishments.model.Contacting.Slot;
import renfort.establishments.model.Requester;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.outbox.Outbox;
import renfort.outbox.model.Mail;
import renfort.outbox.model.MailTemplate;
import renfort.pool.PoolStore;
import renfort.pool.model.Days;
import renfort.pool.model.Hold;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Outage;
import renfort.storage.Writes;

/**
 * Every change of a candidacy. Each reads what the decision depends on, asks the {@link
 * StateTable}, and writes state, POOL row, mission, wait, journal and mail in one transaction; when
 * others were faster it reads and decides again.
 */
public final class Candidacies {
  /**
   * How often a decision is taken anew when what it was taken on has changed: a crowd at one
   * mission's row is served one by one.
   */
  private static final int TRIES = 10;

  /** How many holds that are over one contact lets lapse: its transaction stays small. */
  private static final int LAPSED_AT_ONCE = 20;

  /** How many candidacies that hold nothing one transaction removes, each with its mission. */
  private static final int ERASED_AT_ONCE = Writes.LIMIT / 2;

  private final Database database;
  private final MissionStore missions;
  private final PoolStore pool;
  private final CandidacyStore candidacies;
  private final ContactStore contacts;
  private final EstablishmentStore establishments;
  private final Waits waits;
  private final Journal journal;
  private final Outbox outbox;
  private final Clock clock;

  public Candidacies(Environment environment) {
    this.database = Database.of(environment);
    this.missions = new MissionStore(environment);
    this.pool = new PoolStore(environment);
    this.candidacies = new CandidacyStore(environment);
    this.contacts = new ContactStore(environment);
    this.establishments = new EstablishmentStore(environment);
    this.waits = new Waits(environment);
    this.journal = new Journal(environment);
    this.outbox = new Outbox(environment);
    this.clock = environment.clock();
  }

  /** How a contact ended. */
  public sealed interface Contacted {
    /** The professional is held by this mission until then. */
    record Held(Instant until) implements Contacted {}

    record Refused(StateTable.Refusal reason) implements Contacted {}

    /** The establishment holds as many people as it may, over all its missions. */
    record HoldsUsedUp(int limit) implements Contacted {}

    /** The establishment has contacted as many people as it may on a day. */
    record DayUsedUp(int limit, Duration left) implements Contacted {}

    /** Others were faster at every try. */
    record Busy() implements Contacted {}
  }

  /**
   * Contacts somebody for a mission (R16).
   *
   * @param actor the accountId of the requester
   * @param regulated whether establishments of the region see pushed people only (R22)
   * @param hold how long the region lets a contact hold
   */
  public Contacted contact(
      String missionId, String professionalId, String actor, boolean regulated, Duration hold) {
    return decide(
        missionId,
        professionalId,
        new Contacted.Busy(),
        loaded -> {
          String finess = loaded.mission().establishment().finess();
          Optional<Instant> wait = waits.until(finess, professionalId);
          // the wait may come from a contact made since: what that contact changed is read after it
          Situation on = wait.isPresent() ? load(missionId, professionalId) : loaded;
          Contact contact = StateTable.contact(on, wait.orElse(null), regulated, hold);
          return switch (contact) {
            case Contact.No(StateTable.Refusal reason) -> done(new Contacted.Refused(reason));
            case Contact.Same(Instant until) -> done(new Contacted.Held(until));
            case Contact.Take(Instant until) -> {
              Contacting contacting = contacts.find(finess);
              List<Integer> slots = contacting.freeSlots(on.now());
              if (slots.isEmpty()) {
                yield done(new Contacted.HoldsUsedUp(contacting.limits().holds()));
              }
              List<Integer> tallies = contacting.openTallies(on.today());
              if (tallies.isEmpty()) {
                yield done(
                    new Contacted.DayUsedUp(contacting.limits().contactsPerDay(), leftOfDay(on)));
              }
              int slot = spread(slots, professionalId);
              Writes writes = new Writes();
              contacts.take(
                  writes, finess, slot, new Slot(missionId, professionalId, until), on.now());
              contacts.count(
                  writes, finess, contacting, spread(tallies, professionalId), on.today());
              Mission mission = on.mission();
              if (mission.holds().size() >= mission.holdCap()) {
                mission = lapseOthers(writes, mission, professionalId, on.now());
              }
              missions.save(writes, mission.holding(professionalId, until));
              pool.save(writes, row(on).held(hold(missionId, until)));
              candidacies.save(writes, on.candidacy().contactedUntil(until, slot, on.now()));
              waits.contacted(writes, finess, professionalId, until, on.now());
              note(writes, on, Action.CONTACTED, actor);
              yield change(new Contacted.Held(until), writes);
            }
          };
        });
  }

  /** Affects somebody contacted: takes a place and the days, tells the professional (R17, R18). */
  public Outcome affect(String missionId, String professionalId, String actor) {
    return decide(
        missionId,
        professionalId,
        Outcome.RETRY,
        on ->
            switch (StateTable.affect(on)) {
              case Affect.No(Outcome outcome) -> done(outcome);
              case Affect.Take(Days days) -> {
                Writes writes = new Writes();
                missions.save(writes, on.mission().affecting(professionalId));
                PoolRow row = row(on);
                pool.save(writes, row.with(row.availability().engaged(missionId, days)).held(null));
                candidacies.save(writes, on.candidacy().affected(days, on.now()));
                freeSlot(writes, on);
                waits.over(writes, on.mission().establishment().finess(), professionalId);
                note(writes, on, Action.AFFECTED, actor);
                outbox.post(
                    writes,
                    Mail.to(professionalId, MailTemplate.AFFECTATION)
                        .about(missionId, professionalId)
                        .by(actor)
                        .during(days.first(), days.last()));
                yield change(Outcome.AFFECTED, writes);
              }
            });
  }

  /** Refuses somebody contacted: frees them for others, without a mail (R17, R19). */
  public Outcome refuse(String missionId, String professionalId, String actor) {
    return decide(
        missionId,
        professionalId,
        Outcome.RETRY,
        on -> {
          Decision decision = StateTable.refuse(on);
          if (!decision.changes()) {
            return done(decision.outcome());
          }
          Writes writes = new Writes();
          Mission mission = on.mission().letting(professionalId);
          missions.save(writes, on.candidacy().pushed() ? mission.unpushing() : mission);
          freeRow(writes, on);
          freeSlot(writes, on);
          candidacies.save(writes, on.candidacy().refused(on.now()));
          waits.ended(writes, on.mission().establishment().finess(), professionalId, on.now());
          note(writes, on, Action.REFUSED, actor);
          return change(decision.outcome(), writes);
        });
  }

  /** Releases an affectation: gives place and days back, tells the professional (R21). */
  public Outcome release(String missionId, String professionalId, String actor) {
    return decide(
        missionId,
        professionalId,
        Outcome.RETRY,
        on -> {
          Decision decision = StateTable.release(on);
          if (!decision.changes()) {
            return done(decision.outcome());
          }
          return change(
              decision.outcome(), releasing(on, actor, MailTemplate.AFFECTATION_RELEASED));
        });
  }

  /**
   * Proposes somebody for a mission, tells them, and tells the requester (R23).
   *
   * @param actor the accountId of the agency's or national user
   * @param level REGIONAL or NATIONAL: who pushes, for the words of the mail
   * @param regionOfAgency the region of an agency, whose people alone it pushes, or null for all
   * @param tellRequester whether the requester is yet to be told of this push
   */
  public Decision push(
      String missionId,
      String professionalId,
      String actor,
      String level,
      @Nullable String regionOfAgency,
      boolean tellRequester) {
    return decide(
        missionId,
        professionalId,
        new Decision(Outcome.RETRY, false),
        on -> {
          Optional<Requester> receiver =
              establishments.approvedRequester(on.mission().establishment());
          Decision decision = StateTable.push(on, regionOfAgency, receiver.isPresent());
          if (!decision.changes()) {
            return done(decision);
          }
          Writes writes = new Writes();
          missions.save(writes, on.mission().pushing());
          establishments.check(writes, receiver.orElseThrow());
          pool.check(writes, row(on));
          candidacies.save(writes, on.candidacy().pushed(on.now()));
          note(writes, on, Action.PUSHED, actor);
          outbox.post(
              writes,
              Mail.to(professionalId, MailTemplate.CANDIDACY_SUBMITTED)
                  .about(missionId, professionalId)
                  .by(actor)
                  .saying(level));
          if (tellRequester) {
            outbox.post(
                writes, Mail.toRequesterOf(missionId, MailTemplate.CANDIDATES_PUSHED).by(actor));
          }
          return change(decision, writes);
        });
  }

  /**
   * Takes a push back, as long as nobody has contacted the person, who is told (R23).
   *
   * @param actor the accountId of the agency's or national user
   */
  public Outcome withdraw(String missionId, String professionalId, String actor) {
    return decide(
        missionId,
        professionalId,
        Outcome.RETRY,
        on -> {
          Decision decision = StateTable.withdraw(on);
          if (!decision.changes()) {
            return done(decision.outcome());
          }
          Writes writes = ending(on, PushEnd.WITHDRAWN, Action.PUSH_WITHDRAWN, actor);
          outbox.post(
              writes,
              Mail.to(professionalId, MailTemplate.CANDIDACY_WITHDRAWN)
                  .about(missionId, professionalId)
                  .by(actor));
          return change(decision.outcome(), writes);
        });
  }

  /**
   * Ends the pushes of somebody whose sheet, switch or engagements have changed, where they no
   * longer match (R23). Done push by push, so that it can stop and go on.
   *
   * @return whether no push is left to end
   */
  boolean endPushesOf(String professionalId) {
    boolean all = true;
    for (Candidacy indexed : candidacies.ofProfessional(professionalId)) {
      if (indexed.pushed()) {
        all &= endPush(indexed.missionId(), professionalId);
      }
    }
    return all;
  }

  /** Ends a push whose reason is gone (R23); nobody is mailed for it. */
  private boolean endPush(String missionId, String professionalId) {
    return decide(
        missionId,
        professionalId,
        false,
        on ->
            StateTable.pushEnd(on)
                .map(end -> change(true, ending(on, end, Action.PUSH_ENDED, Journal.SYSTEM)))
                .orElse(done(true)));
  }

  private Writes ending(Situation on, PushEnd end, Action action, String actor) {
    Writes writes = new Writes();
    // a hold that is over and not yet swept goes with it
    missions.save(writes, on.mission().letting(on.candidacy().professionalId()).unpushing());
    candidacies.save(writes, on.candidacy().pushEnded(end, on.now()));
    note(writes, on, action, actor);
    return writes;
  }

  /** A professional declines a push, a contact or an affectation; the requester is told (R21). */
  public Optional<Decline> decline(String missionId, String professionalId) {
    return decide(
        missionId,
        professionalId,
        Optional.empty(),
        on -> {
          Decline decline = StateTable.decline(on);
          Writes writes = new Writes();
          Mission mission = on.mission();
          if (on.candidacy().pushed()) {
            mission = mission.unpushing();
          }
          switch (decline) {
            case NOTHING, OVER, SAME -> {
              return done(Optional.of(decline));
            }
            case PUSH -> missions.save(writes, mission.letting(professionalId));
            case CONTACT -> {
              missions.save(writes, mission.letting(professionalId));
              freeRow(writes, on);
              freeSlot(writes, on);
              waits.over(writes, mission.establishment().finess(), professionalId);
            }
            case AFFECTATION -> {
              missions.save(writes, mission.freeingPlace());
              giveDaysBack(writes, on);
            }
          }
          candidacies.save(writes, on.candidacy().declined(on.now()));
          note(writes, on, Action.DECLINED, professionalId);
          Mail mail =
              Mail.toRequesterOf(missionId, MailTemplate.CANDIDATE_DECLINED)
                  .about(missionId, professionalId);
          outbox.post(
              writes,
              decline == Decline.AFFECTATION ? engaged(mail, on).saying(Mail.AFFECTED) : mail);
          return change(Optional.of(decline), writes);
        });
  }

  /**
   * Lets a hold that is over lapse: tidies what reads as over already (R16).
   *
   * @return whether nothing is left to do; otherwise others were faster at every try
   */
  boolean lapse(String missionId, String professionalId) {
    return decide(
        missionId,
        professionalId,
        false,
        on -> {
          if (on.candidacy().status() != Status.CONTACTED || on.candidacy().holds(on.now())) {
            return done(true);
          }
          Writes writes = new Writes();
          missions.save(writes, on.mission().letting(professionalId));
          candidacies.save(writes, on.candidacy().lapsed(on.now()));
          note(writes, on, Action.HOLD_EXPIRED, Journal.SYSTEM);
          return change(true, writes);
        });
  }

  /**
   * Reminds the requester of a hold that ends soon (R16).
   *
   * @return whether nothing is left to do; otherwise others were faster at every try
   */
  boolean remind(String missionId, String professionalId) {
    return decide(
        missionId,
        professionalId,
        false,
        on -> {
          if (!on.candidacy().holds(on.now()) || on.candidacy().reminded()) {
            return done(true);
          }
          Writes writes = new Writes();
          candidacies.save(writes, on.candidacy().nowReminded());
          outbox.post(
              writes,
              Mail.toRequesterOf(missionId, MailTemplate.HOLD_REMINDER)
                  .about(missionId, professionalId));
          return change(true, writes);
        });
  }

  /**
   * Frees the people of a mission that was filled, cancelled or has ended: its holds, and when it
   * was cancelled those affected too, who are told unless their days are over (R18, R20). Ends the
   * pushes to it, those of an open one that was edited as far as people no longer match (R23). Done
   * person by person, so that it can stop and go on.
   *
   * @return whether nobody is left to free
   */
  public boolean releaseAll(String missionId) {
    Optional<Mission> found = missions.find(missionId);
    if (found.isEmpty() || !found.get().toRelease()) {
      return true;
    }
    boolean isOpen = found.get().status() == Mission.Status.OPEN;
    boolean isCancelled = found.get().status() == Mission.Status.CANCELLED;
    boolean all = true;
    if (!isOpen) {
      for (String professionalId : found.get().holds().keySet()) {
        all &= freeHold(missionId, professionalId);
      }
    }
    if (isCancelled || found.get().pushed() > 0) {
      for (Candidacy candidacy : candidacies.ofMission(missionId)) {
        if (candidacy.status() == Status.AFFECTED && isCancelled) {
          all &= freeAffected(missionId, candidacy.professionalId());
        }
        if (candidacy.pushed()) {
          all &= endPush(missionId, candidacy.professionalId());
        }
      }
    }
    if (!all) {
      return false;
    }
    Mission mission = missions.find(missionId).orElse(found.get());
    if (!mission.toRelease()) {
      return true;
    }
    boolean isOpenStill = mission.status() == Mission.Status.OPEN;
    if (isOpen != isOpenStill || !(isOpenStill || mission.holds().isEmpty())) {
      return false;
    }
    Writes writes = new Writes();
    missions.save(writes, mission.released());
    return database.commit(writes) instanceof Commit.Done;
  }

  /**
   * Adds to a transaction that somebody's live hold is freed because of them, not of the
   * establishment.
   *
   * @param template how the requester is told
   * @return the row without the hold; the caller writes it
   */
  PoolRow freeing(Writes writes, PoolRow row, String actor, MailTemplate template) {
    Instant now = clock.instant();
    Optional<String> missionId = row.liveHold(now).map(Hold::missionId);
    if (missionId.isEmpty()) {
      return row;
    }
    Situation on = load(missionId.get(), row.professionalId());
    missions.save(writes, on.mission().letting(row.professionalId()));
    freeSlot(writes, on);
    candidacies.save(writes, on.candidacy().freed(now));
    waits.over(writes, on.mission().establishment().finess(), row.professionalId());
    note(writes, on, Action.HOLD_FREED, actor);
    outbox.post(
        writes,
        Mail.toRequesterOf(missionId.get(), template).about(missionId.get(), row.professionalId()));
    return row.held(null);
  }

  /**
   * Removes candidacies of somebody whose POOL row is closed: those that hold nothing many at a
   * time, the others one by one.
   */
  void erase(List<Candidacy> indexed) {
    List<Candidacy> waiting =
        indexed.stream().filter(one -> one.status() == Status.TO_VERIFY).toList();
    for (int from = 0; from < waiting.size(); from += ERASED_AT_ONCE) {
      List<Candidacy> some = waiting.subList(from, Math.min(waiting.size(), from + ERASED_AT_ONCE));
      if (!eraseTogether(some)) {
        // the index was late on one of them, or others were faster
        some.forEach(one -> erase(one.missionId(), one.professionalId()));
      }
    }
    for (Candidacy one : indexed) {
      switch (one.status()) {
        case CONTACTED, AFFECTED -> erase(one.missionId(), one.professionalId());
        case TO_VERIFY, REFUSED, DECLINED -> {}
      }
    }
  }

  private boolean eraseTogether(List<Candidacy> waiting) {
    Map<String, Mission> pushed =
        missions.findAll(
            waiting.stream().filter(Candidacy::pushed).map(Candidacy::missionId).toList());
    Writes writes = new Writes();
    waiting.forEach(one -> candidacies.delete(writes, one));
    pushed.values().forEach(mission -> missions.save(writes, mission.unpushing()));
    return database.commit(writes) instanceof Commit.Done;
  }

  /**
   * Removes one candidacy of somebody whose POOL row is closed: hold and place are given back and
   * the requester is told; refused and declined ones stay as ids, and so does what was worked
   * (state table, "person erased").
   */
  void erase(String missionId, String professionalId) {
    boolean erased =
        decide(
            missionId,
            professionalId,
            false,
            on -> {
              Candidacy candidacy = on.candidacy();
              Writes writes = new Writes();
              Mission mission = on.mission().letting(professionalId);
              switch (candidacy.status()) {
                case REFUSED, DECLINED -> {
                  return done(true);
                }
                case TO_VERIFY -> {}
                case CONTACTED -> {
                  boolean live = candidacy.holds(on.now());
                  if (live) {
                    freeSlot(writes, on);
                    waits.over(writes, mission.establishment().finess(), professionalId);
                    tellErased(writes, on, null);
                  }
                  note(writes, on, live ? Action.HOLD_FREED : Action.HOLD_EXPIRED, Journal.SYSTEM);
                }
                case AFFECTED -> {
                  if (!on.isEngaged()) {
                    return done(true);
                  }
                  mission = mission.freeingPlace();
                  tellErased(writes, on, Mail.AFFECTED);
                  note(writes, on, Action.RELEASED, Journal.SYSTEM);
                }
              }
              if (!candidacy.isStored()) {
                return done(true);
              }
              candidacies.delete(writes, candidacy);
              missions.save(writes, candidacy.pushed() ? mission.unpushing() : mission);
              return change(true, writes);
            });
    if (!erased) {
      throw new Outage("table", new IllegalStateException("busy"));
    }
  }

  private void tellErased(Writes writes, Situation on, @Nullable String detail) {
    String missionId = on.mission().missionId();
    Mail mail =
        engaged(Mail.toRequesterOf(missionId, MailTemplate.CANDIDATE_ERASED), on)
            .about(missionId, on.candidacy().professionalId());
    outbox.post(writes, detail == null ? mail : mail.saying(detail));
  }

  private boolean freeHold(String missionId, String professionalId) {
    return decide(
        missionId,
        professionalId,
        false,
        on -> {
          // it was opened again meanwhile: who is held now was contacted for it
          if (!on.mission().toRelease() || on.mission().status() == Mission.Status.OPEN) {
            return done(true);
          }
          Writes writes = new Writes();
          if (on.candidacy().status() != Status.CONTACTED) {
            missions.save(writes, on.mission().letting(professionalId));
            return change(true, writes);
          }
          boolean live = on.candidacy().holds(on.now());
          missions.save(writes, on.mission().letting(professionalId));
          candidacies.save(
              writes, live ? on.candidacy().freed(on.now()) : on.candidacy().lapsed(on.now()));
          if (live) {
            freeRow(writes, on);
            freeSlot(writes, on);
            String finess = on.mission().establishment().finess();
            if (on.mission().closure() == null) {
              waits.ended(writes, finess, professionalId, on.now());
            } else {
              // an agency ended it, not the establishment
              waits.over(writes, finess, professionalId);
            }
          }
          note(writes, on, live ? Action.HOLD_FREED : Action.HOLD_EXPIRED, Journal.SYSTEM);
          return change(true, writes);
        });
  }

  private boolean freeAffected(String missionId, String professionalId) {
    return decide(
        missionId,
        professionalId,
        false,
        on ->
            on.isEngaged()
                ? change(true, releasing(on, Journal.SYSTEM, MailTemplate.MISSION_CANCELLED))
                : done(true));
  }

  private Writes releasing(Situation on, String actor, MailTemplate template) {
    String professionalId = on.candidacy().professionalId();
    Writes writes = new Writes();
    missions.save(writes, on.mission().freeingPlace());
    giveDaysBack(writes, on);
    candidacies.save(writes, on.candidacy().released(on.now()));
    // an agency's closure leaves no wait: the affectation took the one of its contact away
    if (on.mission().closure() == null) {
      waits.released(writes, on.mission().establishment().finess(), professionalId, on.now());
    }
    note(writes, on, Action.RELEASED, actor);
    Mail mail =
        engaged(Mail.to(professionalId, template), on)
            .about(on.mission().missionId(), professionalId);
    outbox.post(writes, actor.equals(Journal.SYSTEM) ? mail : mail.by(actor));
    return writes;
  }

  private Mission lapseOthers(Writes writes, Mission mission, String contacted, Instant now) {
    Mission fewer = mission;
    List<String> lapsed =
        mission.lapsed(now).stream().filter(over -> !over.equals(contacted)).toList();
    for (String over : lapsed.subList(0, Math.min(lapsed.size(), LAPSED_AT_ONCE))) {
      Optional<Candidacy> candidacy = candidacies.find(mission.missionId(), over);
      if (candidacy.isPresent()
          && candidacy.get().status() == Status.CONTACTED
          && !candidacy.get().holds(now)) {
        candidacies.save(writes, candidacy.get().lapsed(now));
        journal.append(
            writes,
            Subject.professional(over),
            Action.HOLD_EXPIRED,
            Journal.SYSTEM,
            mission.missionId());
      }
      fewer = fewer.letting(over);
    }
    return fewer;
  }

  /** Takes this mission's hold off the POOL row, if it is there. */
  private void freeRow(Writes writes, Situation on) {
    PoolRow row = on.row();
    if (row != null
        && row.hold() != null
        && row.hold().missionId().equals(on.mission().missionId())) {
      pool.save(writes, row.held(null));
    }
  }

  /** Gives the establishment's slot of a live hold back; one that is over is free by itself. */
  private void freeSlot(Writes writes, Situation on) {
    Integer slot = on.candidacy().slot();
    if (slot != null && on.candidacy().holds(on.now())) {
      contacts.free(
          writes,
          on.mission().establishment().finess(),
          slot,
          on.mission().missionId(),
          on.candidacy().professionalId());
    }
  }

  /** One of several rows, for each person another as far as may be: contacts seldom meet. */
  private static int spread(List<Integer> rows, String professionalId) {
    return rows.get(Math.floorMod(professionalId.hashCode(), rows.size()));
  }

  private static Duration leftOfDay(Situation on) {
    ZoneId zone = Regions.find(on.mission().establishment().region()).orElseThrow().zone();
    return Duration.between(on.now(), on.today().plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** A mail with the days of the affectation that it speaks of. */
  private static Mail engaged(Mail mail, Situation on) {
    Days days = on.candidacy().engagement();
    return days == null ? mail : mail.during(days.first(), days.last());
  }

  private void giveDaysBack(Writes writes, Situation on) {
    PoolRow row = on.row();
    if (row != null && on.candidacy().engagement() != null) {
      pool.save(
          writes,
          row.with(
              row.availability().released(on.mission().missionId(), on.candidacy().engagement())));
    }
  }

  private void note(Writes writes, Situation on, Action action, String actor) {
    journal.append(
        writes,
        Subject.professional(on.candidacy().professionalId()),
        action,
        actor,
        on.mission().missionId());
  }

  private Situation load(String missionId, String professionalId) {
    Instant now = clock.instant();
    Mission mission =
        missions
            .find(missionId)
            .orElseThrow(() -> new IllegalStateException("a candidacy without its mission"));
    LocalDate today = Regions.find(mission.establishment().region()).orElseThrow().today(clock);
    return new Situation(
        mission,
        pool.find(professionalId).orElse(null),
        candidacies
            .find(missionId, professionalId)
            .orElseGet(() -> Candidacy.none(missionId, professionalId, now)),
        now,
        today);
  }

  /**
   * An answer, and the writes that make it true; null when it is true already.
   *
   * @param answer what is answered once the writes are there
   * @param writes to be committed, or null
   */
  private record Step<T>(T answer, @Nullable Writes writes) {}

  private static <T> Step<T> done(T answer) {
    return new Step<>(answer, null);
  }

  private static <T> Step<T> change(T answer, Writes writes) {
    return new Step<>(answer, writes);
  }

  private <T> T decide(
      String missionId, String professionalId, T busy, Function<Situation, Step<T>> decision) {
    for (int turn = 0; turn < TRIES; turn++) {
      Step<T> step = decision.apply(load(missionId, professionalId));
      if (step.writes() == null || database.commit(step.writes()) instanceof Commit.Done) {
        return step.answer();
      }
      Database.pause(turn + 1);
    }
    return busy;
  }

  private static PoolRow row(Situation on) {
    PoolRow row = on.row();
    if (row == null) {
      throw new IllegalStateException("decided on nobody");
    }
    return row;
  }

  private static Hold hold(String missionId, Instant until) {
    return new Hold(missionId, until);
  }
}
