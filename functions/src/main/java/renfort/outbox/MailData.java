package renfort.outbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the mails say of people and missions, as it stands when they are sent. The rooms above the
 * outbox know it; labels are French.
 */
public interface MailData {

  /**
   * Somebody whom a mail can go to.
   *
   * @param accountId of their account
   * @param email where to
   * @param firstName given name
   * @param lastName family name
   * @param role the name of their role
   * @param approved whether a requester was approved, and so may read of candidates (R11)
   * @param undeliverable whether a mail came back from the address
   * @param confirmed whether the address has proved to be theirs: until then a stranger may have
   *     written what is known of them
   * @param professionalId of a professional, or null
   * @param establishment of a requester, or null
   */
  record Person(
      String accountId,
      String email,
      String firstName,
      String lastName,
      String role,
      boolean approved,
      boolean undeliverable,
      boolean confirmed,
      @Nullable String professionalId,
      @Nullable Place establishment) {}

  /**
   * An establishment.
   *
   * @param name its name
   * @param city its city
   */
  record Place(String name, String city) {}

  /**
   * A mission.
   *
   * @param profession the label of the profession asked for
   * @param start first day
   * @param end last day
   * @param establishment where
   * @param closing why an agency closed it, or null when none did
   */
  record MissionFacts(
      String profession,
      LocalDate start,
      LocalDate end,
      Place establishment,
      @Nullable Closing closing) {}

  /**
   * Why an agency closed a mission.
   *
   * @param reason ORPHAN, DUPLICATE, ABUSE or OTHER
   * @param text the agency's own words, or null
   */
  record Closing(String reason, @Nullable String text) {}

  /**
   * A professional.
   *
   * @param firstName given name
   * @param lastName family name
   * @param profession the label of their profession
   * @param region the name of the region where they wish to be mobilised
   * @param postalCode where they live
   */
  record Professional(
      String firstName, String lastName, String profession, String region, String postalCode) {}

  /**
   * A hold of a professional by a mission.
   *
   * @param until when it ends
   * @param zone in which the mission's region counts its hours
   */
  record Hold(Instant until, ZoneId zone) {}

  /** The person of a live account that is not switched off. */
  Optional<Person> person(String accountId);

  /**
   * The address of an account that was erased, and nothing else, until its confirmation has left.
   */
  Optional<Person> erased(String accountId);

  /** A mission, whatever its state; nothing when it is gone. */
  Optional<MissionFacts> mission(String missionId);

  /** A professional; nothing when they are gone. */
  Optional<Professional> professional(String professionalId);

  /** This mission's hold of the professional; nothing when it has none, or it is over. */
  Optional<Hold> hold(String missionId, String professionalId);

  /** Whoever submitted a mission, as long as they may act for it. */
  Optional<Person> submitterOf(String missionId);

  /** The approved requesters of a mission's establishment. */
  List<Person> approvedRequestersOf(String missionId);

  /** The staff of the agency of a mission's region. */
  List<Person> agencyOf(String missionId);

  /** The staff of the agency of an account's region: its establishment's, or its own. */
  List<Person> agencyOfAccount(String accountId);
}
