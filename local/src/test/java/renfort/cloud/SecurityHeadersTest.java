package renfort.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renfort.local.Api;
import renfort.local.LocalPlatform;
import renfort.local.PlatformExtension;

/**
 * What the distribution's policy adds is what a laptop sends, on pages and on the API's answers.
 */
@ExtendWith(PlatformExtension.class)
class SecurityHeadersTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/professionnel/inscription", "/api/reference", "/api/me", "/api/x"})
  void everyAnswerHasThem(String path, LocalPlatform platform, Api api) {
    Api.Answer answer = api.get(path);
    Map<String, String> expected =
        Map.of(
            "x-content-type-options", "nosniff",
            "x-frame-options", "DENY",
            "referrer-policy", "no-referrer",
            "cross-origin-opener-policy", "same-origin",
            "cross-origin-resource-policy", "same-origin",
            "permissions-policy", "camera=(), geolocation=(), microphone=()");
    expected.forEach(
        (name, value) -> assertEquals(Optional.of(value), answer.header(name), path + " " + name));
    List<String> policy =
        List.of(answer.header("content-security-policy").orElse("").split("; ", -1));
    assertEquals("default-src 'none'", policy.getFirst());
    assertTrue(policy.contains("script-src 'self'"), policy.toString());
    assertTrue(policy.contains("frame-ancestors 'none'"), policy.toString());
    // documents go straight to the bucket
    assertTrue(
        policy.contains("connect-src 'self' " + platform.objectsAddress()), policy.toString());
    // it would bind every other service of this machine
    assertEquals(Optional.empty(), answer.header("strict-transport-security"));
  }
}
