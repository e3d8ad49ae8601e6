package renfort.documents.model;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The kinds of file that are taken (R3). Names are stored: never rename one. */
public enum FileType {
  PDF("application/pdf", "pdf", "255044462d"),
  DOC("application/msword", "doc", "d0cf11e0a1b11ae1"),
  DOCX(
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "docx",
      "504b0304"),
  JPEG("image/jpeg", "jpe?g", "ffd8ff");

  /** What a document may weigh, in bytes: 5 MiB (R3). */
  public static final long MAX_SIZE = 5 * 1024 * 1024;

  /** How many of a file's first bytes tell its kind. */
  public static final int HEAD = 8;

  private final String contentType;
  private final String extension;
  private final String signature;

  FileType(String contentType, String extension, String signature) {
    this.contentType = contentType;
    this.extension = extension;
    this.signature = signature;
  }

  /** The media type as IANA registers it. */
  public String contentType() {
    return contentType;
  }

  public static Optional<FileType> ofContentType(String contentType) {
    String wanted = contentType.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(type -> type.contentType.equals(wanted)).findFirst();
  }

  /** The kind that a name's extension announces; a name that is but an extension has none. */
  public static Optional<FileType> ofFileName(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String given = dot > 0 ? fileName.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
    return Arrays.stream(values()).filter(type -> given.matches(type.extension)).findFirst();
  }

  /**
   * Whether a file of this kind can begin so, from its very first byte: readers put up with junk
   * before a PDF's header, and so would a file that is two things at once.
   */
  public boolean begins(byte[] head) {
    return HexFormat.of().formatHex(head).startsWith(signature);
  }
}
