package renfort.documents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

  @ParameterizedTest
  @CsvSource({
    "carte.pdf, carte.pdf",
    "C:\\fakepath\\carte.pdf, carte.pdf",
    "../../etc/carte.pdf, carte.pdf",
    "/tmp/, ''",
    "'  ma carte.pdf ', ma carte.pdf",
    "pièce d'identité.pdf, pièce d'identité.pdf"
  })
  void onlyTheNameIsKept(String given, String kept) {
    assertEquals(kept, FileNames.clean(given.replace("''", "'")));
  }

  @Test
  void whatDoesNotShowIsDropped() {
    assertEquals("carte.pdf", FileNames.clean("car\u0000te\r\n.p\u007fdf\u2028"));
    assertEquals("cartefdp.exe", FileNames.clean("carte\u202efdp.exe"));
    assertEquals("carte.pdf", FileNames.clean("carte\ud83d.pdf"));
  }

  @Test
  void accentsAreComposed() {
    assertEquals("pièce.pdf", FileNames.clean("pie\u0300ce.pdf"));
  }

  @Test
  void anAttachmentKeepsItsName() {
    assertEquals(
        "attachment; filename=\"pi_ce.pdf\"; filename*=UTF-8''pi%C3%A8ce.pdf",
        FileNames.attachment("pièce.pdf"));
  }

  @Test
  void anAttachmentsNameCannotLeaveItsQuotes() {
    assertEquals(
        "attachment; filename=\"a_; x=_b_41;.pdf\";"
            + " filename*=UTF-8''a%22%3B%20x%3D%5Cb%2541%3B.pdf",
        FileNames.attachment("a\"; x=\\b%41;.pdf"));
    assertEquals(
        "attachment; filename=\"a__b\"; filename*=UTF-8''a%0D%0Ab", FileNames.attachment("a\r\nb"));
  }
}
