package renfort.missions.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.missions.model.Mission.Status;

/** Who may act on a mission (R11). */
class MissionSightTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration LIFE = Duration.ofDays(7);
  private static final String SUBMITTER = "2b4d6f8h0k1m3p5r7t9w";
  private static final Mission OPEN = ChangeTest.mission(Status.OPEN);
  private static final Mission DRAFT = ChangeTest.mission(Status.DRAFT);

  private static Account account(
      String id, Role role, @Nullable Establishment own, boolean approved, @Nullable String area) {
    return new Account(
        id, role, "a@exemple.fr", "A", "B", null, null, own, approved, area, NOW, true, false, 1);
  }

  private static Account requester(String id, Establishment own, boolean approved) {
    return account(id, Role.REQUESTER, own, approved, null);
  }

  private static Establishment other() {
    return new Establishment(
        "350000022", "CHU", "2 rue", "35000", "Rennes", "53", "35", 48.1, -1.7);
  }

  @Test
  void anApprovedRequesterActsOnThoseOfTheEstablishment() {
    assertTrue(OPEN.isVisibleTo(requester("x", OPEN.establishment(), true), NOW, LIFE));
    // R8: a draft is its submitter's only
    assertFalse(DRAFT.isVisibleTo(requester("x", OPEN.establishment(), true), NOW, LIFE));
    assertFalse(OPEN.isVisibleTo(requester("x", other(), true), NOW, LIFE));
  }

  @Test
  void anotherRequesterActsOnTheirOwnOnly() {
    assertTrue(OPEN.isVisibleTo(requester(SUBMITTER, OPEN.establishment(), false), NOW, LIFE));
    assertFalse(OPEN.isVisibleTo(requester("x", OPEN.establishment(), false), NOW, LIFE));
  }

  @Test
  void R8_aDraftOfAnEarlierFinessIsNobodysAnyMore() {
    assertFalse(DRAFT.isVisibleTo(requester(SUBMITTER, other(), false), NOW, LIFE));
    assertFalse(DRAFT.isVisibleTo(requester(SUBMITTER, other(), true), NOW, LIFE));
  }

  @Test
  void staffActOnTheirRegionAndNotOnDrafts() {
    Account bretagne = account("x", Role.AGENCY, null, false, "53");
    assertTrue(OPEN.isVisibleTo(bretagne, NOW, LIFE));
    assertFalse(DRAFT.isVisibleTo(bretagne, NOW, LIFE));
    assertFalse(OPEN.isVisibleTo(account("x", Role.AGENCY, null, false, "52"), NOW, LIFE));
    Account national = account("x", Role.NATIONAL, null, false, null);
    assertTrue(OPEN.isVisibleTo(national, NOW, LIFE));
    assertFalse(DRAFT.isVisibleTo(national, NOW, LIFE));
  }

  @Test
  void aProfessionalActsOnNone() {
    Account professional = account(SUBMITTER, Role.PROFESSIONAL, null, false, null);
    assertFalse(OPEN.isVisibleTo(professional, NOW, LIFE));
  }

  @Test
  void R8_aDraftDiesAfterSevenDays() {
    Instant end = DRAFT.createdAt().plus(LIFE);
    Account submitter = requester(SUBMITTER, OPEN.establishment(), false);
    assertTrue(DRAFT.isVisibleTo(submitter, end.minusSeconds(1), LIFE));
    assertFalse(DRAFT.isVisibleTo(submitter, end, LIFE));
    assertTrue(OPEN.isVisibleTo(submitter, end, LIFE));
  }
}
