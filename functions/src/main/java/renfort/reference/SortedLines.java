package renfort.reference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * UTF-8 lines in the order of their bytes, searched where they lie: a cold function that needs one
 * postcode makes no object for the 35,000 communes.
 */
final class SortedLines {

  private final byte[] bytes;

  /** Takes lines that each end in a line feed. */
  SortedLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The lines that begin with an ASCII prefix, in order, without their line feeds. */
  List<String> startingWith(String prefix) {
    byte[] wanted = prefix.getBytes(US_ASCII);
    List<String> lines = new ArrayList<>();
    for (int start = firstNotBefore(wanted);
        start < bytes.length && compare(start, wanted) == 0; ) {
      int end = endOfLine(start);
      lines.add(new String(bytes, start, end - start, UTF_8));
      start = end + 1;
    }
    return lines;
  }

  private int firstNotBefore(byte[] wanted) {
    int low = 0;
    int high = bytes.length;
    while (low < high) {
      int start = startOfLine((low + high) >>> 1);
      if (compare(start, wanted) < 0) {
        low = endOfLine(start) + 1;
      } else {
        high = start;
      }
    }
    return low;
  }

  /**
   * Below 0, 0 or above 0 as the line that starts there comes before, begins with or comes after
   * the prefix.
   */
  private int compare(int start, byte[] prefix) {
    int end = Math.min(start + prefix.length, bytes.length);
    return Arrays.compareUnsigned(bytes, start, end, prefix, 0, prefix.length);
  }

  private int startOfLine(int position) {
    int start = position;
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private int endOfLine(int position) {
    int end = position;
    while (bytes[end] != '\n') {
      end++;
    }
    return end;
  }
}
