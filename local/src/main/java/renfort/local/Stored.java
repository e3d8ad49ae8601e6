package renfort.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A JSON file of the data directory, replaced as a whole so that a crash leaves the old or the new
 * one; nothing when the data live in memory.
 */
record Stored(@Nullable Path file) {

  /** The tree last saved; an empty object before the first save. */
  JsonNode load() {
    if (file == null || !Files.exists(file)) {
      return Trees.object();
    }
    try {
      JsonNode tree = Trees.read(Files.readAllBytes(file));
      if (tree.isMissingNode()) {
        throw new IllegalStateException(file + " is not readable: remove the data");
      }
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void save(JsonNode tree) {
    if (file == null) {
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(next, Trees.bytes(tree));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
