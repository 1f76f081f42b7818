package legible.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Reading time is a budget. A limit is raised by a decision record, never quietly.
class SourceSizeTest {
  /// The working folder of the tests is the module's own.
  private static final Path MAIN = Path.of("main", "java", "legible");

  private static final Path TEST = Path.of("test", "java", "legible");

  /// Any file.
  private static final int LONGEST_FILE = 400;

  /// An operation: formula, shapes, forward and backward.
  private static final int LONGEST_OPERATION = 200;

  /// A layer, or a file of networks.
  private static final int LONGEST_LAYER = 150;

  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  private static List<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertShort(Path folder, int limit, int fewest) {
    List<Path> files = sources(folder);
    assertTrue(files.size() >= fewest, files.size() + " files seen in " + folder);
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      int length = lines(file).size();
      if (length > limit) {
        found.add(file + ": " + length + " lines, at most " + limit + " expected");
      }
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void noFileIsLong() {
    assertShort(MAIN, LONGEST_FILE, 110);
    assertShort(TEST, LONGEST_FILE, 50);
  }

  @Test
  void operationsAreShort() {
    assertShort(MAIN.resolve("op"), LONGEST_OPERATION, 13);
  }

  @Test
  void layersAndNetworksAreShort() {
    assertShort(MAIN.resolve("nn"), LONGEST_LAYER, 11);
    assertShort(MAIN.resolve("model"), LONGEST_LAYER, 4);
  }

  @Test
  void nothingIsLeftForLater() {
    List<String> found = new ArrayList<>();
    for (Path file : sources(MAIN)) {
      lines(file).stream()
          .filter(line -> UNFINISHED.matcher(line).find())
          .forEach(line -> found.add(file + ": " + line.strip()));
    }
    assertEquals("", String.join("\n", found));
  }
}
