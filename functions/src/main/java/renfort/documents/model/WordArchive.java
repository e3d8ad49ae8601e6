package renfort.documents.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Tells a Word document from any other zip by the names in its central directory (ZIP, APPNOTE 4.3;
 * Office Open XML keeps the text under {@code word/}).
 */
public final class WordArchive {
  /**
   * How many bytes at the end of a file are looked at: a comment of 64 KiB at most, and a directory
   * of some 2,000 entries; that of an ordinary document takes 2 KiB.
   */
  public static final int TAIL = 256 * 1024;

  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;

  private static final Pattern WORD = Pattern.compile("word/.+");

  /**
   * The names that Word itself gives to macros, controls and packed files; Word runs none from a
   * .docx, but other programs may.
   */
  private static final Pattern ACTIVE =
      Pattern.compile("(?i)(.*/)?(vba(project|data)[^/]*|activex/.+|oleobject[^/]*)");

  private WordArchive() {}

  /**
   * Whether the archive has an entry below {@code word/}.
   *
   * @param tail the last {@link #TAIL} bytes of the file, or all of them when it is shorter
   * @param size of the whole file, in bytes
   */
  public static boolean holdsWord(byte[] tail, long size) {
    return names(tail, size, WORD);
  }

  /** Whether the archive has macros, controls or packed files, by the names of its entries. */
  public static boolean isActive(byte[] tail, long size) {
    return names(tail, size, ACTIVE);
  }

  private static boolean names(byte[] tail, long size, Pattern wanted) {
    ByteBuffer bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    int end = end(bytes);
    if (end < 0) {
      return false;
    }
    long start = Integer.toUnsignedLong(bytes.getInt(end + 16)) - (size - tail.length);
    return start >= 0 && start < end && names(bytes, (int) start, end, wanted);
  }

  /** Where the record begins that ends an archive, or -1; its comment must reach the very end. */
  private static int end(ByteBuffer bytes) {
    for (int at = bytes.limit() - END_LENGTH; at >= 0; at--) {
      if (bytes.getInt(at) == END && at + END_LENGTH + unsigned(bytes, at + 20) == bytes.limit()) {
        return at;
      }
    }
    return -1;
  }

  private static boolean names(ByteBuffer bytes, int start, int end, Pattern wanted) {
    int at = start;
    while (at + ENTRY_LENGTH <= end && bytes.getInt(at) == ENTRY) {
      int length = unsigned(bytes, at + 28);
      int next = at + ENTRY_LENGTH + length + unsigned(bytes, at + 30) + unsigned(bytes, at + 32);
      if (next > end) {
        return false;
      }
      byte[] name = new byte[length];
      bytes.get(at + ENTRY_LENGTH, name);
      if (wanted.matcher(new String(name, StandardCharsets.ISO_8859_1)).matches()) {
        return true;
      }
      at = next;
    }
    return false;
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
