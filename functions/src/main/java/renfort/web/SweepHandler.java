package renfort.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import renfort.storage.Sweep.Report;
import renfort.storage.Sweep.State;
import renfort.storage.TimeLeft;

/**
 * A scheduled function that runs sweeps one after the other. Each gets an equal share of the time,
 * so that a long one keeps none of the others from being done; what time is left goes to those that
 * have more to do, and what remains to the next call.
 */
public abstract class SweepHandler extends ScheduledHandler {
  private final List<Task> tasks;

  /**
   * A sweep of the function.
   *
   * @param name for the log, a stable word
   * @param run what does it, within the time that it is given
   */
  public record Task(String name, Function<TimeLeft, Report> run) {}

  /** With sweeps in the order in which they are run. */
  protected SweepHandler(List<Task> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  @Override
  protected final void run(TimeLeft time) {
    List<Task> todo = tasks;
    Optional<RuntimeException> first = Optional.empty();
    while (!todo.isEmpty() && !time.isOver()) {
      List<Task> more = new ArrayList<>();
      for (int i = 0; i < todo.size(); i++) {
        Task task = todo.get(i);
        try {
          Report report = task.run().apply(time.share(todo.size() - i));
          tell(task, report);
          if (report.state() == State.MORE && report.faults().isEmpty()) {
            more.add(task);
          }
        } catch (RuntimeException fault) {
          // the other sweeps are done all the same
          first = first.or(() -> Optional.of(fault));
        }
      }
      todo = more;
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private static void tell(Task task, Report report) {
    report.faults().forEach(fault -> Log.error("sweep " + task.name(), "", fault));
    if (report.done() > 0 || report.later() > 0 || report.state() != State.COMPLETE) {
      Log.info(
          "sweep",
          Map.of(
              "sweep", task.name(),
              "state", report.state().name(),
              "done", report.done(),
              "later", report.later()));
    }
  }
}
