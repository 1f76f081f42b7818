package legible.digits.cli;

import java.nio.file.Path;

/// Where things are unless an option says otherwise: below the project's folder, which the launcher
/// passes in the property `legible.home`, or below the current folder.
final class Places {
  private Places() {}

  static Path data() {
    return home().resolve("data").resolve("mnist");
  }

  static Path model(String name) {
    return home().resolve("models").resolve(name + ".legible");
  }

  static Path report(String name) {
    return home().resolve("target").resolve("report").resolve(name);
  }

  private static Path home() {
    return Path.of(System.getProperty("legible.home", ""));
  }
}
