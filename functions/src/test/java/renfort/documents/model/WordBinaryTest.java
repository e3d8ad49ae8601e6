package renfort.documents.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WordBinaryTest {

  private static byte[] file(String name) {
    return ("\u4444\u4445" + name + "\u4444").getBytes(StandardCharsets.UTF_16LE);
  }

  @Test
  void macrosAndPackedFilesAreSeenWhereverTheirNamesLie() {
    assertTrue(WordBinary.isActive(file("_VBA_PROJECT")));
    assertTrue(WordBinary.isActive(file("\u0001Ole10Native")));
    byte[] odd = file("_VBA_PROJECT");
    assertTrue(WordBinary.isActive(Arrays.copyOfRange(odd, 1, odd.length - 2)));
  }

  @Test
  void anyOtherDocumentIsPlain() {
    assertFalse(WordBinary.isActive(new byte[0]));
    assertFalse(WordBinary.isActive(file("WordDocument")));
    assertFalse(WordBinary.isActive(file("_VBA_PROJEC")));
    assertFalse(WordBinary.isActive("_VBA_PROJECT".getBytes(StandardCharsets.US_ASCII)));
  }
}
