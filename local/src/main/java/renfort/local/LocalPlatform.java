package renfort.local;

import static renfort.local.Template.list;
import static renfort.local.Template.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.local.Faults.Service;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * The system of template.yaml in this process, on 127.0.0.1: tables, objects, accounts and mails,
 * the functions, and before them the gateway. Everything stops with {@link #close}.
 */
public final class LocalPlatform implements AutoCloseable {
  static final String REGION = "eu-west-3";
  static final String ACCOUNT = "000000000000";
  static final String ACCESS_KEY = "local";
  static final String SECRET_KEY = "local-secret";

  static {
    // connections to the services are kept for many requests at once
    System.setProperty("http.maxConnections", "64");
  }

  private final Deque<AutoCloseable> parts;
  private final Options options;
  private final Template template;
  private final Resolver resolver;
  private final AdjustableClock clock = new AdjustableClock();
  private final Faults faults = new Faults();
  private final ObjectStore objects;
  private final Mailbox mailbox;
  private final Clients clients;
  private final Functions functions;
  private final Streams streams;
  private final HttpHandler front;
  private final URI address;
  private final URI services;
  private final URI tablesAddress;
  private final URI objectsAddress;

  /** Told of every write to the tables; the streams listen once they are there. */
  private volatile Runnable written = () -> {};

  /**
   * What to start.
   *
   * @param template the file template.yaml
   * @param port of the gateway; 0 for any that is free
   * @param data where everything stays between starts; absent to keep it in memory
   * @param schedules whether scheduled functions run by themselves
   * @param throttled whether the template's rate limits count
   * @param missingAllowed whether a function may lack its class; calling it fails
   * @param patience how many times its declared time a function may take
   * @param site where the built pages are, or will be
   * @param parameters values of the template's parameters, over their defaults
   */
  public record Options(
      Path template,
      int port,
      Optional<Path> data,
      boolean schedules,
      boolean throttled,
      boolean missingAllowed,
      int patience,
      Path site,
      Map<String, String> parameters) {

    /** In memory, on a free port, without schedules and rate limits: what tests want. */
    public static Options inMemory(Path template) {
      return new Options(
          template,
          0,
          Optional.empty(),
          false,
          false,
          false,
          1,
          template.toAbsolutePath().resolveSibling("static-site/dist"),
          Map.of());
    }

    /** The same on the given port. */
    public Options onPort(int number) {
      return new Options(
          template, number, data, schedules, throttled, missingAllowed, patience, site, parameters);
    }

    /** The same with data that stay. */
    public Options keepingDataIn(Path directory) {
      return new Options(
          template,
          port,
          Optional.of(directory),
          schedules,
          throttled,
          missingAllowed,
          patience,
          site,
          parameters);
    }

    /** The same with scheduled functions that run by themselves. */
    public Options withSchedules() {
      return new Options(
          template, port, data, true, throttled, missingAllowed, patience, site, parameters);
    }

    /** The same with the template's rate limits. */
    public Options withThrottling() {
      return new Options(
          template, port, data, schedules, true, missingAllowed, patience, site, parameters);
    }

    /** The same though some functions have no class yet. */
    public Options withMissingFunctions() {
      return new Options(
          template, port, data, schedules, throttled, true, patience, site, parameters);
    }

    /** The same with other values of some of the template's parameters. */
    public Options with(Map<String, String> values) {
      return new Options(
          template, port, data, schedules, throttled, missingAllowed, patience, site, values);
    }

    /** The same on a machine that has much else to do: functions may take 8 times their time. */
    public Options patient() {
      return new Options(
          template, port, data, schedules, throttled, missingAllowed, 8, site, parameters);
    }
  }

  private LocalPlatform(Options options, Deque<AutoCloseable> parts, Consumer<LocalPlatform> before)
      throws IOException {
    this.options = options;
    this.parts = parts;
    template = Template.read(options.template());
    if (options.data().isPresent()) {
      var _ = opened(lock(options.data().get()));
    }
    HttpFront gatewayFront = opened(new HttpFront(options.port()));
    address = URI.create("http://127.0.0.1:" + gatewayFront.port());
    HttpFront serviceFront = opened(new HttpFront(neighbour(1)));
    services = URI.create("http://127.0.0.1:" + serviceFront.port());
    Tables tables = opened(new Tables(neighbour(2), directory("tables")));
    tablesAddress = tables.endpoint();
    objects = opened(new ObjectStore(neighbour(3), directory("objects")));
    objectsAddress = objects.endpoint();

    resolver = new Resolver(template, parameters(), new Here(tables));
    SdkHttpClient http = opened(UrlConnectionHttpClient.create());
    clients = clients(http);
    Set<String> grown = tables.create(clients.dynamoDb(), template, resolver);
    objects.open(template, resolver);
    mailbox = new Mailbox(clock, file("mails.jsonl"));
    AccountService accounts = new AccountService(template, resolver, clock, file("accounts.json"));
    serviceFront.open(new ServiceFront(accounts, mailbox));
    functions =
        new Functions(
            template, resolver, options.missingAllowed(), options.patience(), this::environment);

    DynamoDbStreamsClient records =
        configured(DynamoDbStreamsClient.builder(), tablesAddress).httpClient(http).build();
    streams =
        opened(
            new Streams(
                template, resolver, tables, records, functions, faults, file("streams.json")));
    written = streams::ring;
    Schedules schedules = opened(new Schedules(template, functions, clock));
    if (options.schedules()) {
      schedules.start();
    }
    front = front(accounts);
    // asked to stop, the door closes first
    parts.push(gatewayFront);
    if (grown.contains("ProfessionalsTable")) {
      // the rows are of a release that did not have the index
      var _ = invoke("RekeyPool", Map.of());
    }
    before.accept(this);
    gatewayFront.open(front);
  }

  /**
   * Starts everything.
   *
   * @throws Template.TemplateFault when the template cannot be run here; the message says why
   * @throws UncheckedIOException when the port is taken
   */
  public static LocalPlatform start(Options options) {
    return start(options, platform -> {});
  }

  /** As {@link #start(Options)}, with something done before the first visitor is answered. */
  static LocalPlatform start(Options options, Consumer<LocalPlatform> before) {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return new LocalPlatform(options, parts, before);
    } catch (IOException e) {
      close(parts).ifPresent(e::addSuppressed);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close(parts).ifPresent(e::addSuppressed);
      throw e;
    }
  }

  /** The address of the site and of the API, without a slash at its end. */
  public URI address() {
    return address;
  }

  /** A second door to the gateway, for who comes before the first visitor. */
  Door backDoor() {
    try {
      HttpFront door = new HttpFront(0);
      door.open(front);
      return new Door(URI.create("http://127.0.0.1:" + door.port()), door);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A door to the gateway until it is closed. */
  record Door(URI address, HttpFront server) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  /** The address that the SDK's clients of tables and streams speak to. */
  public URI tablesAddress() {
    return tablesAddress;
  }

  /** The address that documents are sent to and read from. */
  public URI objectsAddress() {
    return objectsAddress;
  }

  /** The address of the account and mail services. */
  public URI servicesAddress() {
    return services;
  }

  /** The template that is running. */
  public Template template() {
    return template;
  }

  /** The name of a declared table here, by its logical id. */
  public String tableName(String logicalId) {
    return reference(logicalId);
  }

  /** The name of a declared bucket here, by its logical id. */
  public String bucketName(String logicalId) {
    return reference(logicalId);
  }

  /** The environment variables of a function, with the values that they have here. */
  public Map<String, String> variables(String functionId) {
    return functions.variables(functionId);
  }

  /** What {@code !Ref} gives here for a resource or a parameter. */
  public String reference(String logicalId) {
    return resolver.text(Map.of("Ref", logicalId), logicalId);
  }

  /** The time of functions, tokens and schedules. */
  public AdjustableClock clock() {
    return clock;
  }

  /**
   * Moves the time on, once what is on its way has arrived: a mail that is being sent while a lease
   * runs out is not sent, and waits for the schedule.
   */
  public void advance(Duration amount) {
    awaitStreams();
    clock.advance(amount);
  }

  /** Faults between the functions and the services. */
  public Faults faults() {
    return faults;
  }

  /** The mails sent. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** The service clients of the functions, behind the same faults. */
  public Clients clients() {
    return clients;
  }

  /**
   * Calls a function as an operator or the scheduler would.
   *
   * @param functionId its logical id
   * @param event anything that is JSON: maps, lists, texts, numbers
   * @return its answer; a missing node when it gives none
   * @throws IllegalStateException when the function throws or takes too long
   */
  public JsonNode invoke(String functionId, Object event) {
    try {
      return Trees.read(functions.invoke(functionId, Trees.bytes(Trees.of(event))));
    } catch (Functions.FunctionFault e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Runs a scheduled function now, with the event that its schedule gives it.
   *
   * @throws IllegalStateException when the function throws or takes too long
   */
  public JsonNode runSchedule(String functionId) {
    Template.Schedule declared =
        template.schedules().stream()
            .filter(schedule -> schedule.functionId().equals(functionId))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("No schedule of " + functionId));
    try {
      return Trees.read(functions.invoke(functionId, Schedules.event(declared, clock.instant())));
    } catch (Functions.FunctionFault e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Deletes the objects that the bucket's lifecycle rules have let expire by now. */
  public void runLifecycle() {
    objects.expire(clients.s3(), template, resolver, clock.instant());
  }

  /** Stores an object, not over HTTP. */
  public void store(PutObjectRequest request, byte[] content) {
    objects.put(request, content);
  }

  /** As {@link #awaitStreams(Duration)}, at most a minute. */
  public void awaitStreams() {
    awaitStreams(Duration.ofMinutes(1));
  }

  /**
   * Waits until every record of a stream written before now, and every one that its delivery wrote,
   * is delivered; a record that its function refuses is not delivered.
   *
   * @throws IllegalStateException when the time is over before
   */
  public void awaitStreams(Duration most) {
    streams.await(most);
  }

  /** Stops everything; data in a directory stay. */
  @Override
  public void close() {
    close(parts)
        .ifPresent(
            fault -> {
              throw new IllegalStateException("The platform does not stop", fault);
            });
  }

  static String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
  }

  private static Optional<Exception> close(Deque<AutoCloseable> parts) {
    Optional<Exception> failed = Optional.empty();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failed.ifPresent(e::addSuppressed);
        failed = Optional.of(e);
      }
    }
    return failed;
  }

  /** Keeps a second platform off the same data. */
  private static FileChannel lock(Path data) throws IOException {
    Path file = Files.createDirectories(data).resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // held in this very process
    }
    channel.close();
    throw new IllegalStateException(data + " is in use by another platform");
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** A port near the gateway's, so that addresses stay from start to start; else any. */
  private int neighbour(int distance) {
    int port = options.port() == 0 ? 0 : options.port() + distance;
    try (ServerSocket free =
        new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return port == 0 ? 0 : free.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }

  private @Nullable Path directory(String name) throws IOException {
    return options.data().isPresent()
        ? Files.createDirectories(options.data().get().resolve(name))
        : null;
  }

  private @Nullable Path file(String name) {
    return options.data().map(data -> data.resolve(name)).orElse(null);
  }

  private Map<String, String> parameters() {
    Map<String, String> all = new HashMap<>();
    all.put("AWS::Region", REGION);
    all.put("AWS::AccountId", ACCOUNT);
    all.put("AWS::Partition", "aws");
    all.put("AWS::URLSuffix", "amazonaws.com");
    all.put("AWS::StackName", "renfort");
    all.put("SiteUrl", address.toString());
    // no distribution stands before the gateway here
    all.put("OriginSecret", "open");
    // everybody here has the same address
    all.put("UploadedMebibytesPerHour", "1000000");
    all.putAll(options.parameters());
    return all;
  }

  /** An environment as a function has it, with the variables given. */
  public Environment environment(Map<String, String> variables) {
    return new Environment(variables, clock, Ids.random(), clients);
  }

  /** Clients of the services here, over another client of HTTP: to look at what is said. */
  public Clients clients(SdkHttpClient http) {
    DynamoDbClient settling =
        configured(DynamoDbClient.builder(), tablesAddress).httpClient(http).build();
    SdkHttpClient toTables =
        faults.before(
            http,
            Service.TABLES,
            operation -> {
              // the engine answers a transaction before its commit reaches the disk; what is asked
              // next is answered after it, so that a killed process has kept what it acknowledged
              if (operation.equals("TransactWriteItems") && options.data().isPresent()) {
                var _ = settling.listTables(list -> list.limit(1));
              }
              if (Faults.isWrite(operation)) {
                written.run();
              }
            });
    return new Clients(
        () ->
            configured(DynamoDbClient.builder(), tablesAddress, faults.interceptor())
                .httpClient(toTables)
                .build(),
        () ->
            configured(S3Client.builder(), objectsAddress)
                .forcePathStyle(true)
                .httpClient(faults.before(http, Service.OBJECTS, operation -> {}))
                .build(),
        () ->
            S3Presigner.builder()
                .region(Region.of(REGION))
                .endpointOverride(objectsAddress)
                .credentialsProvider(credentials())
                .serviceConfiguration(
                    S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build(),
        () ->
            configured(SesV2Client.builder(), services)
                .httpClient(faults.before(http, Service.MAILS, operation -> {}))
                .build(),
        () ->
            configured(CognitoIdentityProviderClient.builder(), services)
                .httpClient(faults.before(http, Service.ACCOUNTS, operation -> {}))
                .build());
  }

  /** As in the cloud, but the SDK's tries follow each other without a wait. */
  private static <B extends AwsClientBuilder<B, ?>> B configured(
      B builder, URI endpoint, ExecutionInterceptor... interceptors) {
    return builder
        .region(Region.of(REGION))
        .endpointOverride(endpoint)
        .credentialsProvider(credentials())
        .overrideConfiguration(
            configuration ->
                configuration
                    .executionInterceptors(List.of(interceptors))
                    .retryStrategy(
                        retry ->
                            retry
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())));
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));
  }

  private HttpHandler front(AccountService accounts) {
    Gateway gateway =
        new Gateway(
            template.routes(),
            new Authorizers(template, resolver, accounts, clock),
            functions,
            options.throttled() ? Optional.of(throttle()) : Optional.empty(),
            clock);
    MailPages mails = new MailPages(mailbox);
    Site site = new Site(options.site());
    Map<String, String> headers = securityHeaders();
    return exchange -> {
      headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/api") || path.startsWith("/api/")) {
        gateway.handle(exchange);
      } else if (path.equals("/_local") || path.startsWith("/_local/")) {
        mails.handle(exchange);
      } else {
        site.handle(exchange);
      }
    };
  }

  /**
   * What the distribution adds to every answer, but for HSTS, which would bind every service of
   * this machine.
   */
  private Map<String, String> securityHeaders() {
    Map<String, String> headers = new HashMap<>();
    for (Template.Resource resource :
        template.resources("AWS::CloudFront::ResponseHeadersPolicy")) {
      addHeaders(headers, object(resource.properties().get("ResponseHeadersPolicyConfig")));
    }
    return headers;
  }

  private void addHeaders(Map<String, String> headers, Map<String, Object> policy) {
    Map<String, Object> declared = object(policy.get("SecurityHeadersConfig"));
    headers.put("X-Content-Type-Options", "nosniff");
    header(headers, "X-Frame-Options", object(declared.get("FrameOptions")).get("FrameOption"));
    header(
        headers, "Referrer-Policy", object(declared.get("ReferrerPolicy")).get("ReferrerPolicy"));
    header(
        headers,
        "Content-Security-Policy",
        object(declared.get("ContentSecurityPolicy")).get("ContentSecurityPolicy"));
    for (Object item : list(object(policy.get("CustomHeadersConfig")).get("Items"))) {
      header(headers, String.valueOf(object(item).get("Header")), object(item).get("Value"));
    }
  }

  private void header(Map<String, String> headers, String name, @Nullable Object value) {
    // documents are sent without TLS here
    headers.put(
        name,
        resolver
            .text(value, name)
            .replace("https://" + objectsAddress.getAuthority(), objectsAddress.toString()));
  }

  private Throttle throttle() {
    // the rest of the API's properties may speak of parts that a laptop lacks
    Map<String, Object> api = template.httpApi();
    return new Throttle(
        object(resolver.resolve(api.get("DefaultRouteSettings"), "DefaultRouteSettings")),
        object(resolver.resolve(api.get("RouteSettings"), "RouteSettings")));
  }

  /** What the resources of the template are called in this process. */
  private final class Here implements Resolver.Values {
    private final Tables tables;

    Here(Tables tables) {
      this.tables = tables;
    }

    @Override
    public @Nullable String reference(Template.Resource resource) {
      return switch (resource.type()) {
        case "AWS::DynamoDB::Table" -> Tables.name(resource, resolver);
        case "AWS::S3::Bucket" -> ObjectStore.bucketName(resource, resolver);
        case "AWS::Cognito::UserPool" -> AccountService.poolId(resource);
        case "AWS::Cognito::UserPoolClient" -> AccountService.clientId(resource);
        case "AWS::Serverless::Function" -> resource.id();
        case "AWS::Serverless::HttpApi" -> "local";
        case "AWS::SES::ConfigurationSet" -> resource.id();
        default -> null;
      };
    }

    @Override
    public @Nullable String attribute(Template.Resource resource, String attribute) {
      String reference = reference(resource);
      return switch (resource.type() + "." + attribute) {
        case "AWS::DynamoDB::Table.Arn" -> arn("dynamodb", "table/" + reference);
        case "AWS::DynamoDB::Table.StreamArn" -> tables.streamArn(resource.id());
        case "AWS::S3::Bucket.Arn" -> "arn:aws:s3:::" + reference;
        case "AWS::S3::Bucket.RegionalDomainName" -> objectsAddress.getAuthority();
        case "AWS::Cognito::UserPool.Arn" -> arn("cognito-idp", "userpool/" + reference);
        case "AWS::Cognito::UserPool.ProviderURL" ->
            AccountService.issuer(String.valueOf(reference));
        case "AWS::Serverless::Function.Arn" -> arn("lambda", "function:" + reference);
        // where it would go is said; what is given up here is told on the console
        case "AWS::SQS::Queue.Arn" -> arn("sqs", resource.id());
        case "AWS::Logs::LogGroup.Arn" -> arn("logs", "log-group:" + resource.id());
        default -> null;
      };
    }
  }
}
