package renfort.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.documents.model.DocumentKind;
import renfort.environment.Environment;
import renfort.local.Api;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Injection;
import renfort.local.Faults.Service;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.professionals.Volunteers;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Writes;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** What a function that crashed after its commit left of documents is done by the schedule. */
@ExtendWith(PlatformExtension.class)
class SettleDocumentsTest {
  private LocalPlatform platform;
  private Volunteers volunteers;
  private Environment environment;
  private Documents documents;
  private String person;

  @BeforeEach
  void open(LocalPlatform platform, Api api) {
    this.platform = platform;
    volunteers = new Volunteers(platform, api);
    Map<String, String> variables = new HashMap<>(platform.variables("SettleDocuments"));
    environment = platform.environment(variables);
    documents = new Documents(environment);
    person = environment.ids().next();
  }

  /** A document that is claimed and not settled. */
  private String claimed() {
    String id = volunteers.upload("identite.pdf");
    Writes writes = new Writes();
    taken(id).claim(writes);
    assertInstanceOf(Commit.Done.class, Database.of(environment).commit(writes));
    return id;
  }

  private Taking.Taken taken(String id) {
    return assertInstanceOf(
        Taking.Taken.class,
        documents.take(
            documents.check(Map.of(DocumentKind.IDENTITY, id)).uploads(), person, List.of()));
  }

  private boolean isPending(String id) {
    return platform
        .clients()
        .s3()
        .getObjectTagging(
            tags ->
                tags.bucket(platform.bucketName("DocumentsBucket")).key(Bucket.copy(person, id)))
        .tagSet()
        .stream()
        .anyMatch(tag -> tag.key().equals("state"));
  }

  private List<String> pending(List<String> ids) {
    return ids.stream().filter(this::isPending).toList();
  }

  private boolean isUploaded(String id) {
    return new Bucket(environment).find(Bucket.upload(id)).isPresent();
  }

  /** Runs the function; its time is over after so many looks at it. */
  private void run(int looks) throws IOException {
    AtomicInteger left = new AtomicInteger(looks);
    Context context = mock(Context.class);
    when(context.getRemainingTimeInMillis())
        .then(call -> left.decrementAndGet() >= 0 ? 100_000 : 0);
    new SettleDocuments(environment)
        .handleRequest(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), context);
  }

  @Test
  void R3_whatIsClaimedIsSettledAndTheRestLeftAlone() {
    String id = claimed();
    String unclaimed = volunteers.upload("diplome.pdf");
    assertEquals(1, taken(unclaimed).documents().size());
    for (int times = 0; times < 2; times++) {
      platform.runSchedule("SettleDocuments");
      assertEquals(List.of(unclaimed), pending(List.of(id, unclaimed)));
      assertTrue(isUploaded(unclaimed));
      assertTrue(!isUploaded(id), "its claim is settled");
    }
  }

  @Test
  void R29_whatWasErasedMeanwhileStaysErased() {
    String id = claimed();
    documents.discardAll(person);
    platform.runSchedule("SettleDocuments");
    assertTrue(!isUploaded(id));
    assertEquals(List.of(), volunteers.documents(person));
  }

  @Test
  void R3_oneThatFailsHoldsUpNoOtherAndIsSettledTheNextTime() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(claimed());
    }
    String broken = ids.get(2);
    try (Injection fault =
        platform
            .faults()
            .inject(Service.OBJECTS, Fault.OUTAGE, call -> call.operation().contains(broken))) {
      platform.runSchedule("SettleDocuments");
      assertTrue(fault.hits() > 0);
    }
    assertEquals(List.of(broken), pending(ids));
    platform.runSchedule("SettleDocuments");
    assertEquals(List.of(), pending(ids));
  }

  @Test
  void R3_aCallWithoutTimeLeavesTheRestToTheNext() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(claimed());
    }
    run(12);
    int left = pending(ids).size();
    assertTrue(left > 0 && left < 20, left + " are left");
    run(Integer.MAX_VALUE);
    assertEquals(List.of(), pending(ids));
  }

  @Test
  void R3_aClaimBehindManyUploadsIsFound() {
    String id = claimed();
    for (int i = 0; i < 510; i++) {
      String before = "uploads/0000000000%010d".formatted(i);
      platform.store(
          PutObjectRequest.builder()
              .bucket(platform.bucketName("DocumentsBucket"))
              .key(before)
              .build(),
          new byte[] {'x'});
    }
    platform.runSchedule("SettleDocuments");
    assertEquals(List.of(), pending(List.of(id)));
  }

  @Test
  void R3_copiesThatStayUnsettledForAnHourAreCountedForTheAlarm() throws IOException {
    String id = claimed();
    try (Injection _ =
        platform
            .faults()
            .inject(Service.OBJECTS, Fault.OUTAGE, call -> call.operation().contains(id))) {
      assertTrue(logged().contains("\"event\":\"documents-unsettled\",\"count\":0"));
      platform.advance(Duration.ofMinutes(61));
      assertTrue(logged().contains("\"event\":\"documents-unsettled\",\"count\":1"));
    }
    assertTrue(logged().contains("\"event\":\"documents-unsettled\",\"count\":0"));
    assertEquals(List.of(), pending(List.of(id)));
  }

  private String logged() throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      run(Integer.MAX_VALUE);
    } finally {
      System.setOut(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
