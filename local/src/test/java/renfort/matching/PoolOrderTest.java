package renfort.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import renfort.World;
import renfort.World.Requester;
import renfort.environment.Environment;
import renfort.local.Api;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.matching.CandidateSearch.Page;
import renfort.missions.MissionStore;
import renfort.missions.model.Mission;
import renfort.pool.PoolStore;
import renfort.pool.model.Availability;
import renfort.pool.model.Period;
import renfort.pool.model.PoolRow;
import renfort.reference.Communes;
import renfort.reference.model.Commune;
import renfort.reference.model.IdentifierType;
import renfort.reference.model.Mobility;
import renfort.reference.model.Position;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;

/** R13 with many people: floods, large zones, and rows that have the keys of a former release. */
@ExtendWith(PlatformExtension.class)
class PoolOrderTest {
  private World world;
  private LocalPlatform platform;

  @BeforeEach
  void open(LocalPlatform running, Api api) {
    platform = running;
    world = new World(running, api);
  }

  @Test
  void R13_aThousandUnconfirmedPeopleStandAfterTheConfirmedOfTheWholeRegion() {
    Environment environment = environment(platform, true);
    List<PoolRow> invented = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      invented.add(row(environment, "91", commune("35", "Rennes"), false, 0));
    }
    List<PoolRow> confirmed =
        List.of(
            row(environment, "91", commune("35", "Saint-Malo"), true, 9_000),
            row(environment, "91", commune("22", "Lannion"), true, 8_000),
            row(environment, "91", commune("29", "Brest"), true, 7_000),
            row(environment, "91", commune("75", "Paris"), true, 6_000));
    store(environment, invented);
    store(environment, confirmed);
    Requester requester = world.approved();
    String list =
        "/api/missions/" + requester.submit(world.terms("profession", "91")) + "/candidates";
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = requester.api().get(list + "?limit=100" + cursor).expect(200).json();
      page.path("items").forEach(each -> seen.add(each.path("professionalId").asText()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    Set<String> ours = new HashSet<>(ids(confirmed));
    ours.addAll(ids(invented));
    // other tests have people of that profession
    seen.retainAll(ours);
    assertEquals(
        Set.copyOf(ids(confirmed)), Set.copyOf(seen.subList(0, confirmed.size())), "come first");
    assertEquals(1_004, new HashSet<>(seen).size());
    assertEquals(1_004, seen.size(), "nobody twice");
  }

  @Test
  void R13_aLargeZoneHasOneOrderWhicheverWayItsPagesAreRead() {
    Environment byCells = environment(platform, true);
    Environment byFreshness = environment(platform, false);
    List<PoolRow> people = new ArrayList<>();
    List<Commune> communes = Communes.ofDepartement("35");
    Random random = new Random(35);
    for (int i = 0; i < 500; i++) {
      // a third in one commune, and ages that several share
      Commune home =
          i % 3 == 0 ? commune("35", "Vitré") : communes.get(random.nextInt(communes.size()));
      people.add(row(byCells, "32", home, i % 10 != 0, random.nextInt(90)));
    }
    store(byCells, people);
    Mission mission = mission("32");
    Position rennes =
        new Position(mission.establishment().latitude(), mission.establishment().longitude());
    List<String> expected =
        people.stream()
            .sorted(
                Comparator.comparing((PoolRow row) -> !row.confirmed())
                    .thenComparingInt(row -> band(row.position().distanceKm(rennes)))
                    .thenComparing(PoolRow::freshness, Comparator.reverseOrder())
                    .thenComparing(PoolRow::professionalId))
            .map(PoolRow::professionalId)
            .toList();
    CandidateSearch cells = new CandidateSearch(byCells);
    CandidateSearch freshness = new CandidateSearch(byFreshness);
    assertSame(expected, all(mission, List.of(cells), 20));
    assertSame(expected, all(mission, List.of(freshness), 20));
    assertSame(expected, all(mission, List.of(cells, freshness), 7));
  }

  @Test
  void rowsOfAFormerReleaseAreListedAndThenGivenTheKeysOfTodayOnce() {
    Environment environment = environment(platform, true);
    List<PoolRow> people = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      people.add(row(environment, "80", commune("35", i % 2 == 0 ? "Rennes" : "Dinard"), true, i));
    }
    store(environment, people);
    people.forEach(row -> dropNewKeys(environment, row));
    Mission mission = mission("80");
    CandidateSearch before = new CandidateSearch(environment(platform, false));
    assertEquals(
        Set.copyOf(ids(people)), Set.copyOf(all(mission, List.of(before), 20)), "while rekeying");

    JsonNode answer = platform.invoke("RekeyPool", Map.of());
    assertEquals("COMPLETE", answer.path("state").asText());
    assertTrue(answer.path("changed").asInt() >= 120, answer.toString());
    assertEquals(0, answer.path("left").asInt());
    List<String> after = all(mission, List.of(new CandidateSearch(environment)), 20);
    assertEquals(ids(people), after.stream().sorted(byIndex(people)).toList());
    assertEquals(120, after.size());

    assertEquals(0, platform.invoke("RekeyPool", Map.of()).path("changed").asInt(), "once");
  }

  @Test
  void dataOfAFormerReleaseGetTheIndexAndTheKeysAtTheStart(@TempDir Path directory)
      throws IOException {
    String today = Files.readString(PlatformExtension.root().resolve("template.yaml"));
    String index = today.substring(today.indexOf("        - IndexName: nearPool"));
    index = index.substring(0, index.indexOf("        - IndexName", 10));
    Path former = directory.resolve("template.yaml");
    Files.writeString(
        former,
        today.replace(index, "").replaceAll(" +- \\{AttributeName: [kj], AttributeType: S}\n", ""));
    PoolRow row;
    try (LocalPlatform old = start(former, directory)) {
      Environment environment = environment(old, false);
      row = row(environment, "60", commune("35", "Rennes"), true, 0);
      store(environment, List.of(row));
      dropNewKeys(environment, row);
    }
    try (LocalPlatform now = start(PlatformExtension.root().resolve("template.yaml"), directory)) {
      assertEquals(
          List.of(row.professionalId()),
          new PoolStore(environment(now, true))
              .ofWholeRegion("60", null, "53", true, 10).rows().stream()
                  .map(PoolRow::professionalId)
                  .toList());
    }
  }

  private static void assertSame(List<String> expected, List<String> found) {
    for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
      assertEquals(expected.get(i), found.get(i), "at " + i);
    }
    assertEquals(expected.size(), found.size());
  }

  private static LocalPlatform start(Path template, Path directory) {
    return LocalPlatform.start(
        LocalPlatform.Options.inMemory(template).keepingDataIn(directory.resolve("data")));
  }

  private static void dropNewKeys(Environment environment, PoolRow row) {
    String table = environment.variable("PROFESSIONALS_TABLE");
    assertFalse(
        Database.of(environment)
            .update(
                table,
                Database.key("professionalId", row.professionalId(), "sk", "POOL"),
                "SET #r = :old REMOVE #k, #j",
                "attribute_exists(professionalId)",
                Item.empty().with("old", (row.confirmed() ? "0" : "1") + "abcdef"))
            .isEmpty());
  }

  private static Comparator<String> byIndex(List<PoolRow> people) {
    return Comparator.comparingInt(ids(people)::indexOf);
  }

  /** Follows a list, its pages read by the searches in turn. */
  private static List<String> all(Mission mission, List<CandidateSearch> searches, int limit) {
    List<String> ids = new ArrayList<>();
    @Nullable Map<String, String> place = Map.of();
    for (int i = 0; place != null; i++) {
      Page page = searches.get(i % searches.size()).search(mission, false, place, limit);
      assertTrue(page.units() <= CandidateSearch.BUDGET, "units: " + page.units());
      page.candidates().forEach(candidate -> ids.add(candidate.row().professionalId()));
      place = page.next();
    }
    return ids;
  }

  private static int band(double km) {
    long shown = Math.round(km);
    return shown <= 10 ? 0 : shown <= 25 ? 1 : shown <= 50 ? 2 : 3;
  }

  private Mission mission(String profession) {
    Requester requester = world.approved();
    String id = requester.submit(world.terms("profession", profession));
    return new MissionStore(environment(platform, true)).find(id).orElseThrow();
  }

  private static Environment environment(LocalPlatform platform, boolean byCells) {
    Map<String, String> variables = new HashMap<>(platform.variables("MatchCandidates"));
    variables.putAll(Invariants.variables(platform::tableName));
    variables.put("POOL_BY_CELLS", byCells ? "yes" : "no");
    return platform.environment(variables);
  }

  private static Commune commune(String departement, String name) {
    return Communes.ofDepartement(departement).stream()
        .filter(commune -> commune.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(List<PoolRow> rows) {
    return rows.stream().map(PoolRow::professionalId).toList();
  }

  /** Somebody who is free for long, by the age of their sheet in seconds. */
  private static PoolRow row(
      Environment environment, String profession, Commune home, boolean confirmed, int age) {
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    return new PoolRow(
        environment.ids().next(),
        "Kerbrat",
        "Solène",
        home.departement() + "000",
        home.name(),
        home.region().equals("53") ? home.departement() : PoolRow.ELSEWHERE,
        home.position(),
        profession,
        null,
        "53",
        IdentifierType.NONE,
        null,
        true,
        false,
        false,
        Set.of(Mobility.LOCAL),
        true,
        confirmed,
        false,
        false,
        new Availability(
            List.of(
                new Period(
                    now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(1), null, true, true)),
            List.of()),
        null,
        now.minusSeconds(age),
        false,
        0);
  }

  private static void store(Environment environment, List<PoolRow> rows) {
    PoolStore pool = new PoolStore(environment);
    Database database = Database.of(environment);
    for (int i = 0; i < rows.size(); i += 50) {
      Writes writes = new Writes();
      rows.subList(i, Math.min(rows.size(), i + 50)).forEach(row -> pool.create(writes, row));
      assertEquals(new Commit.Done(), database.commit(writes));
    }
  }
}
