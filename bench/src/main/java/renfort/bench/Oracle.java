package renfort.bench;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.Candidacy.Status;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Terms;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Departements;
import renfort.reference.Regions;
import renfort.reference.model.Departement;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;

/**
 * Who is proposed for a mission and in which order, by looking at everybody: R12 and R13 written a
 * second time, from their text, without the code that is measured.
 */
final class Oracle {
  private final Instant now;
  private final Map<String, PoolRow> byId = new HashMap<>();
  private final Map<String, List<PoolRow>> byProfession = new HashMap<>();
  private final Map<String, List<Candidacy>> byMission = new HashMap<>();

  Oracle(Population population, Instant now) {
    this.now = now;
    for (PoolRow person : population.people()) {
      byId.put(person.professionalId(), person);
      byProfession.computeIfAbsent(person.profession(), code -> new ArrayList<>()).add(person);
    }
    for (Candidacy candidacy : population.candidacies()) {
      byMission.computeIfAbsent(candidacy.missionId(), id -> new ArrayList<>()).add(candidacy);
    }
  }

  /** The groups of R13. */
  enum Group {
    OWN,
    REGION,
    NATION,
    CLOSED
  }

  /**
   * Where somebody stands in a list; equal for two whose order is left open.
   *
   * @param group of R13
   * @param unconfirmed after all the confirmed of the group
   * @param zone the how manieth zone of the group; for the mission's own people their state
   * @param band of distance within the zone: up to 10, 25, 50 km, further
   * @param age of the sheet in seconds: the freshest first
   */
  record Place(Group group, boolean unconfirmed, int zone, int band, long age)
      implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::group)
            .thenComparing(Place::unconfirmed)
            .thenComparingInt(Place::zone)
            .thenComparingInt(Place::band)
            .thenComparingLong(Place::age);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Somebody who is to be listed.
   *
   * @param place among all pages
   * @param wishes how many of the wishes that rank they meet
   * @param days how many of the mission's days they cover; -1 where that is not of the rules
   * @param distanceKm from the establishment
   */
  record Entry(String professionalId, Place place, int wishes, int days, double distanceKm) {}

  /** The whole list of a mission, in order. */
  List<Entry> list(Mission mission) {
    LocalDate today =
        LocalDate.ofInstant(
            now, Regions.find(mission.establishment().region()).orElseThrow().zone());
    Map<String, Candidacy> known = new HashMap<>();
    byMission
        .getOrDefault(mission.missionId(), List.of())
        .forEach(candidacy -> known.put(candidacy.professionalId(), candidacy));
    List<Entry> entries = new ArrayList<>();
    for (Candidacy candidacy : known.values()) {
      PoolRow person = byId.get(candidacy.professionalId());
      if (person == null) {
        throw new IllegalStateException("A candidacy of nobody");
      }
      own(candidacy, person, mission, today).ifPresent(entries::add);
    }
    // a mission that is filled, cancelled or ended lists its own candidacies only; one whose end is
    // past is closed
    if (mission.status() == Mission.Status.OPEN && !mission.terms().end().isBefore(today)) {
      entries.addAll(pool(mission, known, today));
    }
    entries.sort(Comparator.comparing(Entry::place));
    return entries;
  }

  /** Groups (1) and (4): affected, contacted, pushed; refused, declined. */
  private Optional<Entry> own(
      Candidacy candidacy, PoolRow person, Mission mission, LocalDate today) {
    return switch (state(candidacy)) {
      case AFFECTED -> Optional.of(own(Group.OWN, 1, person, mission));
      case CONTACTED -> Optional.of(own(Group.OWN, 2, person, mission));
      // people pushed who no longer match are no longer listed (R10)
      case TO_VERIFY ->
          candidacy.pushed() && stretch(person, mission, today).isPresent()
              ? Optional.of(own(Group.OWN, 3, person, mission))
              : Optional.empty();
      case REFUSED -> Optional.of(own(Group.CLOSED, 1, person, mission));
      case DECLINED -> Optional.of(own(Group.CLOSED, 2, person, mission));
    };
  }

  private static Entry own(Group group, int state, PoolRow person, Mission mission) {
    return new Entry(
        person.professionalId(), new Place(group, false, state, 0, 0), 0, -1, km(mission, person));
  }

  /** A hold that is over reads as TO_VERIFY (R17). */
  private Status state(Candidacy candidacy) {
    @Nullable Instant until = candidacy.heldUntil();
    return candidacy.status() == Status.CONTACTED && (until == null || !until.isAfter(now))
        ? Status.TO_VERIFY
        : candidacy.status();
  }

  /** Groups (2) and (3). */
  private List<Entry> pool(Mission mission, Map<String, Candidacy> known, LocalDate today) {
    String region = mission.establishment().region();
    Map<String, Integer> zones = zones(mission);
    Map<String, Integer> farZones = farZones(mission);
    List<Entry> entries = new ArrayList<>();
    for (PoolRow person : byProfession.getOrDefault(mission.terms().profession(), List.of())) {
      Candidacy candidacy = known.get(person.professionalId());
      boolean own =
          candidacy != null && (state(candidacy) != Status.TO_VERIFY || candidacy.pushed());
      if (own) {
        continue;
      }
      boolean here = person.region().equals(region);
      @Nullable Integer zone =
          here
              ? zones.get(person.zone())
              : person.confirmed() ? farZones.get(person.region() + person.zone()) : null;
      stretch(person, mission, today)
          .filter(stretch -> isListed(person, now))
          .ifPresent(
              stretch ->
                  entries.add(
                      new Entry(
                          person.professionalId(),
                          new Place(
                              here ? Group.REGION : Group.NATION,
                              !person.confirmed(),
                              zone == null ? 0 : zone,
                              here ? band(km(mission, person)) : 0,
                              now.getEpochSecond() - person.freshness().getEpochSecond()),
                          (mission.terms().weekend() && stretch.weekend() ? 1 : 0)
                              + (mission.terms().intensiveCare() && person.intensiveCare() ? 1 : 0),
                          stretch.days(),
                          km(mission, person))));
    }
    return entries;
  }

  /**
   * Whether the lists have somebody at all: whether anything is free from today on, by the date of
   * the region that somebody chose: whoever is free until today leaves the lists when it is
   * midnight there, though in the region of a mission it may still be that day.
   */
  static boolean isListed(PoolRow person, Instant now) {
    ZoneId zone = Regions.find(person.region()).orElseThrow().zone();
    LocalDate today = LocalDate.ofInstant(now, zone);
    // an address that is not confirmed is out of the pool on day 14 (R7)
    if (!person.confirmed()
        && !LocalDate.ofInstant(person.freshness(), zone).plusDays(14).isAfter(today)) {
      return false;
    }
    for (Period period : person.availability().declared()) {
      @Nullable LocalDate end = period.end();
      if (end == null) {
        // no affectation is without an end
        return true;
      }
      for (long day = today.toEpochDay(); day <= end.toEpochDay(); day++) {
        if (isFree(person, period, day)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The region's départements outwards from the establishment's, then those who live elsewhere. */
  static Map<String, Integer> zones(Mission mission) {
    Position from =
        Departements.find(mission.establishment().departement()).orElseThrow().centroid();
    List<Departement> outwards =
        Departements.all().stream()
            .filter(departement -> departement.region().equals(mission.establishment().region()))
            .sorted(Comparator.comparingDouble(departement -> km(from, departement.centroid())))
            .toList();
    Map<String, Integer> zones = new HashMap<>();
    outwards.forEach(departement -> zones.put(departement.code(), zones.size()));
    zones.put("AUTRE", zones.size());
    return zones;
  }

  /** By the whole kilometres that are shown. */
  private static int band(double km) {
    double shown = Math.rint(km);
    return shown <= 10 ? 0 : shown <= 25 ? 1 : shown <= 50 ? 2 : 3;
  }

  /**
   * The zones of the other regions. R13 leaves their order open: without a speciality they are one,
   * with a speciality the confirmed follow each other by region and zone.
   */
  private Map<String, Integer> farZones(Mission mission) {
    Map<String, Integer> zones = new HashMap<>();
    if (mission.terms().speciality() != null) {
      TreeSet<String> codes = new TreeSet<>();
      byProfession
          .getOrDefault(mission.terms().profession(), List.of())
          .forEach(person -> codes.add(person.region() + person.zone()));
      codes.forEach(code -> zones.put(code, zones.size()));
    }
    return zones;
  }

  /**
   * The free time that somebody could begin a mission in.
   *
   * @param first its first day, as days since 1970
   * @param days how many of the mission's days are in it and offered
   * @param weekend whether it offers weekends
   */
  private record Stretch(long first, int days, boolean weekend) {}

  /** R12: the free time that somebody who matches would work in; nothing when they do not match. */
  private static Optional<Stretch> stretch(PoolRow person, Mission mission, LocalDate today) {
    Terms terms = mission.terms();
    LocalDate start = terms.start().isAfter(today) ? terms.start() : today;
    boolean matches =
        !terms.end().isBefore(today)
            && person.available()
            && person.profession().equals(terms.profession())
            && (terms.speciality() == null || terms.speciality().equals(person.speciality()))
            && (!terms.nursingHome() || person.nursingHome())
            && (!terms.vehicle() || person.vehicle())
            && (person.region().equals(mission.establishment().region())
                || person.mobility().contains(Mobility.NATIONAL));
    if (!matches) {
      return Optional.empty();
    }
    @Nullable Stretch best = null;
    for (Period period : person.availability().declared()) {
      if (!isFree(person, period, start.toEpochDay())) {
        continue;
      }
      // neither weekdays nor weekend means both
      boolean weekdays = period.weekdays() || !period.weekend();
      boolean weekend = period.weekend() || !period.weekdays();
      long first = start.toEpochDay();
      while (isFree(person, period, first - 1)) {
        first--;
      }
      int days = 0;
      long day = start.toEpochDay();
      while (day <= terms.end().toEpochDay() && isFree(person, period, day)) {
        // 1 January 1970 was a Thursday: days 2 and 3 of each week from there are a weekend
        boolean isWeekend = Math.floorMod(day, 7) == 2 || Math.floorMod(day, 7) == 3;
        days += (isWeekend ? weekend : weekdays) ? 1 : 0;
        day++;
      }
      if (best == null || days > best.days() || (days == best.days() && first < best.first())) {
        best = new Stretch(first, days, weekend);
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isFree(PoolRow person, Period period, long day) {
    @Nullable LocalDate end = period.end();
    if (day < period.start().toEpochDay() || (end != null && day > end.toEpochDay())) {
      return false;
    }
    for (Engagement engagement : person.availability().engagements()) {
      Days taken = engagement.days();
      if (day >= taken.first().toEpochDay() && day <= taken.last().toEpochDay()) {
        return false;
      }
    }
    return true;
  }

  private static double km(Mission mission, PoolRow person) {
    return km(
        new Position(mission.establishment().latitude(), mission.establishment().longitude()),
        person.position());
  }

  /** Great-circle distance, by the angle between the two vectors from the Earth's centre. */
  private static double km(Position one, Position other) {
    double[] a = vector(one);
    double[] b = vector(other);
    double x = a[1] * b[2] - a[2] * b[1];
    double y = a[2] * b[0] - a[0] * b[2];
    double z = a[0] * b[1] - a[1] * b[0];
    double cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    return 6371.0088 * Math.atan2(Math.sqrt(x * x + y * y + z * z), cosine);
  }

  private static double[] vector(Position position) {
    double latitude = Math.toRadians(position.latitude());
    double longitude = Math.toRadians(position.longitude());
    return new double[] {
      Math.cos(latitude) * Math.cos(longitude),
      Math.cos(latitude) * Math.sin(longitude),
      Math.sin(latitude)
    };
  }
}
