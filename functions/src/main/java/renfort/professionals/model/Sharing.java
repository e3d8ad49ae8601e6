package renfort.professionals.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The live sheets with one identifier. Two or more of them are flagged to those who see them (R7).
 *
 * @param sheets their professionalIds
 */
public record Sharing(List<String> sheets) {
  public Sharing {
    sheets = List.copyOf(sheets);
  }

  /** With one more sheet, unless it is there. */
  public Sharing joinedBy(String professionalId) {
    if (sheets.contains(professionalId)) {
      return this;
    }
    List<String> more = new ArrayList<>(sheets);
    more.add(professionalId);
    return new Sharing(more);
  }

  /** Without a sheet. */
  public Sharing leftBy(String professionalId) {
    return new Sharing(sheets.stream().filter(sheet -> !sheet.equals(professionalId)).toList());
  }

  /** Whether the sheets are flagged. */
  public boolean isFlagged() {
    return sheets.size() > 1;
  }

  /** The other sheets whose flag changes when one sheet makes of this sharing that one. */
  public Map<String, Boolean> flagsChangedBy(String professionalId, Sharing after) {
    if (isFlagged() == after.isFlagged()) {
      return Map.of();
    }
    List<String> others = leftBy(professionalId).sheets();
    // a flag comes and goes between one sheet and two: at most one other is concerned
    return others.isEmpty() ? Map.of() : Map.of(others.getFirst(), after.isFlagged());
  }
}
