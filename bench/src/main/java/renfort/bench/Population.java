package renfort.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Establishment;
import renfort.candidacies.model.Candidacy;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
import renfort.pool.model.Availability;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Communes;
import renfort.reference.Departements;
import renfort.reference.Professions;
import renfort.reference.Regions;
import renfort.reference.model.Commune;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Profession;
import renfort.reference.model.Speciality;

/**
 * Synthetic volunteers over the real communes, missions that ask for them, and candidacies of some
 * on some. The same seed gives the same.
 *
 * @param people in no order
 * @param missions mostly open, some filled, cancelled, ended or past their end
 * @param candidacies at most one per person
 */
record Population(List<PoolRow> people, List<Mission> missions, List<Candidacy> candidacies) {

  /** When everything happens: late enough for La Réunion and Mayotte to be a day ahead of Paris. */
  static final Instant NOW = Instant.parse("2026-03-02T21:30:00Z");

  private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

  /** How homes and establishments are drawn. */
  enum Spread {
    /** Every commune alike. */
    EVENLY("evenly"),
    /** By how many live there: one in thirty in Paris. */
    BY_INHABITANTS("by inhabitants");

    private final String told;

    Spread(String told) {
      this.told = told;
    }

    String told() {
      return told;
    }
  }

  static Population of(long seed, int people, int missions, Spread spread) {
    return new Maker(seed, spread).make(people, missions);
  }

  private static final class Maker {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final List<String> LAST_NAMES =
        List.of(
            "Martin",
            "Bernard",
            "Dubois",
            "Thomas",
            "Robert",
            "Petit",
            "Durand",
            "Leroy",
            "Moreau",
            "Lefebvre",
            "Garcia",
            "Roux",
            "Fontaine",
            "Chevalier",
            "Lambert",
            "Rousseau",
            "Vincent",
            "Müller",
            "Lefèvre",
            "Charbonnier",
            "Le Goff",
            "Da Silva",
            "Nguyen",
            "Payet",
            "Hoarau",
            "Benali",
            "Traoré",
            "Saint-Martin",
            "De La Villardière");

    private static final List<String> FIRST_NAMES =
        List.of(
            "Marie",
            "Jean",
            "Camille",
            "Léa",
            "Hugo",
            "Nicolas",
            "Chloé",
            "Zoé",
            "Inès",
            "Mohamed",
            "Sophie",
            "Philippe",
            "Anne-Laure",
            "Marie-Christine",
            "Jean-Baptiste",
            "Karim",
            "Fatou",
            "Yann",
            "Lucie",
            "Émilie");

    private final SplittableRandom random;
    private final List<Commune> communes = new ArrayList<>();
    private final Map<String, String> postalCodes = new HashMap<>();
    private final List<PoolRow> people = new ArrayList<>();
    private final Map<String, List<Integer>> byProfession = new HashMap<>();
    private final Set<Integer> engaged = new HashSet<>();
    private final List<Mission> missions = new ArrayList<>();
    private final List<Candidacy> candidacies = new ArrayList<>();

    /** How many live in all communes up to each; empty when they are drawn evenly. */
    private final List<Long> inhabitants = new ArrayList<>();

    Maker(long seed, Spread spread) {
      random = new SplittableRandom(seed);
      Departements.all()
          .forEach(departement -> communes.addAll(Communes.ofDepartement(departement.code())));
      for (int number = 1000; number < 99_000; number++) {
        String postalCode = String.format(Locale.ROOT, "%05d", number);
        Communes.ofPostalCode(postalCode)
            .forEach(commune -> postalCodes.putIfAbsent(commune.code(), postalCode));
      }
      communes.removeIf(commune -> !postalCodes.containsKey(commune.code()));
      if (spread == Spread.BY_INHABITANTS) {
        countInhabitants();
      }
    }

    private void countInhabitants() {
      Map<String, Long> of = new HashMap<>();
      try (InputStream file = Population.class.getResourceAsStream("inhabitants.tsv")) {
        new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split("\t", -1))
            .forEach(columns -> of.put(columns[0], Long.valueOf(columns[1])));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      long sum = 0;
      for (Commune commune : communes) {
        sum += of.getOrDefault(commune.code(), 0L);
        inhabitants.add(sum);
      }
    }

    private Commune commune() {
      if (inhabitants.isEmpty()) {
        return one(communes);
      }
      int at = Collections.binarySearch(inhabitants, random.nextLong(inhabitants.getLast()) + 1);
      return communes.get(at >= 0 ? at : -at - 1);
    }

    Population make(int peopleWanted, int missionsWanted) {
      for (int i = 0; i < peopleWanted; i++) {
        PoolRow person = person();
        people.add(person);
        byProfession.computeIfAbsent(person.profession(), code -> new ArrayList<>()).add(i);
      }
      for (int i = 0; i < missionsWanted; i++) {
        Mission mission = mission(i);
        missions.add(chance(0.3) ? withCandidacies(mission) : mission);
      }
      return new Population(List.copyOf(people), List.copyOf(missions), List.copyOf(candidacies));
    }

    private PoolRow person() {
      Commune home = commune();
      String region = chance(0.08) ? one(Regions.all()).code() : home.region();
      Profession profession = profession();
      IdentifierType identifierType =
          profession.local()
              ? IdentifierType.NONE
              : chance(0.7)
                  ? IdentifierType.RPPS
                  : chance(0.7) ? IdentifierType.ADELI : IdentifierType.NONE;
      @Nullable String identifier =
          switch (identifierType) {
            case RPPS -> "1" + digits(10);
            case ADELI -> digits(9);
            case NONE -> null;
          };
      List<Period> declared = periods();
      // who does not confirm leaves the pool on day 14 (R7): some are beyond it, as after a lost
      // sweep
      boolean confirmed = chance(0.9);
      return new PoolRow(
          id(),
          one(LAST_NAMES),
          one(FIRST_NAMES),
          postalCode(home),
          home.name(),
          home.region().equals(region) ? home.departement() : PoolRow.ELSEWHERE,
          home.position(),
          profession.code(),
          speciality(profession, profession.code().equals("10") ? 1 : 0.08),
          region,
          identifierType,
          identifier,
          chance(0.6),
          chance(0.35),
          chance(0.15),
          mobility(),
          chance(0.92),
          confirmed,
          chance(0.01),
          false,
          new Availability(declared, engagements(declared)),
          chance(0.01) ? new Hold(id(), NOW.plus(between(-36, 36), ChronoUnit.HOURS)) : null,
          NOW.minusSeconds(random.nextLong((confirmed ? 120L : 16L) * 24 * 3600)),
          false,
          0);
    }

    /** Nurses, then care assistants, then doctors; the rest share what is left. */
    private Profession profession() {
      double share = random.nextDouble();
      String code = share < 0.3 ? "60" : share < 0.52 ? "313" : share < 0.64 ? "10" : "";
      // the lower of two draws, so that some of the others are rare
      int one = random.nextInt(Professions.all().size());
      int another = random.nextInt(Professions.all().size());
      int rest = Math.min(one, another);
      return Professions.find(code).orElseGet(() -> Professions.all().get(rest));
    }

    private @Nullable String speciality(Profession profession, double share) {
      List<Speciality> specialities = profession.specialities();
      if (specialities.isEmpty() || !chance(share)) {
        return null;
      }
      return profession.code().equals("10") && chance(0.4) ? "SM54" : one(specialities).code();
    }

    private Set<Mobility> mobility() {
      Set<Mobility> mobility = EnumSet.noneOf(Mobility.class);
      if (chance(0.7)) {
        mobility.add(Mobility.LOCAL);
      }
      if (chance(0.5)) {
        mobility.add(Mobility.DEPARTMENTAL);
      }
      if (chance(0.12)) {
        mobility.add(Mobility.NATIONAL);
      }
      return mobility;
    }

    /** One to three periods about today, one after the other or, rarely, at the same time. */
    private List<Period> periods() {
      List<Period> periods = new ArrayList<>();
      int wanted = chance(0.7) ? 1 : chance(0.67) ? 2 : 3;
      LocalDate from = TODAY.plusDays(between(-60, 45));
      for (int i = 0; i < wanted; i++) {
        boolean last = i + 1 == wanted;
        @Nullable LocalDate end =
            last && chance(0.2)
                ? null
                : from.plusDays(chance(0.1) ? between(0, 5) : between(5, 150));
        if (end != null && chance(0.03)) {
          // the edges of today are where answers go wrong
          LocalDate edge = TODAY.plusDays(between(-1, 1));
          end = edge.isBefore(from) ? from : edge;
        }
        double days = random.nextDouble();
        periods.add(new Period(from, end, days > 0.4 && days < 0.9, days > 0.65));
        if (end != null && !chance(0.15)) {
          from = end.plusDays(between(1, 30));
        }
      }
      return periods;
    }

    private List<Engagement> engagements(List<Period> declared) {
      List<Engagement> engagements = new ArrayList<>();
      for (int i = 0; i < 2 && chance(0.07); i++) {
        Period period = one(declared);
        LocalDate first = period.until(period.start().plusDays(between(0, 60)));
        Days days = new Days(first, period.until(first.plusDays(between(2, 20))));
        if (engagements.stream().map(Engagement::days).noneMatch(days::meets)) {
          engagements.add(Engagement.of("mission" + i, days));
        }
      }
      return engagements;
    }

    private Mission mission(int number) {
      Commune place = commune();
      Profession profession = profession();
      LocalDate start = TODAY.plusDays(chance(0.2) ? between(-1, 1) : between(-20, 60));
      LocalDate end = start.plusDays(between(0, 90));
      return Mission.submitted(
          id(),
          new Establishment(
              String.format(Locale.ROOT, "%09d", number),
              "Établissement " + number,
              "1 rue de l'Hôpital",
              postalCode(place),
              place.name(),
              place.region(),
              place.departement(),
              place.position().latitude(),
              place.position().longitude()),
          id(),
          new Terms(
              start,
              end,
              profession.code(),
              speciality(profession, 0.4),
              500,
              chance(0.15),
              chance(0.4),
              chance(0.25),
              chance(0.15)),
          chance(0.94) ? Status.OPEN : one(List.of(Status.FILLED, Status.CANCELLED, Status.ENDED)),
          NOW.minus(1, ChronoUnit.DAYS));
    }

    private Mission withCandidacies(Mission submitted) {
      Mission mission = submitted;
      List<Integer> colleagues = byProfession.getOrDefault(mission.terms().profession(), List.of());
      for (int i = between(1, 12); i > 0 && !colleagues.isEmpty(); i--) {
        int index = one(colleagues);
        for (int turn = 0; turn < 40 && !isOfRegion(index, mission); turn++) {
          index = one(colleagues);
        }
        if (engaged.add(index)) {
          mission = withCandidacy(mission, index);
        }
      }
      return mission;
    }

    private boolean isOfRegion(int index, Mission mission) {
      return people.get(index).region().equals(mission.establishment().region());
    }

    private Mission withCandidacy(Mission mission, int index) {
      PoolRow person = people.get(index);
      String id = person.professionalId();
      Candidacy none = Candidacy.none(mission.missionId(), id, NOW);
      Days days = new Days(mission.terms().start(), mission.terms().end());
      switch (random.nextInt(8)) {
        case 0 -> {
          if (person.availability().engagements().stream()
              .map(Engagement::days)
              .noneMatch(days::meets)) {
            people.set(
                index, person.with(person.availability().engaged(mission.missionId(), days)));
            candidacies.add(none.affected(days, NOW));
            return mission.affecting(id);
          }
        }
        case 1, 2 -> {
          // live, or over and not swept
          Instant until = NOW.plus(between(-36, 36), ChronoUnit.HOURS);
          people.set(index, person.held(new Hold(mission.missionId(), until)));
          candidacies.add(none.contactedUntil(until, 0, NOW));
          return mission.holding(id, until);
        }
        case 3, 4 -> {
          candidacies.add(none.pushed(NOW));
          return mission.pushing();
        }
        case 5 -> candidacies.add(none.contactedUntil(NOW, 0, NOW).freed(NOW));
        case 6 -> candidacies.add(none.refused(NOW));
        default -> candidacies.add(none.declined(NOW));
      }
      return mission;
    }

    private String postalCode(Commune commune) {
      return postalCodes.getOrDefault(commune.code(), "00000");
    }

    private boolean chance(double share) {
      return random.nextDouble() < share;
    }

    private int between(int least, int most) {
      return random.nextInt(least, most + 1);
    }

    private <T> T one(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private String id() {
      return characters(20, 32);
    }

    private String digits(int length) {
      return characters(length, 10);
    }

    private String characters(int length, int kinds) {
      StringBuilder text = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        text.append(ALPHABET.charAt(random.nextInt(kinds)));
      }
      return text.toString();
    }
  }
}
