package legible.format;

/// The version of this engine, as model files record it.
public final class EngineVersion {
  /// The version in the parent `pom.xml`; a test compares the two.
  public static final String TEXT = "0.1.0";

  private EngineVersion() {}
}
