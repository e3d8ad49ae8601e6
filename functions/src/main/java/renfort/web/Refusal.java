package renfort.web;

/**
 * Ends a request before its use case is called: it is not readable, not valid or not allowed. What
 * a use case answers is never thrown; it is an outcome.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public Refusal(Problem problem) {
    super(problem.type(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
