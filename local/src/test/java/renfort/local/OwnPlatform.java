package renfort.local;

/**
 * The platform of template.yaml for tests that compare every row before and after: nothing that
 * other tests have stored is in it.
 */
public final class OwnPlatform extends PlatformExtension {}
