package renfort.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Formatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import renfort.bench.Oracle.Entry;
import renfort.bench.Oracle.Group;
import renfort.candidacies.model.Candidacy;
import renfort.missions.model.Mission;
import renfort.missions.model.Mission.Status;
import renfort.missions.model.Mission.Terms;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Regions;

/**
 * What a relational database needs for the same question, as a limit to compare with: the first
 * page of a mission's own region, zone by zone, filtered as R12 says, from one covering index, the
 * people of a zone sorted by band. The server comes with a library, listens on 127.0.0.1, and goes
 * with its temporary directory.
 */
final class Postgres {
  private static final int LIMIT = 20;

  /** Every page is asked for so often before it is timed: what is measured is a warm server. */
  private static final int WARM_UP = 1;

  private static final String TABLE =
      """
      CREATE TABLE person (
        id text PRIMARY KEY, profession text NOT NULL, speciality text, region text NOT NULL,
        zone text NOT NULL, unconfirmed boolean NOT NULL, age bigint NOT NULL, nursing_home boolean NOT NULL,
        vehicle boolean NOT NULL, available boolean NOT NULL, free datemultirange NOT NULL,
        latitude real NOT NULL, longitude real NOT NULL, last_name text NOT NULL, first_name text NOT NULL,
        postal_code text NOT NULL, city text NOT NULL)
      """;

  private static final String INDEX =
      """
      CREATE INDEX page ON person (profession, region, unconfirmed, zone, age, id)
        INCLUDE (speciality, nursing_home, vehicle, available, free, latitude, longitude, last_name,
                 first_name, postal_code, city)
      """;

  /** Zones in the order given; the index finds the people of each, who are sorted by band. */
  private static final String QUERY =
      """
      SELECT found.* FROM unnest(?::boolean[], ?::text[]) WITH ORDINALITY AS zones (unconfirmed, zone, place)
      CROSS JOIN LATERAL (
        SELECT id, last_name, first_name, postal_code, city, latitude, longitude, free
        FROM person
        WHERE profession = ? AND region = ? AND person.zone = zones.zone
          AND person.unconfirmed = zones.unconfirmed
          AND available AND free @> ?::date
          AND (?::text IS NULL OR speciality = ?)
          AND (NOT ?::boolean OR nursing_home) AND (NOT ?::boolean OR vehicle)
          AND id <> ALL (?::text[])
        ORDER BY width_bucket(
            2 * 6371.0088 * asin(least(1, sqrt(
              power(sin(radians(latitude - ?) / 2), 2)
                + cos(radians(latitude)) * cos(radians(?)) * power(sin(radians(longitude - ?) / 2), 2)))),
            ARRAY[10.5, 25.5, 50.5]::float8[]),
          age, id LIMIT %d) AS found
      LIMIT %d
      """
          .formatted(LIMIT, LIMIT);

  private Postgres() {}

  /**
   * What it answered.
   *
   * @param text to be printed
   * @param faults pages that are not the oracle's
   */
  record Report(String text, List<String> faults) {}

  /** Starts a server, stores the people and asks for the page of every open mission. */
  static Report ask(Population population, Oracle oracle) {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("shared_buffers", "512MB")
                .start();
        Connection connection = server.getPostgresDatabase().getConnection()) {
      return ask(connection, population, oracle);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start here", e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Report ask(Connection connection, Population population, Oracle oracle)
      throws SQLException, IOException {
    long start = System.nanoTime();
    store(connection, population.people());
    final double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, List<String>> own = new HashMap<>();
    for (Candidacy candidacy : population.candidacies()) {
      own.computeIfAbsent(candidacy.missionId(), id -> new ArrayList<>())
          .add(candidacy.professionalId());
    }
    Distribution millis = new Distribution();
    Distribution buffers = new Distribution();
    Distribution items = new Distribution();
    List<String> faults = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(QUERY);
        PreparedStatement explain =
            connection.prepareStatement("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + QUERY)) {
      for (Mission mission : population.missions()) {
        if (mission.status() != Status.OPEN || mission.terms().end().isBefore(today(mission))) {
          continue;
        }
        List<Entry> region =
            oracle.list(mission).stream()
                .filter(entry -> entry.place().group() == Group.REGION)
                .toList();
        // whom the mission lists elsewhere; the others among its candidacies are the pool's again
        List<String> listed = new ArrayList<>(own.getOrDefault(mission.missionId(), List.of()));
        region.forEach(entry -> listed.remove(entry.professionalId()));
        fill(query, connection, mission, listed);
        for (int i = 0; i < WARM_UP; i++) {
          var _ = ids(query);
        }
        long asked = System.nanoTime();
        List<String> ids = ids(query);
        millis.add((System.nanoTime() - asked) / 1e6);
        items.add(ids.size());
        compare(mission, ids, region, faults);
        fill(explain, connection, mission, listed);
        buffers.add(buffers(explain));
      }
    }
    Formatter text = new Formatter(Locale.ROOT);
    text.format(
        "PostgreSQL               %s, stored in %.1f s%n",
        connection.getMetaData().getDatabaseProductVersion(), seconds);
    text.format(
        "  first page of a region mean %.1f, p50 %.1f, p99 %.1f, max %.1f ms; %.1f people%n",
        millis.mean(), millis.percentile(0.5), millis.percentile(0.99), millis.max(), items.mean());
    text.format(
        "  buffers of 8 KiB       mean %.1f, p50 %.0f, p99 %.0f, max %.0f%n",
        buffers.mean(), buffers.percentile(0.5), buffers.percentile(0.99), buffers.max());
    text.format("  wrong answers          %d of %d%n", faults.size(), millis.count());
    return new Report(text.toString(), faults);
  }

  private static void store(Connection connection, List<PoolRow> people)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      StringBuilder lines = new StringBuilder();
      for (PoolRow person : people) {
        lines.append(line(person));
        if (lines.length() > 1_000_000) {
          copy(connection, lines);
        }
      }
      copy(connection, lines);
      statement.execute(INDEX);
      // so that the index alone answers
      statement.execute("VACUUM ANALYZE person");
      // the limit is what it can do: its statistics would lead it to sort at some sizes
      statement.execute("SET enable_sort = off");
      statement.execute("SET enable_seqscan = off");
      statement.execute("SET enable_bitmapscan = off");
    }
  }

  private static void copy(Connection connection, StringBuilder lines)
      throws SQLException, IOException {
    var _ =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY person FROM STDIN", new StringReader(lines.toString()));
    lines.setLength(0);
  }

  private static String line(PoolRow person) {
    List<String> free = new ArrayList<>();
    for (Period period : person.availability().free()) {
      @Nullable LocalDate end = period.end();
      free.add("[" + period.start() + "," + (end == null ? ")" : end + "]"));
    }
    return String.join(
            "\t",
            person.professionalId(),
            person.profession(),
            person.speciality() == null ? "\\N" : person.speciality(),
            person.region(),
            person.zone(),
            Boolean.toString(!person.confirmed()),
            Long.toString(Population.NOW.getEpochSecond() - person.freshness().getEpochSecond()),
            Boolean.toString(person.nursingHome()),
            Boolean.toString(person.vehicle()),
            Boolean.toString(person.available() && Oracle.isListed(person, Population.NOW)),
            "{" + String.join(",", free) + "}",
            Double.toString(person.position().latitude()),
            Double.toString(person.position().longitude()),
            person.lastName(),
            person.firstName(),
            person.postalCode(),
            person.city())
        + "\n";
  }

  private static void fill(
      PreparedStatement query, Connection connection, Mission mission, List<String> listed)
      throws SQLException {
    Terms terms = mission.terms();
    LocalDate today = today(mission);
    List<String> zones =
        Oracle.zones(mission).entrySet().stream()
            .sorted(Comparator.comparing(Map.Entry::getValue))
            .map(Map.Entry::getKey)
            .toList();
    List<Boolean> unconfirmed = new ArrayList<>(Collections.nCopies(zones.size(), false));
    unconfirmed.addAll(Collections.nCopies(zones.size(), true));
    List<String> twice = new ArrayList<>(zones);
    twice.addAll(zones);
    query.setArray(1, connection.createArrayOf("boolean", unconfirmed.toArray()));
    query.setArray(2, connection.createArrayOf("text", twice.toArray()));
    query.setString(3, terms.profession());
    query.setString(4, mission.establishment().region());
    query.setDate(5, Date.valueOf(terms.start().isAfter(today) ? terms.start() : today));
    query.setString(6, terms.speciality());
    query.setString(7, terms.speciality());
    query.setBoolean(8, terms.nursingHome());
    query.setBoolean(9, terms.vehicle());
    query.setArray(10, connection.createArrayOf("text", listed.toArray()));
    query.setDouble(11, mission.establishment().latitude());
    query.setDouble(12, mission.establishment().latitude());
    query.setDouble(13, mission.establishment().longitude());
  }

  private static LocalDate today(Mission mission) {
    return LocalDate.ofInstant(
        Population.NOW,
        Regions.find(mission.establishment().region())
            .map(region -> region.zone())
            .orElse(ZoneOffset.UTC));
  }

  private static List<String> ids(PreparedStatement query) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  private static double buffers(PreparedStatement explain) throws SQLException, IOException {
    try (ResultSet rows = explain.executeQuery()) {
      rows.next();
      JsonNode plan = new ObjectMapper().readTree(rows.getString(1)).path(0).path("Plan");
      return plan.path("Shared Hit Blocks").asDouble() + plan.path("Shared Read Blocks").asDouble();
    }
  }

  /** The same places one after the other; whose are equal, their order is open. */
  private static void compare(
      Mission mission, List<String> ids, List<Entry> region, List<String> faults) {
    Map<String, Entry> byId = new HashMap<>();
    region.forEach(entry -> byId.put(entry.professionalId(), entry));
    boolean right = ids.size() == Math.min(LIMIT, region.size());
    for (int i = 0; right && i < ids.size(); i++) {
      @Nullable Entry entry = byId.remove(ids.get(i));
      right = entry != null && entry.place().equals(region.get(i).place());
    }
    if (!right) {
      faults.add("PostgreSQL answers mission " + mission.missionId() + " otherwise");
    }
  }
}
