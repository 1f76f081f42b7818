package legible.digits;

/// How much of the heap one file may take while it is read. What a file claims is compared with it
/// before anything of that size is allocated, so that a large claim ends in words and not in an
/// [OutOfMemoryError].
public final class HeapShare {
  private static final int MEBIBYTE = 1 << 20;

  private HeapShare() {}

  /// Whether so many bytes are at most half of the heap that this JVM may have.
  public static boolean allows(long bytes) {
    return bytes <= Runtime.getRuntime().maxMemory() / 2;
  }

  /// What is missing, for messages: "more memory than half of Java's ... MB (-Xmx)".
  public static String words() {
    return "more memory than half of Java's %d MB (-Xmx)"
        .formatted(Runtime.getRuntime().maxMemory() / MEBIBYTE);
  }
}
