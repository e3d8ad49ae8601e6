package renfort.local;

import static renfort.local.Template.list;
import static renfort.local.Template.object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateGlobalSecondaryIndexAction;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * The tables: DynamoDB Local behind a server of ours. Its own server binds every interface and
 * reports its start to AWS.
 */
final class Tables implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;
  private final LocalDynamoDBServerHandler handler;
  private final Map<String, TableDescription> descriptions = new LinkedHashMap<>();

  /**
   * Starts the engine.
   *
   * @param directory where the tables stay; in memory when absent
   */
  Tables(int port, @Nullable Path directory) {
    try {
      if (directory != null) {
        Files.createDirectories(directory);
      }
      handler =
          new LocalDynamoDBServerHandler(
              new LocalDynamoDBRequestHandler(
                  0,
                  directory == null,
                  directory == null ? null : directory.toString(),
                  true,
                  false),
              null);
      QueuedThreadPool threads = new QueuedThreadPool(64, 4);
      threads.setName("tables");
      server = new Server(threads);
      HttpConfiguration http = new HttpConfiguration();
      http.setSendServerVersion(false);
      connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
      connector.setHost("127.0.0.1");
      connector.setPort(port);
      connector.setAcceptQueueSize(1024);
      server.addConnector(connector);
      server.setHandler(handler);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /**
   * Makes the tables that are declared and absent, and the indexes that a stored table lacks.
   *
   * @return the logical ids of the tables that were given an index
   * @throws Template.TemplateFault when one is there with other keys than declared
   */
  Set<String> create(DynamoDbClient client, Template template, Resolver resolver) {
    Set<String> grown = new HashSet<>();
    Set<String> present = Set.copyOf(client.listTables().tableNames());
    for (Template.Resource table : template.tables()) {
      CreateTableRequest wanted = request(table, resolver);
      if (!present.contains(wanted.tableName())) {
        descriptions.put(table.id(), client.createTable(wanted).tableDescription());
        timeToLive(client, table, wanted.tableName(), resolver);
        continue;
      }
      TableDescription found =
          client.describeTable(describe -> describe.tableName(wanted.tableName())).table();
      if (shape(wanted).entrySet().containsAll(shape(found).entrySet())
          && !shape(found).equals(shape(wanted))) {
        grow(client, found, wanted);
        grown.add(table.id());
        found = client.describeTable(describe -> describe.tableName(wanted.tableName())).table();
      }
      if (!shape(found).equals(shape(wanted))) {
        throw new Template.TemplateFault(
            "The stored table %s is not the one that the template declares: remove the data"
                .formatted(wanted.tableName()));
      }
      descriptions.put(table.id(), found);
    }
    return grown;
  }

  /** Adds the indexes that data of a former release lacks: one in a call, as the cloud has it. */
  private static void grow(
      DynamoDbClient client, TableDescription found, CreateTableRequest wanted) {
    for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
      if (shape(found).containsKey(index.indexName())) {
        continue;
      }
      CreateGlobalSecondaryIndexAction created =
          CreateGlobalSecondaryIndexAction.builder()
              .indexName(index.indexName())
              .keySchema(index.keySchema())
              .projection(index.projection())
              .build();
      var _ =
          client.updateTable(
              UpdateTableRequest.builder()
                  .tableName(wanted.tableName())
                  .attributeDefinitions(wanted.attributeDefinitions())
                  .globalSecondaryIndexUpdates(
                      GlobalSecondaryIndexUpdate.builder().create(created).build())
                  .build());
      while (isInTheMaking(client, wanted.tableName())) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static boolean isInTheMaking(DynamoDbClient client, String table) {
    TableDescription now = client.describeTable(describe -> describe.tableName(table)).table();
    return now.tableStatus() != TableStatus.ACTIVE
        || now.globalSecondaryIndexes().stream()
            .anyMatch(index -> index.indexStatus() != IndexStatus.ACTIVE);
  }

  /** The address of a table's stream, null when it has none. */
  @Nullable String streamArn(String tableId) {
    TableDescription description = descriptions.get(tableId);
    return description == null ? null : description.latestStreamArn();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    } finally {
      handler.close();
    }
  }

  /** A table's name here: the declared one, else its logical id. */
  static String name(Template.Resource table, Resolver resolver) {
    Object name = table.properties().get("TableName");
    return name == null ? table.id() : resolver.text(name, table.id() + ".TableName");
  }

  private static CreateTableRequest request(Template.Resource table, Resolver resolver) {
    Map<String, Object> properties = object(resolver.resolve(table.properties(), table.id()));
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name(table, resolver))
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                list(properties.get("AttributeDefinitions")).stream()
                    .map(
                        one ->
                            AttributeDefinition.builder()
                                .attributeName(get(one, "AttributeName"))
                                .attributeType(get(one, "AttributeType"))
                                .build())
                    .toList())
            .keySchema(keys(properties));
    List<GlobalSecondaryIndex> indexes =
        list(properties.get("GlobalSecondaryIndexes")).stream().map(Tables::index).toList();
    if (!indexes.isEmpty()) {
      request.globalSecondaryIndexes(indexes);
    }
    Map<String, Object> stream = object(properties.get("StreamSpecification"));
    if (!stream.isEmpty()) {
      request.streamSpecification(
          one -> one.streamEnabled(true).streamViewType(get(stream, "StreamViewType")));
    }
    return request.build();
  }

  private static GlobalSecondaryIndex index(Object declared) {
    Map<String, Object> projection = object(object(declared).get("Projection"));
    Projection.Builder built =
        Projection.builder().projectionType(get(projection, "ProjectionType"));
    if (projection.containsKey("NonKeyAttributes")) {
      built.nonKeyAttributes(
          list(projection.get("NonKeyAttributes")).stream().map(Object::toString).toList());
    }
    return GlobalSecondaryIndex.builder()
        .indexName(get(declared, "IndexName"))
        .keySchema(keys(object(declared)))
        .projection(built.build())
        .build();
  }

  private static List<KeySchemaElement> keys(Map<String, Object> declared) {
    return list(declared.get("KeySchema")).stream()
        .map(
            one ->
                KeySchemaElement.builder()
                    .attributeName(get(one, "AttributeName"))
                    .keyType(get(one, "KeyType"))
                    .build())
        .toList();
  }

  private static void timeToLive(
      DynamoDbClient client, Template.Resource table, String name, Resolver resolver) {
    Map<String, Object> declared =
        object(
            resolver.resolve(
                table.properties().get("TimeToLiveSpecification"), table.id() + ".TimeToLive"));
    if (Boolean.TRUE.equals(declared.get("Enabled"))) {
      var _ =
          client.updateTimeToLive(
              request ->
                  request
                      .tableName(name)
                      .timeToLiveSpecification(
                          one -> one.enabled(true).attributeName(get(declared, "AttributeName"))));
    }
  }

  private static Map<String, Object> shape(CreateTableRequest table) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("", table.keySchema());
    table
        .globalSecondaryIndexes()
        .forEach(
            index -> shape.put(index.indexName(), parts(index.keySchema(), index.projection())));
    return shape;
  }

  private static Map<String, Object> shape(TableDescription table) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("", table.keySchema());
    table
        .globalSecondaryIndexes()
        .forEach(
            index -> shape.put(index.indexName(), parts(index.keySchema(), index.projection())));
    return shape;
  }

  private static List<Object> parts(List<KeySchemaElement> keys, Projection projection) {
    return List.of(
        keys,
        projection.projectionTypeAsString(),
        projection.nonKeyAttributes().stream().collect(Collectors.toSet()));
  }

  private static String get(Object declared, String name) {
    Object value = object(declared).get(name);
    if (value == null) {
      throw new Template.TemplateFault("A table's declaration lacks " + name);
    }
    return value.toString();
  }
}
