package renfort.documents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class WordArchiveTest {

  private static byte[] zip(String comment, int filler, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setComment(comment);
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        byte[] content = new byte[filler];
        new Random(1).nextBytes(content);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** An archive of names and what they hold, one after the other. */
  private static byte[] document(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String relationship(String type, String target, String mode) {
    return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        + "<Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
        + "relationships/%s' Target='%s' TargetMode='%s'/></Relationships>"
            .formatted(type, target, mode);
  }

  private static boolean holdsWord(byte[] file) {
    return WordArchive.holdsWord(file);
  }

  @Test
  void aDocumentHoldsWord() throws IOException {
    assertTrue(holdsWord(zip("", 10, "[Content_Types].xml", "_rels/.rels", "word/document.xml")));
  }

  @Test
  void aLargeDocumentIsToldByItsLastBytes() throws IOException {
    byte[] file = zip("", 300_000, "[Content_Types].xml", "word/document.xml");
    assertTrue(holdsWord(file));
  }

  @Test
  void aCommentAtTheEndIsNoHindrance() throws IOException {
    assertTrue(holdsWord(zip("x".repeat(65_535), 10, "word/document.xml")));
  }

  @Test
  void anyOtherArchiveIsRefused() throws IOException {
    assertFalse(holdsWord(zip("", 10, "xl/workbook.xml", "[Content_Types].xml")));
    assertFalse(holdsWord(zip("", 10, "sword/document.xml", "Word/document.xml", "word")));
    assertFalse(holdsWord(zip("", 10, "word/")));
    assertFalse(holdsWord(zip("word/document.xml", 10, "a.txt")));
  }

  @Test
  void macrosControlsAndPackedFilesAreSeen() throws IOException {
    for (String name :
        new String[] {
          "word/vbaProject.bin",
          "WORD/VBAPROJECT.BIN",
          "word\\vbaProject.bin",
          "vbaProject.bin",
          "word/vbaData.xml",
          "word/activeX/activeX1.xml",
          "word/embeddings/oleObject1.bin",
          "word/embeddings/Feuille.xlsm",
          "word\\embeddings\\oleObject1.bin"
        }) {
      assertTrue(WordArchive.isActive(document("word/document.xml", "<x/>", name, "<x/>")), name);
    }
    assertFalse(
        WordArchive.isActive(document("word/document.xml", "<x/>", "word/media/1.png", "\u0089")));
  }

  @Test
  void R3_aDocumentThatFetchesSomethingIsSeen() throws IOException {
    for (String type : new String[] {"attachedTemplate", "image", "oleObject", "subDocument"}) {
      byte[] file =
          document(
              "word/document.xml",
              "<x/>",
              "word/_rels/settings.xml.rels",
              relationship(type, "https://exemple.org/a.dotm", "External"));
      assertTrue(WordArchive.isActive(file), type);
    }
    assertTrue(
        WordArchive.isActive(
            document(
                "word/_rels/document.xml.rels", relationship("aFChunk", "a.mht", "Internal"))));
    // the entity says External as well
    assertTrue(
        WordArchive.isActive(
            document(
                "word/_rels/settings.xml.rels",
                relationship("attachedTemplate", "x", "&#69;xternal"))));
    assertFalse(
        WordArchive.isActive(
            document(
                "word/_rels/document.xml.rels",
                relationship("hyperlink", "https://exemple.org", "External"))));
    assertFalse(
        WordArchive.isActive(
            document("word/_rels/document.xml.rels", relationship("image", "media/1.png", ""))));
  }

  @Test
  void R3_aFieldThatFetchesOrRunsSomethingIsSeenHoweverItIsCut() throws IOException {
    for (String field :
        new String[] {
          "<w:instrText> DDEAUTO c:\\\\windows </w:instrText>",
          "<w:instrText> DDE</w:instrText><w:r/><w:instrText>AUTO \"cmd\" </w:instrText>",
          "<w:instrText>IN</w:instrText><w:instrText><![CDATA[CLUDEPICTURE x]]></w:instrText>",
          "<w:fldSimple w:instr='LINK Word.Document x'/>"
        }) {
      assertTrue(
          WordArchive.isActive(
              document("word/header1.xml", "<w:d xmlns:w='w'>" + field + "</w:d>")),
          field);
    }
    assertFalse(
        WordArchive.isActive(
            document(
                "word/document.xml",
                "<w:d xmlns:w='w'><w:instrText> PAGE </w:instrText>"
                    + "<w:t>DDEAUTO, LINK and IMPORT are words</w:t></w:d>")));
  }

  @Test
  void R3_aDocumentThatCannotBeLookedIntoIsRefused() throws IOException {
    assertTrue(WordArchive.isActive(document("word/_rels/document.xml.rels", "<x>")));
    String external = "<!DOCTYPE x [<!ENTITY e 'External'>]>" + relationship("image", "x", "&e;");
    assertTrue(WordArchive.isActive(document("word/_rels/document.xml.rels", external)));
    assertTrue(
        WordArchive.isActive(
            document("word/document.xml", "<x>" + " ".repeat(70_000_000) + "</x>")));
  }

  @Test
  void namesWithinAnEntryAreNoEntries() throws IOException {
    byte[] inner = zip("", 10, "word/document.xml");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry("a.zip");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(inner.length);
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      crc.update(inner);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(inner);
      zip.closeEntry();
    }
    assertFalse(holdsWord(bytes.toByteArray()));
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    byte[] file = zip("", 10, "word/document.xml");
    assertFalse(holdsWord(new byte[0]));
    assertFalse(holdsWord(new byte[100]));
    assertFalse(holdsWord(Arrays.copyOf(file, file.length - 1)));
    assertFalse(holdsWord(Arrays.copyOf(file, file.length + 1)));
  }

  @Test
  void lyingOffsetsAndLengthsAreRefused() throws IOException {
    byte[] file = zip("", 10, "a.txt", "word/document.xml");
    int end = file.length - 22;
    int start = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
    for (int offset : new int[] {0, end, file.length, Integer.MAX_VALUE, -1}) {
      byte[] lying = file.clone();
      ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(end + 16, offset);
      assertFalse(holdsWord(lying), "offset " + offset);
    }
    byte[] lying = file.clone();
    ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putShort(start + 28, (short) -1);
    assertFalse(holdsWord(lying));
  }

  @Test
  void noBytesMakeItFail() throws IOException {
    byte[] file = zip("", 10, "a.txt", "word/document.xml");
    Random random = new Random(7);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = file.clone();
      for (int j = 0; j < 4; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      accepted += holdsWord(broken) ? 1 : 0;
    }
    assertEquals(true, accepted > 0 && accepted < 20_000);
  }
}
