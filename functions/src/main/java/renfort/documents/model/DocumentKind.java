package renfort.documents.model;

/** What a document proves. Names are stored and part of the contract. */
public enum DocumentKind {
  IDENTITY("identityDocumentId"),
  DIPLOMA("diplomaId");

  private final String field;

  DocumentKind(String field) {
    this.field = field;
  }

  /** The field of a sheet's form that names the upload; also the label of its claim. */
  public String field() {
    return field;
  }
}
