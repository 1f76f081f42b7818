import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Checks the format of Java sources, or rewrites them. Run by the build, see the parent pom.
///
/// Usage: `java Format.java check|apply FOLDER...` with google-java-format on the class path. Exit code 1 when a
/// checked file is not formatted, or a file cannot be parsed.
final class Format {
  /// Documentation comments are left alone: the formatter would run formulas and tables together.
  private static final Formatter FORMATTER =
      new Formatter(JavaFormatterOptions.builder().formatJavadoc(false).build());

  private Format() {}

  static void main(String[] arguments) throws IOException {
    boolean apply = arguments[0].equals("apply");
    if (!apply && !arguments[0].equals("check")) {
      throw new IllegalArgumentException("Format: expected check or apply, got " + arguments[0]);
    }
    List<Path> sources = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      collect(Path.of(arguments[i]), sources);
    }
    List<String> problems =
        sources.parallelStream()
            .map(source -> format(source, apply))
            .flatMap(List::stream)
            .toList();
    problems.forEach(System.err::println);
    if (!problems.isEmpty()) {
      System.err.println("Format: to mend, run: mvn -q -N verify -Dformat=apply");
      System.exit(1);
    }
  }

  private static void collect(Path folder, List<Path> sources) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("/target/"))
          .sorted()
          .forEach(sources::add);
    }
  }

  /// The problems of one file: none or one.
  private static List<String> format(Path source, boolean apply) {
    try {
      String before = Files.readString(source);
      String after = FORMATTER.formatSourceAndFixImports(before);
      if (after.equals(before)) {
        return List.of();
      }
      if (apply) {
        Files.writeString(source, after);
        return List.of();
      }
      return List.of(
          "Format: not formatted: " + source + ", first at line " + firstDifference(before, after));
    } catch (FormatterException | IOException e) {
      return List.of("Format: " + source + ": " + e.getMessage());
    }
  }

  private static int firstDifference(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> formatted = after.lines().toList();
    int line = 0;
    while (line < old.size()
        && line < formatted.size()
        && old.get(line).equals(formatted.get(line))) {
      line++;
    }
    return line + 1;
  }
}
