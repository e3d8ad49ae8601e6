package renfort.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Faults put on the way between the functions and the services, below the SDK: the functions see
 * the SDK's own exceptions after its own tries. Also counts the calls.
 */
public final class Faults {
  private final List<Injection> injections = new CopyOnWriteArrayList<>();
  private final List<ExecutionInterceptor> taps = new CopyOnWriteArrayList<>();
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private volatile Random random = new Random();
  private volatile int triesOfStreams = Integer.MAX_VALUE;

  /** The services that functions call. */
  public enum Service {
    TABLES,
    OBJECTS,
    ACCOUNTS,
    MAILS
  }

  /** What may go wrong with a call. */
  public enum Fault {
    /** The service answers that it is broken; nothing is done. */
    OUTAGE,
    /** The service cannot be reached; nothing is done. */
    UNREACHABLE,
    /** The service does what is asked, and its answer is lost. */
    LOST_ANSWER,
    /** The service asks to slow down; nothing is done. */
    THROTTLED,
    /** The tables answer that another transaction is at work on the items; nothing is done. */
    CONFLICT
  }

  /**
   * A call about to be sent.
   *
   * @param operation as {@code TransactWriteItems}, {@code AdminInitiateAuth}; for objects and
   *     mails method and path
   * @param body the request's text; empty for objects
   */
  public record Call(Service service, String operation, String body) {

    /** Whether a call to the tables names the given table. */
    public boolean names(String table) {
      return body.contains('"' + table + '"');
    }
  }

  /** A fault in place until it is closed. */
  public final class Injection implements AutoCloseable {
    private final Service service;
    private final Predicate<Call> when;
    private final Fault fault;
    private final AtomicInteger hits = new AtomicInteger();

    private Injection(Service service, Predicate<Call> when, Fault fault) {
      this.service = service;
      this.when = when;
      this.fault = fault;
    }

    /** How many calls have met it; each try of the SDK counts. */
    public int hits() {
      return hits.get();
    }

    @Override
    public void close() {
      injections.remove(this);
    }
  }

  /** Puts a fault on the calls to a service that the condition chooses. */
  public Injection inject(Service service, Fault fault, Predicate<Call> when) {
    Injection injection = new Injection(service, when, fault);
    injections.add(injection);
    return injection;
  }

  /** Something that sees the functions' calls to the tables until it is closed. */
  public final class Tap implements AutoCloseable {
    private final ExecutionInterceptor interceptor;

    private Tap(ExecutionInterceptor interceptor) {
      this.interceptor = interceptor;
    }

    @Override
    public void close() {
      taps.remove(interceptor);
    }
  }

  /**
   * Lets an interceptor change the requests of the functions to the tables, and see what they
   * answer: of its methods {@code modifyRequest} and {@code afterExecution} are called, in the
   * thread of the function, which bears the function's name.
   */
  public Tap intercept(ExecutionInterceptor interceptor) {
    taps.add(interceptor);
    return new Tap(interceptor);
  }

  /** What the clients of the tables are made with. */
  ExecutionInterceptor interceptor() {
    return new ExecutionInterceptor() {
      @Override
      public SdkRequest modifyRequest(
          Context.ModifyRequest context, ExecutionAttributes attributes) {
        Context.ModifyRequest changed = context;
        for (ExecutionInterceptor tap : taps) {
          SdkRequest request = tap.modifyRequest(changed, attributes);
          changed = () -> request;
        }
        return changed.request();
      }

      @Override
      public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        taps.forEach(tap -> tap.afterExecution(context, attributes));
      }
    };
  }

  /** Every call to the mail service fails. */
  public Injection failMails() {
    return inject(Service.MAILS, Fault.OUTAGE, call -> true);
  }

  /** Calls to the mail service fail with the given probability, 0 to 1. */
  public Injection failMails(double probability) {
    return inject(Service.MAILS, Fault.OUTAGE, call -> chance(probability));
  }

  /** Every call to the tables fails. */
  public Injection failTables() {
    return inject(Service.TABLES, Fault.OUTAGE, call -> true);
  }

  /** Every call that touches the table fails; the name is the physical one. */
  public Injection failTable(String table) {
    return inject(Service.TABLES, Fault.OUTAGE, call -> call.names(table));
  }

  /** Every call to the object store fails. */
  public Injection failObjects() {
    return inject(Service.OBJECTS, Fault.OUTAGE, call -> true);
  }

  /** Every call to the account service fails. */
  public Injection failAccounts() {
    return inject(Service.ACCOUNTS, Fault.OUTAGE, call -> true);
  }

  /** Writes to the tables meet another transaction with the given probability, 0 to 1. */
  public Injection conflict(double probability) {
    return inject(
        Service.TABLES, Fault.CONFLICT, call -> isWrite(call.operation()) && chance(probability));
  }

  /** Calls to the tables are throttled with the given probability, 0 to 1. */
  public Injection throttleTables(double probability) {
    return inject(Service.TABLES, Fault.THROTTLED, call -> chance(probability));
  }

  /** Makes what is left to chance repeatable. */
  public void seed(long seed) {
    random = new Random(seed);
  }

  /** Whether an event of the given probability, 0 to 1, happens now. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /**
   * From now on the streams give a batch up after so many tries, and not at the age that the
   * template declares, for which no test can wait.
   */
  public void giveStreamsUpAfter(int tries) {
    triesOfStreams = tries;
  }

  int mostTriesOfStreams() {
    return triesOfStreams;
  }

  /** Removes every fault and every tap. */
  public void clear() {
    triesOfStreams = Integer.MAX_VALUE;
    injections.clear();
    taps.clear();
  }

  /** How often each operation was sent since the start, as {@code TABLES Query}. */
  public Map<String, Long> calls() {
    Map<String, Long> sorted = new TreeMap<>();
    calls.forEach((name, count) -> sorted.put(name, count.sum()));
    return sorted;
  }

  /** Whether an operation of the tables writes. */
  static boolean isWrite(String operation) {
    return switch (operation) {
      case "TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem" -> true;
      default -> false;
    };
  }

  /** The client with the faults before it; {@code sent} hears of every operation answered. */
  SdkHttpClient before(
      SdkHttpClient client, Service service, java.util.function.Consumer<String> sent) {
    return new Faulty(client, service, sent);
  }

  private @Nullable Fault meet(Call call) {
    for (Injection injection : injections) {
      if (injection.service == call.service() && injection.when.test(call)) {
        injection.hits.incrementAndGet();
        return injection.fault;
      }
    }
    return null;
  }

  private final class Faulty implements SdkHttpClient {
    private final SdkHttpClient client;
    private final Service service;
    private final java.util.function.Consumer<String> sent;

    Faulty(SdkHttpClient client, Service service, java.util.function.Consumer<String> sent) {
      this.client = client;
      this.service = service;
      this.sent = sent;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      ExecutableHttpRequest real = client.prepareRequest(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          Call call = describe(service, request, !injections.isEmpty());
          calls
              .computeIfAbsent(service + " " + call.operation(), name -> new LongAdder())
              .increment();
          Fault fault = meet(call);
          return switch (fault) {
            case null -> {
              HttpExecuteResponse answer = real.call();
              sent.accept(call.operation());
              yield answer;
            }
            case UNREACHABLE -> throw new ConnectException("Connection refused (injected)");
            case LOST_ANSWER -> {
              HttpExecuteResponse answer = real.call();
              if (answer.responseBody().isPresent()) {
                answer.responseBody().get().close();
              }
              sent.accept(call.operation());
              throw new SocketTimeoutException("Read timed out (injected)");
            }
            case OUTAGE, THROTTLED, CONFLICT -> refusal(call, fault);
          };
        }

        @Override
        public void abort() {
          real.abort();
        }
      };
    }

    @Override
    public String clientName() {
      return client.clientName();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static Call describe(Service service, HttpExecuteRequest request, boolean withBody)
      throws IOException {
    String operation =
        request
            .httpRequest()
            .firstMatchingHeader("X-Amz-Target")
            .map(target -> target.substring(target.indexOf('.') + 1))
            .orElseGet(
                () -> request.httpRequest().method() + " " + request.httpRequest().encodedPath());
    String body = "";
    if (withBody && service != Service.OBJECTS && request.contentStreamProvider().isPresent()) {
      try (InputStream stream = request.contentStreamProvider().get().newStream()) {
        body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    return new Call(service, operation, body);
  }

  private static HttpExecuteResponse refusal(Call call, Fault fault) {
    return switch (call.service()) {
      case TABLES -> tables(call, fault);
      case OBJECTS ->
          fault == Fault.THROTTLED
              ? xml(503, "SlowDown", "Please reduce your request rate.")
              : xml(500, "InternalError", "We encountered an internal error. Please try again.");
      case ACCOUNTS ->
          fault == Fault.THROTTLED
              ? json(400, "TooManyRequestsException", "Too many requests", List.of())
              : json(500, "InternalErrorException", "Something went wrong", List.of());
      case MAILS ->
          fault == Fault.THROTTLED
              ? json(429, "TooManyRequestsException", "Too many requests", List.of())
              : json(500, "InternalFailure", "Something went wrong", List.of());
    };
  }

  private static HttpExecuteResponse tables(Call call, Fault fault) {
    String prefix = "com.amazonaws.dynamodb.v20120810#";
    if (fault == Fault.OUTAGE) {
      return json(
          500, prefix + "InternalServerError", "The request processing has failed", List.of());
    }
    if (fault == Fault.THROTTLED) {
      return json(
          400,
          prefix + "ProvisionedThroughputExceededException",
          "The level of configured provisioned throughput for the table was exceeded.",
          List.of());
    }
    JsonNode items = Trees.read(call.body()).path("TransactItems");
    if (items.isEmpty()) {
      return json(
          400,
          prefix + "TransactionConflictException",
          "Transaction is ongoing for the item",
          List.of());
    }
    List<String> reasons =
        java.util.stream.IntStream.range(0, items.size())
            .mapToObj(index -> index == items.size() - 1 ? "TransactionConflict" : "None")
            .toList();
    return json(
        400,
        prefix + "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons " + reasons,
        reasons);
  }

  private static HttpExecuteResponse json(
      int status, String type, String message, List<String> reasons) {
    ObjectNode body = Trees.object().put("__type", type).put("message", message);
    if (!reasons.isEmpty()) {
      ArrayNode list = body.putArray("CancellationReasons");
      for (String reason : reasons) {
        ObjectNode one = list.addObject().put("Code", reason);
        if (reason.equals("TransactionConflict")) {
          one.put("Message", "Transaction is ongoing for the item");
        }
      }
    }
    return answer(
        status,
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.0",
            "x-amzn-ErrorType",
            type.substring(type.indexOf('#') + 1)),
        body.toString());
  }

  private static HttpExecuteResponse xml(int status, String code, String message) {
    return answer(
        status,
        Map.of("Content-Type", "application/xml"),
        "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message));
  }

  private static HttpExecuteResponse answer(int status, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SdkHttpFullResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
    headers.forEach(response::putHeader);
    response.putHeader("Content-Length", Integer.toString(bytes.length));
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }
}
