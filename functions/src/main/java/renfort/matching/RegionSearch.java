package renfort.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Establishment;
import renfort.matching.model.Band;
import renfort.pool.PoolStore;
import renfort.pool.PoolStore.Place;
import renfort.pool.PoolStore.Rows;
import renfort.pool.model.Cells;
import renfort.pool.model.Criteria;
import renfort.pool.model.PoolRow;
import renfort.reference.Departements;
import renfort.reference.model.Area;
import renfort.reference.model.Departement;
import renfort.reference.model.Position;
import renfort.storage.BadPlace;

/**
 * The region's people in the order of R13: those whose address is confirmed, zone by zone and band
 * by band, the freshest first; then the others alike.
 *
 * <p>Each way of reading gives the very same order, so a page may go on by another than the one
 * before: a zone or a region that fits into one read is read whole; a band that most of a zone
 * lives in is read along the freshness of the zone; one that few live in by its cells.
 */
final class RegionSearch {
  /** How many rows of a zone are asked for first: so many take 1.5 units. */
  private static final int HEAD = 60;

  private static final int CHUNK = 40;

  /** After a zone of so few rows the region is likely to fit into one read. */
  private static final int SPARSE = 10;

  /** A band is read by its cells when fewer than one row of so many are of it. */
  private static final int FEW = 4;

  /** How many read units its cells may take. */
  private static final double NEAR = 4;

  /** How many ranges of cells are asked for. */
  private static final int RANGES = 4;

  /** The order of an index by freshness. */
  private static final Comparator<Place> RANK =
      Comparator.comparing(Place::order).thenComparing(Place::professionalId);

  private final PoolStore pool;
  private final boolean knowsPlaces;
  private final Criteria criteria;
  private final Position from;
  private final List<String> zones;
  private final PageBuilder page;
  private final Map<String, Zone> seen = new HashMap<>();

  /** What is known of the whole region: of the confirmed and of the others. */
  private final Map<Boolean, List<Found>> regions = new HashMap<>();

  private final Set<Boolean> tried = new HashSet<>();

  /** Whether the last zone had next to nobody. */
  private boolean sparse;

  /**
   * A search for one page.
   *
   * @param knowsPlaces whether the index by cells has all rows
   * @param page takes the people
   */
  RegionSearch(
      PoolStore pool,
      boolean knowsPlaces,
      Criteria criteria,
      Establishment establishment,
      PageBuilder page) {
    this.pool = pool;
    this.knowsPlaces = knowsPlaces;
    this.criteria = criteria;
    this.from = new Position(establishment.latitude(), establishment.longitude());
    this.zones =
        new ArrayList<>(
            Departements.zonesFrom(establishment.region(), establishment.departement()));
    this.zones.add(PoolRow.ELSEWHERE);
    this.page = page;
  }

  /** How a zone was read: what the next page tries first. */
  private enum Way {
    UNKNOWN,
    WHOLE,
    CELLS,
    FRESHNESS
  }

  /**
   * Where the list goes on.
   *
   * @param after whom, in the band; null at its beginning
   */
  private record Spot(boolean confirmed, String zone, Band band, @Nullable Place after, Way way) {
    Spot(boolean confirmed, String zone) {
      this(confirmed, zone, Band.WITHIN_10, null, Way.UNKNOWN);
    }

    Spot after(Place someone) {
      return new Spot(confirmed, zone, band, someone, way);
    }

    Spot by(Way another) {
      return new Spot(confirmed, zone, band, after, another);
    }

    Map<String, String> place() {
      Map<String, String> place = new HashMap<>();
      place.put("confirmed", String.valueOf(confirmed));
      place.put("zone", zone);
      place.put("band", band.name());
      place.put("way", way.name());
      if (after != null) {
        place.put("at", after.order());
        place.put("id", after.professionalId());
      }
      return place;
    }
  }

  /** A row with what its order needs. */
  private record Found(PoolRow row, Place place, int zone, Band band) {
    private static final Comparator<Found> ORDER =
        Comparator.comparingInt(Found::zone)
            .thenComparing(Found::band)
            .thenComparing(Found::place, RANK);
  }

  /** People whom only freshness tells apart. */
  private record Group(boolean confirmed, String zone, Band band) {}

  /**
   * Searches until the end, a full page or a spent budget.
   *
   * @param place where to go on; null at the beginning
   * @return where to go on, or null at the end
   * @throws BadPlace when the place is none of this list
   */
  @Nullable Map<String, String> search(@Nullable Map<String, String> place) {
    Spot start = place == null ? new Spot(true, zones.getFirst()) : spot(place);
    @Nullable Spot next = searchPass(start);
    if (next == null && start.confirmed()) {
      next = searchPass(new Spot(false, zones.getFirst()));
    }
    return next == null ? null : next.place();
  }

  private Spot spot(Map<String, String> place) {
    @Nullable String order = place.get("at");
    @Nullable String id = place.get("id");
    String zone = place.getOrDefault("zone", "");
    if (!zones.contains(zone)) {
      throw new BadPlace();
    }
    return new Spot(
        switch (place.getOrDefault("confirmed", "")) {
          case "true" -> true;
          case "false" -> false;
          case String other -> throw new BadPlace();
        },
        zone,
        constant(Band.values(), place.get("band")),
        order == null || id == null ? null : new Place(order, id),
        constant(Way.values(), place.get("way")));
  }

  private static <E extends Enum<E>> E constant(E[] all, @Nullable String name) {
    return Arrays.stream(all)
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(BadPlace::new);
  }

  /** All zones from one on. */
  private @Nullable Spot searchPass(Spot start) {
    sparse = false;
    Spot spot = start;
    for (int i = zones.indexOf(start.zone()); i < zones.size(); i++) {
      if (i > zones.indexOf(start.zone())) {
        spot = new Spot(start.confirmed(), zones.get(i));
      }
      Optional<List<Found>> region = page.isOver() ? Optional.empty() : region(spot);
      if (page.isOver()) {
        return spot;
      }
      @Nullable Spot next = region.isPresent() ? take(region.get(), Way.WHOLE) : searchZone(spot);
      if (next != null || region.isPresent()) {
        return next;
      }
    }
    return null;
  }

  /** All that the region has after a spot, in order, when it fits into one read. */
  private Optional<List<Found>> region(Spot spot) {
    if (sparse && tried.add(spot.confirmed())) {
      readRegion(spot.confirmed());
    }
    return Optional.ofNullable(regions.get(spot.confirmed())).map(all -> after(all, spot));
  }

  private void readRegion(boolean confirmed) {
    boolean any = criteria.speciality() == null;
    if (any ? !knowsPlaces : !confirmed && tried.contains(true)) {
      return;
    }
    Rows rows =
        page.paid(
            pool.ofWholeRegion(
                criteria.profession(),
                criteria.speciality(),
                criteria.region(),
                confirmed,
                page.rows(HEAD)));
    Map<Boolean, List<Found>> both =
        found(rows).stream().collect(Collectors.partitioningBy(found -> found.row().confirmed()));
    if (!rows.more()) {
      regions.putAll(both);
    } else if (any && !rows.rows().getLast().confirmed()) {
      // the confirmed come first
      regions.put(true, both.getOrDefault(true, List.of()));
    }
  }

  private @Nullable Spot searchZone(Spot start) {
    Zone zone = zone(start.zone());
    @Nullable Rows head = null;
    sparse = false;
    if (start.after() == null || start.way() == Way.WHOLE) {
      head = read(start.confirmed(), start.zone(), null, HEAD);
      sparse = !head.more() && head.rows().size() <= SPARSE;
      if (!head.more()) {
        return take(after(found(head), start), Way.WHOLE);
      }
    }
    for (Band band : zone.bands()) {
      if (band.compareTo(start.band()) >= 0) {
        Spot spot =
            band == start.band()
                ? start
                : new Spot(start.confirmed(), start.zone(), band, null, Way.UNKNOWN);
        @Nullable Spot next = searchBand(spot, head);
        if (next != null) {
          return next;
        }
      }
    }
    return null;
  }

  /**
   * Searches a band of a zone that does not fit into one read.
   *
   * @param head the freshest rows of the zone, when they were read
   */
  private @Nullable Spot searchBand(Spot start, @Nullable Rows head) {
    Spot spot = start;
    @Nullable Rows known = start.after() == null ? head : null;
    boolean byCells =
        knowsPlaces && start.way() != Way.FRESHNESS && zone(start.zone()).bands().size() > 1;
    int looked = 0;
    int met = 0;
    while (true) {
      boolean few = looked == 0 ? start.way() == Way.CELLS : met * FEW < looked;
      if (byCells && few && !page.isOver()) {
        byCells = false;
        boolean fair = page.left() >= NEAR;
        Rows near = cells(spot);
        if (!near.more()) {
          return take(of(spot.band(), after(found(near), spot)), Way.CELLS);
        }
        // too many live there: the next page does not try again
        spot = fair ? spot.by(Way.FRESHNESS) : spot;
      }
      if (known == null && page.isOver()) {
        return spot;
      }
      Rows rows = known != null ? known : read(spot.confirmed(), spot.zone(), spot.after(), CHUNK);
      known = null;
      List<Found> people = found(rows);
      for (int i = 0; i < people.size(); i++) {
        Found one = people.get(i);
        spot = spot.after(one.place());
        looked++;
        if (one.band() == spot.band()) {
          met++;
          page.look(one.row(), group(one));
          if (page.isFull() && (i + 1 < people.size() || rows.more())) {
            return spot;
          }
        }
      }
      if (!rows.more()) {
        return null;
      }
    }
  }

  private Rows read(boolean confirmed, String zone, @Nullable Place after, int limit) {
    return page.paid(
        pool.ofZone(
            criteria.profession(),
            criteria.speciality(),
            criteria.region(),
            zone,
            confirmed,
            after,
            page.rows(limit)));
  }

  private Rows cells(Spot spot) {
    return page.paid(
        pool.ofCells(
            criteria.profession(),
            criteria.region(),
            spot.zone(),
            spot.confirmed(),
            Cells.ring(
                from, spot.band().fromKm(), spot.band().toKm(), zone(spot.zone()).area(), RANGES),
            Math.min(NEAR, page.left())));
  }

  /** Takes people in their order; answers where to go on when the page is full before the last. */
  private @Nullable Spot take(List<Found> people, Way way) {
    for (int i = 0; i < people.size(); i++) {
      Found one = people.get(i);
      page.look(one.row(), group(one));
      if (page.isFull() && i + 1 < people.size()) {
        return new Spot(one.row().confirmed(), one.row().zone(), one.band(), one.place(), way);
      }
    }
    return null;
  }

  private static Group group(Found one) {
    return new Group(one.row().confirmed(), one.row().zone(), one.band());
  }

  private List<Found> found(Rows rows) {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < rows.rows().size(); i++) {
      PoolRow row = rows.rows().get(i);
      int number = zones.indexOf(row.zone());
      if (number >= 0) {
        Band band = zone(row.zone()).nearest(Band.of(from.distanceKm(row.position())));
        found.add(new Found(row, rows.places().get(i), number, band));
      }
    }
    return found;
  }

  /** Those who stand after a spot, in order. */
  private List<Found> after(List<Found> all, Spot spot) {
    int zone = zones.indexOf(spot.zone());
    return all.stream()
        .filter(
            one ->
                one.zone() > zone
                    || (one.zone() == zone && one.band().compareTo(spot.band()) > 0)
                    || (one.zone() == zone
                        && one.band() == spot.band()
                        && isAfter(one.place(), spot.after())))
        .sorted(Found.ORDER)
        .toList();
  }

  private static boolean isAfter(Place place, @Nullable Place other) {
    return other == null || RANK.compare(place, other) > 0;
  }

  private static List<Found> of(Band band, List<Found> people) {
    return people.stream().filter(one -> one.band() == band).toList();
  }

  /**
   * A zone as seen from the establishment.
   *
   * @param area where its people live
   * @param bands those that it reaches into, the nearest first
   */
  private record Zone(Area area, List<Band> bands) {
    Band nearest(Band band) {
      return bands.contains(band)
          ? band
          : band.compareTo(bands.getFirst()) < 0 ? bands.getFirst() : bands.getLast();
    }
  }

  private Zone zone(String code) {
    return seen.computeIfAbsent(
        code,
        same -> {
          Area area = Departements.find(code).map(Departement::area).orElse(Area.WORLD);
          Band nearest = Band.of(area.leastKm(from));
          Band furthest = Band.of(area.mostKm(from));
          return new Zone(
              area,
              Arrays.stream(Band.values())
                  .filter(band -> band.compareTo(nearest) >= 0 && band.compareTo(furthest) <= 0)
                  .toList());
        });
  }
}
