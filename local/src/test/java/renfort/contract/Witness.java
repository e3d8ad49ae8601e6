package renfort.contract;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import renfort.local.Api.Answer;

/** Holds every answer that it sees to openapi.yaml. */
public final class Witness implements Consumer<Answer> {
  private final Set<String> succeeded = new ConcurrentSkipListSet<>();

  @Override
  public void accept(Answer answer) {
    List<String> faults = OpenApi.DOCUMENT.faults(answer);
    if (!faults.isEmpty()) {
      throw new AssertionError(
          answer.request()
              + " answered "
              + answer.status()
              + " "
              + answer.type()
              + " "
              + answer.text()
              + "\nwhich is not as openapi.yaml says: "
              + String.join("\n", faults));
    }
    if (answer.status() < 300) {
      OpenApi.DOCUMENT.of(answer.request()).ifPresent(operation -> succeeded.add(operation.id()));
    }
  }

  /** The operations that were seen to succeed. */
  Set<String> succeeded() {
    return succeeded;
  }
}
