package renfort.documents.model;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** Names of files as people give them, made safe to keep and to send back. */
public final class FileNames {
  /** What may stand as it is in an extended parameter (RFC 8187, attr-char). */
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~";

  private FileNames() {}

  /**
   * The name alone: without folders, and without what doesn't show (control characters, and
   * directions of writing, which make "fdp.exe" out of "exe.pdf"). May be empty.
   */
  public static String clean(String given) {
    String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    StringBuilder clean = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFC)
        .codePoints()
        .filter(FileNames::shows)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /**
   * The value of Content-Disposition that lets a browser save a file under its name and never open
   * it in the site's place (RFC 6266, with the plain form for those who don't read the extended
   * one).
   */
  public static String attachment(String fileName) {
    StringBuilder plain = new StringBuilder();
    fileName
        .codePoints()
        .forEach(
            c -> plain.append(c >= ' ' && c <= '~' && "\"\\%".indexOf(c) < 0 ? (char) c : '_'));
    StringBuilder extended = new StringBuilder();
    for (byte b : fileName.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && PLAIN.indexOf(b) >= 0) {
        extended.append((char) b);
      } else {
        extended.append('%').append(String.format("%02X", b & 0xff));
      }
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + extended;
  }

  private static boolean shows(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
