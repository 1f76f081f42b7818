package legible.digits;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the tests find what is committed with the sources.
public final class Repository {
  public static final Path ROOT = root();
  public static final Path MNIST = ROOT.resolve("data").resolve("mnist");

  private Repository() {}

  /// The folder above the working folder that holds the data.
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("data").resolve("mnist"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
