package renfort.professionals.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renfort.documents.model.Document;
import renfort.documents.model.DocumentKind;
import renfort.documents.model.FileType;
import renfort.pool.model.Period;
import renfort.reference.model.ActivityType;
import renfort.reference.model.IdentifierType;

/** R28: what an identity check leaves of a sheet. */
class SheetTest {
  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");
  private static final Document IDENTITY =
      new Document(DocumentKind.IDENTITY, "d1", "carte.pdf", FileType.PDF);
  private static final Document DIPLOMA =
      new Document(DocumentKind.DIPLOMA, "d2", "diplome.pdf", FileType.PDF);
  private static final IdentityCheck CHECK =
      new IdentityCheck(IdentityCheck.Result.VERIFIED, NOW, "ARS Bretagne", "a1");
  private static final Details DETAILS =
      new Details(
          "Kerbrat",
          "Solène",
          "+33261911234",
          "53",
          "60",
          null,
          IdentifierType.NONE,
          null,
          ActivityType.SALARIED,
          null,
          "35000",
          "Rennes",
          false,
          false,
          false,
          false,
          null,
          List.of(new Period(LocalDate.of(2026, 12, 1), null, true, true)),
          Set.of());

  private static Sheet sheet() {
    return new Sheet("p1", "p1", "solene@exemple.org", DETAILS, List.of(IDENTITY, DIPLOMA), NOW, 3);
  }

  @Test
  void R28_aCheckKeepsTheNamesOfTheDocumentsAndNoneOfTheirFiles() {
    Sheet checked = sheet().checked(CHECK);
    assertEquals(CHECK, checked.identityCheck());
    assertEquals(
        List.of("carte.pdf", "diplome.pdf"),
        checked.documents().stream().map(Document::fileName).toList());
    assertEquals(List.of(), checked.files());
    assertEquals(List.of(IDENTITY, DIPLOMA), sheet().files());
  }

  @Test
  void R28_anotherIdentityDocumentIsToBeCheckedAgain() {
    Sheet checked = sheet().checked(CHECK);
    Document other = new Document(DocumentKind.IDENTITY, "d3", "passeport.pdf", FileType.PDF);
    Sheet renewed = checked.with(DETAILS, List.of(other, DIPLOMA.deleted()));
    assertNull(renewed.identityCheck());
    assertEquals(List.of(other), renewed.files());
  }

  @Test
  void R28_aCheckOutlivesAnEditAndAnotherDiploma() {
    Sheet checked = sheet().checked(CHECK);
    Document other = new Document(DocumentKind.DIPLOMA, "d4", "licence.pdf", FileType.PDF);
    assertEquals(CHECK, checked.with(DETAILS, checked.documents()).identityCheck());
    Sheet renewed = checked.with(DETAILS, List.of(IDENTITY.deleted(), other));
    assertEquals(CHECK, renewed.identityCheck());
    assertEquals(List.of(other), renewed.files());
    assertEquals(CHECK, renewed.consentedAt(NOW).stored().identityCheck());
  }
}
