package renfort.documents;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import renfort.documents.UploadSlots.Opened;
import renfort.documents.model.FileNames;
import renfort.documents.model.FileType;
import renfort.environment.Environment;
import renfort.web.ApiHandler;
import renfort.web.Form;
import renfort.web.Idempotency;
import renfort.web.Problem;
import renfort.web.Refusal;
import renfort.web.Request;
import renfort.web.Response;

/** {@code POST /api/documents}: a slot for one identity document or diploma (R3). */
public final class RequestUpload extends ApiHandler {
  private static final String KINDS =
      "Seuls les documents pdf, doc, docx, jpg et jpeg sont acceptés.";

  private final UploadSlots slots;
  private final Idempotency idempotency;

  public RequestUpload() {
    this(Environment.ofProcess());
  }

  public RequestUpload(Environment environment) {
    super(environment);
    this.slots = new UploadSlots(environment);
    this.idempotency = new Idempotency(environment);
  }

  /** What is to be uploaded. */
  private record Announced(String fileName, FileType type, long size, String sha256) {}

  @Override
  protected void prime() {
    idempotency.prime();
  }

  @Override
  protected Response handle(Request request) {
    Announced file = read(request.form());
    return idempotency.once(
        request,
        null,
        once -> {
          if (!slots.allows(request.sourceIp(), file.size())) {
            once.leaveOpen();
            return Problem.of(
                    429, "too-many-requests", "Trop de documents ont été envoyés de cette adresse.")
                .toResponse(request.requestId())
                .withHeader("retry-after", Long.toString(slots.left().toSeconds() + 1));
          }
          return slots
              .open(
                  file.fileName(),
                  file.type(),
                  file.size(),
                  file.sha256(),
                  (writes, opened) -> once.keep(writes, render(opened)))
              .map(RequestUpload::render)
              .orElseThrow(() -> new Refusal(Problem.retry()));
        });
  }

  private static Announced read(Form form) {
    String fileName = FileNames.clean(form.line("fileName", 150));
    Optional<FileType> named = FileType.ofFileName(fileName);
    if (named.isEmpty() && !form.isWrong("fileName")) {
      form.error("fileName", "kind", KINDS);
    }
    Optional<FileType> declared = FileType.ofContentType(form.text("contentType", 100));
    if (!form.isWrong("contentType")) {
      if (declared.isEmpty()) {
        form.error("contentType", "kind", KINDS);
      } else if (named.isPresent() && !named.equals(declared)) {
        form.error(
            "contentType", "mismatch", "Ce type n'est pas celui que le nom du document annonce.");
      }
    }
    long size = form.number("size", 1, Integer.MAX_VALUE);
    if (size > FileType.MAX_SIZE) {
      form.error("size", "too-large", "Ce document dépasse 5 Mo.");
    }
    String sha256 = form.text("sha256", 100);
    if (!form.isWrong("sha256") && !isSha256(sha256)) {
      form.error("sha256", "sha256", "L'empreinte SHA-256 en base 64 est attendue.");
    }
    form.check();
    return new Announced(fileName, declared.orElseThrow(), size, sha256);
  }

  private static boolean isSha256(String text) {
    try {
      byte[] digest = Base64.getDecoder().decode(text);
      // other spellings of the same bytes would be signed, and then not match
      return digest.length == 32 && Base64.getEncoder().encodeToString(digest).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Response render(Opened opened) {
    Map<String, Object> upload = new LinkedHashMap<>();
    upload.put("method", "PUT");
    upload.put("url", opened.url());
    upload.put("headers", opened.headers());
    Map<String, Object> slot = new LinkedHashMap<>();
    slot.put("documentId", opened.documentId());
    slot.put("upload", upload);
    slot.put("expiresAt", opened.expiresAt().toString());
    return Response.json(201, slot);
  }
}
