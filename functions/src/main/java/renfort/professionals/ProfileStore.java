package renfort.professionals;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.documents.Documents;
import renfort.environment.Environment;
import renfort.environment.Retention;
import renfort.pool.model.Period;
import renfort.professionals.model.Details;
import renfort.professionals.model.IdentityCheck;
import renfort.professionals.model.Sheet;
import renfort.professionals.model.Sheet.Notice;
import renfort.reference.model.ActivityType;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Item;
import renfort.storage.Writes;

/** The whole sheets: the items {@code PROFILE} of the professionals table. */
public final class ProfileStore {
  private static final String SK = "PROFILE";
  private static final String DUE_DOCUMENTS = "DOCUMENTS#";
  private static final int SHARDS = 8;

  private final Database database;
  private final String table;
  private final Retention retention;
  private final Clock clock;

  public ProfileStore(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("PROFESSIONALS_TABLE");
    this.retention = Retention.of(environment);
    this.clock = environment.clock();
  }

  /** A sheet as it stands now. */
  public Optional<Sheet> find(String professionalId) {
    return database.get(table, key(professionalId)).map(ProfileStore::read);
  }

  /** A sheet that is not stored yet, as the inbox keeps it. */
  static Item inboxed(Sheet sheet) {
    return write(sheet, 0);
  }

  /** A sheet as the inbox kept it. */
  static Sheet ofInbox(Item content) {
    return read(content);
  }

  /** Adds a new sheet to a transaction; label {@code profile}. */
  public void create(Writes writes, Sheet sheet) {
    writes.put("profile", table, timed(write(sheet, 1), sheet), Writes.isNew("professionalId"));
  }

  /** The sheets of whose documents something is due on a day or before it, by part (R28). */
  Map<String, Find> documentsDue(LocalDate today) {
    return Find.parts(
        SHARDS,
        shard ->
            Find.in(
                table,
                "documentsDue",
                "#dueShard = :shard AND #dueDay <= :today",
                Item.empty().with("shard", DUE_DOCUMENTS + shard).with("today", today)));
  }

  /** A sheet as it stands now, if something is due of its documents. */
  Optional<Sheet> findDocumentsDue(String professionalId, LocalDate today) {
    return database
        .get(table, key(professionalId))
        .filter(item -> item.has("dueDay") && !item.date("dueDay").isAfter(today))
        .map(ProfileStore::read);
  }

  /** When something is next due of a sheet's documents: to announce their deletion, to delete. */
  private Item timed(Item item, Sheet sheet) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    sheet
        .uncheckedSince()
        .ifPresent(
            since -> {
              item.with(
                      "dueShard",
                      DUE_DOCUMENTS + Math.floorMod(sheet.professionalId().hashCode(), SHARDS))
                  .with("dueDay", documentsDueOn(sheet.notice(), since, today));
            });
    return item;
  }

  /**
   * A deletion is announced, then the mail is looked for each day, then come the days of notice.
   */
  private LocalDate documentsDueOn(@Nullable Notice notice, LocalDate since, LocalDate today) {
    if (notice == null) {
      return since.plusDays(retention.documentDays() - (long) retention.noticeDays());
    }
    @Nullable LocalDate deletion = notice.deletion();
    return deletion == null ? today.plusDays(1) : deletion;
  }

  /**
   * Adds a changed sheet to a transaction; label {@code profile} when it has changed since it was
   * read.
   */
  public void save(Writes writes, Sheet sheet) {
    writes.put(
        "profile",
        table,
        timed(write(sheet, sheet.version() + 1), sheet),
        "#version = :before",
        Item.empty().with("before", sheet.version()));
  }

  /** Adds the removal of an erased account's sheet to a transaction; label {@code profile}. */
  void delete(Writes writes, Sheet sheet) {
    writes.delete(
        "profile",
        table,
        key(sheet.professionalId()),
        "#account = :account",
        Item.empty().with("account", sheet.accountId()));
  }

  private static Item key(String professionalId) {
    return Database.key("professionalId", professionalId, "sk", SK);
  }

  private static Item write(Sheet sheet, long version) {
    Details details = sheet.details();
    return key(sheet.professionalId())
        .with("account", sheet.accountId())
        .with("email", sheet.email())
        .with("lastName", details.lastName())
        .with("firstName", details.firstName())
        .with("phone", details.phone())
        .with("region", details.region())
        .with("profession", details.profession())
        .with("speciality", details.speciality())
        .with("identifierType", details.identifierType().name())
        .with("identifier", details.identifier())
        .with("activityType", details.activityType().name())
        .with("employer", details.employer())
        .with("postalCode", details.postalCode())
        .with("city", details.city())
        .with("vehicle", details.vehicle())
        .with("nursingHome", details.nursingHome())
        .with("intensiveCare", details.intensiveCare())
        .with("vaccination", details.vaccination())
        .with("message", details.message())
        .withItems(
            "availabilities",
            details.availabilities().stream().map(ProfileStore::writePeriod).toList())
        .withTexts("mobility", mobility(details.mobility()))
        .withItems("documents", sheet.documents().stream().map(Documents::write).toList())
        .with("consentAt", sheet.consentAt())
        .with("identityCheck", writeCheck(sheet.identityCheck()))
        .with("notice", writeNotice(sheet.notice()))
        .with("version", version);
  }

  private static Sheet read(Item item) {
    Set<Mobility> mobility = EnumSet.noneOf(Mobility.class);
    item.texts("mobility").forEach(name -> mobility.add(Mobility.valueOf(name)));
    return new Sheet(
        item.text("professionalId"),
        item.text("account"),
        item.text("email"),
        new Details(
            item.text("lastName"),
            item.text("firstName"),
            item.text("phone"),
            item.text("region"),
            item.text("profession"),
            item.textOrNull("speciality"),
            IdentifierType.valueOf(item.text("identifierType")),
            item.textOrNull("identifier"),
            ActivityType.valueOf(item.text("activityType")),
            item.textOrNull("employer"),
            item.text("postalCode"),
            item.text("city"),
            item.flag("vehicle"),
            item.flag("nursingHome"),
            item.flag("intensiveCare"),
            item.flag("vaccination"),
            item.textOrNull("message"),
            item.items("availabilities").stream().map(ProfileStore::readPeriod).toList(),
            mobility),
        item.items("documents").stream().map(Documents::read).toList(),
        item.instant("consentAt").orElseThrow(),
        item.item("identityCheck").map(ProfileStore::readCheck).orElse(null),
        item.item("notice").map(ProfileStore::readNotice).orElse(null),
        item.number("version"));
  }

  private static @Nullable Item writeCheck(@Nullable IdentityCheck check) {
    return check == null
        ? null
        : Item.empty()
            .with("result", check.result().name())
            .with("at", check.at())
            .with("by", check.by())
            .with("checker", check.checker());
  }

  private static @Nullable Item writeNotice(@Nullable Notice notice) {
    return notice == null
        ? null
        : Item.empty().with("mail", notice.mailId()).with("deletion", notice.deletion());
  }

  private static Notice readNotice(Item item) {
    return new Notice(item.text("mail"), item.dateIfAny("deletion").orElse(null));
  }

  private static IdentityCheck readCheck(Item item) {
    return new IdentityCheck(
        IdentityCheck.Result.valueOf(item.text("result")),
        item.instant("at").orElseThrow(),
        item.text("by"),
        item.text("checker"));
  }

  /** Names in the order of the enumeration, whatever the set's. */
  static List<String> mobility(Set<Mobility> mobility) {
    return Arrays.stream(Mobility.values()).filter(mobility::contains).map(Enum::name).toList();
  }

  private static Item writePeriod(Period period) {
    return Item.empty()
        .with("start", period.start())
        .with("end", period.end())
        .with("weekdays", period.weekdays())
        .with("weekend", period.weekend());
  }

  private static Period readPeriod(Item item) {
    return new Period(
        item.date("start"),
        item.dateIfAny("end").orElse(null),
        item.flag("weekdays"),
        item.flag("weekend"));
  }
}
