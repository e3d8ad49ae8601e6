package renfort.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Writes;

/**
 * One effect per {@code Idempotency-Key} for 24 hours (contract). The key is bound to the route and
 * the account; on a public route to the route and the body, so that nobody can take another's
 * answer by guessing a key. The answer is kept in the transaction of the effect, so that a crash
 * between the two cannot make a second effect.
 */
public final class Idempotency {
  private static final Duration KEPT = Duration.ofHours(24);

  /** Longer than any function may run: a request that crashed gives way after it. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final Database database;
  private final String table;
  private final Clock clock;

  public Idempotency(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("GUARDS_TABLE");
    this.clock = environment.clock();
  }

  /** The promise of one effect that a request carries; without a key it promises nothing. */
  public static final class Once {
    private final String table;
    private final @Nullable String guard;
    private final String body;
    private final Instant now;
    private @Nullable Writes keptIn;
    private boolean open;

    private Once(String table, @Nullable String guard, String body, Instant now) {
      this.table = table;
      this.guard = guard;
      this.body = body;
      this.now = now;
    }

    /** Keeps no answer: the same request is to be made again, for what is left of it. */
    public void leaveOpen() {
      open = true;
    }

    /** Whether a transaction that was to keep the answer is done. */
    private boolean isKept() {
      return keptIn != null && keptIn.isCommitted();
    }

    /** Adds the answer to the transaction of the effect. */
    public void keep(Writes writes, Response response) {
      keptIn = writes;
      if (guard != null) {
        writes.put(
            "idempotency",
            table,
            done(guard, body, response, now),
            "attribute_exists(guard) AND #state = :started",
            Item.empty().with("started", "STARTED"));
      }
    }
  }

  /**
   * Answers a request once.
   *
   * @param account who asks, or null on a public route
   * @param use makes the effect and the answer
   * @throws Refusal 422 when the key came with another body, 409 while the first is still being
   *     answered
   */
  public Response once(Request request, @Nullable String account, Function<Once, Response> use) {
    @Nullable String key = request.headers().get("idempotency-key");
    String body = Guards.name("body", request.body() == null ? "" : request.body());
    Instant now = clock.instant();
    if (key == null) {
      return use.apply(new Once(table, null, body, now));
    }
    if (!key.matches("[\\x21-\\x7e]{1,100}")) {
      throw new Refusal(
          Problem.invalid(
              "Idempotency-Key", "characters", "De 1 à 100 caractères visibles sont attendus."));
    }
    String target = request.route() + " " + request.path();
    String guard =
        account == null
            ? Guards.name("IDEMPOTENCY", target, body, key)
            : Guards.name("IDEMPOTENCY", target, account, key);
    Optional<Item> earlier =
        database.get(table, Guards.key(guard)).filter(row -> Guards.lasts(row, now));
    if (earlier.isPresent()) {
      return again(earlier.get(), body);
    }
    if (database
        .update(
            table,
            Guards.key(guard),
            "SET #state = :started, #body = :body, #until = :lease REMOVE #status, #answer",
            "attribute_not_exists(guard) OR #until <= :now",
            Item.empty()
                .with("started", "STARTED")
                .with("body", body)
                .with("lease", now.plus(LEASE))
                .with("now", now))
        .isEmpty()) {
      throw new Refusal(Problem.retry());
    }
    Once once = new Once(table, guard, body, now);
    boolean kept = false;
    try {
      Response response = use.apply(once);
      kept =
          response.status() < 300 && !once.open && (once.isKept() || keep(request, once, response));
      return response;
    } finally {
      if (!kept) {
        giveUp(guard, now);
      }
    }
  }

  /**
   * Keeps the answer of a use case whose effect, asked for again, changes nothing more: when it
   * cannot be kept, the answer is right all the same.
   */
  private boolean keep(Request request, Once once, Response response) {
    Writes writes = new Writes();
    once.keep(writes, response);
    try {
      // refused when the lease has ended meanwhile: then the key is another request's
      return !(database.commit(writes) instanceof Commit.Busy);
    } catch (Outage outage) {
      Log.error(request.route(), request.requestId(), outage);
      return false;
    }
  }

  /** Lets a key be used again at once. */
  private void giveUp(String guard, Instant now) {
    try {
      database.update(
          table,
          Guards.key(guard),
          "SET #until = :now",
          "#state = :started",
          Item.empty().with("now", now).with("started", "STARTED"));
    } catch (Outage outage) {
      // then the lease ends by itself
    }
  }

  /** Reads what {@link #once} reads, of a request that never was. */
  public void prime() {
    var _ = database.get(table, Guards.key("PRIME"));
  }

  private static Response again(Item row, String body) {
    if (!row.text("body").equals(body)) {
      throw new Refusal(
          Problem.invalid(
              "Idempotency-Key", "other-body", "Cette clé a déjà servi à une autre demande."));
    }
    if (row.text("state").equals("STARTED")) {
      throw new Refusal(Problem.retry());
    }
    int status = (int) row.number("status");
    @Nullable String answer = row.textOrNull("answer");
    return answer == null
        ? new Response(status, java.util.Map.of(), List.of(), null)
        : new Response(
            status, java.util.Map.of("content-type", "application/json"), List.of(), answer);
  }

  private static Item done(String guard, String body, Response response, Instant now) {
    return Guards.key(guard)
        .with("state", "DONE")
        .with("body", body)
        .with("until", now.plus(KEPT))
        .with("status", response.status())
        .with("answer", response.body());
  }
}
