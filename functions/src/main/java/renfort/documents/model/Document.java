package renfort.documents.model;

/**
 * A document of a sheet.
 *
 * @param kind what it proves
 * @param documentId names it; given with its slot
 * @param fileName as its owner named it, cleaned
 * @param type the kind of file
 */
public record Document(DocumentKind kind, String documentId, String fileName, FileType type) {}
