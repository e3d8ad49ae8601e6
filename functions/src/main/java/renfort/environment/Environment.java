package renfort.environment;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the outside gives a function: its variables (declared in template.yaml), the clock, the ids,
 * the clients. On a laptop and in tests the platform gives its own; a function cannot tell.
 *
 * @param variables the environment variables by name
 * @param clock the time; nothing in the functions reads any other
 * @param ids the source of ids and secrets
 * @param clients the service clients
 */
public record Environment(Map<String, String> variables, Clock clock, Ids ids, Clients clients) {

  /** The environment of the process, as Lambda gives it. */
  public static Environment ofProcess() {
    return new Environment(
        System.getenv(), Clock.systemUTC(), Ids.random(), Clients.ofDefaultChain());
  }

  /**
   * The value of a variable that template.yaml must declare for this function.
   *
   * @throws IllegalStateException naming the variable when it is not declared
   */
  public String variable(String name) {
    @Nullable String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("The function's environment lacks " + name);
    }
    return value;
  }
}
