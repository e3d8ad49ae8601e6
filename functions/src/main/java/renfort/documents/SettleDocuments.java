package renfort.documents;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import renfort.documents.SlotStore.Claim;
import renfort.environment.Environment;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Sweep;
import renfort.storage.Sweep.Page;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.Source;
import renfort.storage.Sweep.Step;
import renfort.storage.TimeLeft;
import renfort.web.Log;
import renfort.web.SweepHandler;

/**
 * Every 15 minutes: repeats what a function that crashed after its commit left to do. Without it
 * the lifecycle rule would take a registered person's documents away, and a checked document would
 * stay (R28).
 */
public final class SettleDocuments extends SweepHandler {
  /** A claim that is older was to be settled several times: an alarm counts it. */
  static final Duration LATE = Duration.ofHours(1);

  /** How many uploads are listed at a time. */
  private static final int UPLOADS = 500;

  public SettleDocuments() {
    this(Environment.ofProcess());
  }

  public SettleDocuments(Environment environment) {
    super(tasks(environment));
  }

  private static List<Task> tasks(Environment environment) {
    Left left = new Left(environment);
    // first what must not stay
    return List.of(new Task("discards", left::discard), new Task("claims", left::settle));
  }

  private static final class Left {
    private final SlotStore store;
    private final Bucket bucket;
    private final Settling settling;
    private final Discards discards;
    private final Sweep sweep;
    private final Clock clock;

    Left(Environment environment) {
      this.store = new SlotStore(environment);
      this.bucket = new Bucket(environment);
      this.settling = new Settling(bucket);
      this.discards = new Discards(environment, bucket);
      this.sweep = new Sweep(environment);
      this.clock = environment.clock();
    }

    /** Deletes the files that profiles gave up. */
    Report discard(TimeLeft time) {
      return sweep.run(
          "DISCARDS",
          sweep.rows(discards.left()),
          wish -> {
            discards.fulfil(wish);
            return Step.DONE;
          },
          null,
          time);
    }

    /** Settles the claims whose uploads are still there. */
    Report settle(TimeLeft time) {
      AtomicInteger late = new AtomicInteger();
      Source<Claim> claims = this::claimsAfter;
      Report report =
          sweep.run(
              "CLAIMS",
              Map.of("all", claims),
              claim -> {
                try {
                  settling.settle(List.of(claim));
                  return Step.DONE;
                } catch (Outage outage) {
                  if (store.isClaimedBefore(claim.documentId(), clock.instant().minus(LATE))) {
                    late.incrementAndGet();
                  }
                  throw outage;
                }
              },
              null,
              time);
      // an alarm watches it (template.yaml)
      Log.info("documents-unsettled", Map.of("count", late.get()));
      return report;
    }

    private Page<Claim> claimsAfter(@Nullable Item place) {
      Bucket.Keys uploads =
          bucket.after(Bucket.UPLOADS, place == null ? null : place.text("key"), UPLOADS);
      List<Claim> claims = store.claims(uploads.keys().stream().map(Bucket::documentId).toList());
      return new Page<>(
          claims, uploads.more() ? Item.empty().with("key", uploads.keys().getLast()) : null);
    }
  }
}
