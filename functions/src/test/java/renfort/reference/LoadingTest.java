package renfort.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A cold function reads no file that it does not need: matching wants centroids, not 35,000
 * communes.
 */
class LoadingTest {

  /** Loads the room's classes anew and notes the files that they read. */
  private static final class Fresh extends ClassLoader {

    private final List<String> read = new ArrayList<>();

    Fresh() {
      super(LoadingTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("renfort.reference.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream stream = super.getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (stream == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = stream.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      read.add(name.substring(name.lastIndexOf('/') + 1));
      return super.getResourceAsStream(name);
    }

    /** Calls a public static method that takes strings. */
    void call(String type, String method, String... arguments) throws ReflectiveOperationException {
      Class<?>[] types = new Class<?>[arguments.length];
      Arrays.fill(types, String.class);
      long start = System.nanoTime();
      Class.forName("renfort.reference." + type, true, this)
          .getMethod(method, types)
          .invoke(null, (Object[]) arguments);
      System.out.printf("first %s.%s: %d µs%n", type, method, (System.nanoTime() - start) / 1000);
    }
  }

  @Test
  void communesAreReadByThoseWhoResolvePostcodesOnly() throws ReflectiveOperationException {
    Fresh fresh = new Fresh();
    fresh.call("Regions", "all");
    fresh.call("Professions", "all");
    assertEquals(List.of(), fresh.read);
    fresh.call("Departements", "zonesFrom", "52", "44");
    assertEquals(List.of("departements.tsv"), fresh.read);
    fresh.call("Communes", "resolve", "44000", "Nantes");
    fresh.call("Communes", "resolveEstablishment", "44093", "NANTES CEDEX 1");
    assertEquals(List.of("departements.tsv", "communes.tsv", "postcodes.tsv"), fresh.read);
  }
}
