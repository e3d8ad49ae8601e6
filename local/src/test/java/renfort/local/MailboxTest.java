package renfort.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

@ExtendWith(TinyPlatform.class)
class MailboxTest {

  @Test
  void mailsAreReadByAddressOldestFirst(LocalPlatform platform, Api api) {
    send(platform, "Un <un@exemple.fr>", "Premier", "Un\nhttp://x.example/a#token=t-1.");
    send(platform, "UN@exemple.fr", "Second", "Deux");
    send(platform, "autre@exemple.fr", "Autre", "Trois");
    JsonNode mails = api.get("/_local/mails?to=un@exemple.fr").expect(200).json();
    assertEquals(2, mails.size());
    assertEquals("un@exemple.fr", mails.at("/0/to").asText());
    assertEquals("Premier", mails.at("/0/subject").asText());
    assertEquals("Second", mails.at("/1/subject").asText());
    assertEquals("<p>Deux</p>", mails.at("/1/html").asText());
    assertTrue(mails.at("/1/at").asText().endsWith("Z"));
    assertEquals(1, api.get("/_local/mails?to=autre%40exemple.fr").json().size());
  }

  @Test
  void thePageShowsLinksAndEscapesEverything(LocalPlatform platform, Api api) {
    send(
        platform,
        "page@exemple.fr",
        "<script>alert(1)</script>",
        "Voir http://127.0.0.1/x?a=1&b=2#token=abc.\n<b>");
    Api.Answer page = api.get("/_local/?to=page@exemple.fr").expect(200);
    assertFalse(page.text().contains("<script"), page.text());
    assertTrue(
        page.text().contains("<a href=\"http://127.0.0.1/x?a=1&amp;b=2#token=abc\">"), page.text());
    assertTrue(page.text().contains("&lt;b&gt;"), page.text());
    String policy = page.header("content-security-policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
  }

  @Test
  void aNameOfAnotherSiteThatPointsHereReadsNothing(LocalPlatform platform) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), platform.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /_local/mails HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      assertTrue(status.contains(" 421 "), status);
    }
  }

  @Test
  void aMailWithoutASubjectIsRefused(LocalPlatform platform) {
    assertThrows(BadRequestException.class, () -> send(platform, "x@exemple.fr", "", "Texte"));
  }

  static void send(LocalPlatform platform, String to, String subject, String text) {
    var _ =
        platform
            .clients()
            .ses()
            .sendEmail(
                mail ->
                    mail.fromEmailAddress("Renfort <noreply@renfort.example>")
                        .destination(one -> one.toAddresses(to))
                        .content(
                            content ->
                                content.simple(
                                    simple ->
                                        simple
                                            .subject(one -> one.data(subject))
                                            .body(
                                                body ->
                                                    body.text(one -> one.data(text))
                                                        .html(
                                                            one ->
                                                                one.data(
                                                                    "<p>" + text + "</p>"))))));
  }
}
