package legible.digits.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Java file of the engine, as far as a card quotes it: the documentation of its type, and methods.
///
/// @param path relative to the engine's folder, with `/`
/// @param lines the text
record SourceFile(String path, List<String> lines) {
  private static final String COMMENT = "///";
  private static final Pattern TYPE =
      Pattern.compile("(public |final |sealed |non-sealed )*(class|interface|record|enum) .*");
  private static final Pattern TEST = Pattern.compile("  @(Test|ParameterizedTest).*");
  private static final Pattern TEST_METHOD = Pattern.compile("  void (\\w+)\\(.*");

  SourceFile {
    lines = List.copyOf(lines);
  }

  /// Reads a file.
  ///
  /// @param engine the engine's folder
  static SourceFile read(Path engine, String path) throws IOException {
    return new SourceFile(path, Files.readAllLines(engine.resolve(path)));
  }

  /// The type's documentation without the comment signs, in paragraphs' lines.
  List<String> documentation() {
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(COMMENT)) {
        found.add(line.substring(COMMENT.length()).stripTrailing().replaceFirst("^ ", ""));
      } else if (TYPE.matcher(line).matches()) {
        return found;
      } else if (!line.startsWith("@")) {
        found.clear();
      }
    }
    return found;
  }

  /// A public method of the type from its first line to its last; nothing if it has none of this name.
  List<String> method(String name) {
    Pattern start = Pattern.compile("  public .*\\b" + name + "\\(.*");
    List<String> method = new ArrayList<>();
    for (String line : lines) {
      if (!method.isEmpty() || start.matcher(line).matches()) {
        method.add(line.replaceFirst("^ {2}", ""));
        if (line.equals("  }")) {
          return method;
        }
      }
    }
    return method;
  }

  /// The names of the test methods.
  List<String> tests() {
    List<String> names = new ArrayList<>();
    boolean announced = false;
    for (String line : lines) {
      Matcher method = TEST_METHOD.matcher(line);
      announced |= TEST.matcher(line).matches();
      if (announced && method.matches()) {
        names.add(method.group(1));
        announced = false;
      }
    }
    return names;
  }

  /// Whether the text has this anywhere.
  boolean contains(String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }

  /// The name of the type.
  String name() {
    return path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
  }
}
