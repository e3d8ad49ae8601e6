package renfort.environment;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Makes the ids and secrets of the system; tests give a predictable one. */
public interface Ids {

  /** The form of every id: 20 characters of Crockford's base 32 in lower case, 100 random bits. */
  Pattern FORM = Pattern.compile("[0-9abcdefghjkmnpqrstvwxyz]{20}");

  /** A new id, unique for all purposes. */
  String next();

  /** As many unguessable bytes as asked for. */
  byte[] secret(int length);

  /** Ids from the system's secure random source. */
  static Ids random() {
    return new RandomIds(new SecureRandom());
  }

  /** Whether a text from outside has the form of an id; one that has not names nothing. */
  static boolean isId(String text) {
    return FORM.matcher(text).matches();
  }

  /** Ids drawn from the given source. */
  record RandomIds(SecureRandom source) implements Ids {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    @Override
    public String next() {
      byte[] bytes = secret(20);
      StringBuilder id = new StringBuilder(20);
      for (byte b : bytes) {
        id.append(ALPHABET.charAt(b & 31));
      }
      return id.toString();
    }

    @Override
    public byte[] secret(int length) {
      byte[] bytes = new byte[length];
      source.nextBytes(bytes);
      return bytes;
    }
  }
}
