package renfort.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renfort.documents.model.Check;
import renfort.documents.model.DocumentKind;
import renfort.documents.model.Upload;
import renfort.web.Problem.FieldError;

/**
 * What looks at the uploads of one form told.
 *
 * @param checks one for each upload that the form names
 */
public record Checked(Map<DocumentKind, Check> checks) {

  /** What is wrong, by the field that names the upload; empty when all of them fit. */
  public List<FieldError> faults() {
    List<FieldError> faults = new ArrayList<>();
    checks.forEach((kind, check) -> fault(kind, check).ifPresent(faults::add));
    return faults;
  }

  /** The uploads that fit. */
  public List<Upload> uploads() {
    List<Upload> uploads = new ArrayList<>();
    for (Check check : checks.values()) {
      if (check instanceof Check.Fits fits) {
        uploads.add(fits.upload());
      }
    }
    return uploads;
  }

  static Optional<FieldError> fault(DocumentKind kind, Check check) {
    return switch (check) {
      case Check.Fits fits -> Optional.empty();
      case Check.Missing missing ->
          error(kind, "missing", "Ce document n'a pas été reçu : envoyez-le à nouveau.");
      case Check.TooLarge tooLarge -> error(kind, "too-large", "Ce document dépasse 5 Mo.");
      case Check.WrongContent wrongContent ->
          error(
              kind,
              "content",
              "Le contenu de ce document n'est pas celui d'un fichier pdf, doc, docx, jpg ou jpeg"
                  + " tel qu'annoncé.");
      case Check.Active active ->
          error(
              kind,
              "active",
              "Ce document contient des scripts, des fichiers joints ou des liens automatiques, ou"
                  + " il est protégé par un mot de passe : ouvrez-le, choisissez « Imprimer », puis"
                  + " « Enregistrer au format PDF », et envoyez ce nouveau fichier.");
      case Check.AlreadyClaimed alreadyClaimed ->
          error(kind, "claimed", "Ce document a déjà servi : envoyez-le à nouveau.");
    };
  }

  private static Optional<FieldError> error(DocumentKind kind, String code, String message) {
    return Optional.of(new FieldError(kind.field(), code, message));
  }
}
