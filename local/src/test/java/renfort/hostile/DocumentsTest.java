package renfort.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.contract.Rows;
import renfort.contract.Witness;
import renfort.local.Api;
import renfort.local.Api.Answer;
import renfort.local.LocalPlatform;
import renfort.local.OwnPlatform;
import renfort.professionals.Volunteers;

/** Files that are not what they say, and names that are more than names (R3). */
@ExtendWith(OwnPlatform.class)
class DocumentsTest {
  private static final String PDF = "application/pdf";
  private static final String JPEG = "image/jpeg";
  private static final String DOC = "application/msword";
  private static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  private static final byte[] CFB = {
    (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
  };
  private static final byte[] PHOTO = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16};

  private LocalPlatform platform;
  private Api api;
  private World world;
  private Volunteers volunteers;

  @BeforeEach
  void world(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api.seenBy(new Witness());
    world = new World(platform, this.api);
    volunteers = world.volunteers();
  }

  private static byte[] zip(String... names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bomb() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(9);
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < 400; i++) {
        zip.write(block);
      }
      zip.closeEntry();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  /**
   * The form of somebody whose identity document is none.
   *
   * @param code why the file is refused
   */
  private record Refused(String name, Map<String, Object> form, String code) {}

  private Refused refused(String name, String fileName, String type, byte[] file, String code) {
    Map<String, Object> form = volunteers.form(Volunteers.address());
    form.put("identityDocumentId", volunteers.upload(fileName, type, file));
    return new Refused(name, form, code);
  }

  /** Registers with each form; nothing of any may be stored. */
  private void areRefused(List<Refused> forms) {
    int documents = volunteers.allDocuments();
    Map<String, Set<String>> before = Rows.all(platform);

    for (Refused each : forms) {
      Answer answer = api.post("/api/professionals", each.form());
      assertEquals(422, answer.status(), each.name() + " " + answer.text());
      JsonNode errors = answer.problem().path("errors");
      assertEquals(1, errors.size(), each.name());
      assertEquals("identityDocumentId", errors.at("/0/field").asText(), each.name());
      assertEquals(each.code(), errors.at("/0/code").asText(), each.name());
    }

    assertEquals(documents, volunteers.allDocuments());
    assertEquals(before, Rows.all(platform));
  }

  /** Registers with a file, which an establishment then downloads. */
  private HttpResponse<byte[]> downloaded(
      Requester requester, String fileName, String type, byte[] file) {
    String email = Volunteers.address();
    Map<String, Object> form = volunteers.form(email);
    form.put("identityDocumentId", volunteers.upload(fileName, type, file));
    api.post("/api/professionals", form).expect(202);
    String mission = requester.submit(world.terms());
    String person = volunteers.professionalId(email).orElseThrow();
    requester.contact(mission, person).expect(200);
    String url =
        requester
            .api()
            .get("/api/missions/" + mission + "/candidates/" + person)
            .expect(200)
            .json()
            .at("/documents/0/url")
            .asText();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void R3_aFileUnderAnotherKindsNameIsRefused() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a program", joined(text("MZ"), new byte[100]));
    files.put("a page", text("<!doctype html><script>alert(1)</script>"));
    files.put("a drawing", text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"));
    files.put("a page before a document", text("<html>%PDF-1.7"));
    files.put("a shell script", text("#!/bin/sh\n%PDF-1.7"));
    files.put("zeros", new byte[1000]);
    files.put("one byte", new byte[] {'%'});
    List<Refused> refused = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          refused.add(refused(name, "carte.pdf", PDF, file, "content"));
          refused.add(refused(name, "carte.doc", DOC, file, "content"));
          refused.add(refused(name, "carte.docx", DOCX, file, "content"));
          refused.add(refused(name, "carte.jpg", JPEG, file, "content"));
        });
    areRefused(refused);
  }

  @Test
  void R3_anArchiveIsNoWordDocumentForItsNameAlone() {
    byte[] word = zip("[Content_Types].xml", "word/document.xml");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a plain archive", zip("virus.exe", "readme.txt"));
    files.put("a workbook", zip("[Content_Types].xml", "xl/workbook.xml"));
    files.put("a program that runs", zip("META-INF/MANIFEST.MF", "Main.class"));
    files.put("cut", Arrays.copyOf(word, word.length - 30));
    files.put("cut in half", Arrays.copyOf(word, word.length / 2));
    files.put("its head only", Arrays.copyOf(word, 30));
    files.put("more behind it", joined(word, text("<script>")));
    files.put("a PDF before it", joined(text("%PDF-1.7\n"), word));
    files.put("a photo before it", joined(PHOTO, word));
    files.put("its name in a comment", joined(zip("a.txt"), text("word/document.xml")));
    List<Refused> refused = new ArrayList<>();
    files.forEach(
        (name, file) -> refused.add(refused(name, "diplome.docx", DOCX, file, "content")));
    areRefused(refused);
  }

  @Test
  void R3_aWordDocumentWithProgramsInItIsRefused() {
    List<Refused> refused = new ArrayList<>();
    for (String part :
        List.of(
            "word/vbaProject.bin",
            "word/VBAPROJECT.BIN",
            "word/vbaData.xml",
            "word\\vbaProject.bin",
            "word/embeddings/Feuille.xlsm",
            "word/activeX/activeX1.bin",
            "word/embeddings/oleObject1.bin")) {
      byte[] file = zip("[Content_Types].xml", "word/document.xml", part);
      refused.add(refused(part, "diplome.docx", DOCX, file, "active"));
    }
    for (String stream : List.of("_VBA_PROJECT", "\u0001Ole10Native")) {
      byte[] file = joined(CFB, new byte[505], utf16(stream), new byte[5000]);
      refused.add(refused(stream, "diplome.doc", DOC, file, "active"));
    }
    areRefused(refused);
  }

  @Test
  void R3_anArchiveThatGrowsIsRefused() {
    byte[] bomb = bomb();
    assertTrue(bomb.length < 1 << 20, "it is small");
    areRefused(List.of(refused("bomb", "cv.docx", DOCX, bomb, "active")));
  }

  @Test
  void R3_aPdfThatDoesSomethingIsRefused() {
    List<Refused> refused = new ArrayList<>();
    for (String entry :
        List.of("/S /JavaScript /JS (x)", "/S /Launch", "/EmbeddedFiles 3 0 R", "/Encrypt 9 0 R")) {
      byte[] file = text("%PDF-1.7\n1 0 obj << /OpenAction << " + entry + " >> >> endobj\n%%EOF");
      refused.add(refused(entry, "carte.pdf", PDF, file, "active"));
    }
    areRefused(refused);
  }

  @Test
  void R3_aFileOfTwoKindsIsSavedAsTheOneThatWasSaid() {
    byte[] script = text("<html><script>alert(document.domain)</script></html>");
    Map<String, byte[]> pdf =
        Map.of(
            "archive behind", joined(text("%PDF-1.7\n%%EOF\n"), zip("virus.exe")),
            "page behind", joined(text("%PDF-1.7\n"), script));
    Requester requester = world.approved();
    pdf.forEach((name, file) -> isSaved(downloaded(requester, "carte.pdf", PDF, file), PDF, file));
    byte[] photo = joined(PHOTO, text("JFIF\0/*"), script, text("*/=1;alert(1)"));
    isSaved(downloaded(requester, "carte.jpg", JPEG, photo), JPEG, photo);
  }

  private static void isSaved(HttpResponse<byte[]> answer, String type, byte[] file) {
    assertEquals(200, answer.statusCode());
    assertEquals(type, header(answer, "content-type"));
    assertTrue(header(answer, "content-disposition").startsWith("attachment; filename=\""));
    assertEquals("private, no-store", header(answer, "cache-control"));
    assertTrue(Arrays.equals(file, answer.body()));
  }

  @Test
  void R3_aNameIsSavedAsANameAndNothingMore() {
    byte[] file = text("%PDF-1.7 carte");
    Map<String, String> names = new LinkedHashMap<>();
    Requester requester = world.approved();
    names.put("../../../etc/passwd.pdf", "passwd.pdf");
    names.put("..\\..\\windows\\system32\\carte.pdf", "carte.pdf");
    names.put("C:\\Users\\x\\carte.pdf", "carte.pdf");
    names.put("<script>alert(1)</script>.pdf", "script>.pdf");
    names.put("carte\".pdf", "carte_.pdf");
    names.put("a\"; filename=\"virus.exe\"; x=\".pdf", "a_; filename=_virus.exe_; x=_.pdf");
    names.put("car\u200bte\u200f\u2028\ufeff.pdf", "carte.pdf");
    names.put("%2e%2e%2fcarte.pdf", "_2e_2e_2fcarte.pdf");
    names.put("carte é\ud83d\ude00.pdf", "carte __.pdf");
    names.forEach(
        (given, saved) -> {
          HttpResponse<byte[]> answer = downloaded(requester, given, PDF, file);
          String disposition = header(answer, "content-disposition");
          assertTrue(
              disposition.startsWith("attachment; filename=\"" + saved + "\"; filename*=UTF-8''"),
              disposition);
          String extended = disposition.substring(disposition.indexOf("UTF-8''") + 7);
          assertTrue(extended.matches("[A-Za-z0-9!#$&+.^_`|~%-]+"), extended);
          assertFalse(extended.contains("%2F") || extended.contains("%5C"), extended);
          assertTrue(answer.headers().firstValue("set-cookie").isEmpty());
        });
  }

  @Test
  void R3_aNameThatIsNoneIsRefused() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("", "required");
    names.put("   ", "required");
    names.put(".pdf", "kind");
    names.put("carte.pdf/", "kind");
    names.put("..", "kind");
    names.put("\u200b.pdf", "kind");
    names.put("facture\u202efdp.exe.pdf", "characters");
    names.put("carte\r\nSet-Cookie: a=b\r\n\r\n<script>.pdf", "characters");
    names.put("carte.pdf.exe", "kind");
    names.put("carte\u0000.pdf", "characters");
    names.put("carte.docm", "kind");
    names.put("carte.pdf::$DATA", "kind");
    names.put("a".repeat(147) + ".pdf", "too-long");
    names.put("a".repeat(255) + ".pdf", "too-long");
    names.put("a".repeat(5000) + ".pdf", "too-long");
    Map<String, Set<String>> before = Rows.all(platform);
    names.forEach(
        (name, code) -> {
          Answer answer =
              api.post(
                  "/api/documents",
                  Map.of(
                      "fileName",
                      name,
                      "contentType",
                      PDF,
                      "size",
                      10,
                      "sha256",
                      "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
          assertEquals(422, answer.status(), name + " " + answer.text());
          JsonNode error = answer.problem().at("/errors/0");
          assertEquals("fileName", error.path("field").asText(), name);
          assertEquals(code, error.path("code").asText(), name + " " + answer.text());
        });
    assertEquals(before, Rows.all(platform));
  }
}
