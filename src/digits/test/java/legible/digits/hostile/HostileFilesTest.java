package legible.digits.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import legible.digits.image.ImageFile;
import legible.format.ModelFile;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;

/// No file hurts: whatever the bytes, each reader ends in what it documents, within a second, in a JVM
/// with a heap of 64 MB. `docs/hostile-input.md` has the figures.
class HostileFilesTest {
  @Test
  void everyHostileFileIsSurvivedWithLittleMemory() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Not the serial collector: with it JDK 25 can wait for itself for ever
    // (docs/hostile-input.md).
    command.addAll(List.of("-Xmx64m", "-XX:+UseG1GC", "-Djava.awt.headless=true"));
    command.addAll(List.of("-cp", classPath(), "legible.digits.hostile.HostileRun"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), "exit code of " + command);
    List<String> lines = output.lines().toList();
    assertEquals(HostileReader.values().length, lines.size(), output);
    for (String line : lines) { // such as "PNG 20000 300 9000"
      String[] words = line.split(" ");
      int files = Integer.parseInt(words[1]);
      int accepted = Integer.parseInt(words[2]);
      assertTrue(files > HostileFiles.MUTATIONS && accepted > 0 && accepted < files, line);
    }
    System.out.print(output);
  }

  /// What these tests run on, of both ways: modules and a class path.
  private static String classPath() throws Exception {
    Set<String> all = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(
            HostileRun.class,
            ImageFile.class,
            ModelFile.class,
            CounterRandom.class,
            com.fasterxml.jackson.core.JsonFactory.class)) {
      all.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, all);
  }
}
