package renfort.documents.model;

/**
 * A document of a sheet.
 *
 * @param kind what it proves
 * @param documentId names it; given with its slot
 * @param fileName as its owner named it, cleaned
 * @param type the kind of file
 * @param isDeleted whether its file is deleted and only its name kept (R28)
 */
public record Document(
    DocumentKind kind, String documentId, String fileName, FileType type, boolean isDeleted) {

  /** A document whose file is there. */
  public Document(DocumentKind kind, String documentId, String fileName, FileType type) {
    this(kind, documentId, fileName, type, false);
  }

  /** With its file deleted. */
  public Document deleted() {
    return new Document(kind, documentId, fileName, type, true);
  }
}
