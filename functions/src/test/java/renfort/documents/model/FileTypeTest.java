package renfort.documents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTypeTest {

  @ParameterizedTest
  @CsvSource({
    "PDF,255044462d312e37",
    "DOC,d0cf11e0a1b11ae1",
    "DOCX,504b030414000600",
    "JPEG,ffd8ffe000104a46"
  })
  void eachKindIsToldFromTheOthersByItsFirstBytes(FileType type, String head) {
    byte[] bytes = HexFormat.of().parseHex(head);
    for (FileType other : FileType.values()) {
      assertEquals(other == type, other.begins(bytes), other.name());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n%PDF-1.7", "MZ%PDF-1.", "%PDX-1.7", "%PDF", ""})
  void aPdfBeginsWithItsHeaderAtTheVeryFirstByte(String head) {
    assertFalse(FileType.PDF.begins(head.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @ParameterizedTest
  @EnumSource
  void aFileShorterThanItsSignatureIsRefused(FileType type) {
    byte[] whole =
        HexFormat.of()
            .parseHex(
                switch (type) {
                  case PDF -> "255044462d";
                  case DOC -> "d0cf11e0a1b11ae1";
                  case DOCX -> "504b0304";
                  case JPEG -> "ffd8ff";
                });
    assertTrue(whole.length <= FileType.HEAD);
    assertTrue(type.begins(whole));
    assertFalse(type.begins(Arrays.copyOf(whole, whole.length - 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "carte.pdf,PDF",
    "CARTE.PDF,PDF",
    "a.b.doc,DOC",
    "diplôme.docx,DOCX",
    "photo.jpg,JPEG",
    "photo.JPEG,JPEG"
  })
  void extensionsAreReadWithoutCase(String name, FileType type) {
    assertEquals(Optional.of(type), FileType.ofFileName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"carte", "carte.", ".pdf", "carte.pdf.exe", "carte.docm", "carte.jpeeg", "a.xpdf"})
  void otherExtensionsAreNoKind(String name) {
    assertEquals(Optional.empty(), FileType.ofFileName(name));
  }

  @Test
  void contentTypesAreThoseRegistered() {
    assertEquals(Optional.of(FileType.JPEG), FileType.ofContentType("image/JPEG"));
    assertEquals(Optional.empty(), FileType.ofContentType("image/png"));
    assertEquals(Optional.empty(), FileType.ofContentType("application/pdf; charset=utf-8"));
  }
}
