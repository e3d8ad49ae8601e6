package renfort.professionals.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import renfort.documents.model.Document;

/**
 * A volunteer's sheet as it is stored.
 *
 * @param professionalId whose it is in the pool
 * @param accountId whose it is: mails go there
 * @param email the account's address; it never changes
 * @param details what they said
 * @param documents the identity document, then the diploma if any
 * @param consentAt when they agreed to be contacted
 * @param version grows with each change; 0 before it is stored
 */
public record Sheet(
    String professionalId,
    String accountId,
    String email,
    Details details,
    List<Document> documents,
    Instant consentAt,
    long version) {

  public Sheet {
    documents = List.copyOf(documents);
  }

  /** A short name of the sheet to be said on the telephone, like {@code RF-7K3M9Q}. */
  public String reference() {
    return "RF-" + professionalId.substring(0, 6).toUpperCase(Locale.ROOT);
  }

  /** Filled in anew. */
  public Sheet with(Details newDetails, List<Document> newDocuments) {
    return new Sheet(
        professionalId, accountId, email, newDetails, newDocuments, consentAt, version);
  }

  /** Agreed to again. */
  public Sheet consentedAt(Instant now) {
    return new Sheet(professionalId, accountId, email, details, documents, now, version);
  }

  /** As it will be read once this change is stored. */
  public Sheet stored() {
    return new Sheet(professionalId, accountId, email, details, documents, consentAt, version + 1);
  }
}
