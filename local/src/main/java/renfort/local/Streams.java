package renfort.local;

import static renfort.local.Template.list;
import static renfort.local.Template.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The event source mappings: carries the records of each table's stream to its function, in order
 * per shard, in batches, filtered, again after a failure. How far each has come is kept with the
 * data.
 */
final class Streams implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(150);
  private static final Duration BETWEEN_RINGS = Duration.ofMillis(20);
  private static final Duration LEAST_WAIT = Duration.ofMillis(50);
  private static final Duration MOST_WAIT = Duration.ofSeconds(5);

  private final DynamoDbStreamsClient client;
  private final Functions functions;
  private final Faults faults;
  private final Stored stored;
  private final Map<String, String> positions = new ConcurrentHashMap<>();
  private final List<Mapping> mappings = new ArrayList<>();
  private final Object bell = new Object();
  private long rings;
  private volatile boolean closed;

  Streams(
      Template template,
      Resolver resolver,
      Tables tables,
      DynamoDbStreamsClient client,
      Functions functions,
      Faults faults,
      @Nullable Path file) {
    this.client = client;
    this.functions = functions;
    this.faults = faults;
    stored = new Stored(file);
    stored
        .load()
        .properties()
        .forEach(entry -> positions.put(entry.getKey(), entry.getValue().asText()));
    for (Template.StreamMapping declared : template.streams()) {
      String where = declared.functionId() + "." + declared.eventId();
      String arn = tables.streamArn(declared.tableId());
      if (arn == null) {
        throw new Template.TemplateFault(where + ": " + declared.tableId() + " has no stream");
      }
      Map<String, Object> properties = object(resolver.resolve(declared.properties(), where));
      mappings.add(new Mapping(where, declared.functionId(), arn, properties));
    }
    mappings.forEach(mapping -> Thread.ofVirtual().name(mapping.where).start(mapping));
  }

  /** Tells that a table was written, so that nobody waits for the next look. */
  void ring() {
    synchronized (bell) {
      rings++;
      bell.notifyAll();
    }
  }

  /**
   * Waits until every record written before now, and every one that its delivery wrote, is
   * delivered.
   *
   * @throws IllegalStateException naming the mappings still at work when the time is over
   */
  void await(Duration most) {
    long since = System.nanoTime();
    long end = since + most.toNanos();
    long lookAgain = since;
    while (true) {
      long after = lastDelivery(since);
      List<String> busy =
          mappings.stream()
              .filter(mapping -> mapping.emptySince - after < 0)
              .map(mapping -> mapping.where)
              .toList();
      if (busy.isEmpty() && lastDelivery(since) == after) {
        return;
      }
      long now = System.nanoTime();
      if (now - end >= 0) {
        throw new IllegalStateException("Streams not delivered after " + most + ": " + busy);
      }
      if (now - lookAgain >= 0) {
        ring();
        lookAgain = now + BETWEEN_RINGS.toNanos();
      }
      pause(Duration.ofMillis(1));
    }
  }

  private long lastDelivery(long otherwise) {
    long last = otherwise;
    for (Mapping mapping : mappings) {
      last = Math.max(last, mapping.lastDelivery);
    }
    return last;
  }

  @Override
  public void close() {
    closed = true;
    ring();
    for (Mapping mapping : mappings) {
      mapping.join();
    }
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a ring after the one heard, at most the time between two looks. */
  private void pauseUntilRing(long heard) {
    long end = System.nanoTime() + POLL.toNanos();
    synchronized (bell) {
      try {
        long left = POLL.toMillis();
        while (left > 0 && !closed && rings == heard) {
          bell.wait(left);
          left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
      } catch (InterruptedException e) {
        closed = true;
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Mapping implements Runnable {
    private final String where;
    private final String functionId;
    private final String arn;
    private final int batchSize;
    private final int attempts;
    private final boolean reportsFailures;
    private final boolean bisects;
    private final List<EventPattern> filters;
    private final Map<String, Reading> readings = new LinkedHashMap<>();
    private final java.util.concurrent.CountDownLatch ended =
        new java.util.concurrent.CountDownLatch(1);

    /** When the last look that found nothing began; compared with nanoTime. */
    private volatile long emptySince = System.nanoTime() - Duration.ofDays(1).toNanos();

    private volatile long lastDelivery = emptySince;

    Mapping(String where, String functionId, String arn, Map<String, Object> properties) {
      this.where = where;
      this.functionId = functionId;
      this.arn = arn;
      batchSize = properties.get("BatchSize") instanceof Number size ? size.intValue() : 100;
      attempts =
          properties.get("MaximumRetryAttempts") instanceof Number number && number.intValue() >= 0
              ? number.intValue() + 1
              : Integer.MAX_VALUE;
      bisects = Boolean.TRUE.equals(properties.get("BisectBatchOnFunctionError"));
      reportsFailures =
          list(properties.get("FunctionResponseTypes")).contains("ReportBatchItemFailures");
      filters =
          list(object(properties.get("FilterCriteria")).get("Filters")).stream()
              .map(
                  filter ->
                      EventPattern.parse(String.valueOf(object(filter).get("Pattern")), where))
              .toList();
    }

    void join() {
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void run() {
      try {
        while (!closed) {
          long began = System.nanoTime();
          long heard;
          synchronized (bell) {
            heard = rings;
          }
          boolean found;
          try {
            found = look();
          } catch (SdkException e) {
            found = true;
            if (!closed) {
              System.err.println(where + ": the stream cannot be read: " + e.getMessage());
              pause(LEAST_WAIT);
            }
          }
          if (!found) {
            emptySince = began;
            pauseUntilRing(heard);
          }
        }
      } finally {
        ended.countDown();
      }
    }

    /** Reads every shard once; whether there was anything, or something waits to be tried again. */
    private boolean look() {
      if (readings.isEmpty()) {
        discover();
      }
      boolean found = false;
      boolean over = false;
      for (Reading reading : List.copyOf(readings.values())) {
        found |= reading.look();
        over |= reading.over;
      }
      if (over) {
        readings.values().removeIf(reading -> reading.over);
        discover();
      }
      // the shards that follow one that is over are read at the next look
      return found || over;
    }

    private void discover() {
      String after = null;
      do {
        String from = after;
        var description =
            client
                .describeStream(request -> request.streamArn(arn).exclusiveStartShardId(from))
                .streamDescription();
        for (Shard shard : description.shards()) {
          String key = where + " " + shard.shardId();
          if (!"over".equals(positions.get(key))) {
            readings.computeIfAbsent(shard.shardId(), id -> new Reading(this, id, key));
          }
        }
        after = description.lastEvaluatedShardId();
      } while (after != null);
    }
  }

  /** One shard on its way to one function. */
  private final class Reading {
    private final Mapping mapping;
    private final String shardId;
    private final String key;
    private final List<ObjectNode> waiting = new ArrayList<>();
    private @Nullable String iterator;
    private int tried;
    private int size;
    private long notBefore;
    private boolean over;

    Reading(Mapping mapping, String shardId, String key) {
      this.mapping = mapping;
      this.shardId = shardId;
      this.key = key;
      size = mapping.batchSize;
    }

    /** Whether there was anything, or nothing was read. */
    boolean look() {
      if (waiting.isEmpty() && !read()) {
        return true;
      }
      if (waiting.isEmpty()) {
        return false;
      }
      if (System.nanoTime() - notBefore < 0) {
        pause(Duration.ofMillis(5));
      } else {
        deliver();
      }
      return true;
    }

    /**
     * Whether the shard was read: a place in it that has expired is found again at the next look.
     */
    private boolean read() {
      GetRecordsResponse records;
      try {
        if (iterator == null) {
          String position = positions.get(key);
          iterator =
              client
                  .getShardIterator(
                      request ->
                          request
                              .streamArn(mapping.arn)
                              .shardId(shardId)
                              .sequenceNumber(position)
                              .shardIteratorType(
                                  position == null
                                      ? ShardIteratorType.TRIM_HORIZON
                                      : ShardIteratorType.AFTER_SEQUENCE_NUMBER))
                  .shardIterator();
        }
        String from = iterator;
        records = client.getRecords(request -> request.shardIterator(from).limit(1000));
      } catch (ExpiredIteratorException e) {
        iterator = null;
        return false;
      } catch (TrimmedDataAccessException e) {
        iterator = null;
        positions.remove(key);
        return false;
      }
      iterator = records.nextShardIterator();
      for (Record one : records.records()) {
        waiting.add(event(one, mapping.arn));
      }
      if (iterator == null && waiting.isEmpty()) {
        over = true;
        move("over");
      }
      return true;
    }

    private void deliver() {
      List<ObjectNode> batch = waiting.subList(0, Math.min(size, waiting.size()));
      ArrayNode chosen = Trees.array();
      for (ObjectNode one : batch) {
        if (mapping.filters.isEmpty()
            || mapping.filters.stream().anyMatch(filter -> filter.matches(one))) {
          chosen.add(one);
        }
      }
      int done = chosen.isEmpty() ? batch.size() : call(batch, chosen);
      boolean all = done == batch.size();
      mapping.lastDelivery = System.nanoTime();
      if (done > 0) {
        move(sequence(batch.get(done - 1)));
        batch.subList(0, done).clear();
        tried = 0;
        size = mapping.batchSize;
        notBefore = System.nanoTime();
      }
      if (!all) {
        failed(batch);
      }
    }

    /** Gives a batch to the function; how many records from its beginning are done with. */
    private int call(List<ObjectNode> batch, ArrayNode chosen) {
      ObjectNode event = Trees.object();
      event.set("Records", chosen);
      JsonNode answer;
      try {
        answer = Trees.read(functions.invoke(mapping.functionId, Trees.bytes(event)));
      } catch (Functions.FunctionFault e) {
        if (!closed) {
          System.err.println(e.getMessage() + " on a stream: " + e.getCause());
        }
        return 0;
      }
      if (!mapping.reportsFailures) {
        return batch.size();
      }
      int first = batch.size();
      for (JsonNode failure : answer.path("batchItemFailures")) {
        String sequence = failure.path("itemIdentifier").asText();
        int index = 0;
        while (index < batch.size() && !sequence(batch.get(index)).equals(sequence)) {
          index++;
        }
        first = Math.min(first, index == batch.size() ? 0 : index);
      }
      return first;
    }

    private void failed(List<ObjectNode> left) {
      tried++;
      if (tried >= Math.min(mapping.attempts, faults.mostTriesOfStreams())) {
        System.err.println(mapping.where + ": given up " + left.size() + " records of a stream");
        move(sequence(left.getLast()));
        left.clear();
        tried = 0;
        return;
      }
      if (mapping.bisects && left.size() > 1) {
        size = (left.size() + 1) / 2;
      }
      Duration wait = LEAST_WAIT.multipliedBy(1L << Math.min(tried - 1, 10));
      notBefore = System.nanoTime() + (wait.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : wait).toNanos();
    }

    private void move(String position) {
      positions.put(key, position);
      if (stored.file() != null) {
        synchronized (stored) {
          stored.save(Trees.of(new java.util.TreeMap<>(positions)));
        }
      }
    }
  }

  private static String sequence(JsonNode event) {
    return event.path("dynamodb").path("SequenceNumber").asText();
  }

  private static ObjectNode event(Record one, String arn) {
    StreamRecord record = one.dynamodb();
    ObjectNode event =
        Trees.object()
            .put("eventID", one.eventID())
            .put("eventName", one.eventNameAsString())
            .put("eventVersion", "1.1")
            .put("eventSource", "aws:dynamodb")
            .put("awsRegion", LocalPlatform.REGION)
            .put("eventSourceARN", arn);
    ObjectNode change = event.putObject("dynamodb");
    Optional.ofNullable(record.approximateCreationDateTime())
        .ifPresent(at -> change.put("ApproximateCreationDateTime", at.getEpochSecond()));
    change.set("Keys", item(record.keys()));
    if (record.hasNewImage()) {
      change.set("NewImage", item(record.newImage()));
    }
    if (record.hasOldImage()) {
      change.set("OldImage", item(record.oldImage()));
    }
    change
        .put("SequenceNumber", record.sequenceNumber())
        .put("SizeBytes", record.sizeBytes())
        .put("StreamViewType", record.streamViewTypeAsString());
    if (one.userIdentity() != null) {
      event
          .putObject("userIdentity")
          .put("type", one.userIdentity().type())
          .put("principalId", one.userIdentity().principalId());
    }
    return event;
  }

  private static ObjectNode item(Map<String, AttributeValue> attributes) {
    ObjectNode item = Trees.object();
    attributes.forEach((name, value) -> item.set(name, attribute(value)));
    return item;
  }

  private static ObjectNode attribute(AttributeValue value) {
    ObjectNode node = Trees.object();
    switch (value.type()) {
      case S -> node.put("S", value.s());
      case N -> node.put("N", value.n());
      case BOOL -> node.put("BOOL", value.bool());
      case NUL -> node.put("NULL", true);
      case B -> node.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
      case SS -> value.ss().forEach(node.putArray("SS")::add);
      case NS -> value.ns().forEach(node.putArray("NS")::add);
      case BS -> {
        ArrayNode list = node.putArray("BS");
        value.bs().forEach(one -> list.add(Base64.getEncoder().encodeToString(one.asByteArray())));
      }
      case L -> {
        ArrayNode list = node.putArray("L");
        value.l().forEach(one -> list.add(attribute(one)));
      }
      case M -> node.set("M", item(value.m()));
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalStateException("An attribute of an unknown type");
    }
    return node;
  }
}
