package renfort.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import renfort.reference.model.Commune;
import renfort.reference.model.Departement;
import renfort.reference.model.Position;
import renfort.reference.model.Resolution;
import renfort.reference.model.Resolution.CityNotInPostalCode;
import renfort.reference.model.Resolution.Found;
import renfort.reference.model.Resolution.UnknownPostalCode;

/**
 * The communes that depend on a regional health agency, and their postcodes. A postcode may hold
 * several communes, and those of two départements; its digits don't tell the département (94390 is
 * in 91). The files, 1.3 MB, are read at the first use.
 */
public final class Communes {

  private static final Pattern POSTAL_CODE = Pattern.compile("[0-9]{5}");

  private Communes() {}

  /** The communes of a postcode by code, empty when it is unknown or no postcode at all. */
  public static List<Commune> ofPostalCode(String postalCode) {
    if (!POSTAL_CODE.matcher(postalCode).matches()) {
      return List.of();
    }
    return Files.POSTCODES.startingWith(postalCode).stream()
        .flatMap(line -> Arrays.stream(line.substring(postalCode.length() + 1).split(" ", -1)))
        .flatMap(code -> find(code).stream())
        .toList();
  }

  /** The communes of a département, by code. */
  public static List<Commune> ofDepartement(String departement) {
    return Departements.find(departement).stream()
        .flatMap(d -> Files.COMMUNES.startingWith(d.code()).stream().map(line -> parse(line, d)))
        .toList();
  }

  /** The commune of that INSEE code. */
  public static Optional<Commune> find(String code) {
    return Departements.find(departementOf(code))
        .flatMap(
            departement ->
                Files.COMMUNES.startingWith(code + "\t").stream()
                    .map(line -> parse(line, departement))
                    .findFirst());
  }

  /**
   * The commune of a person's address. The city is compared without case, accents, hyphens,
   * apostrophes or ligatures; "St" and "Ste" are Saint and Sainte, and an arrondissement of Paris,
   * Lyon or Marseille is the commune.
   */
  public static Resolution resolve(String postalCode, String city) {
    List<Commune> communes = ofPostalCode(postalCode);
    if (communes.isEmpty()) {
      return new UnknownPostalCode();
    }
    return named(city, communes.stream())
        .<Resolution>map(Found::new)
        .orElseGet(CityNotInPostalCode::new);
  }

  /**
   * The commune of an establishment's address: as {@link #resolve}, "CEDEX n" after the city apart.
   * A postcode that no commune has is taken for a CEDEX one when the city is of the département
   * that it begins with. When it is not, the city is at fault if it said CEDEX, otherwise the
   * postcode is.
   */
  public static Resolution resolveEstablishment(String postalCode, String city) {
    String name = CityNames.withoutCedex(city);
    if (!ofPostalCode(postalCode).isEmpty()) {
      return resolve(postalCode, name);
    }
    List<Departement> departements = departementsOf(postalCode);
    Optional<Commune> commune =
        named(name, departements.stream().flatMap(d -> ofDepartement(d.code()).stream()));
    if (commune.isPresent()) {
      return new Found(commune.get());
    }
    return !departements.isEmpty() && CityNames.hasCedex(city)
        ? new CityNotInPostalCode()
        : new UnknownPostalCode();
  }

  private static Optional<Commune> named(String city, Stream<Commune> communes) {
    String wanted = CityNames.fold(city);
    return communes.filter(commune -> CityNames.fold(commune.name()).equals(wanted)).findFirst();
  }

  /**
   * The départements that a CEDEX postcode may be of. The third digit tells the two of Corsica
   * apart for ordinary postcodes only (20303 is in Ajaccio, 20604 in Bastia), and 977 and 978 share
   * the postcodes of 971.
   */
  private static List<Departement> departementsOf(String postalCode) {
    if (!POSTAL_CODE.matcher(postalCode).matches()) {
      return List.of();
    }
    String start = departementOf(postalCode);
    Stream<String> codes =
        switch (start) {
          case "20" -> Stream.of("2A", "2B");
          case "971" -> Stream.of("971", "977", "978");
          default -> Stream.of(start);
        };
    return codes.flatMap(code -> Departements.find(code).stream()).toList();
  }

  private static String departementOf(String code) {
    return code.substring(0, Math.min(code.length(), code.startsWith("97") ? 3 : 2));
  }

  private static Commune parse(String line, Departement departement) {
    String[] columns = line.split("\t", -1);
    return new Commune(
        columns[0],
        columns[1],
        departement.code(),
        departement.region(),
        Position.parse(columns[2]));
  }

  /** Loaded when a commune is first asked for, and not with this class. */
  private static final class Files {
    static final SortedLines COMMUNES = new SortedLines(Resources.bytes("communes.tsv"));
    static final SortedLines POSTCODES = new SortedLines(Resources.bytes("postcodes.tsv"));

    private Files() {}
  }
}
