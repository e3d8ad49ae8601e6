package renfort.local;

import java.nio.file.Path;

/** The platform of a template of a few resources, for the platform's own tests. */
public final class TinyPlatform extends PlatformExtension {
  static final Path TEMPLATE = root().resolve("local/src/test/resources/tiny.yaml");

  public TinyPlatform() {
    super(LocalPlatform.Options.inMemory(TEMPLATE));
  }
}
