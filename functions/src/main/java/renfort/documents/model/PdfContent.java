package renfort.documents.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a PDF that does something, or that cannot be looked into, from a mere picture of a paper
 * (ISO 32000-1). Scripts, programs to launch, packed files, forms that send and media are told by
 * their names, wherever they stand: in the file itself, or in its packed object streams. A file
 * that is encrypted, or whose object streams are packed in an unusual way, cannot be looked into
 * and is refused as well.
 */
public final class PdfContent {
  /** What is never needed to show a paper; 12.6.4, 12.7, 13.2 and 7.11.4 of the standard. */
  private static final Set<String> ACTIVE =
      Set.of(
          "JavaScript",
          "Launch",
          "EmbeddedFile",
          "EmbeddedFiles",
          "GoToE",
          "ImportData",
          "RichMedia",
          "RichMediaExecute",
          "SubmitForm",
          "XFA",
          "Encrypt");

  private static final int LONGEST = 16;

  /** What all object streams of a file may come to, unpacked. */
  private static final long UNPACKED = 64L * 1024 * 1024;

  private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "end".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OBJECT = "obj".getBytes(StandardCharsets.US_ASCII);

  private PdfContent() {}

  /**
   * Whether a file does more than to be shown, or hides what it does.
   *
   * @param file the whole of it
   */
  public static boolean isActive(byte[] file) {
    if (namesAny(file, 0, file.length, ACTIVE)) {
      return true;
    }
    Inflating unpacking = new Inflating(file, UNPACKED);
    int object = 0;
    for (int at = 0; at + STREAM.length <= file.length; at++) {
      if (isAt(file, at, OBJECT)) {
        object = at;
      } else if (isAt(file, at, STREAM)
          && !isEnd(file, at)
          && namesAny(file, object, at, Set.of("ObjStm"))
          && hidesSomething(file, object, at, unpacking)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the word is the second half of {@code endstream}. */
  private static boolean isEnd(byte[] file, int at) {
    return at >= END.length && isAt(file, at - END.length, END);
  }

  private static boolean hidesSomething(byte[] file, int object, int at, Inflating unpacking) {
    if (!namesAny(file, object, at, Set.of("Filter"))) {
      // not packed: the file itself was looked through
      return false;
    }
    Optional<byte[]> objects =
        namesAny(file, object, at, Set.of("DecodeParms"))
            ? Optional.empty()
            : unpacking.from(afterLineEnd(file, at + STREAM.length), false);
    return objects.map(some -> namesAny(some, 0, some.length, ACTIVE)).orElse(true);
  }

  private static int afterLineEnd(byte[] file, int at) {
    int next = at;
    if (next < file.length && file[next] == '\r') {
      next++;
    }
    return next < file.length && file[next] == '\n' ? next + 1 : next;
  }

  private static boolean namesAny(byte[] bytes, int from, int to, Set<String> names) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '/' && names.contains(name(bytes, at + 1, to))) {
        return true;
      }
    }
    return false;
  }

  /** The name that begins there, with its {@code #xx} read (7.3.5). */
  private static String name(byte[] bytes, int from, int to) {
    StringBuilder name = new StringBuilder(LONGEST + 1);
    int at = from;
    while (at < to && name.length() <= LONGEST && isRegular(bytes[at])) {
      if (bytes[at] == '#' && at + 2 < to) {
        int high = Character.digit(bytes[at + 1], 16);
        int low = Character.digit(bytes[at + 2], 16);
        if (high >= 0 && low >= 0) {
          name.append((char) (high * 16 + low));
          at += 3;
          continue;
        }
      }
      name.append((char) bytes[at]);
      at++;
    }
    return name.toString();
  }

  /** Neither white space nor a delimiter (7.2.2). */
  private static boolean isRegular(byte character) {
    return character < 0 || (character > ' ' && "()<>[]{}/%".indexOf(character) < 0);
  }

  private static boolean isAt(byte[] bytes, int at, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (bytes[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }
}
