package renfort.outbox.model;

/**
 * How many mails a day go to one person (R27): 20 in all, of which those of a less urgent kind
 * leave some to the more urgent. What a stranger can cause never uses up the links that the owner
 * of an address asks for.
 */
public enum DailyBudget {
  /** Links that are asked for at the page of lost links. */
  ASKED_LINKS("links", 10, 20),
  /** Links that other acts bring: a registration, a need, a staff account. */
  LINKS("links", 6, 16),
  /** What happens to a mission. */
  PROCESS("process", 14, 14),
  /** What anybody can cause by a public form: 10 a day, links counted apart. */
  COURTESY("courtesy", 10, 14);

  private final String counter;
  private final int own;
  private final int all;

  DailyBudget(String counter, int own, int all) {
    this.counter = counter;
    this.own = own;
    this.all = all;
  }

  /** The budget that a mail counts in. */
  public static DailyBudget of(MailTemplate template) {
    return switch (MailClass.of(template)) {
      case ACCOUNT -> template == MailTemplate.PASSWORD_RESET ? ASKED_LINKS : LINKS;
      case PROCESS -> PROCESS;
      case COURTESY -> COURTESY;
    };
  }

  /** Which mails count together; stored. */
  public String counter() {
    return counter;
  }

  /** How many mails of that counter there may be when this one has left. */
  public int own() {
    return own;
  }

  /** How many mails of any kind there may be when this one has left. */
  public int all() {
    return all;
  }

  /**
   * The mailbox of an address: what follows a {@code +} before the {@code @} is its owner's own
   * mark, so that ten thousand of them are one person.
   *
   * @param address trimmed and in lower case
   */
  public static String mailbox(String address) {
    int at = address.lastIndexOf('@');
    int tag = address.indexOf('+');
    return tag > 0 && tag < at ? address.substring(0, tag) + address.substring(at) : address;
  }
}
