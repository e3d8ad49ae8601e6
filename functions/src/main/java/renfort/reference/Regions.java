package renfort.reference;

import java.util.List;
import java.util.Optional;
import renfort.reference.model.Region;

/** The 18 regions by INSEE code, one regional health agency each. */
public final class Regions {

  private static final String MAINLAND = "Europe/Paris";

  private static final List<Region> ALL =
      List.of(
          new Region("01", "Guadeloupe", "America/Guadeloupe"),
          new Region("02", "Martinique", "America/Martinique"),
          new Region("03", "Guyane", "America/Cayenne"),
          new Region("04", "La Réunion", "Indian/Reunion"),
          new Region("06", "Mayotte", "Indian/Mayotte"),
          new Region("11", "Île-de-France", MAINLAND),
          new Region("24", "Centre-Val de Loire", MAINLAND),
          new Region("27", "Bourgogne-Franche-Comté", MAINLAND),
          new Region("28", "Normandie", MAINLAND),
          new Region("32", "Hauts-de-France", MAINLAND),
          new Region("44", "Grand Est", MAINLAND),
          new Region("52", "Pays de la Loire", MAINLAND),
          new Region("53", "Bretagne", MAINLAND),
          new Region("75", "Nouvelle-Aquitaine", MAINLAND),
          new Region("76", "Occitanie", MAINLAND),
          new Region("84", "Auvergne-Rhône-Alpes", MAINLAND),
          new Region("93", "Provence-Alpes-Côte d'Azur", MAINLAND),
          new Region("94", "Corse", MAINLAND));

  private Regions() {}

  /** All of them, by code. */
  public static List<Region> all() {
    return ALL;
  }

  /** The region of that INSEE code. */
  public static Optional<Region> find(String code) {
    return ALL.stream().filter(region -> region.code().equals(code)).findFirst();
  }
}
