package renfort.professionals;

import java.util.List;
import java.util.Map;
import renfort.pool.model.PoolRow;
import renfort.storage.Writes;

/**
 * What ties a professional to missions. The room of candidacies implements it; the sheets only know
 * that it is there.
 */
public interface Ties {

  /**
   * Adds to a transaction the freeing of a live hold on somebody who is not available any more: the
   * candidacy goes back to TO_VERIFY, the mission counts one hold less, its requester is told
   * (state table, "person unavailable"). The POOL row itself is the caller's to write.
   *
   * @return the row without the hold
   */
  PoolRow freeHold(Writes writes, PoolRow row, String actor);

  /**
   * Adds to a transaction the freeing of the hold and of all the places of somebody who is erased;
   * requesters are told (R29). The POOL row itself is the caller's to remove.
   */
  void freeAll(Writes writes, PoolRow row, String actor);

  /**
   * Removes what is left of somebody erased: candidacies TO_VERIFY go, refused and declined ones
   * stay as ids. Idempotent.
   */
  void forget(String professionalId);

  /** All candidacies of somebody, for their export, in the shape that their own list has. */
  List<Map<String, Object>> export(String professionalId);
}
