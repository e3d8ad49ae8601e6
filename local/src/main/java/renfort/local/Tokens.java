package renfort.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Signs and checks JWT with RS256. */
final class Tokens {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final String KEY_ID = "renfort-local";

  private final RSAPrivateCrtKey key;

  private Tokens(RSAPrivateCrtKey key) {
    this.key = key;
  }

  /** A pair of keys for signing; {@code saved} is what {@link #saved} gave, empty for new keys. */
  static Tokens of(String saved) {
    try {
      PrivateKey key;
      if (saved.isEmpty()) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair().getPrivate();
      } else {
        key =
            KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(saved)));
      }
      return new Tokens((RSAPrivateCrtKey) key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String saved() {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** The public key as a JSON Web Key Set. */
  ObjectNode jwks() {
    ObjectNode set = Trees.object();
    set.putArray("keys")
        .addObject()
        .put("kid", KEY_ID)
        .put("kty", "RSA")
        .put("alg", "RS256")
        .put("use", "sig")
        .put("n", unsigned(key.getModulus()))
        .put("e", unsigned(key.getPublicExponent()));
    return set;
  }

  String sign(ObjectNode claims) {
    ObjectNode header = Trees.object().put("kid", KEY_ID).put("alg", "RS256");
    String content =
        ENCODER.encodeToString(Trees.bytes(header))
            + '.'
            + ENCODER.encodeToString(Trees.bytes(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + '.' + ENCODER.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a token that these keys have signed; its dates are not looked at. */
  Optional<JsonNode> verify(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode header = Trees.read(DECODER.decode(parts[0]));
      if (!header.path("alg").asText().equals("RS256")
          || !header.path("kid").asText().equals(KEY_ID)) {
        return Optional.empty();
      }
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
      signature.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(DECODER.decode(parts[2]))) {
        return Optional.empty();
      }
      return Optional.of(Trees.read(DECODER.decode(parts[1]))).filter(JsonNode::isObject);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String unsigned(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return ENCODER.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }
}
