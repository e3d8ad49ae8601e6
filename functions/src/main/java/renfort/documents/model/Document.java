package renfort.documents.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A document of a sheet.
 *
 * @param kind what it proves
 * @param documentId names it; given with its slot
 * @param fileName as its owner named it, cleaned
 * @param type the kind of file
 * @param isDeleted whether its file is deleted and only its name kept (R28)
 * @param storedOn the day on which it was handed in; null when that is not known
 */
public record Document(
    DocumentKind kind,
    String documentId,
    String fileName,
    FileType type,
    boolean isDeleted,
    @Nullable LocalDate storedOn) {

  /** A document whose file is there. */
  public Document(DocumentKind kind, String documentId, String fileName, FileType type) {
    this(kind, documentId, fileName, type, false, null);
  }

  /** With its file deleted. */
  public Document deleted() {
    return new Document(kind, documentId, fileName, type, true, storedOn);
  }

  /** Handed in on a day. */
  public Document storedOn(LocalDate day) {
    return new Document(kind, documentId, fileName, type, isDeleted, day);
  }
}
