package renfort.matching.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.missions.model.Mission;
import renfort.pool.model.Criteria;
import renfort.pool.model.Days;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;

/**
 * A professional as seen from one mission.
 *
 * @param row their POOL row
 * @param candidacy what is stored of the two, or {@link Candidacy#none}
 * @param mission the mission
 * @param today the date in the mission's region
 * @param now the time of the look
 */
public record Candidate(
    PoolRow row, Candidacy candidacy, Mission mission, LocalDate today, Instant now) {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("dd/MM/yyyy 'à' HH' h 'mm", Locale.FRENCH);

  public Status status() {
    return candidacy.statusAt(now);
  }

  /** Whether they stand in the mission's last group: refused, or declined (R13). */
  public boolean isClosed() {
    return status() == Status.REFUSED || status() == Status.DECLINED;
  }

  /** The live hold of whichever mission. */
  public Optional<Hold> hold() {
    return row.liveHold(now);
  }

  /**
   * Whether another mission holds them: then they are shown without contact details and documents
   * (R14).
   */
  public boolean heldByOther() {
    return hold().filter(hold -> !hold.missionId().equals(mission.missionId())).isPresent();
  }

  /**
   * How much of them is shown to an account (R14).
   *
   * @param regulated whether the mission's region is regulated
   */
  public Sight sightOf(Account account, boolean regulated) {
    Visibility.@Nullable Reader reader = Visibility.reader(account, row.region());
    return reader == null
        ? Sight.NOTHING
        : Visibility.of(
            new Visibility.Look(
                reader,
                regulated,
                mission.statusOn(today),
                status(),
                candidacy.pushed(),
                candidacy.givenUp(),
                candidacy.isStored(),
                criteria().match(row),
                heldByOther()));
  }

  public Criteria criteria() {
    return mission.criteria(today);
  }

  /**
   * The free period that they could begin in; for somebody who has none any more, the first they
   * declared.
   */
  public Period period() {
    Criteria criteria = criteria();
    return row.availability()
        .covering(criteria.start(), criteria.end())
        .orElseGet(() -> row.availability().declared().get(0));
  }

  /** How many of the mission's days they would work, or were affected for. */
  public int coveredDays() {
    @Nullable Days engagement = candidacy.engagement();
    if (engagement != null) {
      return (int) (engagement.last().toEpochDay() - engagement.first().toEpochDay()) + 1;
    }
    Criteria criteria = criteria();
    return row.availability()
        .covering(criteria.start(), criteria.end())
        .map(period -> period.covered(criteria.start(), criteria.end()))
        .orElse(0);
  }

  /** How many days the mission has, from its effective start; all its days once it is over. */
  public int missionDays() {
    int left = criteria().missionDays();
    return left > 0
        ? left
        : (int) (mission.terms().end().toEpochDay() - mission.terms().start().toEpochDay()) + 1;
  }

  /** Great-circle distance from the establishment's commune to theirs, in whole kilometres. */
  public long distanceKm() {
    return Math.round(
        new Position(mission.establishment().latitude(), mission.establishment().longitude())
            .distanceKm(row.position()));
  }

  /**
   * Why they are proposed, and what to know before calling, in words; at least one.
   *
   * @param pushedElsewhere to how many other missions agencies propose them; 0 for whom that is no
   *     business
   */
  public List<String> reasons(int pushedElsewhere) {
    List<String> reasons = new ArrayList<>();
    if (candidacy.pushed()) {
      reasons.add("Proposé par l'agence régionale ou le niveau national");
    }
    if (pushedElsewhere > 0) {
      reasons.add(
          pushedElsewhere == 1
              ? "Poussé sur une autre mission"
              : "Poussé sur " + pushedElsewhere + " autres missions");
    }
    hold()
        .filter(hold -> heldByOther())
        .ifPresent(
            hold ->
                reasons.add(
                    "Déjà contacté par un autre établissement jusqu'au "
                        + MOMENT.withZone(zone()).format(hold.until())));
    if (candidacy.isExpired(now)) {
      reasons.add("Délai de contact dépassé");
    }
    reasons.add(distanceKm() == 0 ? "Dans la même commune" : "À " + distanceKm() + " km");
    boolean sameDepartement = row.zone().equals(mission.establishment().departement());
    if (!Mobility.reaches(row.mobility(), distanceKm(), sameDepartement)) {
      reasons.add("Au-delà de sa mobilité");
    }
    int covered = coveredDays();
    int days = missionDays();
    if (covered > 0 && days > 0) {
      reasons.add(
          covered >= days
              ? "Couvre toute la mission"
              : "Couvre " + covered + (covered > 1 ? " jours" : " jour") + " sur " + days);
    }
    if (mission.terms().weekend() && period().includesWeekend()) {
      reasons.add("Disponible le week-end");
    }
    if (mission.terms().intensiveCare() && row.intensiveCare()) {
      reasons.add("Expérience en réanimation");
    }
    if (mission.terms().nursingHome() && row.nursingHome()) {
      reasons.add("Expérience en EHPAD");
    }
    if (mission.terms().vehicle() && row.vehicle()) {
      reasons.add("Véhicule personnel");
    }
    if (!row.region().equals(mission.establishment().region())) {
      reasons.add("D'une autre région, mobilisable au niveau national");
    } else if (row.zone().equals(PoolRow.ELSEWHERE)) {
      reasons.add("Réside hors de la région, souhaite y être mobilisé");
    }
    if (!row.confirmed()) {
      reasons.add("Courriel non confirmé");
    }
    if (row.duplicate()) {
      reasons.add("Même identifiant qu'une autre fiche : à vérifier");
    }
    return reasons;
  }

  /** Where the candidacy stands, in words: all that is said once nothing else is shown (R14). */
  public String state() {
    return switch (status()) {
      case AFFECTED -> "Affecté à cette mission";
      case CONTACTED -> "Contacté pour cette mission";
      case REFUSED -> "Candidature refusée";
      case DECLINED -> "A décliné cette mission";
      case TO_VERIFY ->
          candidacy.givenUp() && candidacy.pushEnded() == null
              ? "Affectation libérée"
              : candidacy.isExpired(now) ? "Délai de contact dépassé" : "N'est plus proposé";
    };
  }

  /** A date as people read it: jj/mm/aaaa. */
  public static String day(LocalDate date) {
    return DAY.format(date);
  }

  private ZoneId zone() {
    return Regions.find(mission.establishment().region()).orElseThrow().zone();
  }
}
