package renfort.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.when;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import renfort.documents.Fixture.StoredObject;
import renfort.documents.model.Check;
import renfort.documents.model.Document;
import renfort.documents.model.DocumentKind;
import renfort.documents.model.FileType;
import renfort.documents.model.Upload;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Writes;
import renfort.web.Problem.FieldError;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

@NullUnmarked // a null fails the test
class DocumentsTest {
  private static final byte[] PDF = "%PDF-1.7 carte".getBytes(StandardCharsets.US_ASCII);

  private final Fixture fixture = new Fixture();
  private final Documents documents = new Documents(fixture.environment());
  private final Database database = new Database(fixture.tables);

  /** Opens a slot and sends a content to it. */
  private String upload(FileType type, byte[] content) {
    UploadSlots.Opened opened =
        new UploadSlots(fixture.environment())
            .open("carte.x", type, content.length, "sha", (writes, slot) -> {})
            .orElseThrow();
    String documentId = opened.documentId();
    fixture.objects.put("uploads/" + documentId, new StoredObject(content, type.contentType(), ""));
    return documentId;
  }

  private Check check(String documentId) {
    return documents
        .check(Map.of(DocumentKind.IDENTITY, documentId))
        .checks()
        .get(DocumentKind.IDENTITY);
  }

  private List<Upload> uploads(String documentId) {
    return documents.check(Map.of(DocumentKind.IDENTITY, documentId)).uploads();
  }

  private Taking.Taken take(String documentId, List<String> replaced) {
    return assertInstanceOf(
        Taking.Taken.class, documents.take(uploads(documentId), Fixture.PROFESSIONAL, replaced));
  }

  private Commit commit(Taking.Taken taken) {
    Writes writes = new Writes();
    taken.claim(writes);
    return database.commit(writes);
  }

  private static String copy(String documentId) {
    return "professionals/" + Fixture.PROFESSIONAL + "/" + documentId;
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  // R3

  @Test
  void R3_anUploadAsAnnouncedFits() {
    String id = upload(FileType.PDF, PDF);

    Checked checked = documents.check(Map.of(DocumentKind.DIPLOMA, id));

    assertEquals(List.of(), checked.faults());
    assertEquals(
        List.of(
            new Upload(
                new Document(DocumentKind.DIPLOMA, id, "carte.x", FileType.PDF)
                    .storedOn(LocalDate.of(2026, 11, 23)),
                Fixture.etag(PDF))),
        checked.uploads());
  }

  @Test
  void R3_eachKindFitsByItsOwnBytesOnly() throws IOException {
    byte[] ole = {
      (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1, 0
    };
    byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0};
    Map<FileType, byte[]> contents =
        Map.of(
            FileType.PDF, PDF,
            FileType.DOC, ole,
            FileType.DOCX, zip("word/document.xml"),
            FileType.JPEG, jpeg);
    contents.forEach(
        (actual, content) -> {
          for (FileType announced : FileType.values()) {
            Check check = check(upload(announced, content));
            assertEquals(
                announced == actual ? Check.Fits.class : Check.WrongContent.class,
                check.getClass(),
                actual + " as " + announced);
          }
        });
  }

  @Test
  void R3_anArchiveWithoutWordIsNoDocx() throws IOException {
    assertEquals(new Check.WrongContent(), check(upload(FileType.DOCX, zip("xl/workbook.xml"))));
    assertEquals(
        new Check.WrongContent(), check(upload(FileType.DOCX, new byte[] {'P', 'K', 3, 4})));
  }

  @Test
  void R3_aFileThatIsTwoThingsAtOnceIsRefused() {
    byte[] script = "<script>\n%PDF-1.7".getBytes(StandardCharsets.US_ASCII);
    assertEquals(new Check.WrongContent(), check(upload(FileType.PDF, script)));
  }

  @Test
  void R3_aFileOfOneByteIsRefusedAndNoFault() {
    assertEquals(new Check.WrongContent(), check(upload(FileType.PDF, new byte[1])));
  }

  @Test
  void R3_anotherFileThanTheAnnouncedIsRefused() {
    String longer = upload(FileType.PDF, PDF);
    fixture.objects.put(
        "uploads/" + longer,
        new StoredObject(
            "%PDF-1.7 another".getBytes(StandardCharsets.US_ASCII), "application/pdf", ""));
    assertEquals(new Check.WrongContent(), check(longer));

    String otherType = upload(FileType.PDF, PDF);
    fixture.objects.put("uploads/" + otherType, new StoredObject(PDF, "text/html", ""));
    assertEquals(new Check.WrongContent(), check(otherType));
  }

  @Test
  void R3_anotherDigestThanTheAnnouncedIsRefusedWhenTheStoreKnowsIt() {
    String id = upload(FileType.PDF, PDF);
    when(fixture.s3.headObject(any(HeadObjectRequest.class)))
        .thenReturn(
            HeadObjectResponse.builder()
                .contentLength((long) PDF.length)
                .contentType("application/pdf")
                .checksumSHA256("other")
                .eTag("\"e\"")
                .build());
    assertEquals(new Check.WrongContent(), check(id));
  }

  @Test
  void R3_moreThanFiveMebibytesIsToldAsSuch() {
    String id = upload(FileType.PDF, PDF);
    byte[] huge = new byte[(int) FileType.MAX_SIZE + 1];
    fixture.objects.put("uploads/" + id, new StoredObject(huge, "application/pdf", ""));

    assertEquals(new Check.TooLarge(), check(id));
    assertTrue(
        documents
            .check(Map.of(DocumentKind.IDENTITY, id))
            .faults()
            .getFirst()
            .message()
            .contains("5 Mo"));
  }

  @Test
  void R3_whatWasNeverAskedForOrNeverSentIsMissing() {
    String neverSent = upload(FileType.PDF, PDF);
    fixture.objects.remove("uploads/" + neverSent);

    Checked checked =
        documents.check(
            Map.of(DocumentKind.IDENTITY, neverSent, DocumentKind.DIPLOMA, "00000000000000000000"));

    assertEquals(
        List.of("identityDocumentId missing", "diplomaId missing"),
        checked.faults().stream().map(fault -> fault.field() + " " + fault.code()).toList());
    assertEquals(List.of(), checked.uploads());
  }

  @Test
  void R3_anUploadThatGoesAwayWhileItIsLookedAtIsMissing() {
    String id = upload(FileType.PDF, PDF);
    when(fixture.s3.getObjectAsBytes(any(GetObjectRequest.class)))
        .thenThrow(S3Exception.builder().statusCode(404).build());
    assertEquals(new Check.Missing(), check(id));
  }

  @Test
  void aSlotIsOverBeforeTheStoreMayTakeItsUploadAway() {
    String id = upload(FileType.PDF, PDF);
    fixture.now = fixture.now.plus(SlotStore.CLAIMABLE).minusSeconds(1);
    assertInstanceOf(Check.Fits.class, check(id));

    fixture.now = fixture.now.plusSeconds(1);
    assertEquals(new Check.Missing(), check(id));
    assertTrue(SlotStore.CLAIMABLE.plusHours(1).compareTo(Duration.ofDays(1)) < 0);
  }

  @Test
  void oneUploadServesOneKindOnly() {
    String id = upload(FileType.PDF, PDF);
    Checked checked = documents.check(Map.of(DocumentKind.DIPLOMA, id, DocumentKind.IDENTITY, id));

    assertEquals(List.of("diplomaId"), checked.faults().stream().map(FieldError::field).toList());
    assertEquals(DocumentKind.IDENTITY, checked.uploads().getFirst().document().kind());
  }

  // claimed once

  @Test
  void aCopyIsPendingUntilItsSheetIsCommittedAndSettled() {
    String id = upload(FileType.PDF, PDF);

    Taking.Taken taken = take(id, List.of());
    assertEquals("state=pending", fixture.objects.get(copy(id)).tags());
    assertEquals(new Commit.Done(), commit(taken));
    assertEquals("state=pending", fixture.objects.get(copy(id)).tags());
    taken.settle();

    assertEquals(Set.of(copy(id)), fixture.objects.keySet());
    assertEquals("", fixture.objects.get(copy(id)).tags());
    assertEquals(
        List.of(
            new Document(DocumentKind.IDENTITY, id, "carte.x", FileType.PDF)
                .storedOn(LocalDate.of(2026, 11, 23))),
        taken.documents());
  }

  @Test
  void anUploadIsClaimedOnce() {
    String id = upload(FileType.PDF, PDF);
    Taking.Taken first = take(id, List.of());
    Taking.Taken second = take(id, List.of());

    assertEquals(new Commit.Done(), commit(first));
    Commit.Refused refused = assertInstanceOf(Commit.Refused.class, commit(second));

    assertEquals(
        List.of("identityDocumentId claimed"),
        second.faults(refused.labels()).stream()
            .map(fault -> fault.field() + " " + fault.code())
            .toList());
    assertEquals(List.of(), second.faults(Set.of("email")));
    assertEquals(new Check.AlreadyClaimed(), check(id));
  }

  @Test
  void aClaimForgetsWhatWasAnnounced() {
    String id = upload(FileType.PDF, PDF);
    Writes writes = new Writes();
    take(id, List.of()).claim(writes);
    assertEquals(1, writes.size());
    assertEquals(new Commit.Done(), database.commit(writes));
    assertFalse(fixture.guards.get("DOCUMENT#" + id).containsKey("name"));
  }

  @Test
  void anUploadThatChangedSinceItWasLookedAtIsLost() {
    String id = upload(FileType.PDF, PDF);
    List<Upload> uploads = uploads(id);
    fixture.objects.put(
        "uploads/" + id,
        new StoredObject(
            "%PDF-1.7 autre".getBytes(StandardCharsets.US_ASCII), "application/pdf", ""));

    Taking.Lost lost =
        assertInstanceOf(
            Taking.Lost.class, documents.take(uploads, Fixture.PROFESSIONAL, List.of()));
    assertEquals("identityDocumentId", lost.fault().field());
  }

  @Test
  void whatIsReplacedIsDeletedAfterTheCommitOnly() {
    String old = "ffffffffffffffffffff";
    fixture.objects.put(copy(old), new StoredObject(PDF, "application/pdf", ""));
    String id = upload(FileType.PDF, PDF);

    Taking.Taken taken = take(id, List.of(old));
    assertEquals(new Commit.Done(), commit(taken));
    assertTrue(fixture.objects.containsKey(copy(old)));
    taken.settle();

    assertEquals(Set.of(copy(id)), fixture.objects.keySet());
  }

  @Test
  void nothingIsTakenWhenAFormNamesNoUpload() {
    Taking.Taken taken =
        assertInstanceOf(
            Taking.Taken.class, documents.take(List.of(), Fixture.PROFESSIONAL, List.of()));
    taken.settle();

    assertEquals(List.of(), taken.documents());
    assertEquals(List.of(), fixture.calls);
    assertThrows(
        IllegalArgumentException.class,
        () -> documents.take(List.of(), Fixture.PROFESSIONAL, List.of("ffffffffffffffffffff")));
  }

  @Test
  void aFaultOfSettlingIsLeftToTheSchedule() {
    String id = upload(FileType.PDF, PDF);
    Taking.Taken taken = take(id, List.of());
    commit(taken);
    doThrow(SdkClientException.create("out"))
        .when(fixture.s3)
        .deleteObjects(any(DeleteObjectsRequest.class));

    taken.settle();

    assertTrue(fixture.objects.containsKey("uploads/" + id));
  }

  @Test
  void anObjectThatCannotBeDeletedIsAFault() {
    when(fixture.s3.deleteObjects(any(DeleteObjectsRequest.class)))
        .thenReturn(
            DeleteObjectsResponse.builder()
                .errors(S3Error.builder().key("k").code("InternalError").build())
                .build());
    assertThrows(
        Outage.class, () -> documents.discard(Fixture.PROFESSIONAL, "ffffffffffffffffffff"));
  }

  // deleted

  @Test
  void R29_allDocumentsOfOnePersonAreDeletedAndNobodyElses() {
    for (int i = 0; i < 5; i++) {
      fixture.objects.put(copy("f".repeat(19) + i), new StoredObject(PDF, "application/pdf", ""));
    }
    fixture.objects.put("professionals/other/1", new StoredObject(PDF, "application/pdf", ""));

    documents.discardAll(Fixture.PROFESSIONAL);
    documents.discardAll(Fixture.PROFESSIONAL);

    assertEquals(Set.of("professionals/other/1"), fixture.objects.keySet());
  }

  @Test
  void oneDocumentIsDeleted() {
    fixture.objects.put(copy("a"), new StoredObject(PDF, "application/pdf", ""));
    fixture.objects.put(copy("b"), new StoredObject(PDF, "application/pdf", ""));

    documents.discard(Fixture.PROFESSIONAL, "a");

    assertEquals(Set.of(copy("b")), fixture.objects.keySet());
  }

  // faults

  @ParameterizedTest
  @EnumSource
  void aStoreThatIsOutIsAnOutageAndNotAMissingDocument(Fault fault) {
    String id = upload(FileType.PDF, PDF);
    List<Upload> uploads = uploads(id);
    when(fixture.s3.headObject(any(HeadObjectRequest.class))).thenThrow(fault.exception);
    when(fixture.s3.copyObject(any(CopyObjectRequest.class))).thenThrow(fault.exception);

    assertThrows(Outage.class, () -> check(id));
    assertThrows(Outage.class, () -> documents.take(uploads, Fixture.PROFESSIONAL, List.of()));
  }

  enum Fault {
    UNREACHABLE(SdkClientException.create("connection refused")),
    DENIED(S3Exception.builder().statusCode(403).build()),
    BROKEN(S3Exception.builder().statusCode(500).build());

    @SuppressWarnings("ImmutableEnumChecker")
    private final RuntimeException exception;

    Fault(RuntimeException exception) {
      this.exception = exception;
    }
  }

  // shown

  @Test
  void aLinkLastsFiveMinutesAndSavesTheFileUnderItsName() {
    String link =
        documents.link(
            Fixture.PROFESSIONAL,
            new Document(DocumentKind.IDENTITY, "abc", "pièce \"1\".pdf", FileType.PDF));

    String path = link.substring(0, link.indexOf('?'));
    String query = URLDecoder.decode(link.substring(link.indexOf('?')), StandardCharsets.UTF_8);
    assertTrue(path.endsWith("/" + copy("abc")), path);
    assertTrue(query.contains("X-Amz-Expires=300"), query);
    assertTrue(query.contains("response-content-type=application/pdf"), query);
    assertTrue(
        query.contains(
            "response-content-disposition=attachment; filename=\"pi_ce _1_.pdf\";"
                + " filename*=UTF-8''pi%C3%A8ce%20%221%22.pdf"),
        query);
  }

  @Test
  void aDocumentIsReadAsItWasWritten() {
    Document document = new Document(DocumentKind.DIPLOMA, "abc", "diplôme.docx", FileType.DOCX);
    Item item = Documents.write(document);
    assertEquals(document, Documents.read(item));
  }
}
