package peers.work;

import java.util.List;
import java.util.Optional;
import renfort.accounts.model.Account;
import renfort.candidacies.model.Candidacy;
import renfort.establishments.model.RegionSettings;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Criteria;

/** The reads and the write of the work. */
public interface Store {

  /** An account as it stands now. */
  Optional<Account> account(String accountId);

  /** A mission, and the settings of a region, as they stand now: in one round trip. */
  Asked asked(String missionId, String region);

  /** What {@link #asked} found. */
  record Asked(Optional<Mission> mission, Optional<RegionSettings> settings) {}

  /** A mission's candidacies as they stand now. */
  List<Candidacy> candidacies(String missionId);

  /**
   * Rows of one zone of a region's pool, of those whose address is confirmed or of the others,
   * after a place, or from the first when that is null.
   */
  Rows zone(Criteria criteria, String zone, boolean confirmed, Place after, int limit);

  /** Writes an entry of the journal that is not there yet. */
  void listed(String missionId, String accountId, List<String> shown);
}
