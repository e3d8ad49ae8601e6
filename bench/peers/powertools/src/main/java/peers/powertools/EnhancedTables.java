package peers.powertools;

import java.util.List;
import java.util.Map;
import peers.work.Store;
import peers.work.Tables;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondaryPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;

/** The work by the SDK's enhanced client, with beans. */
public final class EnhancedTables implements Store {
  private final DynamoDbTable<Account> accounts;
  private final DynamoDbTable<Mission> missions;
  private final DynamoDbTable<PoolRow> pool;
  private final DynamoDbTable<Entry> journal;

  private EnhancedTables(DynamoDbEnhancedClient client, Map<String, String> names) {
    accounts = client.table(names.get("ACCOUNTS_TABLE"), TableSchema.fromBean(Account.class));
    missions = client.table(names.get("MISSIONS_TABLE"), TableSchema.fromBean(Mission.class));
    pool = client.table(names.get("PROFESSIONALS_TABLE"), TableSchema.fromBean(PoolRow.class));
    journal = client.table(names.get("JOURNAL_TABLE"), TableSchema.fromBean(Entry.class));
  }

  static EnhancedTables ofProcess() {
    return new EnhancedTables(
        DynamoDbEnhancedClient.builder().dynamoDbClient(Tables.client()).build(), System.getenv());
  }

  @Override
  public String finess(String accountId) {
    Account account = accounts.getItem(request -> request.key(key(accountId)).consistentRead(true));
    return account == null || !account.getApproved()
        ? null
        : account.getEstablishment().getFiness();
  }

  @Override
  public Map<String, String> mission(String missionId) {
    Mission mission = missions.getItem(request -> request.key(key(missionId)).consistentRead(true));
    return mission == null
        ? null
        : Map.of(
            "finess", mission.getFiness(),
            "profession", mission.getProfession(),
            "region", mission.getEstablishment().getRegion(),
            "departement", mission.getEstablishment().getDepartement());
  }

  @Override
  public List<Person> people(String partition, int limit) {
    return pool
        .index("pool")
        .query(
            request ->
                request.queryConditional(QueryConditional.keyEqualTo(key(partition))).limit(limit))
        .iterator()
        .next()
        .items()
        .stream()
        .map(
            row ->
                new Person(row.getProfessionalId(), row.getL(), row.getF(), row.getV(), row.getW()))
        .toList();
  }

  @Override
  public void record(String subject, String at, String actor, List<String> shown) {
    Entry entry = new Entry();
    entry.setSubject(subject);
    entry.setAt(at);
    entry.setAction("LISTED");
    entry.setActor(actor);
    entry.setShown(shown);
    journal.putItem(entry);
  }

  private static Key key(String value) {
    return Key.builder().partitionValue(value).build();
  }

  /** Whom an account acts for. */
  @DynamoDbBean
  public static class Establishment {
    private String finess;
    private String region;
    private String departement;

    public String getFiness() {
      return finess;
    }

    public void setFiness(String finess) {
      this.finess = finess;
    }

    public String getRegion() {
      return region;
    }

    public void setRegion(String region) {
      this.region = region;
    }

    public String getDepartement() {
      return departement;
    }

    public void setDepartement(String departement) {
      this.departement = departement;
    }
  }

  /** A row of the accounts. */
  @DynamoDbBean
  public static class Account {
    private String accountId;
    private Boolean approved;
    private Establishment establishment;

    @DynamoDbPartitionKey
    public String getAccountId() {
      return accountId;
    }

    public void setAccountId(String accountId) {
      this.accountId = accountId;
    }

    public Boolean getApproved() {
      return approved;
    }

    public void setApproved(Boolean approved) {
      this.approved = approved;
    }

    public Establishment getEstablishment() {
      return establishment;
    }

    public void setEstablishment(Establishment establishment) {
      this.establishment = establishment;
    }
  }

  /** A row of the missions. */
  @DynamoDbBean
  public static class Mission {
    private String missionId;
    private String finess;
    private String profession;
    private Establishment establishment;

    @DynamoDbPartitionKey
    public String getMissionId() {
      return missionId;
    }

    public void setMissionId(String missionId) {
      this.missionId = missionId;
    }

    public String getFiness() {
      return finess;
    }

    public void setFiness(String finess) {
      this.finess = finess;
    }

    public String getProfession() {
      return profession;
    }

    public void setProfession(String profession) {
      this.profession = profession;
    }

    public Establishment getEstablishment() {
      return establishment;
    }

    public void setEstablishment(Establishment establishment) {
      this.establishment = establishment;
    }
  }

  /** A row of the pool, by its short names. */
  @DynamoDbBean
  public static class PoolRow {
    private String professionalId;
    private String sk;
    private String p;
    private String r;
    private String l;
    private String f;
    private String v;
    private Long w;

    @DynamoDbPartitionKey
    public String getProfessionalId() {
      return professionalId;
    }

    public void setProfessionalId(String professionalId) {
      this.professionalId = professionalId;
    }

    @DynamoDbSortKey
    public String getSk() {
      return sk;
    }

    public void setSk(String sk) {
      this.sk = sk;
    }

    @DynamoDbSecondaryPartitionKey(indexNames = "pool")
    public String getP() {
      return p;
    }

    public void setP(String p) {
      this.p = p;
    }

    @DynamoDbSecondarySortKey(indexNames = "pool")
    public String getR() {
      return r;
    }

    public void setR(String r) {
      this.r = r;
    }

    public String getL() {
      return l;
    }

    public void setL(String l) {
      this.l = l;
    }

    public String getF() {
      return f;
    }

    public void setF(String f) {
      this.f = f;
    }

    public String getV() {
      return v;
    }

    public void setV(String v) {
      this.v = v;
    }

    public Long getW() {
      return w;
    }

    public void setW(Long w) {
      this.w = w;
    }
  }

  /** An entry of the journal. */
  @DynamoDbBean
  public static class Entry {
    private String subject;
    private String at;
    private String action;
    private String actor;
    private List<String> shown;

    @DynamoDbPartitionKey
    public String getSubject() {
      return subject;
    }

    public void setSubject(String subject) {
      this.subject = subject;
    }

    @DynamoDbSortKey
    @DynamoDbAttribute("at")
    public String getAt() {
      return at;
    }

    public void setAt(String at) {
      this.at = at;
    }

    public String getAction() {
      return action;
    }

    public void setAction(String action) {
      this.action = action;
    }

    public String getActor() {
      return actor;
    }

    public void setActor(String actor) {
      this.actor = actor;
    }

    public List<String> getShown() {
      return shown;
    }

    public void setShown(List<String> shown) {
      this.shown = shown;
    }
  }
}
