package renfort.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import renfort.local.Api.Answer;

/** Requests byte by byte, with headers that no HTTP client would send. */
final class Raw {
  private Raw() {}

  /** Sends without a body. */
  static Answer send(URI base, String method, String path, String... headers) {
    return send(base, method, path, new byte[0], headers);
  }

  /**
   * Sends any bytes.
   *
   * @param headers whole lines; Host is sent unless it is among them, Content-Length always
   */
  static Answer send(URI base, String method, String path, byte[] body, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (List.of(headers).stream().noneMatch(line -> line.startsWith("Host:"))) {
      head.append("Host: ").append(base.getAuthority()).append("\r\n");
    }
    for (String line : headers) {
      head.append(line).append("\r\n");
    }
    head.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(60_000);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
      request.writeBytes(body);
      socket.getOutputStream().write(request.toByteArray());
      socket.getOutputStream().flush();
      byte[] all = socket.getInputStream().readAllBytes();
      return answer(method + " " + path, new String(all, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer answer(String request, String text) {
    int end = text.indexOf("\r\n\r\n");
    String[] lines = text.substring(0, end).split("\r\n", -1);
    Map<String, List<String>> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(": ?", 2);
      headers
          .computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(parts[1]);
    }
    int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
    return new Answer(request, status, headers, text.substring(end + 4));
  }
}
