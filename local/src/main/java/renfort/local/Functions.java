package renfort.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;

/** The functions of the template, made once each and called in this process. */
final class Functions {
  private final Map<String, Deployed> deployed = new LinkedHashMap<>();
  private final boolean debugged =
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .anyMatch(argument -> argument.startsWith("-agentlib:jdwp"));

  private final int patience;

  private record Deployed(
      Template.Function declared, Map<String, String> variables, RequestStreamHandler handler) {}

  /** What gives a function its environment. */
  interface Environments {
    Environment of(Map<String, String> variables);
  }

  /**
   * Makes every function of the template.
   *
   * @param missingAllowed whether a function may lack its class; calling it then fails
   * @param patience how many times its declared time a function may take
   * @throws Template.TemplateFault when a variable cannot be resolved or a handler not be made
   */
  Functions(
      Template template,
      Resolver resolver,
      boolean missingAllowed,
      int patience,
      Environments environments) {
    this.patience = patience;
    for (Template.Function function : template.functions()) {
      Map<String, String> variables = new LinkedHashMap<>();
      function
          .variables()
          .forEach(
              (name, value) ->
                  variables.put(
                      name,
                      resolver.text(value, function.id() + ".Environment.Variables." + name)));
      variables.put("AWS_REGION", LocalPlatform.REGION);
      variables.put("AWS_LAMBDA_FUNCTION_NAME", function.id());
      RequestStreamHandler handler =
          missingAllowed && !isThere(function)
              ? (input, output, context) -> {
                throw new UnsupportedOperationException("No class " + function.handler());
              }
              : make(function, environments.of(variables));
      deployed.put(function.id(), new Deployed(function, Map.copyOf(variables), handler));
    }
  }

  /**
   * Calls a function and waits for its answer, at most for its declared time and the patience.
   *
   * @throws FunctionFault when it throws or takes too long
   */
  byte[] invoke(String id, byte[] event) throws FunctionFault {
    Deployed function = deployed(id);
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    int most = patience * function.declared().timeout();
    Invocation context = new Invocation(function.declared(), most);
    Thread thread =
        Thread.ofVirtual()
            .name(id)
            .start(
                () -> {
                  ByteArrayOutputStream output = new ByteArrayOutputStream();
                  try {
                    function
                        .handler()
                        .handleRequest(new ByteArrayInputStream(event), output, context);
                    answer.complete(output.toByteArray());
                  } catch (Throwable fault) {
                    answer.completeExceptionally(fault);
                  }
                });
    try {
      return debugged ? answer.get() : answer.get(most, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new FunctionFault(id + " failed", e.getCause());
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new FunctionFault("%s timed out after %d s".formatted(id, most), e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new FunctionFault(id + " was interrupted", e);
    }
  }

  /** The environment variables of a function, with the values that they have here. */
  Map<String, String> variables(String id) {
    return deployed(id).variables();
  }

  private Deployed deployed(String id) {
    Deployed function = deployed.get(id);
    if (function == null) {
      throw new IllegalArgumentException("No function is called " + id);
    }
    return function;
  }

  private static boolean isThere(Template.Function function) {
    return Functions.class
            .getClassLoader()
            .getResource(function.handler().replace('.', '/') + ".class")
        != null;
  }

  private static RequestStreamHandler make(Template.Function function, Environment environment) {
    String name = function.handler().replaceFirst("::.*", "");
    try {
      Object handler =
          Class.forName(name).getConstructor(Environment.class).newInstance(environment);
      if (handler instanceof RequestStreamHandler stream) {
        return stream;
      }
      throw new Template.TemplateFault(name + " is no RequestStreamHandler");
    } catch (InvocationTargetException e) {
      throw new Template.TemplateFault(
          "%s (%s) cannot be made: %s".formatted(function.id(), name, e.getCause()), e);
    } catch (ReflectiveOperationException e) {
      throw new Template.TemplateFault(
          "%s: no class %s with a constructor of an Environment".formatted(function.id(), name), e);
    }
  }

  /** A function that threw or took too long. */
  static final class FunctionFault extends Exception {
    private static final long serialVersionUID = 1L;

    FunctionFault(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** What a function can ask about its call. */
  private static final class Invocation implements Context {
    private final Template.Function function;
    private final String requestId = UUID.randomUUID().toString();
    private final long end;

    Invocation(Template.Function function, int most) {
      this.function = function;
      end = System.nanoTime() + TimeUnit.SECONDS.toNanos(most);
    }

    @Override
    public String getAwsRequestId() {
      return requestId;
    }

    @Override
    public String getLogGroupName() {
      return "/aws/lambda/" + function.id();
    }

    @Override
    public String getLogStreamName() {
      return "local";
    }

    @Override
    public String getFunctionName() {
      return function.id();
    }

    @Override
    public String getFunctionVersion() {
      return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
      return LocalPlatform.arn("lambda", "function:" + function.id());
    }

    @Override
    public @Nullable CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    public @Nullable ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
      return (int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }

    @Override
    public int getMemoryLimitInMB() {
      return function.memory();
    }

    @Override
    public LambdaLogger getLogger() {
      return new LambdaLogger() {
        @Override
        public void log(String message) {
          System.out.println(message.stripTrailing());
        }

        @Override
        public void log(byte[] message) {
          log(new String(message, StandardCharsets.UTF_8));
        }
      };
    }
  }
}
