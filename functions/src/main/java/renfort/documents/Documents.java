package renfort.documents;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import renfort.documents.SlotStore.Claim;
import renfort.documents.SlotStore.Row;
import renfort.documents.SlotStore.Slot;
import renfort.documents.model.Check;
import renfort.documents.model.Document;
import renfort.documents.model.DocumentKind;
import renfort.documents.model.FileType;
import renfort.documents.model.PdfContent;
import renfort.documents.model.Upload;
import renfort.documents.model.WordArchive;
import renfort.documents.model.WordBinary;
import renfort.environment.Environment;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Writes;
import renfort.web.Log;

/**
 * The documents of sheets, for the rooms that keep and show sheets. A sheet takes its uploads in
 * four steps: {@link #check}, {@link #take}, the claim within the sheet's own transaction, and then
 * {@link Taking.Taken#settle}. Every method throws {@link Outage} when the store or the tables are
 * out.
 */
public final class Documents {
  /** How long a link to a document may be used. */
  static final Duration VIEWABLE = Duration.ofMinutes(5);

  private final SlotStore store;
  private final Bucket bucket;
  private final Settling settling;
  private final Discards discards;
  private final Clock clock;

  public Documents(Environment environment) {
    this.store = new SlotStore(environment);
    this.bucket = new Bucket(environment);
    this.settling = new Settling(bucket);
    this.discards = new Discards(environment, bucket);
    this.clock = environment.clock();
  }

  /**
   * Looks at the uploads that a form names: whether they are there, as announced, unclaimed, and of
   * their kind by their first bytes (R3). One upload given for two kinds fits the first only.
   *
   * @param wanted documentIds of the right form, by what they prove
   */
  public Checked check(Map<DocumentKind, String> wanted) {
    Map<DocumentKind, String> ordered = new EnumMap<>(DocumentKind.class);
    ordered.putAll(wanted);
    Map<String, Row> rows = store.find(new HashSet<>(ordered.values()));
    Map<DocumentKind, Check> checks = new EnumMap<>(DocumentKind.class);
    Set<String> seen = new HashSet<>();
    ordered.forEach(
        (kind, documentId) ->
            checks.put(
                kind,
                seen.add(documentId)
                    ? check(kind, documentId, rows.get(documentId))
                    : new Check.AlreadyClaimed()));
    return new Checked(checks);
  }

  /**
   * Copies uploads below a professional's prefix, tagged so that they go away in a day unless they
   * are settled. Doing it again for the same uploads is harmless.
   *
   * @param replaced ids of the professional's documents that the new ones make superfluous; they
   *     are deleted when the claim is settled
   * @throws IllegalArgumentException when documents are to be replaced by none
   */
  public Taking take(List<Upload> uploads, String professionalId, Collection<String> replaced) {
    if (uploads.isEmpty() && !replaced.isEmpty()) {
      throw new IllegalArgumentException("Nothing replaces them: discard them");
    }
    List<Claim> claims = new ArrayList<>();
    for (Upload upload : uploads) {
      Document document = upload.document();
      if (!bucket.copyPending(document.documentId(), upload.etag(), professionalId)) {
        return new Taking.Lost(Checked.fault(document.kind(), new Check.Missing()).orElseThrow());
      }
      claims.add(
          new Claim(
              document.documentId(),
              professionalId,
              claims.isEmpty() ? List.copyOf(replaced) : List.of()));
    }
    return new Taking.Taken(store, settling, List.copyOf(uploads), claims);
  }

  /**
   * Makes the copies of documents stay whose claim is committed, and deletes their uploads; may be
   * repeated. Where it is not done, {@link SettleDocuments} does it.
   */
  public void settle(String professionalId, List<Document> claimed) {
    settling.settle(
        claimed.stream()
            .map(document -> new Claim(document.documentId(), professionalId, List.of()))
            .toList());
  }

  /** Deletes one document of a professional, if it is there. */
  public void discard(String professionalId, String documentId) {
    bucket.delete(List.of(Bucket.copy(professionalId, documentId)));
  }

  /**
   * Adds to a sheet's transaction that the files of documents are to be deleted (R28): none of them
   * stays, whatever happens after the commit. One write each.
   */
  public void discardLater(Writes writes, String professionalId, List<Document> documents) {
    discards.want(writes, professionalId, documents.stream().map(Document::documentId).toList());
  }

  /**
   * Deletes those files, after the commit. What a fault leaves, {@link SettleDocuments} deletes.
   */
  public void discardNow(String professionalId, List<Document> documents) {
    if (documents.isEmpty()) {
      return;
    }
    try {
      discards.fulfil(professionalId, documents.stream().map(Document::documentId).toList());
    } catch (Outage outage) {
      Log.error("documents discard", "", outage);
    }
  }

  /** Deletes all documents of a professional (R29); may be repeated. */
  public void discardAll(String professionalId) {
    bucket.deleteCopies(professionalId);
  }

  /**
   * A link of five minutes that saves the document. The look has to be in the journal before it is
   * asked for (R25).
   */
  public String link(String professionalId, Document document) {
    return bucket.signDownload(professionalId, document, VIEWABLE);
  }

  /** A document as it is stored within a sheet. */
  public static Item write(Document document) {
    Item item =
        Item.empty()
            .with("kind", document.kind().name())
            .with("documentId", document.documentId())
            .with("fileName", document.fileName())
            .with("type", document.type().name())
            .with("storedOn", document.storedOn());
    return document.isDeleted() ? item.with("deleted", true) : item;
  }

  /** A document as it was stored within a sheet. */
  public static Document read(Item item) {
    return new Document(
        DocumentKind.valueOf(item.text("kind")),
        item.text("documentId"),
        item.text("fileName"),
        FileType.valueOf(item.text("type")),
        item.flag("deleted"),
        item.dateIfAny("storedOn").orElse(null));
  }

  private Check check(DocumentKind kind, String documentId, @Nullable Row row) {
    if (row == null) {
      return new Check.Missing();
    }
    if (row.slot() == null) {
      return new Check.AlreadyClaimed();
    }
    Slot slot = row.slot();
    String key = Bucket.upload(documentId);
    Optional<Bucket.Found> found = bucket.find(key);
    if (found.isEmpty()) {
      return new Check.Missing();
    }
    if (found.get().size() > FileType.MAX_SIZE) {
      return new Check.TooLarge();
    }
    if (!asAnnounced(found.get(), slot)) {
      return new Check.WrongContent();
    }
    return look(slot.type(), key, slot.size())
        .map(
            look ->
                switch (look) {
                  case FITS ->
                      new Check.Fits(
                          new Upload(
                              new Document(kind, documentId, slot.fileName(), slot.type())
                                  .storedOn(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
                              found.get().etag()));
                  case OTHER -> new Check.WrongContent();
                  case ACTIVE -> new Check.Active();
                })
        .orElseGet(Check.Missing::new);
  }

  private static boolean asAnnounced(Bucket.Found found, Slot slot) {
    String type = found.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return found.size() == slot.size()
        && type.equals(slot.type().contentType())
        && (found.sha256() == null || found.sha256().equals(slot.sha256()));
  }

  /** What the bytes of an upload are to the kind that was announced. */
  private enum Look {
    FITS,
    OTHER,
    ACTIVE
  }

  /** Looks at the bytes; nothing when the upload is gone. */
  private Optional<Look> look(FileType type, String key, long size) {
    Optional<Boolean> begins = bucket.read(key, 0, Math.min(size, FileType.HEAD)).map(type::begins);
    if (!begins.orElse(false)) {
      return begins.map(no -> Look.OTHER);
    }
    return type == FileType.JPEG
        ? Optional.of(Look.FITS)
        : bucket.read(key, 0, size).map(file -> look(type, file));
  }

  private static Look look(FileType type, byte[] file) {
    return switch (type) {
      case JPEG -> Look.FITS;
      case PDF -> PdfContent.isActive(file) ? Look.ACTIVE : Look.FITS;
      case DOC -> WordBinary.isActive(file) ? Look.ACTIVE : Look.FITS;
      case DOCX -> {
        if (!WordArchive.holdsWord(file)) {
          yield Look.OTHER;
        }
        yield WordArchive.isActive(file) ? Look.ACTIVE : Look.FITS;
      }
    };
  }
}
