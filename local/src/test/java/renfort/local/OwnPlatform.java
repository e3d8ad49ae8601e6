package renfort.local;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * The platform of template.yaml for one class of tests alone: one that compares every row before
 * and after, or that stores so many that others would wait for them.
 */
public final class OwnPlatform extends PlatformExtension {
  @Override
  Store store(ExtensionContext context) {
    ExtensionContext ofClass = context;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    return ofClass.getStore(NAMESPACE);
  }
}
