package renfort.establishments.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whom an establishment holds and how many it contacted, as stored, and the room that is left (R16,
 * docs/adr/0018-numbered-slots.md). A hold takes a numbered slot, a contact counts in one of
 * {@value #TALLIES} tallies; each is a row of its own, and none may go above its share, so that the
 * sums are within the limits however many contact at once.
 *
 * @param limits that apply
 * @param slots by number from 0, who holds or held it; those never taken are left out
 * @param tallies by number, how many were contacted; those never used are left out
 */
public record Contacting(Limits limits, Map<Integer, Slot> slots, Map<Integer, Tally> tallies) {

  /** Over how many rows the contacts of a day are spread. */
  public static final int TALLIES = 10;

  /**
   * A slot. It is free from {@code until} on, swept or not.
   *
   * @param missionId the mission that holds
   * @param professionalId who is held
   * @param until when the hold ends
   */
  public record Slot(String missionId, String professionalId, Instant until) {
    public boolean isTaken(Instant now) {
      return until.isAfter(now);
    }
  }

  /**
   * Contacts of one day.
   *
   * @param day in the establishment's region
   * @param count how many
   */
  public record Tally(LocalDate day, int count) {}

  public Contacting {
    slots = Map.copyOf(slots);
    tallies = Map.copyOf(tallies);
  }

  /** How many people are held at a time. */
  public int held(Instant now) {
    return (int) slots.values().stream().filter(slot -> slot.isTaken(now)).count();
  }

  /** How many were contacted on a day. */
  public int contacted(LocalDate day) {
    int contacted = 0;
    for (int tally = 0; tally < TALLIES; tally++) {
      contacted += counted(tally, day);
    }
    return contacted;
  }

  /** How many a tally has counted on a day. */
  public int counted(int tally, LocalDate day) {
    Tally stored = tallies.get(tally);
    // a function whose clock is behind counts into the day that has begun for another
    return stored == null || stored.day().isBefore(day) ? 0 : stored.count();
  }

  /** How many a tally may count on a day: the shares of all make up the limit. */
  public int share(int tally) {
    return limits.contactsPerDay() / TALLIES + (tally < limits.contactsPerDay() % TALLIES ? 1 : 0);
  }

  /** The tallies that may count one more contact on a day; none when the limit is reached. */
  public List<Integer> openTallies(LocalDate day) {
    List<Integer> open = new ArrayList<>();
    if (contacted(day) >= limits.contactsPerDay()) {
      return open;
    }
    for (int tally = 0; tally < TALLIES; tally++) {
      if (counted(tally, day) < share(tally)) {
        open.add(tally);
      }
    }
    return open;
  }

  /** The slots that may be taken at a time; none when the limit is reached. */
  public List<Integer> freeSlots(Instant now) {
    List<Integer> free = new ArrayList<>();
    for (int slot = 0; slot < usable(now); slot++) {
      Slot stored = slots.get(slot);
      if (stored == null || !stored.isTaken(now)) {
        free.add(slot);
      }
    }
    return free;
  }

  /**
   * How many slots may be used: as many as the limit says, less those that were taken above it
   * before it was lowered.
   */
  private int usable(Instant now) {
    TreeMap<Integer, Slot> taken = new TreeMap<>();
    slots.forEach(
        (number, slot) -> {
          if (slot.isTaken(now)) {
            taken.put(number, slot);
          }
        });
    int usable = limits.holds();
    while (usable > 0 && usable + taken.tailMap(usable).size() > limits.holds()) {
      usable--;
    }
    return usable;
  }
}
