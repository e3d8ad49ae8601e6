package renfort.documents.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a PDF may hold (R3). */
class PdfContentTest {

  private static byte[] pdf(Object... parts) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(ascii("%PDF-1.7\n"));
    for (Object part : parts) {
      file.writeBytes(part instanceof byte[] bytes ? bytes : ascii(part.toString()));
    }
    file.writeBytes(ascii("\ntrailer << /Root 1 0 R >>\n%%EOF\n"));
    return file.toByteArray();
  }

  private static byte[] packed(String text) {
    Deflater deflater = new Deflater();
    deflater.setInput(ascii(text));
    deflater.finish();
    byte[] bytes = new byte[text.length() + 100];
    int length = deflater.deflate(bytes);
    deflater.end();
    return java.util.Arrays.copyOf(bytes, length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] objectStream(String dictionary, byte[] content) {
    return pdf("9 0 obj\n<< " + dictionary + " >>\nstream\r\n", content, "\nendstream\nendobj");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/S /JavaScript /JS (app.alert)",
        "/S /J#61vaScript",
        "/S/Launch/F(cmd.exe)",
        "/Names << /EmbeddedFiles 3 0 R >>",
        "/Type /EmbeddedFile",
        "/S /SubmitForm",
        "/AcroForm << /XFA 4 0 R >>",
        "/Subtype /RichMedia",
        "/S/GoToE",
        "/S/ImportData",
        "/Encrypt 5 0 R"
      })
  void R3_aPdfThatDoesSomethingIsSeen(String entry) {
    assertTrue(PdfContent.isActive(pdf("1 0 obj << " + entry + " >> endobj")));
    assertTrue(
        PdfContent.isActive(
            objectStream(
                "/Type /ObjStm /N 1 /Filter /FlateDecode", packed("1 0 << " + entry + " >>"))));
    assertTrue(
        PdfContent.isActive(
            objectStream(
                "/Type/Obj#53tm/N 1/Filter[/FlateDecode]", packed("<< " + entry + " >>"))));
  }

  @Test
  void R3_aPdfWhoseObjectsCannotBeLookedIntoIsRefused() {
    assertTrue(
        PdfContent.isActive(
            objectStream("/Type /ObjStm /Filter /LZWDecode", ascii("\u0080\u000b"))));
    assertTrue(
        PdfContent.isActive(
            objectStream(
                "/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 >>",
                packed("1 0 << >>"))));
    assertTrue(
        PdfContent.isActive(
            objectStream("/Type /ObjStm /Filter /FlateDecode", packed(" ".repeat(70_000_000)))));
  }

  @Test
  void R3_aPdfThatOnlyShowsIsTaken() {
    assertFalse(
        PdfContent.isActive(pdf("1 0 obj << /Type /Catalog /OpenAction [3 0 R /Fit] >> endobj")));
    assertFalse(
        PdfContent.isActive(
            pdf("1 0 obj << /A << /S /URI /URI (https://exemple.org) >> >> endobj")));
    assertFalse(
        PdfContent.isActive(pdf("1 0 obj << /Title (On JavaScript, and how to Launch) >> endobj")));
    assertFalse(
        PdfContent.isActive(
            objectStream(
                "/Type /ObjStm /N 1 /Filter /FlateDecode", packed("1 0 << /Type /Page >>"))));
    assertFalse(
        PdfContent.isActive(
            objectStream(
                "/Type /XRef /Filter /FlateDecode /DecodeParms << /Predictor 12 >>", packed("x"))));
  }

  @Test
  void R3_picturesOfFiveMebibytesAreNotTakenForNames() {
    Random random = new Random(11);
    for (int i = 0; i < 20; i++) {
      byte[] pixels = new byte[(int) FileType.MAX_SIZE];
      random.nextBytes(pixels);
      assertFalse(PdfContent.isActive(objectStream("/Subtype /Image /Filter /DCTDecode", pixels)));
    }
  }

  @Test
  void noBytesMakeItFail() {
    byte[] file =
        objectStream("/Type /ObjStm /N 1 /Filter /FlateDecode", packed("1 0 << /A /B >>"));
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = java.util.Arrays.copyOf(file, random.nextInt(file.length + 1));
      for (int j = 0; j < 4 && broken.length > 0; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      var _ = PdfContent.isActive(broken);
    }
  }
}
