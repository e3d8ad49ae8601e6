package peers.powertools;

import static software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider.defaultProvider;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import peers.work.Store;
import peers.work.Tables;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.Role;
import renfort.candidacies.model.Candidacy;
import renfort.candidacies.model.PushEnd;
import renfort.establishments.model.Mode;
import renfort.establishments.model.RegionSettings;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Availability;
import renfort.pool.model.Criteria;
import renfort.pool.model.Days;
import renfort.pool.model.Engagement;
import renfort.pool.model.Hold;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.DocumentTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The work by the SDK's enhanced client, with its documents. */
public final class EnhancedTables implements Store {
  private final DynamoDbEnhancedClient client;
  private final DynamoDbTable<EnhancedDocument> accounts;
  private final DynamoDbTable<EnhancedDocument> missions;
  private final DynamoDbTable<EnhancedDocument> regions;
  private final DynamoDbTable<EnhancedDocument> candidacies;
  private final DynamoDbTable<EnhancedDocument> professionals;
  private final DynamoDbTable<EnhancedDocument> journal;

  private EnhancedTables(DynamoDbEnhancedClient client, Map<String, String> names) {
    this.client = client;
    accounts = client.table(names.get("ACCOUNTS_TABLE"), keyed("accountId", null));
    missions = client.table(names.get("MISSIONS_TABLE"), keyed("missionId", null));
    regions = client.table(names.get("REGIONS_TABLE"), keyed("code", null));
    candidacies =
        client.table(names.get("CANDIDACIES_TABLE"), keyed("missionId", "professionalId"));
    professionals =
        client.table(
            names.get("PROFESSIONALS_TABLE"),
            schema("professionalId", "sk")
                .addIndexPartitionKey("pool", "p", AttributeValueType.S)
                .addIndexSortKey("pool", "r", AttributeValueType.S)
                .addIndexPartitionKey("specialityPool", "s", AttributeValueType.S)
                .addIndexSortKey("specialityPool", "q", AttributeValueType.S)
                .build());
    journal = client.table(names.get("JOURNAL_TABLE"), keyed("subject", "at"));
  }

  static EnhancedTables ofProcess() {
    return new EnhancedTables(
        DynamoDbEnhancedClient.builder().dynamoDbClient(Tables.client()).build(), System.getenv());
  }

  @Override
  public Optional<Account> account(String accountId) {
    return Optional.ofNullable(
            accounts.getItem(request -> request.key(key(accountId)).consistentRead(true)))
        .map(EnhancedTables::account);
  }

  @Override
  public Asked asked(String missionId, String region) {
    var found =
        client.batchGetItem(
            request -> request.readBatches(one(missions, missionId), one(regions, region)));
    return new Asked(
        found.resultsForTable(missions).stream().findFirst().map(EnhancedTables::mission),
        found.resultsForTable(regions).stream().findFirst().map(EnhancedTables::settings));
  }

  @Override
  public List<Candidacy> candidacies(String missionId) {
    return candidacies
        .query(
            request ->
                request
                    .queryConditional(QueryConditional.keyEqualTo(key(missionId)))
                    .consistentRead(true))
        .items()
        .stream()
        .map(EnhancedTables::candidacy)
        .toList();
  }

  @Override
  public Rows zone(Criteria criteria, String zone, boolean confirmed, Place after, int limit) {
    boolean any = criteria.speciality() == null;
    String start = criteria.region() + "#" + zone;
    String partition =
        any
            ? criteria.profession() + "#" + start
            : criteria.profession() + "." + criteria.speciality();
    String flag = confirmed ? "0" : "1";
    QueryConditional condition =
        QueryConditional.sortBeginsWith(
            Key.builder()
                .partitionValue(partition)
                .sortValue(any ? flag : start + "#" + flag)
                .build());
    String order = any ? "r" : "q";
    Page<EnhancedDocument> page =
        professionals
            .index(any ? "pool" : "specialityPool")
            .query(
                request -> {
                  request.queryConditional(condition).limit(limit);
                  if (after != null) {
                    request.exclusiveStartKey(
                        Map.of(
                            "professionalId",
                            AttributeValue.fromS(after.professionalId()),
                            "sk",
                            AttributeValue.fromS("POOL"),
                            any ? "p" : "s",
                            AttributeValue.fromS(partition),
                            order,
                            AttributeValue.fromS(after.order())));
                  }
                })
            .iterator()
            .next();
    return new Rows(
        page.items().stream().map(EnhancedTables::row).toList(),
        page.items().stream()
            .map(row -> new Place(row.getString(order), row.getString("professionalId")))
            .toList(),
        page.lastEvaluatedKey() != null,
        0);
  }

  @Override
  public void listed(String missionId, String accountId, List<String> shown) {
    EnhancedDocument.Builder entry =
        EnhancedDocument.builder()
            .attributeConverterProviders(defaultProvider())
            .putString("subject", "MISSION#" + missionId)
            .putString("at", Instant.now().truncatedTo(ChronoUnit.MILLIS) + "#" + UUID.randomUUID())
            .putString("action", "CANDIDATES_LISTED")
            .putString("actor", accountId);
    if (!shown.isEmpty()) {
      entry.putList("shown", shown, EnhancedType.of(String.class));
    }
    journal.putItem(
        request ->
            request
                .item(entry.build())
                .conditionExpression(
                    Expression.builder().expression("attribute_not_exists(subject)").build()));
  }

  private static TableSchema<EnhancedDocument> keyed(String partition, String sort) {
    return schema(partition, sort).build();
  }

  private static DocumentTableSchema.Builder schema(String partition, String sort) {
    var schema =
        TableSchema.documentSchemaBuilder()
            .attributeConverterProviders(defaultProvider())
            .addIndexPartitionKey(
                TableMetadata.primaryIndexName(), partition, AttributeValueType.S);
    return sort == null
        ? schema
        : schema.addIndexSortKey(TableMetadata.primaryIndexName(), sort, AttributeValueType.S);
  }

  private static Key key(String value) {
    return Key.builder().partitionValue(value).build();
  }

  private static ReadBatch one(DynamoDbTable<EnhancedDocument> table, String id) {
    return ReadBatch.builder(EnhancedDocument.class)
        .mappedTableResource(table)
        .addGetItem(request -> request.key(key(id)).consistentRead(true))
        .build();
  }

  private static Account account(EnhancedDocument item) {
    return new Account(
        item.getString("accountId"),
        Role.valueOf(item.getString("role")),
        item.getString("email"),
        item.getString("lastName"),
        item.getString("firstName"),
        item.getString("phone"),
        item.getString("professionalId"),
        establishment(item),
        flag(item, "approved"),
        item.getString("region"),
        instant(item, "confirmedAt"),
        flag(item, "enabled"),
        item.isPresent("undeliverable"),
        number(item, "version"));
  }

  private static Establishment establishment(EnhancedDocument item) {
    if (!item.isPresent("establishment")) {
      return null;
    }
    Map<String, AttributeValue> own = item.getMapOfUnknownType("establishment");
    return new Establishment(
        own.get("finess").s(),
        own.get("name").s(),
        own.get("address").s(),
        own.get("postalCode").s(),
        own.get("city").s(),
        own.get("region").s(),
        own.get("departement").s(),
        Long.parseLong(own.get("latitude").n()) / 10_000.0,
        Long.parseLong(own.get("longitude").n()) / 10_000.0);
  }

  private static Mission mission(EnhancedDocument item) {
    return new Mission(
        item.getString("missionId"),
        establishment(item),
        item.getString("submittedBy"),
        new Mission.Terms(
            LocalDate.parse(item.getString("start")),
            LocalDate.parse(item.getString("end")),
            item.getString("profession"),
            item.getString("speciality"),
            (int) number(item, "count"),
            flag(item, "vehicle"),
            flag(item, "weekend"),
            flag(item, "nursingHome"),
            flag(item, "intensiveCare")),
        Mission.Status.valueOf(item.getString("status")),
        flag(item, "byHand"),
        (int) number(item, "filled"),
        (int) number(item, "pushed"),
        Map.of(),
        (int) number(item, "priority"),
        flag(item, "toRelease"),
        null,
        instant(item, "createdAt"),
        number(item, "version"));
  }

  private static RegionSettings settings(EnhancedDocument item) {
    return new RegionSettings(
        item.getString("code"),
        Mode.valueOf(item.getString("mode")),
        (int) number(item, "holdHours"),
        instant(item, "changedAt"),
        number(item, "version"));
  }

  private static Candidacy candidacy(EnhancedDocument item) {
    return new Candidacy(
        item.getString("missionId"),
        item.getString("professionalId"),
        Candidacy.Status.valueOf(item.getString("status")),
        flag(item, "pushed"),
        instant(item, "heldUntil"),
        flag(item, "contacted"),
        item.isPresent("start")
            ? new Days(
                LocalDate.parse(item.getString("start")), LocalDate.parse(item.getString("end")))
            : null,
        flag(item, "reminded"),
        item.isPresent("slot") ? (int) number(item, "slot") : null,
        item.isPresent("pushEnded") ? PushEnd.valueOf(item.getString("pushEnded")) : null,
        instant(item, "changedAt"),
        number(item, "version"));
  }

  /** A row by its short names, as the project's PoolStore tells them. */
  private static PoolRow row(EnhancedDocument item) {
    String flags = item.isPresent("b") ? item.getString("b") : "";
    String identifier = item.getString("i");
    Set<Mobility> mobility = EnumSet.noneOf(Mobility.class);
    for (Mobility each : Mobility.values()) {
      if (flags.indexOf(each.name().charAt(0)) >= 0) {
        mobility.add(each);
      }
    }
    return new PoolRow(
        item.getString("professionalId"),
        item.getString("l"),
        item.getString("f"),
        item.getString("c"),
        item.getString("v"),
        item.getString("z"),
        new Position(number(item, "x") / 100.0, number(item, "y") / 100.0),
        item.getString("o"),
        item.getString("m"),
        item.getString("g"),
        identifier == null
            ? IdentifierType.NONE
            : identifier.charAt(0) == 'R' ? IdentifierType.RPPS : IdentifierType.ADELI,
        identifier == null ? null : identifier.substring(1),
        flags.indexOf('V') >= 0,
        flags.indexOf('E') >= 0,
        flags.indexOf('R') >= 0,
        mobility,
        flags.indexOf('A') >= 0,
        flags.indexOf('C') >= 0,
        flags.indexOf('2') >= 0,
        flags.indexOf('B') >= 0,
        new Availability(
            periods(item.getString("a")),
            item.isPresent("E") ? engagements(item.getBytes("E").asByteBuffer()) : List.of()),
        item.isPresent("h") ? new Hold(item.getString("h"), instant(item, "u")) : null,
        instant(item, "t"),
        false,
        number(item, "w"));
  }

  private static List<Period> periods(String text) {
    List<Period> periods = new ArrayList<>();
    for (int i = 0; i < text.length(); i += 7) {
      String end = text.substring(i + 3, i + 6);
      int kind = text.charAt(i + 6) - '0';
      periods.add(
          new Period(
              day(text.substring(i, i + 3)),
              end.equals("---") ? null : day(end),
              (kind & 1) != 0,
              (kind & 2) != 0));
    }
    return periods;
  }

  private static List<Engagement> engagements(ByteBuffer bytes) {
    List<Engagement> engagements = new ArrayList<>();
    while (bytes.remaining() >= 6) {
      long packed =
          ((long) Short.toUnsignedInt(bytes.getShort()) << 32)
              | Integer.toUnsignedLong(bytes.getInt());
      LocalDate first = LocalDate.ofEpochDay((packed >> 11) & 0xffff);
      engagements.add(
          new Engagement((int) (packed >> 27), new Days(first, first.plusDays(packed & 0x7ff))));
    }
    return engagements;
  }

  private static LocalDate day(String text) {
    return LocalDate.ofEpochDay(Long.parseLong(text, 36));
  }

  private static boolean flag(EnhancedDocument item, String name) {
    return Boolean.TRUE.equals(item.getBoolean(name));
  }

  private static long number(EnhancedDocument item, String name) {
    return item.isPresent(name) ? item.getNumber(name).longValue() : 0;
  }

  private static Instant instant(EnhancedDocument item, String name) {
    return item.isPresent(name) ? Instant.ofEpochSecond(number(item, name)) : null;
  }
}
