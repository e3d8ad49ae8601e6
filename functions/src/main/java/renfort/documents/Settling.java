package renfort.documents;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import renfort.documents.SlotStore.Claim;

/**
 * What is left to do once a claim is committed, as often as one likes. The upload goes last: as
 * long as it is there, its claim is not settled, so that a list of the uploads finds all there is
 * to do.
 */
final class Settling {
  private final Bucket bucket;

  Settling(Bucket bucket) {
    this.bucket = bucket;
  }

  /** Settles claims. */
  void settle(List<Claim> claims) {
    if (claims.isEmpty()) {
      return;
    }
    Set<String> superfluous = new HashSet<>();
    List<String> uploads = new ArrayList<>();
    for (Claim claim : claims) {
      String upload = Bucket.upload(claim.documentId());
      String copy = Bucket.copy(claim.professionalId(), claim.documentId());
      bucket.settle(copy);
      for (String replaced : claim.replaced()) {
        superfluous.add(Bucket.copy(claim.professionalId(), replaced));
      }
      uploads.add(upload);
    }
    bucket.delete(List.copyOf(superfluous));
    bucket.delete(uploads);
  }
}
