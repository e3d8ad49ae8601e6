package renfort.pool.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import renfort.reference.model.Area;
import renfort.reference.model.Position;

/**
 * Geohashes of five characters: cells of 4.9 km by 3.4 km in the middle of France. Cells that are
 * next to each other mostly have codes that are, so that few ranges of codes cover a ring.
 */
public final class Cells {
  private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int CHARACTERS = 5;

  /** Of the 25 bits 13 are the longitude's and 12 the latitude's, in turn. */
  private static final int ACROSS = 1 << 13;

  private static final int UP = 1 << 12;
  private static final int ALL = 1 << 25;

  /** A degree of latitude, in kilometres; a little less than it is. */
  private static final double DEGREE = 111;

  private Cells() {}

  /**
   * Cells one after the other.
   *
   * @param first the code of the first
   * @param last the code of the last
   */
  public record Range(String first, String last) {}

  /** The code of the cell that a place lies in. */
  public static String of(Position position) {
    return text(code(column(position.longitude()), row(position.latitude())));
  }

  /**
   * Ranges that hold every place of an area whose distance from a centre is between two, and others
   * besides: with few ranges there are more of these.
   *
   * @param fromKm the smaller distance
   * @param toKm the larger one; may be infinite
   * @param most how many ranges at most
   */
  public static List<Range> ring(Position centre, double fromKm, double toKm, Area area, int most) {
    if (Double.isInfinite(toKm)) {
      return between(
          joined(codes(centre, fromKm, Area.WORLD, cell -> cell.mostKm(centre) < fromKm)), most);
    }
    Predicate<Area> isMet = cell -> cell.leastKm(centre) <= toKm && cell.mostKm(centre) >= fromKm;
    return fewer(joined(codes(centre, toKm, area, isMet)), most).stream().map(Run::range).toList();
  }

  /** Codes from one to another, both included. */
  private record Run(int first, int last) {
    Range range() {
      return new Range(text(first), text(last));
    }
  }

  /** The codes, in order, of the cells within reach that lie in an area and are chosen. */
  private static int[] codes(Position centre, double reachKm, Area area, Predicate<Area> choice) {
    double up = reachKm / DEGREE + 0.1;
    double widest = Math.min(85, Math.abs(centre.latitude()) + up);
    double across = up / Math.cos(Math.toRadians(widest));
    int south = row(Math.max(area.southWest().latitude(), centre.latitude() - up));
    int north = row(Math.min(area.northEast().latitude(), centre.latitude() + up));
    int west = column(Math.max(area.southWest().longitude(), centre.longitude() - across));
    int east = column(Math.min(area.northEast().longitude(), centre.longitude() + across));
    IntStream.Builder codes = IntStream.builder();
    for (int row = south; row <= north; row++) {
      for (int column = west; column <= east; column++) {
        if (choice.test(cell(column, row))) {
          codes.add(code(column, row));
        }
      }
    }
    return codes.build().sorted().toArray();
  }

  private static List<Run> joined(int[] codes) {
    List<Run> runs = new ArrayList<>();
    for (int code : codes) {
      if (!runs.isEmpty() && runs.getLast().last() + 1 == code) {
        runs.add(new Run(runs.removeLast().first(), code));
      } else {
        runs.add(new Run(code, code));
      }
    }
    return runs;
  }

  /** The runs with the smallest gaps between them closed. */
  private static List<Run> fewer(List<Run> runs, int most) {
    List<Integer> gaps = new ArrayList<>();
    for (int i = 1; i < runs.size(); i++) {
      gaps.add(runs.get(i).first() - runs.get(i - 1).last());
    }
    gaps.sort(Comparator.reverseOrder());
    int smallest = gaps.size() < most ? 0 : gaps.get(most - 1) + 1;
    List<Run> fewer = new ArrayList<>();
    for (Run run : runs) {
      if (!fewer.isEmpty() && run.first() - fewer.getLast().last() < smallest) {
        fewer.add(new Run(fewer.removeLast().first(), run.last()));
      } else {
        fewer.add(run);
      }
    }
    return fewer;
  }

  /** All codes but those of the largest runs. */
  private static List<Range> between(List<Run> runs, int most) {
    List<Run> left =
        runs.stream()
            .sorted(Comparator.comparingInt((Run run) -> run.first() - run.last()))
            .limit(most - 1L)
            .sorted(Comparator.comparingInt(Run::first))
            .toList();
    List<Range> ranges = new ArrayList<>();
    int from = 0;
    for (Run run : left) {
      if (run.first() > from) {
        ranges.add(new Run(from, run.first() - 1).range());
      }
      from = run.last() + 1;
    }
    ranges.add(new Run(from, ALL - 1).range());
    return ranges;
  }

  private static int column(double longitude) {
    return Math.clamp((int) Math.floor((longitude + 180) / 360 * ACROSS), 0, ACROSS - 1);
  }

  private static int row(double latitude) {
    return Math.clamp((int) Math.floor((latitude + 90) / 180 * UP), 0, UP - 1);
  }

  private static Area cell(int column, int row) {
    return new Area(
        new Position(row * 180.0 / UP - 90, column * 360.0 / ACROSS - 180),
        new Position((row + 1) * 180.0 / UP - 90, (column + 1) * 360.0 / ACROSS - 180));
  }

  /** The bits of both in turn, the longitude's first. */
  private static int code(int column, int row) {
    int code = 0;
    for (int bit = 12; bit >= 0; bit--) {
      code = code << 1 | (column >> bit & 1);
      if (bit > 0) {
        code = code << 1 | (row >> (bit - 1) & 1);
      }
    }
    return code;
  }

  private static String text(int code) {
    StringBuilder text = new StringBuilder(CHARACTERS);
    for (int shift = 20; shift >= 0; shift -= 5) {
      text.append(DIGITS.charAt(code >> shift & 31));
    }
    return text.toString();
  }
}
