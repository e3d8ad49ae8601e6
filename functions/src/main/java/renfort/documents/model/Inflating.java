package renfort.documents.model;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks parts of an upload (RFC 1950, RFC 1951), within a limit for the whole file. */
final class Inflating {
  private final byte[] file;
  private long left;

  /**
   * One file's unpacking.
   *
   * @param file the whole of it
   * @param limit how many bytes all its parts may come to
   */
  Inflating(byte[] file, long limit) {
    this.file = file;
    this.left = limit;
  }

  /**
   * Unpacks the part that begins at an offset; what follows its end is not looked at.
   *
   * @param raw whether it has no zlib header, as in a zip
   * @return nothing when it is not packed so, or the limit is used up
   */
  Optional<byte[]> from(int offset, boolean raw) {
    if (offset < 0 || offset > file.length) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater(raw);
    try {
      inflater.setInput(file, offset, file.length - offset);
      ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
      byte[] some = new byte[16 * 1024];
      while (!inflater.finished()) {
        int count = inflater.inflate(some);
        left -= count;
        if (left < 0 || (count == 0 && !inflater.finished())) {
          return Optional.empty();
        }
        unpacked.write(some, 0, count);
      }
      return Optional.of(unpacked.toByteArray());
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }
}
