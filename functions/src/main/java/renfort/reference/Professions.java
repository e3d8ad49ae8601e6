package renfort.reference;

import java.util.List;
import java.util.Optional;
import renfort.reference.model.Profession;
import renfort.reference.model.Speciality;

/**
 * The professions one registers with, from the national nomenclatures TRE_G15 (health professions),
 * TRE_R85 (roles in care) and TRE_R95 (titles), then local codes, {@code L01} to {@code L05}, for
 * those that no nomenclature has.
 *
 * <p>Specialities are of TRE_R38. Where it has several codes for one discipline (former titles,
 * reforms, options of a diploma), one is offered: a mission that asks for a speciality is matched
 * on that very code.
 */
public final class Professions {

  private static final List<Speciality> OF_DOCTORS =
      List.of(
          new Speciality("SM57", "Allergologie"),
          new Speciality("SM01", "Anatomie et cytologie pathologiques"),
          new Speciality("SM02", "Anesthésie-réanimation"),
          new Speciality("SM03", "Biologie médicale"),
          new Speciality("SM04", "Cardiologie et maladies vasculaires"),
          new Speciality("SM05", "Chirurgie générale"),
          new Speciality("SM09", "Chirurgie infantile"),
          new Speciality("SM06", "Chirurgie maxillo-faciale"),
          new Speciality("SM56", "Chirurgie orale"),
          new Speciality("SM08", "Chirurgie orthopédique et traumatologie"),
          new Speciality("SM10", "Chirurgie plastique reconstructrice et esthétique"),
          new Speciality("SM11", "Chirurgie thoracique et cardio-vasculaire"),
          new Speciality("SM12", "Chirurgie urologique"),
          new Speciality("SM13", "Chirurgie vasculaire"),
          new Speciality("SM14", "Chirurgie viscérale et digestive"),
          new Speciality("SM15", "Dermatologie et vénéréologie"),
          new Speciality("SM62", "Endocrinologie, diabétologie, nutrition"),
          new Speciality("SM24", "Gastro-entérologie et hépatologie"),
          new Speciality("SM17", "Génétique médicale"),
          new Speciality("SM18", "Gériatrie"),
          new Speciality("SM19", "Gynécologie médicale"),
          new Speciality("SM20", "Gynécologie-obstétrique"),
          new Speciality("SM21", "Hématologie"),
          new Speciality("SM58", "Maladies infectieuses et tropicales"),
          new Speciality("SM59", "Médecine d'urgence"),
          new Speciality("SM25", "Médecine du travail"),
          new Speciality("SM54", "Médecine générale"),
          new Speciality("SM46", "Médecine intensive-réanimation"),
          new Speciality("SM27", "Médecine interne"),
          new Speciality("SM60", "Médecine légale et expertises médicales"),
          new Speciality("SM28", "Médecine nucléaire"),
          new Speciality("SM29", "Médecine physique et de réadaptation"),
          new Speciality("SM61", "Médecine vasculaire"),
          new Speciality("SM30", "Néphrologie"),
          new Speciality("SM31", "Neuro-chirurgie"),
          new Speciality("SM32", "Neurologie"),
          new Speciality("SM36", "Oncologie, option médicale"),
          new Speciality("SM37", "Oncologie, option radiothérapie"),
          new Speciality("SM38", "Ophtalmologie"),
          new Speciality("SM34", "ORL et chirurgie cervico-faciale"),
          new Speciality("SM40", "Pédiatrie"),
          new Speciality("SM41", "Pneumologie"),
          new Speciality("SM42", "Psychiatrie"),
          new Speciality("SM43", "Psychiatrie, option enfant et adolescent"),
          new Speciality("SM74", "Radiologie et imagerie médicale"),
          new Speciality("SM48", "Rhumatologie"),
          new Speciality("SM49", "Santé publique et médecine sociale"),
          new Speciality("SM50", "Stomatologie"));

  private static final List<Speciality> OF_DENTISTS =
      List.of(
          new Speciality("SCD02", "Chirurgie orale"),
          new Speciality("SCD03", "Médecine bucco-dentaire"),
          new Speciality("SCD01", "Orthopédie dento-faciale"));

  private static final List<Speciality> OF_NURSES =
      List.of(
          new Speciality("SI07", "Infirmier anesthésiste (IADE)"),
          new Speciality("SI06", "Infirmier de bloc opératoire (IBODE)"),
          new Speciality("SI08", "Infirmier puériculteur (IPDE)"));

  private static final List<Profession> ALL =
      List.of(
          new Profession("10", "Médecin", OF_DOCTORS),
          new Profession("21", "Pharmacien", List.of()),
          new Profession("26", "Audioprothésiste", List.of()),
          new Profession("28", "Opticien-lunetier", List.of()),
          new Profession("31", "Assistant dentaire", List.of()),
          new Profession("32", "Physicien médical", List.of()),
          new Profession("40", "Chirurgien-dentiste", OF_DENTISTS),
          new Profession("50", "Sage-femme", List.of()),
          new Profession("60", "Infirmier diplômé d'État", OF_NURSES),
          new Profession("69", "Infirmier psychiatrique", List.of()),
          new Profession("70", "Masseur-kinésithérapeute", List.of()),
          new Profession("80", "Pédicure-podologue", List.of()),
          new Profession("86", "Technicien de laboratoire médical", List.of()),
          new Profession("91", "Orthophoniste", List.of()),
          new Profession("92", "Orthoptiste", List.of()),
          new Profession("93", "Psychologue", List.of()),
          new Profession("94", "Ergothérapeute", List.of()),
          new Profession("95", "Diététicien", List.of()),
          new Profession("96", "Psychomotricien", List.of()),
          new Profession("98", "Manipulateur d'ERM", List.of()),
          new Profession("313", "Aide-soignant", List.of()),
          new Profession("314", "Ambulancier", List.of()),
          new Profession("315", "Auxiliaire de puériculture", List.of()),
          new Profession("316", "Préparateur en pharmacie d'officine", List.of()),
          new Profession("317", "Préparateur en pharmacie hospitalière", List.of()),
          new Profession("L01", "Agent de service hospitalier", List.of()),
          new Profession("L02", "Agent administratif", List.of()),
          new Profession("L03", "Cadre de santé", List.of()),
          new Profession("L04", "Profession éligible pour vacciner", List.of()),
          new Profession("L05", "Autre", List.of()));

  private Professions() {}

  /** All of them: national codes in their order, then local ones. */
  public static List<Profession> all() {
    return ALL;
  }

  /** The profession of that code. */
  public static Optional<Profession> find(String code) {
    return ALL.stream().filter(profession -> profession.code().equals(code)).findFirst();
  }
}
