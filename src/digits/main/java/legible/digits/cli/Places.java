package legible.digits.cli;

import java.nio.file.Path;

/// Where things are unless an option says otherwise: below the project's folder, which the launcher
/// passes in the property `legible.home`, or below the current folder.
final class Places {
  private Places() {}

  static Path data() {
    return home().resolve("data").resolve("mnist");
  }

  /// The pictures that an option names: a place, or `mnist` for [#data].
  static Path pictures(Path named) {
    return named.equals(Path.of("mnist")) ? data() : named;
  }

  static Path model(String name) {
    return home().resolve("models").resolve(name + ".legible");
  }

  static Path report(String name) {
    return home().resolve("target").resolve("report").resolve(name);
  }

  static Path audit() {
    return home().resolve("docs").resolve("audit");
  }

  static Path engineSources() {
    return home().resolve("src").resolve("engine");
  }

  private static Path home() {
    return Path.of(System.getProperty("legible.home", ""));
  }
}
