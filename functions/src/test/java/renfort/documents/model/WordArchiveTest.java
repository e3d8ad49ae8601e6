package renfort.documents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  private static boolean holdsWord(byte[] file) {
    int from = Math.max(0, file.length - WordArchive.TAIL);
    return WordArchive.holdsWord(Arrays.copyOfRange(file, from, file.length), file.length);
  }

  @Test
  void aDocumentHoldsWord() throws IOException {
    assertTrue(holdsWord(zip("", 10, "[Content_Types].xml", "_rels/.rels", "word/document.xml")));
  }

  @Test
  void aLargeDocumentIsToldByItsLastBytes() throws IOException {
    byte[] file = zip("", 300_000, "[Content_Types].xml", "word/document.xml");
    assertTrue(file.length > 2 * WordArchive.TAIL);
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
          "vbaProject.bin",
          "word/vbaData.xml",
          "word/activeX/activeX1.xml",
          "word/embeddings/oleObject1.bin"
        }) {
      byte[] file = zip("", 10, "word/document.xml", name);
      assertTrue(WordArchive.isActive(file, file.length), name);
    }
    byte[] plain =
        zip("", 10, "word/document.xml", "word/embeddings/Chart.xlsx", "word/media/1.png");
    assertFalse(WordArchive.isActive(plain, plain.length));
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
