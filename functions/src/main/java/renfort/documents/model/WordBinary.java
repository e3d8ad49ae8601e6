package renfort.documents.model;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells a binary Word document with programs in it by the names in its directory (MS-CFB 2.6: in
 * UTF-16, wherever the directory lies).
 */
public final class WordBinary {
  /** The stream of every VBA project (MS-OVBA), and that of a file packed into the document. */
  private static final List<byte[]> NAMES =
      List.of(utf16("_VBA_PROJECT"), utf16("\u0001Ole10Native"));

  private WordBinary() {}

  /**
   * Whether a document has macros or packed files.
   *
   * @param file the whole of it
   */
  public static boolean isActive(byte[] file) {
    return NAMES.stream().anyMatch(name -> contains(file, name));
  }

  private static boolean contains(byte[] file, byte[] name) {
    for (int at = 0; at <= file.length - name.length; at++) {
      int same = 0;
      while (same < name.length && file[at + same] == name[same]) {
        same++;
      }
      if (same == name.length) {
        return true;
      }
    }
    return false;
  }

  private static byte[] utf16(String name) {
    return name.getBytes(StandardCharsets.UTF_16LE);
  }
}
