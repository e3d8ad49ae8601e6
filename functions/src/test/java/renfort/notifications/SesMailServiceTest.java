package renfort.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.notifications.model.Letter;
import renfort.web.Json;
import renfort.web.Logged;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Over the real client and HTTP, against a server that stands for SES. */
final class SesMailServiceTest {
  private static final Letter LETTER =
      new Letter(
          List.of("anne@exemple.fr", "claire@exemple.fr"),
          "Réinitialisation de votre mot de passe",
          "Bonjour é",
          "<p>Bonjour é</p>");

  private final List<String> bodies = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private int status = 200;
  private String error = "";
  private boolean silent;
  private HttpServer server;
  private ExecutorService threads;
  private SesV2Client client;
  private SesMailService service;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext(
        "/v2/email/outbound-emails",
        exchange -> {
          try (exchange) {
            synchronized (bodies) {
              bodies.add(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            if (silent) {
              end.await();
            }
            byte[] answer = "{\"MessageId\":\"1\"}".getBytes(StandardCharsets.UTF_8);
            if (!error.isEmpty()) {
              exchange.getResponseHeaders().add("x-amzn-errortype", error);
            }
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    client =
        SesV2Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.EU_WEST_3)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
    service =
        new SesMailService(
            new Environment(
                Map.of("SENDER", "noreply@renfort.example", "MAIL_SETTINGS", "mail-settings"),
                Clock.systemUTC(),
                Ids.random(),
                new Clients(
                    () -> {
                      throw new AssertionError("no tables");
                    },
                    () -> {
                      throw new AssertionError("no S3");
                    },
                    () -> {
                      throw new AssertionError("no presigner");
                    },
                    () -> client,
                    () -> {
                      throw new AssertionError("no Cognito");
                    })));
  }

  @AfterEach
  void stop() {
    end.countDown();
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aLetterIsSentInUtf8FromTheSender() throws Json.MalformedJson {
    assertEquals(MailService.Answer.TAKEN, service.send(LETTER, "mail"));

    assertEquals(1, bodies.size());
    assertEquals(
        Map.of(
            "FromEmailAddress",
            "Renfort <noreply@renfort.example>",
            "Destination",
            Map.of("ToAddresses", List.of("anne@exemple.fr", "claire@exemple.fr")),
            // its bounces are told of (template.yaml)
            "ConfigurationSetName",
            "mail-settings",
            "Content",
            Map.of(
                "Simple",
                Map.of(
                    "Subject",
                    utf8(LETTER.subject()),
                    "Body",
                    Map.of("Text", utf8(LETTER.text()), "Html", utf8(LETTER.html())),
                    "Headers",
                    List.of(Map.of("Name", "Auto-Submitted", "Value", "auto-generated"))))),
        Json.read(bodies.getFirst()));
  }

  @Test
  void R26_aServiceThatRefusesOrIsOutIsNoException() {
    status = 400;
    assertEquals(MailService.Answer.FAILED, service.send(LETTER, "mail"));
    status = 503;
    assertEquals(MailService.Answer.FAILED, service.send(LETTER, "mail"));
  }

  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequestsException",
    "400, ThrottlingException",
    "400, Throttling",
    "400, LimitExceededException"
  })
  void R26_aRateOrAQuotaThatIsUsedUpIsNotNow(int answered, String type) throws Throwable {
    status = answered;
    error = type;

    String log =
        Logged.by(() -> assertEquals(MailService.Answer.NOT_NOW, service.send(LETTER, "mail")));

    assertTrue(log.contains("\"event\":\"mail-not-now\""), log);
    assertFalse(log.contains("\"level\":\"ERROR\""), log);
  }

  @Test
  void R26_aServiceThatNeverAnswersIsLeftInTime() {
    silent = true;

    assertTimeout(
        SesMailService.TIMEOUT.plusSeconds(2),
        () -> assertEquals(MailService.Answer.FAILED, service.send(LETTER, "mail")));
  }

  private static Map<String, Object> utf8(String text) {
    return Map.of("Data", text, "Charset", "UTF-8");
  }
}
