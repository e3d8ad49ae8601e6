package renfort.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;

/**
 * Goes through many rows in pages, several rows at a time, and stops before its call is ended.
 * Where it stopped is stored after each page in the guard {@code SWEEP#name}, under a lease: the
 * next call goes on from there, and of two calls at once one works. A call that is killed loses its
 * lease after two minutes and at most one page of each part is taken again, so a {@link Worker}
 * does nothing twice by the conditions of its own writes.
 */
public final class Sweep {
  /** How many rows of all parts are worked on at once. */
  public static final int WORKERS = 8;

  /** How many rows are read at a time. */
  public static final int PAGE = 100;

  /** Longer than a page takes; a killed call is succeeded after it. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** As many rows that fail mean that something is out: the pass stops there. */
  private static final int MOST_FAULTS = 40;

  private static final String PLACE = "at_";

  private final Database database;
  private final Guards guards;
  private final Clock clock;
  private final Environment environment;

  public Sweep(Environment environment) {
    this.database = Database.of(environment);
    this.guards = new Guards(environment);
    this.clock = environment.clock();
    this.environment = environment;
  }

  /**
   * A part of what is gone through.
   *
   * @param rows in an order that is the same in the next call
   * @param next where to go on after them, or null at the end
   */
  public record Page<T>(List<T> rows, @Nullable Item next) {}

  /** Where the rows of a part come from. */
  public interface Source<T> {

    /** The page after a place, or the first one. */
    Page<T> after(@Nullable Item place);
  }

  /** What became of a row. */
  public enum Step {
    /** It was changed. */
    DONE,
    /** Nothing is to be done: somebody else did it, or the index was late. */
    NOTHING,
    /** Others were faster at every try: the next pass takes it. */
    LATER
  }

  /** Does what is due of one row; may be given a row twice, and several rows at once. */
  public interface Worker<T> {
    Step take(T row);
  }

  /** How a call ended. */
  public enum State {
    /** Every row was taken or looked at. */
    COMPLETE,
    /** Time is over: the next call goes on. */
    MORE,
    /** Another call is at it. */
    ELSEWHERE
  }

  /**
   * What a call did.
   *
   * @param state how it ended
   * @param done how many rows it changed
   * @param later how many rows the next pass has to take
   * @param faults some of the faults that rows ended with
   */
  public record Report(State state, int done, int later, List<RuntimeException> faults) {}

  /** The rows that a query finds, for a sweep. */
  public Source<Item> rows(Find find) {
    return place -> {
      Found found = database.query(find.limited(PAGE).after(place));
      return new Page<>(found.items(), found.last());
    };
  }

  /** The rows that several queries find, by part. */
  public Map<String, Source<Item>> rows(Map<String, Find> parts) {
    Map<String, Source<Item>> sources = new LinkedHashMap<>();
    parts.forEach((part, find) -> sources.put(part, rows(find)));
    return sources;
  }

  /** What the last pass that left nothing was marked with; nothing before there was one. */
  public Optional<String> mark(String name) {
    return database.get(guards.table(), key(name)).map(row -> row.textOrNull("mark"));
  }

  /**
   * Goes through the parts until they end or the time does.
   *
   * @param name of the sweep, one word, the same in each call
   * @param parts by name, one word each; gone through side by side
   * @param mark what a pass that left nothing is remembered by, or null
   * @throws Outage when pages cannot be read or the place not be stored
   */
  public <T> Report run(
      String name,
      Map<String, Source<T>> parts,
      Worker<T> worker,
      @Nullable String mark,
      TimeLeft time) {
    String me = environment.ids().next();
    Optional<Item> leased = lease(name, me);
    if (leased.isEmpty()) {
      return new Report(State.ELSEWHERE, 0, 0, List.of());
    }
    Pass<T> pass = new Pass<>(name, me, worker, time);
    try (ExecutorService walkers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> walks = new ArrayList<>();
      parts.forEach(
          (part, source) -> walks.add(walkers.submit(() -> pass.walk(part, source, leased.get()))));
      walks.forEach(Sweep::await);
    } finally {
      pass.workers.close();
    }
    return pass.end(leased.get().number("later"), mark);
  }

  private Optional<Item> lease(String name, String me) {
    Instant now = clock.instant();
    return database.update(
        guards.table(),
        key(name),
        "SET #holder = :me, #lease = :until",
        // one that is further away than a lease lasts was taken by a clock that went wrong
        "attribute_not_exists(#lease) OR #lease <= :now OR #lease > :until",
        Item.empty().with("me", me).with("now", now).with("until", now.plus(LEASE)));
  }

  private static Item key(String name) {
    return Guards.key("SWEEP#" + name);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException fault -> throw fault;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Outage("table", e);
    }
  }

  /** One call's way through the parts. */
  private final class Pass<T> {
    private final String name;
    private final String me;
    private final Worker<T> worker;
    private final TimeLeft time;
    private final ExecutorService workers =
        Executors.newFixedThreadPool(WORKERS, Thread.ofVirtual().factory());
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger later = new AtomicInteger();
    private final AtomicInteger faulty = new AtomicInteger();
    private final List<RuntimeException> faults = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicBoolean lost = new AtomicBoolean();

    Pass(String name, String me, Worker<T> worker, TimeLeft time) {
      this.name = name;
      this.me = me;
      this.worker = worker;
      this.time = time;
    }

    void walk(String part, Source<T> source, Item leased) {
      Optional<Item> stored = leased.item(PLACE + part);
      if (stored.filter(place -> place.has("end")).isPresent()) {
        return;
      }
      @Nullable Item place = stored.orElse(null);
      while (!isOver()) {
        Page<T> page = source.after(place);
        if (!take(page.rows())) {
          return;
        }
        place = page.next();
        if (!store(part, place == null ? Item.empty().with("end", true) : place)) {
          lost.set(true);
        }
        if (place == null) {
          return;
        }
      }
      stopped.set(true);
    }

    /** Works on the rows of a page; false when some were not begun. */
    private boolean take(List<T> rows) {
      List<Future<Boolean>> steps =
          rows.stream().map(row -> workers.submit(() -> take(row))).toList();
      boolean all = true;
      for (Future<Boolean> step : steps) {
        all &= await(step);
      }
      return all;
    }

    private boolean take(T row) {
      if (isOver()) {
        stopped.set(true);
        return false;
      }
      Step step;
      try {
        step = worker.take(row);
      } catch (RuntimeException fault) {
        // one row that fails holds up no other
        faulty.incrementAndGet();
        synchronized (faults) {
          if (faults.size() < 3) {
            faults.add(fault);
          }
        }
        step = Step.LATER;
      }
      switch (step) {
        case DONE -> done.incrementAndGet();
        case NOTHING -> {}
        case LATER -> later.incrementAndGet();
      }
      return true;
    }

    private boolean isOver() {
      return lost.get() || faulty.get() >= MOST_FAULTS || time.isOver();
    }

    private boolean store(String part, Item place) {
      return database
          .update(
              guards.table(),
              key(name),
              "SET #" + PLACE + part + " = :place, #lease = :until",
              "#holder = :me",
              Item.empty()
                  .with("place", place)
                  .with("until", clock.instant().plus(LEASE))
                  .with("me", me))
          .isPresent();
    }

    /** Gives the lease back; a whole pass begins the next one at the beginning. */
    Report end(long laterBefore, @Nullable String mark) {
      if (lost.get()) {
        return report(State.ELSEWHERE);
      }
      long left = laterBefore + later.get();
      if (stopped.get()) {
        var _ =
            database.update(
                guards.table(),
                key(name),
                "SET #later = :later REMOVE #holder, #lease",
                "#holder = :me",
                Item.empty().with("later", left).with("me", me));
        return report(State.MORE);
      }
      Item begun = key(name).with("finishedAt", clock.instant());
      @Nullable String kept = left == 0 && mark != null ? mark : mark(name).orElse(null);
      Writes writes = new Writes();
      writes.put(
          "sweep",
          guards.table(),
          begun.with("mark", kept),
          "#holder = :me",
          Item.empty().with("me", me));
      return database.commit(writes) instanceof Commit.Done
          ? report(State.COMPLETE)
          : report(State.ELSEWHERE);
    }

    private Report report(State state) {
      synchronized (faults) {
        return new Report(state, done.get(), later.get(), List.copyOf(faults));
      }
    }
  }
}
