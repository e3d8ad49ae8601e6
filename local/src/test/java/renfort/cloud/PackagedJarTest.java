package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import renfort.World;
import renfort.World.Requester;
import renfort.World.Volunteer;
import renfort.accounts.model.ErasureReason;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;
import renfort.professionals.CloseProfessional;
import renfort.professionals.Volunteers;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The jar that is deployed, alone with AWS's Runtime Interface Client: nothing that a function
 * calls of the SDK was left out of it.
 */
@ExtendWith(PlatformExtension.class)
class PackagedJarTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private LocalPlatform platform;
  private Api api;
  private World world;

  @BeforeEach
  void open(LocalPlatform platform, Api api) {
    this.platform = platform;
    this.api = api;
    this.world = new World(platform, api);
  }

  @Test
  void itIsSmallEnoughToStartFast() throws IOException {
    long size = Files.size(PackagedFunction.JAR);
    assertTrue(size <= 15_000_000, () -> size + " bytes");
  }

  @Test
  void everyClassThatOurCodeNamesIsInIt() throws IOException {
    try (JarFile jar = new JarFile(PackagedFunction.JAR.toFile())) {
      Set<String> there =
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .collect(Collectors.toSet());
      Set<String> missing = new TreeSet<>();
      for (String name : there) {
        if (name.startsWith("renfort/")) {
          byte[] bytes = jar.getInputStream(jar.getEntry(name + ".class")).readAllBytes();
          ClassFile.of()
              .parse(bytes)
              .constantPool()
              .forEach(
                  entry -> {
                    if (entry instanceof ClassEntry used && isOutside(used.asInternalName())) {
                      missing.add(used.asInternalName());
                    }
                  });
        }
      }
      assertTrue(missing.size() > 50, missing::toString);
      missing.removeAll(there);
      assertEquals(Set.of(), missing);
    }
  }

  private static boolean isOutside(String name) {
    return !name.startsWith("[")
        && !name.startsWith("java/")
        && !name.startsWith("javax/xml/")
        && !name.startsWith("org/jspecify/");
  }

  @Test
  void itBringsTheLicencesOfWhatItHolds() throws IOException {
    try (JarFile jar = new JarFile(PackagedFunction.JAR.toFile())) {
      for (String name : List.of("LICENSE", "LICENSE.txt", "NOTICE", "NOTICE.txt")) {
        assertTrue(jar.getEntry("META-INF/" + name) != null, name);
      }
    }
  }

  @Test
  void matchCandidatesAnswersAPageAndShowCandidateASheetWithItsDocuments() throws IOException {
    Requester requester = world.approved();
    String mission = requester.submit(world.terms("profession", "26"));
    Volunteer volunteer = world.volunteer(Map.of("profession", "26"));
    String account = accountOf(requester.email());
    try (PackagedFunction match = new PackagedFunction(platform, "MatchCandidates")) {
      JsonNode page =
          body(
              200,
              match.call(
                  request(
                      "GET /api/missions/{id}/candidates", Map.of("id", mission), account, null)));
      Set<String> people = new TreeSet<>();
      page.path("items").forEach(item -> people.add(item.path("professionalId").asText()));
      Set<String> expected = new TreeSet<>();
      requester
          .api()
          .get("/api/missions/" + mission + "/candidates")
          .expect(200)
          .json()
          .path("items")
          .forEach(item -> expected.add(item.path("professionalId").asText()));
      assertEquals(expected, people);
      assertTrue(people.contains(volunteer.id()), page.toString());
    }
    try (PackagedFunction show = new PackagedFunction(platform, "ShowCandidate")) {
      JsonNode sheet =
          body(
              200,
              show.call(
                  request(
                      "GET /api/missions/{id}/candidates/{professionalId}",
                      Map.of("id", mission, "professionalId", volunteer.id()),
                      account,
                      null)));
      assertTrue(sheet.path("documents").path(0).has("url"), sheet.toString());
    }
  }

  @Test
  void aSlotAndARegistrationUseTheWholeStoreOfDocuments() throws IOException {
    Volunteers volunteers = world.volunteers();
    String email = Volunteers.address();
    try (PackagedFunction slots = new PackagedFunction(platform, "RequestUpload")) {
      JsonNode slot =
          body(
              201,
              slots.call(
                  request(
                      "POST /api/documents",
                      Map.of(),
                      null,
                      Map.of(
                          "fileName", "diplome.pdf",
                          "contentType", "application/pdf",
                          "size", 1000,
                          "sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))));
      assertTrue(
          slot.path("upload").path("url").asText().startsWith(platform.objectsAddress().toString()),
          slot.toString());
    }
    try (PackagedFunction register = new PackagedFunction(platform, "RegisterProfessional")) {
      Map<String, Object> form = volunteers.form(email);
      body(202, register.call(request("POST /api/professionals", Map.of(), null, form)));
      String professional = volunteers.professionalId(email).orElseThrow();
      assertEquals(List.of(form.get("identityDocumentId")), volunteers.documents(professional));
      assertFalse(register.logged().contains("NoClassDefFound"), register.logged());
    }
  }

  @Test
  void aMailALinkAPasswordASessionAndAnErasureUseMailsAndAccounts() throws IOException {
    Volunteers volunteers = world.volunteers();
    // two hours ago the mail could not be sent: by now it is due again
    platform.clock().advance(Duration.ofHours(-2));
    Volunteer volunteer = world.volunteer();
    volunteers.activate(volunteer.email());
    try (var _ = platform.faults().failMails()) {
      api.post("/api/password-links", Map.of("email", volunteer.email())).expect(202);
      platform.awaitStreams();
    }
    platform.clock().reset();
    String subject = "Réinitialisation de votre mot de passe";
    assertFalse(volunteers.subjects(volunteer.email()).contains(subject));
    try (PackagedFunction resend = new PackagedFunction(platform, "ResendMails")) {
      assertEquals(MAPPER.createObjectNode(), resend.call(Map.of("source", "aws.scheduler")));
    }
    String mail = volunteers.mail(volunteer.email(), subject);
    String token = mail.split("#token=", 2)[1].split("\\s", 2)[0];
    String password = "Genets-Ajoncs-2027";
    try (PackagedFunction set = new PackagedFunction(platform, "SetPassword")) {
      Map<String, Object> form = Map.of("token", token, "password", password);
      body(204, set.call(request("POST /api/passwords", Map.of(), null, form)));
    }
    sessions(volunteer.email(), password);
    erasure(volunteer.email(), volunteer.id());
  }

  private void sessions(String email, String password) throws IOException {
    try (PackagedFunction sessions = new PackagedFunction(platform, "Sessions")) {
      JsonNode opened =
          sessions.call(
              request(
                  "POST /api/sessions",
                  Map.of(),
                  null,
                  Map.of("email", email, "password", password, "keepSignedIn", true)));
      String token = body(200, opened).path("accessToken").asText();
      assertTrue(api.as(token).get("/api/me").expect(200).json().isObject());
      String cookie = opened.path("cookies").path(0).asText().split(";", 2)[0];
      Map<String, Object> renew = request("POST /api/sessions/refresh", Map.of(), null, null);
      renew.put("cookies", List.of(cookie));
      body(200, sessions.call(renew));
      Map<String, Object> end = request("DELETE /api/sessions", Map.of(), null, null);
      end.put("cookies", List.of(cookie));
      body(204, sessions.call(end));
      body(401, sessions.call(renew));
    }
  }

  private void erasure(String email, String professionalId) {
    String account = accountOf(email);
    assertEquals(
        CloseProfessional.Outcome.CLOSED,
        new CloseProfessional(world.volunteers().environment())
            .close(account, ErasureReason.ASKED));
    // the laptop's own worker is through, and the last look is yet to come
    platform.awaitStreams();
    String bucket = platform.bucketName("DocumentsBucket");
    var _ =
        platform
            .clients()
            .s3()
            .putObject(
                put -> put.bucket(bucket).key("professionals/" + professionalId + "/late"),
                RequestBody.fromString("late"));
    assertEquals(List.of("late"), world.volunteers().documents(professionalId));
    try (PackagedFunction finish = new PackagedFunction(platform, "FinishErasure")) {
      Map<String, Object> text = Map.of("S", account);
      Map<String, Object> record =
          Map.of(
              "eventID", "1",
              "eventName", "MODIFY",
              "eventSource", "aws:dynamodb",
              "dynamodb",
                  Map.of(
                      "SequenceNumber", "1",
                      "Keys", Map.of("accountId", text),
                      "NewImage",
                          Map.of(
                              "accountId", text,
                              "status", Map.of("S", "ERASED"),
                              "professionalId", Map.of("S", professionalId))));
      JsonNode answer = finish.call(Map.of("Records", List.of(record)));
      assertTrue(answer.path("batchItemFailures").isEmpty(), finish.logged());
    }
    assertEquals(List.of(), world.volunteers().documents(professionalId));
  }

  @Test
  void anOperatorMakesAndClosesAnAccount() {
    String email = Volunteers.address();
    try (PackagedFunction set = new PackagedFunction(platform, "SetStaffAccount")) {
      Map<String, Object> wish = new LinkedHashMap<>();
      wish.put("email", email);
      wish.put("role", "AGENCY");
      wish.put("region", "03");
      wish.put("enabled", true);
      assertTrue(set.call(wish).path("created").asBoolean());
      wish.put("enabled", false);
      JsonNode closed = set.call(wish);
      assertFalse(closed.has("errors"), closed.toString());
      assertTrue(closed.has("accountId"), closed.toString());
    }
  }

  private String accountOf(String email) {
    return world.volunteers().account(email).orElseThrow().text("accountId");
  }

  /** A request as the HTTP API gives it. */
  private static Map<String, Object> request(
      String route, Map<String, String> parameters, String account, Object body)
      throws IOException {
    String[] parts = route.split(" ", 2);
    String path = parts[1];
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("requestId", "packaged");
    context.put("routeKey", route);
    context.put("http", Map.of("method", parts[0], "path", path, "sourceIp", "192.0.2.17"));
    if (account != null) {
      context.put("authorizer", Map.of("jwt", Map.of("claims", Map.of("username", account))));
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", route);
    event.put("rawPath", path);
    event.put("headers", Map.of("content-type", "application/json"));
    event.put("pathParameters", parameters);
    event.put("requestContext", context);
    if (body != null) {
      event.put("body", MAPPER.writeValueAsString(body));
    }
    return event;
  }

  /** The body of an answer of the expected status; a missing node when it is empty. */
  private static JsonNode body(int status, JsonNode answer) throws IOException {
    assertEquals(status, answer.path("statusCode").asInt(), answer::toString);
    return MAPPER.readTree(answer.path("body").asText(""));
  }
}
