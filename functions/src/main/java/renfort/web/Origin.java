package renfort.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import renfort.environment.Environment;

/**
 * Where a request came through. The site's distribution names itself by a secret header; who calls
 * the gateway past it, and so past its limits and its firewall, is answered 403. Where nothing is
 * configured everybody is refused; a laptop says {@link #OPEN}, and every request is taken.
 */
final class Origin {
  /** What the distribution adds to each request (template.yaml). */
  static final String HEADER = "x-origin-secret";

  /** What the distribution's own function writes, over whatever the client has sent. */
  private static final String VIEWER = "x-viewer-address";

  /**
   * What CloudFront says by itself where its policy has it, with a port; the client may say it too.
   */
  private static final String VIEWER_AND_PORT = "cloudfront-viewer-address";

  /** In place of secrets: no distribution stands before the gateway. No secret is that short. */
  static final String OPEN = "open";

  private final boolean open;
  private final List<byte[]> secrets;

  /**
   * @param environment its variable {@code ORIGIN_SECRETS} lists the secrets that are taken, by
   *     commas: two while one gives way to the next; or is {@link #OPEN}
   */
  Origin(Environment environment) {
    String configured = environment.variable("ORIGIN_SECRETS");
    open = configured.equals(OPEN);
    secrets =
        Arrays.stream(configured.split(","))
            .filter(secret -> !secret.isEmpty())
            .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  /** Whether the request came through the distribution. */
  boolean vouchesFor(Map<String, String> headers) {
    byte[] given = headers.getOrDefault(HEADER, "").getBytes(StandardCharsets.UTF_8);
    // every secret is looked at, each in constant time
    boolean known = open;
    for (byte[] secret : secrets) {
      known |= MessageDigest.isEqual(secret, given);
    }
    return known;
  }

  /**
   * The client's address: the one that the distribution saw, which nobody else can say; without a
   * distribution the one that the gateway saw.
   */
  String client(Map<String, String> headers, String seenByGateway) {
    if (open || !vouchesFor(headers)) {
      return seenByGateway;
    }
    String viewer = headers.getOrDefault(VIEWER, "");
    if (!viewer.isEmpty()) {
      return viewer;
    }
    // an IPv6 address comes without brackets: the port is what follows the last colon
    String withPort = headers.getOrDefault(VIEWER_AND_PORT, "");
    int colon = withPort.lastIndexOf(':');
    return colon > 0 ? withPort.substring(0, colon) : seenByGateway;
  }
}
