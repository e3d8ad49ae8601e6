package renfort.accounts.model;

import java.util.HashMap;
import java.util.Map;

/**
 * The limits of R27, as template.yaml gives them in the variable {@code QUOTAS}.
 *
 * @param pages of people, an account and day
 * @param sheets of different people with contact details, an account and day
 * @param documents whose address is handed out, an account and day
 * @param establishmentTimes how many times as much all accounts of an establishment may together
 * @param agencyTimes how many times as much an account of an agency or the national level may
 * @param missions open at once of an establishment
 * @param missionsUnapproved open at once of a requester who is not approved
 */
public record QuotaLimits(
    int pages,
    int sheets,
    int documents,
    int establishmentTimes,
    int agencyTimes,
    int missions,
    int missionsUnapproved) {

  /**
   * Reads {@code name=number} pairs with commas between them.
   *
   * @throws IllegalStateException when one is missing
   */
  public static QuotaLimits parse(String text) {
    Map<String, Integer> numbers = new HashMap<>();
    for (String pair : text.split(",", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        numbers.put(parts[0].strip(), Integer.valueOf(parts[1].strip()));
      }
    }
    return new QuotaLimits(
        required(numbers, "pages"),
        required(numbers, "sheets"),
        required(numbers, "documents"),
        required(numbers, "establishmentTimes"),
        required(numbers, "agencyTimes"),
        required(numbers, "missions"),
        required(numbers, "missionsUnapproved"));
  }

  private static int required(Map<String, Integer> numbers, String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalStateException("QUOTAS does not say " + name);
    }
    return number;
  }
}
