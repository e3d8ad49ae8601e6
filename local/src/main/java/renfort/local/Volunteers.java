package renfort.local;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.accounts.model.Role;
import renfort.documents.model.Document;
import renfort.documents.model.DocumentKind;
import renfort.documents.model.FileType;
import renfort.environment.Environment;
import renfort.journal.Action;
import renfort.journal.Journal;
import renfort.journal.Journal.Subject;
import renfort.pool.PoolStore;
import renfort.pool.model.Period;
import renfort.professionals.ProfileStore;
import renfort.professionals.model.Details;
import renfort.professionals.model.Sheet;
import renfort.reference.Communes;
import renfort.reference.model.ActivityType;
import renfort.reference.model.Commune;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The 300 synthetic volunteers of the demonstration, over real communes of all regions; the same at
 * each first start. They are put through the rooms' own stores, because 300 forms would keep the
 * first visitor waiting.
 */
final class Volunteers {
  private static final int PEOPLE = 300;

  /**
   * Account, address (checked and claimed, when it is not proved), sheet, row and journal entry.
   */
  private static final int WRITES_OF_ONE = 6;

  /** A page that says what it is. */
  static final byte[] DOCUMENT =
      """
      %PDF-1.4
      1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
      2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 200]/Contents 4 0 R\
      /Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
      4 0 obj<</Length 66>>stream
      BT /F1 18 Tf 40 100 Td (Document de demonstration, sans valeur) Tj ET
      endstream endobj
      trailer<</Root 1 0 R>>
      %%EOF
      """
          .getBytes(StandardCharsets.US_ASCII);

  private static final List<String> LAST_NAMES =
      List.of(
          "Martin",
          "Bernard",
          "Thomas",
          "Petit",
          "Robert",
          "Richard",
          "Durand",
          "Dubois",
          "Moreau",
          "Laurent",
          "Simon",
          "Michel",
          "Lefèvre",
          "Leroy",
          "Roux",
          "David",
          "Bertrand",
          "Morel",
          "Fournier",
          "Girard",
          "Bonnet",
          "Dupont",
          "Lambert",
          "Fontaine",
          "Rousseau",
          "Vincent",
          "Muller",
          "Lefort",
          "Faure",
          "André",
          "Mercier",
          "Blanc",
          "Guérin",
          "Boyer",
          "Garnier",
          "Chevalier",
          "François",
          "Legrand",
          "Gauthier",
          "Perrin",
          "Hoarau",
          "Payet",
          "Diallo",
          "Nguyen",
          "Benali");
  private static final List<String> FIRST_NAMES =
      List.of(
          "Camille",
          "Léa",
          "Manon",
          "Chloé",
          "Inès",
          "Sarah",
          "Julie",
          "Élise",
          "Zoé",
          "Nadia",
          "Fatou",
          "Hélène",
          "Mireille",
          "Agnès",
          "Thomas",
          "Lucas",
          "Hugo",
          "Louis",
          "Karim",
          "Samir",
          "Antoine",
          "Benoît",
          "Cédric",
          "Loïc",
          "Yann",
          "Mathis",
          "Gaël",
          "Rémi");
  private static final List<String> PROFESSIONS =
      List.of(
          "60", "60", "60", "60", "60", "60", "313", "313", "313", "313", "10", "10", "70", "50",
          "86", "21", "93", "98", "315", "69");

  /** Postcodes of some towns of each of the 18 regions. */
  private static final List<List<String>> POSTCODES =
      Stream.of(
              "97100 97110 97139 97180",
              "97200 97232 97240",
              "97300 97310 97320",
              "97400 97410 97420 97430 97460",
              "97600 97615 97620",
              "75010 75015 92100 93200 94000 78000 91000 95000 77000",
              "45000 37000 18000 28000 41000 36000",
              "21000 25000 58000 71000 89000 39000 70000 90000",
              "14000 76000 27000 50000 61000",
              "59000 62000 80000 02000 60000",
              "67000 57000 54000 51100 10000 88000 68100 52000 08000 55000",
              "44000 49000 53000 72000 85000 44600",
              "35000 29200 56000 22000 35400",
              "33000 86000 87000 64000 17000 16000 24000 40000 47000 79000 19100 23000",
              "31000 34000 30000 66000 81000 82000 65000 32000 46000 12000 48000 09000 11000",
              "69003 38000 63000 74000 73000 42000 01000 26000 07000 03000 15000 43000",
              "13001 06000 83000 84000 05000 04000",
              "20000 20200 20137")
          .map(region -> List.of(region.split(" ")))
          .toList();

  private final LocalPlatform platform;
  private final Environment environment;
  private final Random random = new Random(2026);

  Volunteers(LocalPlatform platform) {
    this.platform = platform;
    Map<String, String> variables = new LinkedHashMap<>();
    for (String table : List.of("Accounts", "Professionals", "Journal")) {
      variables.put(table.toUpperCase(Locale.ROOT) + "_TABLE", platform.tableName(table + "Table"));
    }
    variables.put("RETENTION", platform.variables("RegisterProfessional").get("RETENTION"));
    this.environment = platform.environment(variables);
  }

  void fill() {
    Database database = Database.of(environment);
    AccountStore accounts = new AccountStore(environment);
    ProfileStore profiles = new ProfileStore(environment);
    PoolStore pool = new PoolStore(environment);
    Journal journal = new Journal(environment);
    Writes writes = new Writes();
    for (int i = 0; i < PEOPLE; i++) {
      if (writes.size() + WRITES_OF_ONE > Writes.LIMIT) {
        commit(database, writes);
        writes = new Writes();
      }
      List<String> region = POSTCODES.get(i % POSTCODES.size());
      String postalCode = region.get(random.nextInt(region.size()));
      List<Commune> communes = Communes.ofPostalCode(postalCode);
      Commune home = communes.get(random.nextInt(communes.size()));
      String id = environment.ids().next();
      Instant registered =
          environment.clock().instant().minusSeconds(3600L * (1 + random.nextInt(500)));
      boolean confirmed = random.nextInt(10) > 0;
      Details details = details(i, postalCode, home);
      Document document = store(id);
      accounts.create(
          writes,
          new Account(
              id,
              Role.PROFESSIONAL,
              "volontaire%03d@exemple.fr".formatted(i + 1),
              details.lastName(),
              details.firstName(),
              details.phone(),
              id,
              null,
              false,
              null,
              confirmed ? registered : null,
              true,
              false,
              0));
      profiles.create(
          writes,
          new Sheet(
              id,
              id,
              "volontaire%03d@exemple.fr".formatted(i + 1),
              details,
              List.of(document),
              registered,
              0));
      var row = details.row(id, home, false, registered);
      pool.create(writes, confirmed ? row.nowConfirmed() : row);
      journal.append(writes, Subject.professional(id), Action.REGISTERED, id, null);
    }
    commit(database, writes);
  }

  private Details details(int index, String postalCode, Commune home) {
    LocalDate today = LocalDate.ofInstant(environment.clock().instant(), ZoneOffset.UTC);
    LocalDate start = today.minusDays(random.nextInt(20));
    boolean open = random.nextBoolean();
    Set<Mobility> mobility = EnumSet.of(Mobility.LOCAL);
    if (random.nextInt(3) == 0) {
      mobility.add(Mobility.DEPARTMENTAL);
    }
    if (random.nextInt(8) == 0) {
      mobility.add(Mobility.NATIONAL);
    }
    return new Details(
        LAST_NAMES.get(random.nextInt(LAST_NAMES.size())),
        FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size())),
        "+3326191%04d".formatted(1000 + index),
        home.region(),
        PROFESSIONS.get(random.nextInt(PROFESSIONS.size())),
        null,
        IdentifierType.NONE,
        null,
        List.of(ActivityType.values()).get(random.nextInt(ActivityType.values().length)),
        null,
        postalCode,
        home.name(),
        random.nextInt(10) < 6,
        random.nextInt(10) < 4,
        random.nextInt(10) < 2,
        random.nextInt(10) < 5,
        null,
        List.of(
            new Period(
                start,
                open ? null : today.plusDays(30L + random.nextInt(120)),
                true,
                random.nextInt(10) < 6)),
        mobility);
  }

  private Document store(String professionalId) {
    Document document =
        new Document(
            DocumentKind.IDENTITY, environment.ids().next(), "carte-identite.pdf", FileType.PDF);
    platform.store(
        PutObjectRequest.builder()
            .bucket(platform.bucketName("DocumentsBucket"))
            .key("professionals/" + professionalId + "/" + document.documentId())
            .contentType(FileType.PDF.contentType())
            .contentLength((long) DOCUMENT.length)
            .build(),
        DOCUMENT);
    return document;
  }

  private static void commit(Database database, Writes writes) {
    if (!(database.commit(writes) instanceof Commit.Done)) {
      throw new IllegalStateException("The demonstration is there already");
    }
  }
}
