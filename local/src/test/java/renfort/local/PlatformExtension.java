package renfort.local;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the platform of template.yaml and a client of its API; one platform serves all tests
 * of a JVM, so a test makes its own people and places. Before each test the clock is right and no
 * fault is in place.
 */
public class PlatformExtension implements BeforeEachCallback, ParameterResolver {
  static final Namespace NAMESPACE = Namespace.create(PlatformExtension.class);

  private final LocalPlatform.Options options;

  /** The platform that all tests share. */
  public PlatformExtension() {
    this(LocalPlatform.Options.inMemory(root().resolve("template.yaml")).patient());
  }

  PlatformExtension(LocalPlatform.Options options) {
    this.options = options;
  }

  /** The directory of the whole project. */
  public static Path root() {
    // surefire names the module's directory
    return Path.of(System.getProperty("basedir", "local"), "..").toAbsolutePath().normalize();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    LocalPlatform platform = platform(context);
    platform.clock().reset();
    platform.faults().clear();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == LocalPlatform.class || type == Api.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    LocalPlatform platform = platform(context);
    return parameter.getParameter().getType() == Api.class ? new Api(platform.address()) : platform;
  }

  private LocalPlatform platform(ExtensionContext context) {
    return store(context)
        .getOrComputeIfAbsent(
            getClass() + " " + options.template(),
            key -> LocalPlatform.start(options),
            LocalPlatform.class);
  }

  /** Where the platform is kept, which is closed with it. */
  Store store(ExtensionContext context) {
    return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
  }
}
