package renfort.professionals;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.pool.model.PoolRow;
import renfort.storage.Part;
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
   * Frees and removes a slice of what ties somebody to missions whose POOL row is closed: the hold
   * and the places are given back, requesters are told, candidacies go; refused and declined ones
   * stay as ids (state table, "person erased"). Idempotent.
   *
   * @param place where the slice before ended, or null at the beginning
   * @return where the next slice begins, or nothing when all is done
   */
  Optional<String> erase(String professionalId, @Nullable String place);

  /**
   * A part of somebody's candidacies for their export, in the shape that their own list has,
   * beginning after a place if one is given.
   */
  Part<Map<String, Object>> export(String professionalId, @Nullable String place, int limit);
}
