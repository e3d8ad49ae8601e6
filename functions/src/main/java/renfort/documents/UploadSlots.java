package renfort.documents;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import renfort.documents.model.FileType;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.storage.Commit;
import renfort.storage.Guards;
import renfort.storage.Writes;

/** Opens slots that documents are uploaded to, before there is a sheet or an account. */
final class UploadSlots {
  /** How long a signed upload may be used. */
  static final Duration UPLOADABLE = Duration.ofMinutes(10);

  /** Over which what a client may upload is counted. */
  private static final Duration HOUR = Duration.ofHours(1);

  private static final long MEBIBYTE = 1024 * 1024;

  private final Guards guards;
  private final int mebibytesAnHour;
  private final SlotStore store;
  private final Bucket bucket;
  private final Clock clock;
  private final Ids ids;

  UploadSlots(Environment environment) {
    this.guards = new Guards(environment);
    this.mebibytesAnHour = Integer.parseInt(environment.variable("UPLOADED_MEBIBYTES_PER_HOUR"));
    this.store = new SlotStore(environment);
    this.bucket = new Bucket(environment);
    this.clock = environment.clock();
    this.ids = environment.ids();
  }

  /**
   * Counts an upload of a client, by begun mebibytes: nobody fills the bucket without an account.
   *
   * @param client its address
   * @param size in bytes
   * @return whether the client may upload it in this hour
   */
  boolean allows(String client, long size) {
    int mebibytes = (int) ((size + MEBIBYTE - 1) / MEBIBYTE);
    return guards.take(Guards.name("UPLOADS", client), HOUR, mebibytesAnHour, mebibytes);
  }

  /** How long until the hour of the counts is over. */
  Duration left() {
    return guards.left(HOUR);
  }

  /**
   * A slot that is open.
   *
   * @param url to put the content to, until {@code expiresAt}
   * @param headers to be sent along
   */
  record Opened(String documentId, String url, Map<String, String> headers, Instant expiresAt) {}

  /**
   * Opens a slot for one file.
   *
   * @param size in bytes
   * @param sha256 of the content, in base64
   * @param along adds what belongs to the slot's transaction
   * @return the slot, or nothing when another request was faster
   */
  Optional<Opened> open(
      String fileName, FileType type, long size, String sha256, BiConsumer<Writes, Opened> along) {
    String documentId = ids.next();
    Bucket.SignedUpload signed = bucket.signUpload(documentId, type, size, sha256, UPLOADABLE);
    Opened opened =
        new Opened(
            documentId,
            signed.url(),
            signed.headers(),
            clock.instant().plus(UPLOADABLE).truncatedTo(ChronoUnit.SECONDS));
    Writes writes = new Writes();
    along.accept(writes, opened);
    return switch (store.open(
        documentId, new SlotStore.Slot(fileName, type, size, sha256), writes)) {
      case Commit.Done done -> Optional.of(opened);
      case Commit.Refused refused -> Optional.empty();
      case Commit.Busy busy -> Optional.empty();
    };
  }
}
