package renfort.professionals.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.documents.model.Document;
import renfort.documents.model.DocumentKind;

/**
 * A volunteer's sheet as it is stored.
 *
 * @param professionalId whose it is in the pool
 * @param accountId whose it is: mails go there
 * @param email the account's address; it never changes
 * @param details what they said
 * @param documents the identity document, then the diploma if any
 * @param consentAt when they agreed to be contacted
 * @param identityCheck what the check of the identity document found, or null before it (R28)
 * @param notice what announced that unchecked documents are to be deleted (R28), or null
 * @param version grows with each change; 0 before it is stored
 */
public record Sheet(
    String professionalId,
    String accountId,
    String email,
    Details details,
    List<Document> documents,
    Instant consentAt,
    @Nullable IdentityCheck identityCheck,
    @Nullable Notice notice,
    long version) {

  public Sheet {
    documents = List.copyOf(documents);
  }

  /**
   * What announced a deletion of documents.
   *
   * @param mailId the mail
   * @param deletion the day of the deletion; null until the mail is known to have left
   */
  public record Notice(String mailId, @Nullable LocalDate deletion) {}

  /** A sheet whose identity document nobody has checked. */
  public Sheet(
      String professionalId,
      String accountId,
      String email,
      Details details,
      List<Document> documents,
      Instant consentAt,
      long version) {
    this(professionalId, accountId, email, details, documents, consentAt, null, null, version);
  }

  /** A short name of the sheet to be said on the telephone, like {@code RF-7K3M9Q}. */
  public String reference() {
    return "RF-" + professionalId.substring(0, 6).toUpperCase(Locale.ROOT);
  }

  /** Filled in anew; another identity document is to be checked again (R28). */
  public Sheet with(Details newDetails, List<Document> newDocuments) {
    boolean isSameIdentity = identityDocument(newDocuments).equals(identityDocument(documents));
    return new Sheet(
        professionalId,
        accountId,
        email,
        newDetails,
        newDocuments,
        consentAt,
        isSameIdentity ? identityCheck : null,
        newDocuments.equals(documents) ? notice : null,
        version);
  }

  /** Agreed to again. */
  public Sheet consentedAt(Instant now) {
    return new Sheet(
        professionalId, accountId, email, details, documents, now, identityCheck, notice, version);
  }

  /** With its identity checked: the names of the documents stay, their files are to go (R28). */
  public Sheet checked(IdentityCheck check) {
    return new Sheet(
        professionalId,
        accountId,
        email,
        details,
        documents.stream().map(Document::deleted).toList(),
        consentAt,
        check,
        null,
        version);
  }

  /** The documents whose files are there. */
  public List<Document> files() {
    return documents.stream().filter(document -> !document.isDeleted()).toList();
  }

  /**
   * The first day on which a document that nobody checked was handed in; nothing when there is
   * none, or the day is not known (R28).
   */
  public Optional<LocalDate> uncheckedSince() {
    return files().stream()
        .map(Document::storedOn)
        .filter(Objects::nonNull)
        .min(LocalDate::compareTo);
  }

  /** Without documents: they are to be handed in again (R28). */
  public Sheet without(List<Document> gone) {
    return new Sheet(
        professionalId,
        accountId,
        email,
        details,
        documents.stream().filter(document -> !gone.contains(document)).toList(),
        consentAt,
        identityCheck,
        null,
        version);
  }

  /** With its documents' deletion announced. */
  public Sheet announced(Notice newNotice) {
    return new Sheet(
        professionalId,
        accountId,
        email,
        details,
        documents,
        consentAt,
        identityCheck,
        newNotice,
        version);
  }

  /** As it will be read once this change is stored. */
  public Sheet stored() {
    return new Sheet(
        professionalId,
        accountId,
        email,
        details,
        documents,
        consentAt,
        identityCheck,
        notice,
        version + 1);
  }

  private static Optional<String> identityDocument(List<Document> documents) {
    return documents.stream()
        .filter(document -> document.kind() == DocumentKind.IDENTITY)
        .map(Document::documentId)
        .findFirst();
  }
}
