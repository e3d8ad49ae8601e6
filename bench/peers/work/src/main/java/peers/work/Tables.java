package peers.work;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import renfort.accounts.AccountStore;
import renfort.accounts.model.Account;
import renfort.candidacies.CandidacyStore;
import renfort.candidacies.model.Candidacy;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.establishments.RegionStore;
import renfort.journal.Journal;
import renfort.missions.MissionStore;
import renfort.pool.PoolStore;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Criteria;
import renfort.storage.Database;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The work by the SDK's own client, as the project reads and writes. */
public final class Tables implements Store {
  private final AccountStore accounts;
  private final MissionStore missions;
  private final RegionStore regions;
  private final CandidacyStore candidacies;
  private final PoolStore pool;
  private final Journal journal;
  private final Database database;

  private Tables(Environment environment) {
    accounts = new AccountStore(environment);
    missions = new MissionStore(environment);
    regions = new RegionStore(environment);
    candidacies = new CandidacyStore(environment);
    pool = new PoolStore(environment);
    journal = new Journal(environment);
    database = Database.of(environment);
  }

  /** On the client and the tables of the process's environment. */
  public static Tables ofProcess() {
    // tables only: no peer carries the clients of other services
    Clients clients = new Clients(Tables::client, null, null, null, null);
    return new Tables(new Environment(System.getenv(), Clock.systemUTC(), Ids.random(), clients));
  }

  /** The client that all peers use. */
  public static DynamoDbClient client() {
    return DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
  }

  @Override
  public Optional<Account> account(String accountId) {
    return accounts.find(accountId);
  }

  @Override
  public Asked asked(String missionId, String region) {
    var both = database.both(missions.wanted(missionId), regions.wanted(region));
    return new Asked(both.first(), both.second());
  }

  @Override
  public List<Candidacy> candidacies(String missionId) {
    return candidacies.ofMission(missionId);
  }

  @Override
  public Rows zone(Criteria criteria, String zone, boolean confirmed, Place after, int limit) {
    return pool.ofZone(
        criteria.profession(),
        criteria.speciality(),
        criteria.region(),
        zone,
        confirmed,
        after,
        limit);
  }

  @Override
  public void listed(String missionId, String accountId, List<String> shown) {
    journal.page(missionId, accountId, shown);
  }
}
