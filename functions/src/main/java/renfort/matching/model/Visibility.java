package renfort.matching.model;

import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Candidacy;
import renfort.missions.model.Mission;

/**
 * What is seen of a person from a mission, as one table (R11, R14, R22): contact details and
 * documents while the person is proposed and free, contacted by the mission, or affected until it
 * is over. After that the name and the state stay, whatever was seen before.
 */
public final class Visibility {
  private Visibility() {}

  /** Who looks; all of them may act on the mission. */
  public enum Reader {
    /** An approved requester of its establishment. */
    REQUESTER,
    /** The agency of its region, where the person belongs to another one. */
    AGENCY_OF_MISSION,
    /** The agency of its region, which is the person's as well. */
    AGENCY_OF_PERSON,
    NATIONAL
  }

  /**
   * What the answer depends on.
   *
   * @param reader who looks
   * @param regulated whether the mission's region is regulated (R22)
   * @param mission the mission's status on the day
   * @param candidacy the candidacy's status at the time: a hold that is over reads as TO_VERIFY
   * @param proposed whether an agency proposes the person to the mission
   * @param givenUp whether the mission released or refused them, and has not contacted them since
   * @param known whether the mission dealt with them before: a contact, a push
   * @param matches whether they match the mission now (R12)
   * @param heldByOther whether another mission holds them
   */
  public record Look(
      Reader reader,
      boolean regulated,
      Mission.Status mission,
      Candidacy.Status candidacy,
      boolean proposed,
      boolean givenUp,
      boolean known,
      boolean matches,
      boolean heldByOther) {}

  /** Who somebody is for a person of a region; null for a professional, who sees nobody. */
  public static @Nullable Reader reader(Account account, String regionOfPerson) {
    return switch (account.role()) {
      case REQUESTER -> account.approved() ? Reader.REQUESTER : null;
      case AGENCY ->
          account.actsOnRegion(regionOfPerson) ? Reader.AGENCY_OF_PERSON : Reader.AGENCY_OF_MISSION;
      case NATIONAL -> Reader.NATIONAL;
      case PROFESSIONAL -> null;
    };
  }

  /** The cell of the table. */
  public static Sight of(Look look) {
    Sight cell =
        switch (look.candidacy()) {
          case AFFECTED -> isLive(look.mission()) ? Sight.FULL : Sight.NAME_AND_STATE;
          case CONTACTED ->
              look.mission() == Mission.Status.OPEN ? Sight.FULL : Sight.NAME_AND_STATE;
          case REFUSED, DECLINED -> Sight.NAME_AND_STATE;
          case TO_VERIFY -> toVerify(look);
        };
    // an agency reads contact details of the people of its own region only (R22, R23)
    return cell == Sight.FULL && look.reader() == Reader.AGENCY_OF_MISSION
        ? Sight.WITHOUT_CONTACT
        : cell;
  }

  private static Sight toVerify(Look look) {
    boolean isOpen = look.mission() == Mission.Status.OPEN;
    boolean isForReader = look.reader() != Reader.REQUESTER || !look.regulated() || look.proposed();
    boolean isGivenUp = look.givenUp() && !look.proposed();
    if (isOpen && look.matches() && isForReader && !isGivenUp) {
      return look.heldByOther() ? Sight.WITHOUT_CONTACT : Sight.FULL;
    }
    return look.known() ? Sight.NAME_AND_STATE : Sight.NOTHING;
  }

  private static boolean isLive(Mission.Status status) {
    return switch (status) {
      case OPEN, FILLED -> true;
      case DRAFT, CANCELLED, ENDED -> false;
    };
  }
}
