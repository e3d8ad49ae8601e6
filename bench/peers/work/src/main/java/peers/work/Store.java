package peers.work;

import java.util.List;
import java.util.Map;

/** The reads and the write of the work. */
public interface Store {

  /** A row of the pool, as its short names say. */
  record Person(String id, String lastName, String firstName, String city, long version) {}

  /** The FINESS number that an approved account acts for; null when it may not. */
  String finess(String accountId);

  /**
   * What is asked of a mission: finess, profession, region, departement; null when there is none.
   */
  Map<String, String> mission(String missionId);

  /** The first people of a partition of the index {@code pool}. */
  List<Person> people(String partition, int limit);

  /** Writes an entry of the journal. */
  void record(String subject, String at, String actor, List<String> shown);
}
