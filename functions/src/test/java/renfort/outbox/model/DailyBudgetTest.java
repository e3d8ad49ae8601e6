package renfort.outbox.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DailyBudgetTest {
  @ParameterizedTest
  @EnumSource(DailyBudget.class)
  void R27_nobodyGetsMoreThanTwentyADayAndOnlyTheOwnersLinksGetThere(DailyBudget budget) {
    assertTrue(budget.all() <= 20);
    assertEquals(budget == DailyBudget.ASKED_LINKS, budget.all() > 16);
  }

  @Test
  void R27_publicMailsAreTenADayAndLinksCountApart() {
    assertEquals(10, DailyBudget.COURTESY.own());
    assertEquals(10, DailyBudget.ASKED_LINKS.own());
    assertTrue(!DailyBudget.COURTESY.counter().equals(DailyBudget.ASKED_LINKS.counter()));
    for (MailTemplate template :
        List.of(
            MailTemplate.PROPOSAL_RECEIVED,
            MailTemplate.ALREADY_REGISTERED,
            MailTemplate.OTHER_ROLE,
            MailTemplate.DRAFTS_TO_CONFIRM)) {
      assertEquals(DailyBudget.COURTESY, DailyBudget.of(template));
    }
  }

  @Test
  void R27_linksThatFormsBringLeaveSomeToThoseThatTheOwnerAsksFor() {
    assertEquals(DailyBudget.ASKED_LINKS, DailyBudget.of(MailTemplate.PASSWORD_RESET));
    assertEquals(DailyBudget.LINKS, DailyBudget.of(MailTemplate.ACTIVATION));
    assertEquals(DailyBudget.ASKED_LINKS.counter(), DailyBudget.LINKS.counter());
    assertEquals(4, DailyBudget.ASKED_LINKS.own() - DailyBudget.LINKS.own());
    assertEquals(4, DailyBudget.ASKED_LINKS.all() - DailyBudget.LINKS.all());
  }

  @ParameterizedTest
  @CsvSource({
    "anne@exemple.fr, anne@exemple.fr",
    "anne+renfort@exemple.fr, anne@exemple.fr",
    "anne+a+b@exemple.fr, anne@exemple.fr",
    "anne.durand+1@exemple.fr, anne.durand@exemple.fr",
    "+1@exemple.fr, +1@exemple.fr"
  })
  void R27_aMailboxIsAnAddressWithoutItsTag(String address, String mailbox) {
    assertEquals(mailbox, DailyBudget.mailbox(address));
  }
}
