package renfort.journal;

/** What an entry of the journal says to the person it is about, in French (R25, R29). */
public final class Words {
  private Words() {}

  /** What was done, as a sentence without its subject. */
  public static String of(Action action) {
    return switch (action) {
      case REGISTERED -> "Inscription";
      case SHEET_REPLACED -> "Fiche remplacée par une nouvelle inscription";
      case SHEET_EDITED -> "Fiche modifiée";
      case SHEET_EXPORTED, ACCOUNT_EXPORTED -> "Données consultées par leur propriétaire";
      case AVAILABLE -> "Déclaré disponible";
      case UNAVAILABLE -> "Déclaré indisponible";
      case ERASED -> "Compte effacé";
      case PASSWORD_SET -> "Mot de passe défini";
      case STAFF_ACCOUNT_SET -> "Compte d'agence créé ou modifié";
      case NEED_SUBMITTED -> "Besoin déposé";
      case MISSION_CREATED -> "Mission créée";
      case MISSION_OPENED -> "Mission ouverte";
      case MISSION_EDITED -> "Mission modifiée";
      case MISSION_FILLED -> "Mission pourvue";
      case MISSION_REOPENED -> "Mission rouverte";
      case MISSION_CANCELLED -> "Mission annulée";
      case MISSION_ENDED -> "Mission terminée";
      case MISSION_CLOSED -> "Mission close par une agence";
      case DRAFT_EXPIRED -> "Brouillon supprimé après sept jours";
      case CANDIDATES_LISTED -> "Liste de candidats consultée";
      case POOL_LISTED -> "Liste des volontaires de la région consultée";
      case CANDIDATE_SEEN -> "Fiche consultée";
      case DOCUMENT_SEEN -> "Document consulté";
      case IDENTITY_CHECKED -> "Identité vérifiée";
      case DOCUMENTS_EXPIRED -> "Documents supprimés faute de vérification";
      case CONTACTED -> "Contacté pour une mission";
      case AFFECTED -> "Affecté à une mission";
      case REFUSED -> "Candidature refusée";
      case RELEASED -> "Affectation libérée";
      case DECLINED -> "Proposition déclinée";
      case PUSHED -> "Proposé pour une mission";
      case PUSH_WITHDRAWN -> "Proposition retirée";
      case PUSH_ENDED -> "Proposition terminée";
      case HOLD_FREED -> "Contact terminé";
      case HOLD_EXPIRED -> "Contact arrivé à son terme";
      case REQUESTER_APPROVED -> "Compte validé";
      case REQUESTER_REFUSED -> "Compte refusé ou validation retirée";
      case PRIORITY_SET -> "Priorité de mission modifiée";
      case REGULATION_SET -> "Régulation modifiée";
      case LIMITS_SET -> "Limites de contact modifiées";
    };
  }
}
