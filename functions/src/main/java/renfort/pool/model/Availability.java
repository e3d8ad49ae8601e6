package renfort.pool.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * When somebody is free: what they declared, less what affectations took.
 *
 * @param declared the declared periods, 1 to {@value #MAX_PERIODS}
 * @param engagements days taken by affectations; they never meet
 */
public record Availability(List<Period> declared, List<Engagement> engagements) {
  /** How many periods a sheet may declare. */
  public static final int MAX_PERIODS = 12;

  /**
   * How many engagements that are not over a person may have: it bounds the POOL row and the
   * transaction of an erasure, which frees all their places at once.
   */
  public static final int MAX_ENGAGEMENTS = 20;

  /** No engagement of before that ended after it was stored with its true end. */
  private static final LocalDate CLAMPED = LocalDate.of(2097, 9, 25);

  public Availability {
    declared = List.copyOf(declared);
    engagements = List.copyOf(engagements);
  }

  /** The free time: the declared periods with the engaged days cut out, by start. */
  public List<Period> free() {
    List<Period> free = new ArrayList<>(declared);
    for (Engagement engagement : engagements) {
      Days taken = engagement.days();
      List<Period> rest = new ArrayList<>();
      for (Period period : free) {
        if (!(period.end() == null || !period.end().isBefore(taken.first()))
            || period.start().isAfter(taken.last())) {
          rest.add(period);
          continue;
        }
        if (period.start().isBefore(taken.first())) {
          rest.add(
              new Period(
                  period.start(), taken.first().minusDays(1), period.weekdays(), period.weekend()));
        }
        if (period.end() == null || period.end().isAfter(taken.last())) {
          rest.add(
              new Period(
                  taken.last().plusDays(1), period.end(), period.weekdays(), period.weekend()));
        }
      }
      free = rest;
    }
    free.sort(Comparator.comparing(Period::start));
    return free;
  }

  /**
   * The free period that lets somebody begin on a day (R12: it begins on or before that day and its
   * last day is on or after it); the one that covers most of the days up to the last when there are
   * several.
   */
  public Optional<Period> covering(LocalDate day, LocalDate last) {
    return free().stream()
        .filter(period -> period.contains(day))
        .max(Comparator.comparingInt(period -> period.covered(day, last)));
  }

  /** Whether anything is free on a day or after it. */
  public boolean isFreeFrom(LocalDate day) {
    return free().stream().anyMatch(period -> period.end() == null || !period.end().isBefore(day));
  }

  /** The last day on which anything is free; nothing when that is open or there is none. */
  public Optional<LocalDate> lastFreeDay() {
    LocalDate last = null;
    for (Period period : free()) {
      if (period.end() == null) {
        return Optional.empty();
      }
      last = last == null || period.end().isAfter(last) ? period.end() : last;
    }
    return Optional.ofNullable(last);
  }

  /** With other declared periods; the engagements stay. */
  public Availability declaring(List<Period> periods) {
    return new Availability(periods, engagements);
  }

  /** With days taken for a mission. */
  public Availability engaged(String missionId, Days days) {
    List<Engagement> all = new ArrayList<>(engagements);
    all.add(Engagement.of(missionId, days));
    return new Availability(declared, all);
  }

  /**
   * With a mission's days given back.
   *
   * @param days as the candidacy has them: they tell apart missions whose tags are equal, and find
   *     what a row from before tags holds
   */
  public Availability released(String missionId, Days days) {
    List<Engagement> all = new ArrayList<>(engagements);
    find(engagement -> engagement.isOf(missionId) && engagement.days().equals(days))
        .or(() -> find(engagement -> engagement.isOf(missionId)))
        .or(() -> find(engagement -> engagement.isUnnamed() && engagement.days().equals(days)))
        // days after 2097 were once stored as its last
        .or(
            () ->
                find(
                    engagement ->
                        engagement.isUnnamed()
                            && engagement.days().first().equals(days.first())
                            && engagement.days().last().isAfter(CLAMPED)
                            && !days.last().isBefore(engagement.days().last())))
        .ifPresent(all::remove);
    return new Availability(declared, all);
  }

  private Optional<Engagement> find(Predicate<Engagement> which) {
    return engagements.stream().filter(which).findFirst();
  }

  /** Without the engagements that ended before a day: they take nothing any more. */
  public Availability from(LocalDate day) {
    return new Availability(
        declared,
        engagements.stream().filter(taken -> !taken.days().last().isBefore(day)).toList());
  }

  /** The engagement that lasts on a day, else the first that begins after it. */
  public Optional<Engagement> engagementFrom(LocalDate day) {
    return from(day).engagements().stream()
        .min(Comparator.comparing(engagement -> engagement.days().first()));
  }

  /** Whether one more engagement can be noted. */
  public boolean hasRoom() {
    return engagements.size() < MAX_ENGAGEMENTS;
  }
}
